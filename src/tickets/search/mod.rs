//! What "the same letters" means in a search. Both databases keep a folded copy of the text and
//! compare it byte by byte, so that a search finds the same tickets on both, whatever the
//! database's own idea of upper and lower case. What makes a search fast is in the other files.

mod cache;
mod gram;
mod hunt;
mod merge;
mod posting;
mod segment;
mod waiting;

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;

pub use cache::{FoundSegment, READ_AT_ONCE, SearchCache};
pub use hunt::{CANDIDATES_MAX, Hunt, SegmentHead, Step};
pub use merge::{MERGED_SEGMENTS, Merge};
pub use posting::read_ids;
pub use segment::{SEGMENT_TICKETS, Segment, SegmentBuilder};
pub use waiting::WAITING_MAX;

/// Longest search, in Unicode scalar values.
pub const SEARCH_MAX_CHARS: usize = 500;

/// Stands between title and description, so that no search matches across the two. A noncharacter;
/// in text it is folded to U+FFFD, like any other that cannot be displayed.
const SEPARATOR: char = '\u{ffff}';

/// A search: a non-empty substring, every character literal, letters folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// `None` for an empty `raw`, which means no search.
    ///
    /// # Errors
    /// What is wrong with it, in words for the person who typed it.
    pub fn parse(raw: &str) -> Result<Option<Self>, String> {
        if raw.contains('\0') {
            return Err("must not contain the character U+0000".to_owned());
        }
        let chars = raw.chars().count();
        if chars > SEARCH_MAX_CHARS {
            return Err(format!("must have at most {SEARCH_MAX_CHARS} characters; it has {chars}"));
        }
        let folded = fold(raw);
        Ok((!folded.is_empty()).then_some(Self(folded)))
    }

    /// The folded text to look for in a [`document`].
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is searched of a ticket: its folded title and description.
pub fn document(title: &str, description: &str) -> String {
    let mut document = fold(title);
    document.push(SEPARATOR);
    document.push_str(&fold(description));
    document
}

/// Unicode default caseless form (full case folding, The Unicode Standard 3.13, D144), composed
/// (NFC), so that `STRASSE` finds `Straße` and it does not matter how an accent was typed.
fn fold(text: &str) -> String {
    // of ASCII it is lower case, at a fiftieth of the cost
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // each character is folded for itself, so runs of ASCII can be taken out
    for run in text.as_bytes().chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        // the edges of runs are those of characters
        let Ok(run) = str::from_utf8(run) else { continue };
        if run.is_ascii() {
            folded.extend(run.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            let run = run.replace(SEPARATOR, "\u{fffd}");
            folded.push_str(&CaseMapper::new().fold_string(&run));
        }
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&folded).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(search: &str, text: &str) -> bool {
        let search = Search::parse(search).unwrap().unwrap();
        document("t", text).contains(search.as_str())
    }

    #[test]
    fn letters_match_in_any_case_and_any_alphabet() {
        assert!(finds("LOGIN", "my login fails"));
        assert!(finds("ÜBER", "über"));
        assert!(finds("привет", "ПРИВЕТ"));
        assert!(finds("STRASSE", "Straße"));
        assert!(finds("ΌΔΟΣ", "όδος"));
    }

    #[test]
    fn accents_match_however_they_were_typed() {
        assert!(finds("caf\u{e9}", "CAFE\u{301}"));
        assert!(!finds("cafe", "caf\u{e9} au lait"));
    }

    #[test]
    fn characters_are_literal() {
        assert!(finds("100%", "100% sure"));
        assert!(!finds("100%", "1000 sure"));
        assert!(!finds("a_b", "axb"));
        assert!(finds("\\", "c:\\temp"));
    }

    #[test]
    fn nothing_matches_across_title_and_description() {
        assert!(!finds("t\u{ffff}", "abc"));
        assert!(!finds("tabc", "abc"));
    }

    #[test]
    fn an_empty_search_is_none_and_a_bad_one_says_why() {
        assert_eq!(Search::parse(""), Ok(None));
        assert!(Search::parse("a\0").unwrap_err().contains("U+0000"));
        assert!(Search::parse(&"x".repeat(501)).unwrap_err().contains("500"));
    }

    proptest! {
        #[test]
        fn runs_of_ascii_are_folded_as_all_else(text in "([a-cA-CßİıΣσςéÉ\u{301}\u{345}K가ǅ\u{ffff} ]|\\PC){0,30}") {
            let whole = text.replace(SEPARATOR, "\u{fffd}");
            let whole = CaseMapper::new().fold_string(&whole).into_owned();
            let whole = ComposingNormalizerBorrowed::new_nfc().normalize(&whole).into_owned();
            prop_assert_eq!(fold(&text), whole);
        }
    }
}
