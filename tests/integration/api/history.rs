use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(
    a_history_says_who_changed_what_newest_first,
    a_history_is_walked_by_its_links,
    a_history_of_no_ticket_and_bad_parameters_are_refused,
);

async fn a_history_says_who_changed_what_newest_first(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    server.clock.set("2026-11-23T13:00:00Z".parse().expect("a time"));
    let patch = json!({"status": "resolved", "category": "account", "title": "t"});
    server.send_json("PATCH", "/api/tickets/1/", &patch).await;
    server.send_json("PATCH", "/api/tickets/1/", &patch).await;
    let answer = server.get("/api/tickets/1/history/").await;
    let page = answer.json();
    assert_eq!((answer.status, &page["count"], &page["next"]), (200, &json!(2), &json!(null)));
    let nobody = |kind: &str| json!({"kind": kind, "name": null});
    let changed = &page["results"][0];
    assert_eq!((&changed["kind"], &changed["actor"]), (&json!("changed"), &nobody("agent")));
    assert_eq!((&changed["version"], &changed["at"]), (&json!(2), &json!("2026-11-23T13:00:00Z")));
    assert_eq!(
        changed["changes"],
        json!({
            "status": {"before": "open", "after": "resolved"},
            "category": {"before": "billing", "after": "account"},
            "category_source": {"before": "requester", "after": "agent"},
        })
    );
    let created = &page["results"][1];
    assert_eq!((&created["kind"], &created["actor"]), (&json!("created"), &nobody("requester")));
    assert_eq!(
        created["changes"],
        json!({
            "status": {"before": null, "after": "open"},
            "category": {"before": null, "after": "billing"},
            "priority": {"before": null, "after": "low"},
        })
    );
    assert!(created["id"].as_i64() < changed["id"].as_i64());
}

async fn a_history_is_walked_by_its_links(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    for status in ["closed", "open", "closed", "resolved"] {
        server.send_json("PATCH", "/api/tickets/1/", &json!({"status": status})).await;
    }
    let mut path = "/api/tickets/1/history/?limit=2".to_owned();
    let mut versions = Vec::new();
    loop {
        let page = server.get(&path).await.json();
        assert_eq!(page["count"], 5);
        let results = page["results"].as_array().expect("results");
        versions.extend(results.iter().map(|event| event["version"].as_i64().expect("a number")));
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(versions, [5, 4, 3, 2, 1]);
}

async fn a_history_of_no_ticket_and_bad_parameters_are_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    for missing in ["2", "0", "x", "-1", "99999999999999999999"] {
        server.get(&format!("/api/tickets/{missing}/history/")).await.problem(404);
    }
    for (query, name) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=0", "cursor"),
        ("cursor=-5", "cursor"),
        ("cursor=99999999999999999999", "cursor"),
    ] {
        let errors = server.get(&format!("/api/tickets/1/history/?{query}")).await.problem(400);
        assert!(errors[name].is_array(), "{query}: {errors}");
    }
    assert_eq!(server.get("/api/tickets/1/history/?limit=200&cursor=").await.status, 200);
    assert_eq!(server.get("/api/tickets/1/history").await.status, 200);
}
