//! Numbers that people type with marks between the digits: payment cards and phones.

/// Digits of a card (ISO/IEC 7812).
const CARD: std::ops::RangeInclusive<usize> = 13..=19;

/// Digits of a phone number (E.164), its country's included.
const PHONE: std::ops::RangeInclusive<usize> = 7..=15;

/// Marks between two digits of one number.
const GAP_MAX: usize = 3;

/// Digits that are looked at together: twice the longest card, so that the work for a text of digits
/// alone grows no faster than the text.
const RUN_MAX: usize = 38;

/// A digit, and where it stands.
type Digit = (usize, u32);

/// The next card at or behind `from`: 13 to 19 digits that satisfy Luhn's formula, between marks.
pub fn whole_card(text: &[char], from: usize) -> Option<(usize, usize)> {
    let is_digit = |c: Option<&char>| c.is_some_and(|c| digit(*c).is_some());
    card_where(text, from, |(start, end)| {
        !is_digit(start.checked_sub(1).and_then(|before| text.get(before)))
            && !is_digit(text.get(end))
    })
}

/// The same in the middle of more digits.
pub fn card(text: &[char], from: usize) -> Option<(usize, usize)> {
    card_where(text, from, |_| true)
}

fn card_where(
    text: &[char],
    from: usize,
    may_be: impl Fn((usize, usize)) -> bool,
) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(run) = next_run(text, at) {
        let is_cut = run.len() == RUN_MAX;
        // what begins behind these is looked at in the next run
        let firsts = if is_cut { RUN_MAX / 2 } else { run.len() };
        for first in 0..firsts {
            let lengths = CARD.rev().filter(|length| first + length <= run.len());
            for length in lengths {
                let digits = &run[first..first + length];
                let place = (digits[0].0, digits[length - 1].0 + 1);
                if luhn(digits) && may_be(place) {
                    return Some(place);
                }
            }
        }
        at = run[firsts - 1].0 + 1;
    }
    None
}

/// The next phone number at or behind `from`: with `+`, or written as phone numbers are and amounts,
/// dates and numbers of orders are not.
pub fn phone(text: &[char], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(run) = next_run(text, at) {
        let (start, end) = (run[0].0, run[run.len() - 1].0 + 1);
        let before = &text[from..start];
        let opening = before.iter().rev().take_while(|c| "+( \u{a0}".contains(**c)).count();
        let opening = &before[before.len() - opening..];
        let has_plus = opening.contains(&'+');
        let is_opened = has_plus || opening.last() == Some(&'(');
        let marks = opening.iter().skip_while(|c| c.is_whitespace()).count();
        let start = if is_opened { start - marks } else { start };
        let is_whole = start.checked_sub(1).is_none_or(|before| !text[before].is_alphanumeric());
        if PHONE.contains(&run.len()) && (has_plus || is_whole && looks_dialled(text, &run)) {
            return Some((start, end));
        }
        at = end;
    }
    None
}

fn looks_dialled(text: &[char], run: &[Digit]) -> bool {
    let mut groups = vec![1];
    let mut marks = String::new();
    for pair in run.windows(2) {
        let between = &text[pair[0].0 + 1..pair[1].0];
        if between.is_empty() {
            if let Some(last) = groups.last_mut() {
                *last += 1;
            }
        } else {
            marks.extend(between);
            groups.push(1);
        }
    }
    let starts_with_zero = run[0].1 == 0;
    let is_date = groups.starts_with(&[4, 2, 2]) || groups.starts_with(&[2, 2, 4]);
    let is_decimal = marks == "." || marks == ",";
    let is_american = matches!(groups[..], [3, 3, 4] | [1, 3, 3, 4]);
    !is_date && !is_decimal && (is_american || starts_with_zero && run.len() >= 9)
}

/// The next digits with at most [`GAP_MAX`] marks between two of them; at least one.
fn next_run(text: &[char], from: usize) -> Option<Vec<Digit>> {
    let first = (from..text.len()).find(|at| digit(text[*at]).is_some())?;
    let (mut run, mut gap) = (Vec::new(), 0);
    for (at, c) in text.iter().enumerate().skip(first) {
        match digit(*c) {
            Some(_) if run.len() == RUN_MAX => break,
            Some(value) => {
                run.push((at, value));
                gap = 0;
            }
            None if gap < GAP_MAX && is_mark(*c) => gap += 1,
            None => break,
        }
    }
    Some(run)
}

fn is_mark(c: char) -> bool {
    c != '\n' && c.is_whitespace()
        || "-./_()\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}"
            .contains(c)
}

/// In the scripts that people type numbers in.
fn digit(c: char) -> Option<u32> {
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    zeros.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        (value < 10).then_some(value)
    })
}

fn luhn(digits: &[Digit]) -> bool {
    let doubled = |value: u32| if value > 4 { value * 2 - 9 } else { value * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, (_, value))| if place % 2 == 1 { doubled(*value) } else { *value })
        .sum();
    // all zeros satisfy the formula and are nobody's card
    sum > 0 && sum.is_multiple_of(10)
}
