//! What makes two texts the same question.

use sha2::{Digest, Sha256};

use super::TicketText;

/// SHA-256 of a text: parts that remember answers keep this and not what somebody wrote.
pub type Fingerprint = [u8; 32];

impl TicketText {
    /// The same for two texts that differ in white space only.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        for part in [&self.title, &self.description] {
            for word in part.split_whitespace() {
                hash.update(word);
                hash.update(" ");
            }
            hash.update("\n");
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, description: &str) -> Fingerprint {
        TicketText { title: title.into(), description: description.into() }.fingerprint()
    }

    #[test]
    fn white_space_makes_no_other_question_and_words_do() {
        assert_eq!(of("a b", "c"), of(" a\u{a0}b ", "\nc\t"));
        assert_ne!(of("a b", "c"), of("a", "b c"));
        assert_ne!(of("ab", ""), of("a b", ""));
        assert_ne!(of("", "a"), of("a", ""));
    }
}
