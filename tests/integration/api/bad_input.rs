//! Bad input of every sort is a clear 4xx that names the field, and never a 5xx.

use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(
    every_fault_of_a_request_is_named_at_once,
    what_is_no_json_is_refused,
    a_body_that_is_too_large_or_no_json_type_is_refused,
    a_bad_parameter_is_named,
    a_bad_patch_changes_nothing,
    the_longest_texts_are_accepted,
);

async fn every_fault_of_a_request_is_named_at_once(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "  ", "description": 5, "category": "Billing", "priority": ["low"],
        "status": "done"});
    let errors = server.send_json("POST", "/api/tickets/", &body).await.problem(400);
    assert_eq!(errors["title"], json!(["must not be blank"]));
    assert_eq!(errors["description"], json!(["must be a string, not a number"]));
    assert_eq!(errors["category"], json!(["must be one of: billing, technical, account, general"]));
    assert_eq!(errors["priority"], json!(["must be a string, not an array"]));
    assert_eq!(errors["status"], json!(["must be one of: open, in_progress, resolved, closed"]));
    let errors = server.send_json("POST", "/api/tickets/", &json!({})).await.problem(400);
    assert_eq!(errors, json!({"title": ["is required"], "description": ["is required"]}));
    let body = json!({"title": "x\u{0}", "description": null});
    let errors = server.send_json("POST", "/api/tickets/", &body).await.problem(400);
    assert!(errors["title"][0].as_str().is_some_and(|text| text.contains("U+0000")));
    assert_eq!(errors["description"], json!(["must not be null"]));
    let body = json!({"title": "x".repeat(201), "description": "x".repeat(50_001)});
    let errors = server.send_json("POST", "/api/tickets/", &body).await.problem(400);
    assert!(errors["title"].is_array() && errors["description"].is_array());
    assert_eq!(server.get("/api/tickets/").await.json()["count"], 0);
}

async fn what_is_no_json_is_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"{\"title\": \"\\ud800\", \"description\": \"d\"}".to_vec(),
        b"{\"title\": \"\xff\xfe\", \"description\": \"d\"}".to_vec(),
        b"{\"title\": \"a\nb\", \"description\": \"d\"}".to_vec(),
        b"{\"title\": NaN}".to_vec(),
        nested.into_bytes(),
    ];
    for path in ["/api/tickets/", "/api/tickets/create/", "/api/tickets/classify/"] {
        for body in &bodies {
            server.send_raw("POST", path, body.clone()).await.problem(400);
        }
    }
    for body in bodies {
        server.send_raw("PATCH", "/api/tickets/1/", body).await.problem(400);
    }
}

async fn a_body_that_is_too_large_or_no_json_type_is_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let large = json!({"title": "t", "description": "x".repeat(1024 * 1024)}).to_string();
    server.send_raw("POST", "/api/tickets/", large).await.problem(413);
    let body = json!({"title": "t", "description": "d"}).to_string();
    let bare = server.request("POST", "/api/tickets/").body(body.clone());
    server.send(bare).await.problem(415);
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let request = server.request("POST", "/api/tickets/").header("content-type", kind);
        server.send(request.body(body.clone())).await.problem(415);
    }
}

async fn a_bad_parameter_is_named(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for (query, name) in [
        ("category=bills", "category"),
        ("priority=low,urgent", "priority"),
        ("status=open&status=OPEN", "status"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=ten", "limit"),
        ("limit=-1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=%00", "cursor"),
        ("search=a%00b", "search"),
        ("search=%ff", "search"),
        ("created_after=soon", "created_after"),
        ("created_before=2026-02-30", "created_before"),
    ] {
        let errors = server.get(&format!("/api/tickets/?{query}")).await.problem(400);
        assert!(errors[name].is_array(), "{query}: {errors}");
    }
    let long = format!("/api/tickets/?search={}", "x".repeat(501));
    assert!(server.get(&long).await.problem(400)["search"].is_array());
    let errors = server.get("/api/tickets/?status=x&limit=y&cursor=z").await.problem(400);
    assert_eq!(errors.as_object().map(serde_json::Map::len), Some(3));
}

async fn a_bad_patch_changes_nothing(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let before = server.file("t", "billing", "low").await;
    for body in [
        json!({"status": "closed", "priority": "urgent"}),
        json!({"status": "closed", "title": null}),
        json!({"status": "closed", "title": ""}),
        json!({"status": null}),
        json!({"statsu": "closed"}),
    ] {
        let errors = server.send_json("PATCH", "/api/tickets/1/", &body).await.problem(400);
        assert_eq!(errors.as_object().map(serde_json::Map::len), Some(1), "{body}");
    }
    assert_eq!(server.get("/api/tickets/1/").await.json(), before);
}

async fn the_longest_texts_are_accepted(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "\u{1f600}".repeat(200), "description": "\u{1f600}".repeat(50_000)});
    let answer = server.send_json("POST", "/api/tickets/", &body).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.json()["description"], body["description"]);
}
