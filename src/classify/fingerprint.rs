//! What makes two texts the same question.

use sha2::{Digest, Sha256};

use super::{TicketText, prompt};

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

    /// The same for two texts that a language model would read alike: with the same examples, under the
    /// same prompt.
    pub fn question(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        hash.update(self.fingerprint());
        hash.update(prompt::version(self));
        for example in &self.examples {
            hash.update(example.text.len().to_le_bytes());
            for part in [&example.text, example.category.as_str(), example.priority.as_str()] {
                hash.update(part);
                hash.update("\n");
            }
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        classify::Example,
        tickets::{Category, Priority},
    };

    fn text(title: &str, description: &str) -> TicketText {
        let (title, description) = (title.into(), description.into());
        TicketText { title, description, ..TicketText::default() }
    }

    fn of(title: &str, description: &str) -> Fingerprint {
        text(title, description).fingerprint()
    }

    #[test]
    fn white_space_makes_no_other_question_and_words_do() {
        assert_eq!(of("a b", "c"), of(" a\u{a0}b ", "\nc\t"));
        assert_ne!(of("a b", "c"), of("a", "b c"));
        assert_ne!(of("ab", ""), of("a b", ""));
        assert_ne!(of("", "a"), of("a", ""));
    }

    #[test]
    fn other_examples_make_another_question_of_the_same_text() {
        let plain = text("a", "b");
        let with = |said: &str, category| {
            let (ticket_id, text) = (1, said.to_owned());
            let priority = Priority::Low;
            let examples = vec![Example { ticket_id, text, category, priority }];
            TicketText { examples, ..plain.clone() }
        };
        let one = with("x", Category::Billing);
        assert_eq!(one.fingerprint(), plain.fingerprint());
        assert_eq!(one.question(), with("x", Category::Billing).question());
        for other in [plain.clone(), with("y", Category::Billing), with("x", Category::General)] {
            assert_ne!(one.question(), other.question());
        }
    }
}
