//! Grams: the runs of one, two and three characters of a text, and those of four to six digits, since
//! there are so few runs of three digits that nearly each number of an order or an invoice is made of
//! some that are in hundreds of other texts. Whatever a search looks for, in any script and with any
//! punctuation, its grams are in every text that has it.

use super::{SEPARATOR, Search};

/// Which grams a segment that is made today has; one made before has those of its own version and of
/// all before.
pub const GRAMS_VERSION: i16 = 2;

/// The first version with runs of digits.
const DIGITS_VERSION: i16 = 2;

/// How long the runs of digits are that are grams. Shorter ones are grams as any characters are.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=6;

/// Most grams of one search that are looked up: ten of a sentence leave little to compare.
const SEARCH_GRAMS_MAX: usize = 10;

/// Most of them that are runs of digits.
const SEARCH_DIGITS_MAX: usize = 4;

/// A gram that every text with the search in it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchGram {
    /// Its number.
    pub number: u32,
    /// The version of the grams that it came with.
    pub since: i16,
}

impl SearchGram {
    /// Whether it is a run of digits.
    pub fn is_of_digits(&self) -> bool {
        self.since == DIGITS_VERSION
    }
}

/// A gram's number: the top half of its mixed code points. Two grams may share one; that costs a
/// comparison and finds nothing wrong, since every candidate is compared with the search itself.
///
/// Numbers are kept in databases, so this must never change.
fn number(a: char, b: Option<char>, c: Option<char>) -> u32 {
    // a code point has 21 bits and none is 0 in a text, so that the three never run into each other
    let code = |c: Option<char>| c.map_or(0, |c| u64::from(u32::from(c)));
    mix(code(Some(a)) | code(b) << 21 | code(c) << 42)
}

/// The number of a run of digits.
fn number_of_digits(digits: &[u8]) -> u32 {
    let value = digits.iter().fold(0, |value, digit| value << 4 | u64::from(digit - b'0'));
    // the top bit is set in no three code points
    mix(1 << 63 | (digits.len() as u64) << 32 | value)
}

/// The finalizer of `SplitMix64` (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014), which spreads neighbouring code points over all bits.
fn mix(value: u64) -> u32 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or_default()
}

/// How many grams of one or two characters of ASCII there are.
const SHORT: u32 = 128 + 128 * 128;

/// The characters of which nearly all texts in ASCII are made, once they are folded.
const COMMON: &[u8; 63] = b" \n\tabcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"()[]<>/@#%&*-+=_";

/// How many of them there are.
const N: u32 = COMMON.len() as u32;

/// How many grams have a place.
pub const PLACES: usize = (SHORT + N * N * N) as usize;

/// Where each character of ASCII stands among the common ones; [`N`] for any other.
const PLACE_OF: [u8; 128] = {
    let mut places = [COMMON.len() as u8; 128];
    let mut place = 0;
    while place < COMMON.len() {
        places[COMMON[place] as usize] = place as u8;
        place += 1;
    }
    places
};

/// A gram of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gram {
    /// One or two characters of ASCII, or three that are common, which nearly all grams of most texts are: its place
    /// among [`PLACES`], which takes no mixing and no table of hashes.
    Placed(u32),
    /// The number of any other one.
    Other(u32),
}

impl Gram {
    /// The number under which it is kept.
    pub fn number(self) -> u32 {
        match self {
            Self::Placed(one @ 0..128) => number(ascii(one), None, None),
            Self::Placed(two @ 128..SHORT) => {
                number(ascii((two - 128) / 128), Some(ascii(two)), None)
            }
            Self::Placed(place) => {
                let three = place - SHORT;
                number(common(three / N / N), Some(common(three / N)), Some(common(three)))
            }
            Self::Other(number) => number,
        }
    }

    fn of_one(a: char) -> Self {
        if a.is_ascii() { Self::Placed(u32::from(a)) } else { Self::Other(number(a, None, None)) }
    }

    fn of_two(a: char, b: char) -> Self {
        if a.is_ascii() && b.is_ascii() {
            Self::Placed(128 + u32::from(a) * 128 + u32::from(b))
        } else {
            Self::Other(number(a, Some(b), None))
        }
    }

    fn of_three(a: char, b: char, c: char) -> Self {
        match (place_of(a), place_of(b), place_of(c)) {
            (Some(a), Some(b), Some(c)) => Self::Placed(SHORT + (a * N + b) * N + c),
            _ => Self::Other(number(a, Some(b), Some(c))),
        }
    }
}

/// Where a character stands among the common ones.
fn place_of(c: char) -> Option<u32> {
    PLACE_OF.get(c as usize).map(|place| u32::from(*place)).filter(|place| *place < N)
}

/// The common character at a place, or at one that is higher by a multiple of [`N`].
fn common(place: u32) -> char {
    char::from(COMMON[(place % N) as usize])
}

/// The character with the last seven bits as its code.
fn ascii(code: u32) -> char {
    char::from(code.to_le_bytes()[0] & 0x7f)
}

/// Does something with every gram of a document, with some of them several times.
pub fn for_each(document: &str, mut work: impl FnMut(Gram)) {
    for part in document.split(SEPARATOR) {
        let (mut before, mut last) = (None, None);
        for c in part.chars() {
            work(Gram::of_one(c));
            if let Some(last) = last {
                work(Gram::of_two(last, c));
                if let Some(before) = before {
                    work(Gram::of_three(before, last, c));
                }
            }
            (before, last) = (last, Some(c));
        }
        for run in runs_of_digits(part) {
            for length in DIGITS {
                let grams = run.windows(length).map(number_of_digits);
                grams.for_each(|number| work(Gram::Other(number)));
            }
        }
    }
}

