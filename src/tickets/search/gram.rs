//! Grams: the runs of one, two and three characters of a text. Whatever a search looks for, in any
//! script and with any punctuation, its grams are in every text that has it.

use super::{SEPARATOR, Search};

/// Most grams of one search that are looked up: ten of a sentence leave little to compare.
const SEARCH_GRAMS_MAX: usize = 10;

/// A gram's number: the top half of its mixed code points. Two grams may share one; that costs a
/// comparison and finds nothing wrong, since every candidate is compared with the search itself.
///
/// Numbers are kept in databases, so this must never change.
fn number(a: char, b: Option<char>, c: Option<char>) -> u32 {
    // a code point has 21 bits and none is 0 in a text, so that the three never run into each other
    let code = |c: Option<char>| c.map_or(0, |c| u64::from(u32::from(c)));
    mix(code(Some(a)) | code(b) << 21 | code(c) << 42)
}

/// The finalizer of `SplitMix64` (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014), which spreads neighbouring code points over all bits.
fn mix(value: u64) -> u32 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or_default()
}

/// Every gram of a document, each once, in the order of their numbers.
pub fn of_document(document: &str, grams: &mut Vec<u32>) {
    grams.clear();
    for part in document.split(SEPARATOR) {
        let (mut before, mut last) = (None, None);
        for c in part.chars() {
            grams.push(number(c, None, None));
            if let Some(last) = last {
                grams.push(number(last, Some(c), None));
                if let Some(before) = before {
                    grams.push(number(before, Some(last), Some(c)));
                }
            }
            (before, last) = (last, Some(c));
        }
    }
    grams.sort_unstable();
    grams.dedup();
}

/// The grams that every document with this search in it has: the longest there are, and of many
/// some from all over it.
pub fn of_search(search: &Search) -> Vec<u32> {
    let chars: Vec<char> = search.as_str().chars().collect();
    let mut grams: Vec<u32> = match chars[..] {
        [a] => vec![number(a, None, None)],
        [a, b] => vec![number(a, Some(b), None)],
        _ => chars.windows(3).map(|w| number(w[0], Some(w[1]), Some(w[2]))).collect(),
    };
    if grams.len() > SEARCH_GRAMS_MAX {
        let last = grams.len() - 1;
        grams = (0..SEARCH_GRAMS_MAX).map(|n| grams[n * last / (SEARCH_GRAMS_MAX - 1)]).collect();
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tickets::document;

    fn grams(document: &str) -> Vec<u32> {
        let mut grams = Vec::new();
        of_document(document, &mut grams);
        grams
    }

    #[test]
    fn numbers_are_those_that_databases_keep() {
        assert_eq!(number('a', None, None), 0x4f5d_a978);
        assert_eq!(number('日', Some('本'), Some('語')), 0x7a23_31c7);
    }

    #[test]
    fn a_gram_never_reaches_from_the_title_into_the_description() {
        assert_eq!(grams("ab\u{ffff}c").len(), 4); // a, b, ab, c
    }

    proptest! {
        #[test]
        fn what_a_document_contains_its_grams_contain(
            title in ".{0,20}", text in ".{0,60}", from in 0usize..40, length in 1usize..30,
        ) {
            let part: String = text.chars().skip(from).take(length).collect();
            if let Some(search) = Search::parse(&part.replace('\0', " ")).unwrap() {
                let document = document(&title, &text);
                if document.contains(search.as_str()) {
                    let all = grams(&document);
                    prop_assert!(of_search(&search).iter().all(|g| all.binary_search(g).is_ok()));
                }
            }
        }
    }
}
