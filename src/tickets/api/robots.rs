//! What gives away that a program fills in the public form.

use crate::http::extract::Fields;

/// Milliseconds in which nobody writes a title and a description.
const FASTEST_MS: i64 = 1_000;

/// Longest time that a form says it was open, in milliseconds: a month.
const SLOWEST_MS: i64 = 31 * 24 * 3_600_000;

/// Notes a fault where the form's traps caught something: a field that people do not see and that is
/// filled in, or a form that was sent faster than anybody writes. A client that is no form sends
/// neither; it meets the limits on how often.
pub fn refuse_robots(fields: &mut Fields, is_stranger: bool) {
    fields.null_is_absent("filled_in_ms");
    let website = fields.text("website", Ok).unwrap_or_default();
    let took = fields.number("filled_in_ms", 0..=SLOWEST_MS);
    if !is_stranger {
        return;
    }
    if !website.is_empty() {
        fields.fault("website", "must be empty");
    }
    if took.is_some_and(|ms| ms < FASTEST_MS) {
        fields.fault("filled_in_ms", "was too fast for a person; wait a moment and send it again");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::extract::JsonObject;

    fn is_refused(body: serde_json::Value, is_stranger: bool) -> bool {
        let mut fields = Fields::new(JsonObject(body.as_object().unwrap().clone()));
        refuse_robots(&mut fields, is_stranger);
        fields.check().is_err()
    }

    #[test]
    fn the_forms_traps_catch_robots_and_nobody_else() {
        assert!(is_refused(json!({"website": "http://spam.example"}), true));
        assert!(is_refused(json!({"filled_in_ms": 200}), true));
        for person in
            [json!({}), json!({"website": "", "filled_in_ms": 4000}), json!({"filled_in_ms": null})]
        {
            assert!(!is_refused(person, true));
        }
        assert!(!is_refused(json!({"website": "x", "filled_in_ms": 1}), false), "an agent");
        assert!(is_refused(json!({"filled_in_ms": "soon"}), false), "no number is a mistake");
    }
}
