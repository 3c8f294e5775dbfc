use serde_json::{Value, json};

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(
    many_tickets_are_changed_each_with_its_outcome,
    every_fault_of_a_bulk_change_is_named_and_changes_nothing,
);

const PATH: &str = "/api/tickets/bulk/";

async fn many_tickets_are_changed_each_with_its_outcome(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for n in 0..3 {
        server.file(&format!("Ticket {n}"), "billing", "low").await;
    }
    server.send_json("PATCH", "/api/tickets/2/", &json!({"priority": "high"})).await;
    let body = json!({
        "tickets": [{"id": 3, "version": 1}, {"id": 9}, {"id": 2, "version": 1}, {"id": 1}],
        "change": {"status": "closed", "category": "account"},
    });
    let answer = server.send_json("POST", PATH, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let results = answer.json()["results"].clone();
    assert_eq!(
        results,
        json!([
            {"id": 3, "status": 200, "ticket": server.get("/api/tickets/3/").await.json()},
            {"id": 9, "status": 404, "detail": "there is no such ticket"},
            {"id": 2, "status": 412,
             "detail": "it was changed meanwhile and is at version 2 now"},
            {"id": 1, "status": 200, "ticket": server.get("/api/tickets/1/").await.json()},
        ])
    );
    assert_eq!(results[0]["ticket"]["status"], "closed");
    assert_eq!(results[0]["ticket"]["category_source"], "agent");
    let history = server.get("/api/tickets/1/history/").await.json();
    assert_eq!(history["results"][0]["actor"]["kind"], "agent");
    assert_eq!(history["results"][0]["changes"]["status"]["after"], "closed");
    let without_slash = server.send_json("POST", "/api/tickets/bulk", &body).await;
    assert_eq!(without_slash.json()["results"][0]["status"], 412, "its version is another now");
}

async fn every_fault_of_a_bulk_change_is_named_and_changes_nothing(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let before = server.file("t", "billing", "low").await;
    let one = json!([{"id": 1}]);
    let close = json!({"status": "closed"});
    let many: Vec<Value> = (1..=201).map(|id| json!({"id": id})).collect();
    for (tickets, change, faults) in [
        (json!(null), json!(null), vec!["change", "tickets"]),
        (json!([]), close.clone(), vec!["tickets"]),
        (json!(many), close.clone(), vec!["tickets"]),
        (json!({"id": 1}), json!(["closed"]), vec!["change", "tickets"]),
        (json!([1, {"id": 1}, {}]), close.clone(), vec!["tickets[0]", "tickets[2].id"]),
        (
            json!([{"id": 0}, {"id": "1"}, {"id": 1.5}, {"id": 1, "version": "1"}]),
            close.clone(),
            vec!["tickets[0].id", "tickets[1].id", "tickets[2].id", "tickets[3].version"],
        ),
        (json!([{"id": 1}, {"id": 1}]), close.clone(), vec!["tickets[1].id"]),
        (json!([{"id": 1, "version": null}]), close.clone(), vec!["tickets[0].version"]),
        (one.clone(), json!({}), vec!["change"]),
        (
            one.clone(),
            json!({"status": "done", "priority": null, "category": 1}),
            vec!["change.category", "change.priority", "change.status"],
        ),
        (one, json!({"status": "closed", "title": "x"}), vec!["change.title"]),
    ] {
        let body = json!({"tickets": tickets, "change": change});
        let errors = server.send_json("POST", PATH, &body).await.problem(400);
        let named: Vec<&str> =
            errors.as_object().expect("errors").keys().map(String::as_str).collect();
        assert_eq!(named, faults, "{body}");
    }
    let errors = server.send_json("POST", PATH, &json!({})).await.problem(400);
    assert_eq!(errors, json!({"tickets": ["is required"], "change": ["is required"]}));
    server.send_raw("POST", PATH, "[").await.problem(400);
    server.send(server.request("POST", PATH).body("{}")).await.problem(415);
    server.get(PATH).await.problem(405);
    assert_eq!(server.get("/api/tickets/1/").await.json(), before);
}
