//! Tokens of a call, as the provider counted them.

use serde_json::Value;

/// Tokens of one answer. What a provider does not tell is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Read by the model: rules, examples and ticket, those in `cached` included.
    pub input: u64,
    /// How many of `input` the provider had kept from an earlier call, which costs less.
    pub cached: u64,
    /// Written by the model, thoughts included.
    pub output: u64,
}

impl Usage {
    /// Question and answer together.
    pub const fn total(&self) -> u64 {
        self.input.saturating_add(self.output)
    }

    /// What an answer says it took, in any provider's words; `None` where it says nothing.
    ///
    /// Gemini counts thoughts beside the answer, Claude counts what its cache read and wrote beside the
    /// input; in the others' numbers both are included.
    pub fn of(answer: &Value) -> Option<Self> {
        let count = |pointer: &str| answer.pointer(pointer).and_then(Value::as_u64);
        let sum = |pointers: &[&str]| -> u64 { pointers.iter().filter_map(|at| count(at)).sum() };
        let first = |pointers: &[&str]| pointers.iter().find_map(|at| count(at));
        let input = first(&[
            "/usageMetadata/promptTokenCount",
            "/usage/input_tokens",
            "/usage/prompt_tokens",
        ]);
        let output = first(&[
            "/usageMetadata/candidatesTokenCount",
            "/usage/output_tokens",
            "/usage/completion_tokens",
        ]);
        if input.is_none() && output.is_none() {
            return None;
        }
        let beside = ["/usage/cache_creation_input_tokens", "/usage/cache_read_input_tokens"];
        let input = input.unwrap_or(0).saturating_add(sum(&beside));
        let cached = first(&[
            "/usageMetadata/cachedContentTokenCount",
            "/usage/cache_read_input_tokens",
            "/usage/prompt_tokens_details/cached_tokens",
        ]);
        let thoughts = count("/usageMetadata/thoughtsTokenCount").unwrap_or(0);
        Some(Self {
            input,
            cached: cached.unwrap_or(0).min(input),
            output: output.unwrap_or(0).saturating_add(thoughts),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_provider_counts_in_its_own_words() {
        let usage = |input, cached, output| Some(Usage { input, cached, output });
        for (answer, expected) in [
            (
                json!({"usageMetadata": {"promptTokenCount": 312, "candidatesTokenCount": 21,
                    "thoughtsTokenCount": 40, "cachedContentTokenCount": 256,
                    "totalTokenCount": 373}}),
                usage(312, 256, 61),
            ),
            (json!({"usageMetadata": {"promptTokenCount": 300}}), usage(300, 0, 0)),
            (
                json!({"usage": {"input_tokens": 20, "cache_creation_input_tokens": 100,
                    "cache_read_input_tokens": 1_000, "output_tokens": 24}}),
                usage(1_120, 1_000, 24),
            ),
            (json!({"usage": {"input_tokens": 320, "output_tokens": 24}}), usage(320, 0, 24)),
            (
                json!({"usage": {"prompt_tokens": 300, "completion_tokens": 14,
                    "total_tokens": 314, "prompt_tokens_details": {"cached_tokens": 128},
                    "completion_tokens_details": {"reasoning_tokens": 9}}}),
                usage(300, 128, 14),
            ),
            // more than there is was not read again
            (
                json!({"usage": {"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": 9}}}),
                usage(3, 3, 0),
            ),
            (json!({"usage": {"prompt_tokens": -1, "completion_tokens": "many"}}), None),
            (json!({"usage": null}), None),
            (json!({}), None),
            (json!([]), None),
        ] {
            assert_eq!(Usage::of(&answer), expected, "{answer}");
        }
    }
}
