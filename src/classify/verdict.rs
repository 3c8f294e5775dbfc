//! What a language model says, read strictly: one of each list or nothing.

use serde_json::{Map, Value};

use super::ClassifyError;
use crate::tickets::{Category, Priority, Word};

/// Places of a text at which a JSON object is looked for.
const TRIES: usize = 16;

/// What a model chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// A value of the list.
    pub category: Category,
    /// A value of the list.
    pub priority: Priority,
}

impl Verdict {
    /// Reads the first JSON object of a text. Models wrap it in fences, in prose or in thoughts, and
    /// write keys and words in capitals; all of that is understood. A word outside the lists is not.
    ///
    /// # Errors
    /// `BadAnswer`, without any of the text: a stranger may have written it.
    pub fn from_text(text: &str) -> Result<Self, ClassifyError> {
        // a model that thinks aloud answers after its thoughts
        let text = text.rsplit_once("</think>").map_or(text, |(_, answer)| answer);
        for (at, _) in text.match_indices('{').take(TRIES) {
            let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
            if let Some(Ok(Value::Object(object))) = values.next() {
                return Self::from_object(&object);
            }
        }
        Err(ClassifyError::BadAnswer("no JSON object".to_owned()))
    }

    /// Reads an object that holds both words.
    ///
    /// # Errors
    /// `BadAnswer` if one is missing or outside its list.
    pub fn from_object(object: &Map<String, Value>) -> Result<Self, ClassifyError> {
        Ok(Self { category: word(object, "category")?, priority: word(object, "priority")? })
    }
}

fn word<W: Word>(object: &Map<String, Value>, name: &str) -> Result<W, ClassifyError> {
    let value = object.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    value
        .and_then(|(_, value)| value.as_str())
        .and_then(|raw| W::from_word(&raw.trim().to_ascii_lowercase()))
        .ok_or_else(|| ClassifyError::BadAnswer(format!("no {name} of the list")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_models_wrap_an_answer_in_is_understood() {
        let billing = Verdict { category: Category::Billing, priority: Priority::High };
        for text in [
            r#"{"category":"billing","priority":"high"}"#,
            "```json\n{\"category\": \"billing\",\n \"priority\": \"high\"}\n```",
            r#"{"CATEGORY":"BILLING","Priority":"High "}"#,
            r#"Sure! Here it is: {"category":"billing","priority":"high","confidence":7} Anything else?"#,
            r#"<think>{"category":"account","priority":"low"}?</think>{"category":"billing","priority":"high"}"#,
            r#"{ not JSON } {"category":"billing","priority":"high"}"#,
            r#"[{"category":"billing","priority":"high"}]"#,
        ] {
            assert_eq!(Verdict::from_text(text), Ok(billing), "{text}");
        }
    }

    #[test]
    fn nothing_outside_the_lists_gets_through() {
        for text in [
            "",
            "billing, high",
            "<html><body>502</body></html>",
            r#"{"category":"billing"}"#,
            r#"{"category":"billing","priority":"urgent"}"#,
            r#"{"category":"billing","priority":"P1"}"#,
            r#"{"category":["billing"],"priority":"high"}"#,
            r#"{"category":"billing","priority":null}"#,
            r#"{"category":"bill"#,
        ] {
            let error = Verdict::from_text(text).unwrap_err();
            assert!(matches!(error, ClassifyError::BadAnswer(_)), "{text}: {error}");
        }
    }

    #[test]
    fn a_deep_text_is_no_answer_and_no_crash() {
        assert!(Verdict::from_text(&"{\"a\":".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in ".*") {
            let _ = Verdict::from_text(&text);
        }
    }
}
