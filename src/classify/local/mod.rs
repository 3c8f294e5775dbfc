//! The classifier inside the program: needs no network and no key.
//!
//! A first, honest start: words that speak for a category or a priority, weighed and added up. It
//! knows no confidence that would mean anything, so it gives none. A trained model is to replace it
//! behind the same trait.

mod words;

use async_trait::async_trait;

use super::{Classifier, ClassifyError, Suggestion, TicketText};
use crate::tickets::{Category, Priority, Source};

/// The name that answers carry; a new one with each change of the words.
pub const MODEL: &str = "frontdesk-words-1";

/// A title says in few words what a description says in many.
const TITLE_WEIGHT: u32 = 2;

/// Sorts by words.
#[derive(Debug, Default)]
pub struct LocalClassifier;

impl LocalClassifier {
    /// Sorts one text. Any text: it never fails.
    pub fn suggest(text: &TicketText) -> Suggestion {
        let (title, description) = (spaced(&text.title), spaced(&text.description));
        let weight = |clues: &[(&str, u32)]| -> u32 {
            clues
                .iter()
                .map(|(clue, weight)| {
                    let in_title = u32::from(title.contains(clue)) * TITLE_WEIGHT;
                    weight * (in_title + u32::from(description.contains(clue)))
                })
                .sum()
        };
        Suggestion {
            category: heaviest(words::CATEGORIES, Category::General, weight),
            priority: heaviest(words::PRIORITIES, Priority::Medium, weight),
            confidence: None,
            source: Source::Local,
            model: MODEL.to_owned(),
        }
    }
}

#[async_trait]
impl Classifier for LocalClassifier {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        Ok(Self::suggest(text))
    }
}

/// The value whose clues weigh most; the first of the list among equals, `otherwise` without any.
fn heaviest<W: Copy>(
    clues: &[(W, &[(&str, u32)])],
    otherwise: W,
    weight: impl Fn(&[(&str, u32)]) -> u32,
) -> W {
    let mut best = (0, otherwise);
    for (value, clues) in clues {
        let weight = weight(clues);
        if weight > best.0 {
            best = (weight, *value);
        }
    }
    best.1
}

/// Lower case, every run of what is no letter or digit one space, a space around: so that a clue
/// with spaces around it is a whole word.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    spaced.push(' ');
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            spaced.push(c);
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced.push(' ');
    spaced
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(title: &str, description: &str) -> (Category, Priority) {
        let text = TicketText { title: title.into(), description: description.into() };
        let suggestion = LocalClassifier::suggest(&text);
        (suggestion.category, suggestion.priority)
    }

    #[test]
    fn clear_tickets_are_sorted_right() {
        use {Category::*, Priority::*};
        for (title, description, expected) in [
            ("Charged twice", "My card was charged twice, please refund one.", (Billing, High)),
            ("App crashes", "It crashes with an error when I export.", (Technical, Medium)),
            (
                "Production down",
                "All users see errors, the service is down.",
                (Technical, Critical),
            ),
            ("Password", "I cannot log in, my password reset never comes.", (Account, High)),
            ("A question", "How do I export? It would be nice to know.", (General, Low)),
            ("", "Rechnung ist falsch, bitte Erstattung", (Billing, Medium)),
            ("zzz", "qqq", (General, Medium)),
        ] {
            assert_eq!(sorted(title, description), expected, "{title}: {description}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_sorted(title in ".*", description in ".*") {
            sorted(&title, &description);
        }
    }
}
