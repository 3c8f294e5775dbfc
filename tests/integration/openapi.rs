//! The committed OpenAPI document, from which clients are generated, is that of the code.

#[test]
fn the_committed_document_is_current() {
    let current = frontdesk::http::router::document().to_pretty_json().expect("a document");
    let committed = include_str!("../../openapi.json");
    assert!(current.trim() == committed.trim(), "run `make openapi` and commit openapi.json");
}
