//! Takes out of a text what tells people and machines apart, before it leaves for a provider: e-mail
//! addresses, IBANs, payment cards, addresses of machines and phone numbers. What stays says as much
//! about category and priority as before.
//!
//! A pass each, since what one pass leaves is what the next reads. Where in doubt it is taken out:
//! `[card]` for an order's number costs nothing.

mod email;
mod iban;
mod machine;
mod number;

use super::TicketText;

/// The text as it may leave.
pub fn redacted(text: &TicketText) -> TicketText {
    TicketText {
        title: redact(&text.title),
        description: redact(&text.description),
        // they were redacted when they were made
        examples: text.examples.clone(),
    }
}

/// A text in which placeholders stand for what was found.
pub fn redact(text: &str) -> String {
    let text = replace(text, "[email]", email::find);
    let text = replace(&text, "[iban]", iban::find);
    let text = replace(&text, "[mac]", machine::mac);
    let text = replace(&text, "[ip]", machine::ip);
    // a number of its own first, so that less of what stands beside it goes along
    let text = replace(&text, "[card]", number::whole_card);
    let text = replace(&text, "[card]", number::card);
    replace(&text, "[phone]", number::phone)
}

/// Puts `placeholder` for each place that `find` finds, asked again behind each one. A place is where it
/// begins and ends among the characters, searched from a character on; it is never empty.
fn replace(
    text: &str,
    placeholder: &str,
    find: impl Fn(&[char], usize) -> Option<(usize, usize)>,
) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut replaced, mut from) = (String::with_capacity(text.len()), 0);
    while let Some((start, end)) = find(&chars, from) {
        replaced.extend(&chars[from..start]);
        replaced.push_str(placeholder);
        from = end;
    }
    replaced.extend(&chars[from..]);
    replaced
}

#[cfg(test)]
mod tests;