/// The runs of digits of a text that are long enough to have grams.
fn runs_of_digits(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|byte| !byte.is_ascii_digit()).filter(|run| run.len() >= *DIGITS.start())
}

/// The grams that every document with this search in it has: the longest there are, and of many
/// some from all over it.
pub fn of_search(search: &Search) -> Vec<SearchGram> {
    let chars: Vec<char> = search.as_str().chars().collect();
    let of_digits = runs_of_digits(search.as_str())
        .flat_map(|run| run.windows(run.len().min(*DIGITS.end())).map(number_of_digits));
    let mut grams = some_of(of_digits.collect(), SEARCH_DIGITS_MAX, DIGITS_VERSION);
    let of_chars = match chars[..] {
        [a] => vec![number(a, None, None)],
        [a, b] => vec![number(a, Some(b), None)],
        _ => chars.windows(3).map(|w| number(w[0], Some(w[1]), Some(w[2]))).collect(),
    };
    grams.extend(some_of(of_chars, SEARCH_GRAMS_MAX - grams.len(), 1));
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// At most so many of the grams, from all over them.
fn some_of(grams: Vec<u32>, most: usize, since: i16) -> Vec<SearchGram> {
    let last = grams.len().saturating_sub(1);
    let some = if grams.len() > most {
        (0..most).map(|n| grams[n * last / (most - 1)]).collect()
    } else {
        grams
    };
    some.into_iter().map(|number| SearchGram { number, since }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tickets::document;

    fn grams(document: &str) -> Vec<u32> {
        let mut grams = Vec::new();
        for_each(document, |gram| grams.push(gram.number()));
        grams.sort_unstable();
        grams.dedup();
        grams
    }

    #[test]
    fn numbers_are_those_that_databases_keep() {
        assert_eq!(number('a', None, None), 0x4f5d_a978);
        assert_eq!(number('日', Some('本'), Some('語')), 0x7a23_31c7);
        assert_eq!(number_of_digits(b"0042"), 0xa77f_f5e7);
    }

    #[test]
    fn a_short_gram_has_the_number_that_its_characters_have() {
        for a in (0..128).map(ascii) {
            assert_eq!(Gram::of_one(a).number(), number(a, None, None));
            for b in (0..128).map(ascii) {
                let gram = Gram::of_two(a, b);
                assert!(matches!(gram, Gram::Placed(place) if place < SHORT));
                assert_eq!(gram.number(), number(a, Some(b), None));
            }
        }
        assert_eq!(Gram::of_two('a', 'é'), Gram::Other(number('a', Some('é'), None)));
    }

    #[test]
    fn a_gram_of_common_characters_has_the_number_that_they_have() {
        let common: Vec<char> = COMMON.iter().copied().map(char::from).collect();
        let pairs = common.iter().flat_map(|a| common.iter().map(move |b| (*a, *b)));
        for (a, b) in pairs {
            for c in &common {
                let gram = Gram::of_three(a, b, *c);
                assert!(matches!(gram, Gram::Placed(place) if (place as usize) < PLACES));
                assert_eq!(gram.number(), number(a, Some(b), Some(*c)));
            }
        }
        for other in ['$', '\u{7f}', 'é'] {
            let number = number('a', Some(other), Some('b'));
            assert_eq!(Gram::of_three('a', other, 'b'), Gram::Other(number));
        }
    }

    #[test]
    fn a_number_is_told_from_others_of_the_same_parts() {
        let has = |search: &str, text: &str| {
            let (search, all) = (Search::parse(search).unwrap().unwrap(), grams(text));
            of_search(&search).iter().all(|gram| all.binary_search(&gram.number).is_ok())
        };
        assert!(has("0012", "fd-00123"));
        assert!(has("1234567890", "x1234567890123y"));
        assert!(!has("00123", "0012 and 0123"));
        assert!(!has("123456", "12345 23456"));
    }

    #[test]
    fn a_search_has_few_grams_also_of_those_from_before_there_were_runs_of_digits() {
        let search = Search::parse("order 1234567890 and 0987654321 of the 31st").unwrap().unwrap();
        let grams = of_search(&search);
        assert!(grams.len() <= SEARCH_GRAMS_MAX);
        assert!(grams.iter().filter(|gram| gram.since == 1).count() >= 6);
    }

    #[test]
    fn a_gram_never_reaches_from_the_title_into_the_description() {
        assert_eq!(grams("ab\u{ffff}c").len(), 4); // a, b, ab, c
    }

    proptest! {
        #[test]
        fn what_a_document_contains_its_grams_contain(
            title in ".{0,20}", text in ".{0,60}|[0-9a]{0,60}", from in 0usize..40, length in 1usize..30,
        ) {
            let part: String = text.chars().skip(from).take(length).collect();
            if let Some(search) = Search::parse(&part.replace('\0', " ")).unwrap() {
                let document = document(&title, &text);
                if document.contains(search.as_str()) {
                    let all = grams(&document);
                    prop_assert!(of_search(&search)
                        .iter()
                        .all(|gram| all.binary_search(&gram.number).is_ok()));
                }
            }
        }
    }
}
