//! Schemas and texts of the OpenAPI document as HTML.

use std::fmt::Write as _;

use serde_json::Value;

/// What a schema allows, in words.
pub fn kind(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        let name = escape(name);
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> =
            words.iter().map(|word| format!("<code>{}</code>", text_of(word))).collect();
        return format!("one of {}", words.join(" "));
    }
    let mut words = match &schema["type"] {
        Value::Array(types) => types.iter().map(text_of).collect::<Vec<_>>().join(" or "),
        one => text_of(one),
    };
    if schema["items"].is_object() {
        let _ = write!(words, ", each {}", kind(&schema["items"]));
    }
    if schema["additionalProperties"].is_object() {
        if schema["propertyNames"].is_object() {
            let _ = write!(words, ", {}, to", kind(&schema["propertyNames"]));
        }
        let _ = write!(words, " {}", kind(&schema["additionalProperties"]));
    }
    match schema["format"].as_str() {
        Some("date-time") => words.push_str(", a time (RFC 3339)"),
        Some("date") => words.push_str(", a date"),
        _ => {}
    }
    for (least, most, unit) in
        [("minLength", "maxLength", " characters"), ("minimum", "maximum", "")]
    {
        match (&schema[least], &schema[most]) {
            (Value::Null, Value::Null) => {}
            (least, Value::Null) => _ = write!(words, ", at least {least}{unit}"),
            (Value::Null, most) => _ = write!(words, ", at most {most}{unit}"),
            (least, most) => _ = write!(words, ", {least} to {most}{unit}"),
        }
    }
    if !schema["default"].is_null() {
        let _ = write!(words, ", default <code>{}</code>", text_of(&schema["default"]));
    }
    words
}

/// The name of the schema that this one refers to.
pub fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The fields of an object; none of what is none.
pub fn fields_of(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    object.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// A value as text, in JSON where it is none.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value as text, nothing where there is none.
pub fn text_of(value: &Value) -> String {
    if value.is_null() { String::new() } else { escape(&plain(value)) }
}

/// A text whose `words` are code.
pub fn prose(text: &Value) -> String {
    let text = text_of(text);
    let parts = text.split('`').enumerate();
    parts
        .map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() })
        .collect()
}

/// A text that stays text in HTML, in quotes too.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_schema_allows_is_said_in_words() {
        for (schema, words) in [
            (
                json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}),
                "integer, 1 to 200, default <code>50</code>",
            ),
            (
                json!({"type": ["string", "null"], "maxLength": 9}),
                "string or null, at most 9 characters",
            ),
            (
                json!({"type": "array", "items": {"enum": ["a", "b"]}}),
                "array, each one of <code>a</code> <code>b</code>",
            ),
            (
                json!({"oneOf": [{"$ref": "#/components/schemas/T"}, {"type": "null"}]}),
                "<a href=\"#type-T\">T</a> or null",
            ),
            (json!({"type": "string", "minLength": 1}), "string, at least 1 characters"),
        ] {
            assert_eq!(kind(&schema), words);
        }
    }
}
