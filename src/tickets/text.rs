//! A ticket's title and description: text that was checked once, at the edge, and is trusted after.
//! The same rules stand as constraints in both databases.

/// Longest title, in Unicode scalar values, after trimming.
pub const TITLE_MAX_CHARS: usize = 200;

/// Longest description, in Unicode scalar values.
pub const DESCRIPTION_MAX_CHARS: usize = 50_000;

/// A title: trimmed, not blank, at most [`TITLE_MAX_CHARS`], without U+0000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

/// A description exactly as it was sent: not blank, at most [`DESCRIPTION_MAX_CHARS`], without U+0000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description(String);

impl Title {
    /// Trims `raw` (Unicode `White_Space`) and checks it.
    ///
    /// # Errors
    /// Every broken rule, in words for the person who wrote the text.
    pub fn parse(raw: &str) -> Result<Self, Vec<String>> {
        let trimmed = raw.trim();
        check(trimmed, TITLE_MAX_CHARS).map(|()| Self(trimmed.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Description {
    /// Checks `raw` and keeps it as it is.
    ///
    /// # Errors
    /// Every broken rule, in words for the person who wrote the text.
    pub fn parse(raw: String) -> Result<Self, Vec<String>> {
        check(&raw, DESCRIPTION_MAX_CHARS).map(|()| Self(raw))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, max_chars: usize) -> Result<(), Vec<String>> {
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
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert!(Title::parse(&"ü".repeat(200)).is_ok());
        assert_eq!(
            Title::parse(&"ü".repeat(201)).unwrap_err(),
            ["must have at most 200 characters; it has 201"]
        );
    }

    #[test]
    fn a_title_is_trimmed_and_a_description_is_not() {
        assert_eq!(Title::parse("\u{3000} a b\n").unwrap().as_str(), "a b");
        assert_eq!(Description::parse(" a\n".into()).unwrap().as_str(), " a\n");
    }

    #[test]
    fn every_fault_is_named() {
        assert_eq!(Title::parse("\u{3000}\n").unwrap_err(), ["must not be blank"]);
        assert_eq!(Description::parse("\0".repeat(50_001)).unwrap_err().len(), 2);
    }
}
