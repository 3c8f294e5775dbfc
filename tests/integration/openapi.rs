//! The committed OpenAPI document, from which clients are generated, is that of the code.

#[test]
fn the_committed_document_is_current() {
    let current = frontdesk::http::router::document().to_pretty_json().expect("a document");
    let committed = include_str!("../../openapi.json");
    assert!(current.trim() == committed.trim(), "run `make openapi` and commit openapi.json");
}

#[test]
fn the_lists_are_spelt_as_on_the_wire() {
    let document = serde_json::to_value(frontdesk::http::router::document()).expect("a document");
    let words = &document["components"]["schemas"]["Status"]["enum"];
    assert_eq!(words, &serde_json::json!(["open", "in_progress", "resolved", "closed"]));
}
