//! The rules of a ticket's text, which stand as constraints in both databases too.

/// Longest title, in Unicode scalar values, after trimming.
pub const TITLE_MAX_CHARS: usize = 200;

/// Longest description, in Unicode scalar values.
pub const DESCRIPTION_MAX_CHARS: usize = 50_000;

/// Unicode's `White_Space` characters (PropList.txt): what trimming removes and what alone makes a
/// text blank. The same list as in the databases' CHECK constraints.
pub const WHITE_SPACE: &[char] = &[
    '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}',
    '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}', '\u{2008}',
    '\u{2009}', '\u{200a}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}',
];

/// What is wrong with a title that is already trimmed: every fault, in words for its writer.
pub fn title_faults(title: &str) -> Vec<String> {
    text_faults(title, TITLE_MAX_CHARS)
}

/// What is wrong with a description: every fault, in words for its writer.
pub fn description_faults(description: &str) -> Vec<String> {
    text_faults(description, DESCRIPTION_MAX_CHARS)
}

fn text_faults(text: &str, max_chars: usize) -> Vec<String> {
    let mut faults = Vec::new();
    if text.trim().is_empty() {
        faults.push("must not be blank".to_owned());
    }
    if text.contains('\0') {
        faults.push("must not contain the character U+0000".to_owned());
    }
    let chars = text.chars().count();
    if chars > max_chars {
        faults.push(format!("must have at most {max_chars} characters; it has {chars}"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_what_the_language_trims() {
        for c in '\0'..=char::MAX {
            assert_eq!(WHITE_SPACE.contains(&c), c.is_whitespace(), "{:?}", c);
        }
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert!(title_faults(&"ü".repeat(200)).is_empty());
        assert_eq!(
            title_faults(&"ü".repeat(201)),
            ["must have at most 200 characters; it has 201"]
        );
    }

    #[test]
    fn every_fault_is_named() {
        assert_eq!(title_faults("\u{3000}\n"), ["must not be blank"]);
        assert_eq!(description_faults("\0").len(), 1);
        assert_eq!(description_faults(&"\0".repeat(50_001)).len(), 2);
    }
}
