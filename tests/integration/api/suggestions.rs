//! What a suggestion says of itself, and what becomes of a ticket by it.

use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    server::{TestServer, ticket},
};

crate::laws!(
    critical_by_the_embedded_model_waits_for_a_person,
    what_was_suggested_is_kept_beside_what_was_chosen,
    nobody_can_make_up_a_suggestion,
    a_restart_and_another_replica_know_what_was_shown,
    a_report_compares_suggestions_with_what_tickets_ended_as,
);

const CRITICAL: &str = "All users see errors, the service is down.";
const HARDLY_SAID: &str = "asdkjh wkejfhk xcvbmn";

async fn classify(server: &TestServer, title: &str, description: &str) -> Value {
    let body = json!({"title": title, "description": description});
    let answer = server.send_json("POST", "/api/tickets/classify/", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn critical_by_the_embedded_model_waits_for_a_person(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let suggestion = classify(&server, "Production down", CRITICAL).await;
    assert_eq!(suggestion["suggested_priority"], "critical");
    assert_eq!(suggestion["needs_check"], true);

    let body = json!({"title": "Production down", "description": CRITICAL});
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    assert_eq!((&filed["priority"], &filed["priority_source"]), (&json!("high"), &json!("local")));

    let kept = kept(&server, &filed).await;
    assert_eq!(kept[0]["suggested_priority"], "critical", "it is kept that it looked so");

    let mut body = body;
    body["priority"] = json!("critical");
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    assert_eq!(
        (&filed["priority"], &filed["priority_source"]),
        (&json!("critical"), &json!("requester")),
        "a person may say so"
    );
    let suggestion = classify(&server, "Charged twice", "Please refund one.").await;
    assert_eq!(suggestion["needs_check"], false);
}

#[tokio::test]
async fn what_is_unsure_says_so_and_names_the_two_best() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    let suggestion = classify(&server, "", HARDLY_SAID).await;
    assert_eq!(suggestion["unsure"], json!({"category": true, "priority": true}));
    assert_eq!(suggestion["suggested_category"], "general");
    assert_ne!(suggestion["alternatives"]["category"], "general");
    assert_ne!(suggestion["alternatives"]["priority"], suggestion["suggested_priority"]);
    let suggestion = classify(&server, "Charged twice", "My card was charged twice, refund.").await;
    assert_eq!(suggestion["unsure"]["category"], false, "{suggestion}");
}

/// What was suggested for a ticket.
async fn kept(server: &TestServer, filed: &Value) -> Vec<Value> {
    let answer = server.get(&format!("/api/tickets/{}/suggestions/", filed["id"])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["results"].as_array().unwrap().clone()
}

const TWICE: &str = "My card was charged twice, please refund one.";

async fn what_was_suggested_is_kept_beside_what_was_chosen(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let suggestion = classify(&server, "Charged", TWICE).await;
    let mut body = json!({"title": "Charged", "description": TWICE, "category": "account",
        "suggestion_id": suggestion["suggestion_id"]});
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    let of_ticket = kept(&server, &filed).await;
    assert_eq!(of_ticket.len(), 1, "the server's own answer is the same once more");
    let mut one = of_ticket[0].clone();
    for measured in ["latency_ms", "category_confidence", "priority_confidence", "model_version"] {
        assert!(one.as_object_mut().unwrap().remove(measured).is_some_and(|v| !v.is_null()));
    }
    assert_eq!(
        one,
        json!({"occasion": "form", "at": "2026-11-23T12:00:00Z", "source": "local",
            "model": suggestion["model"], "prompt_version": null, "suggested_category": "billing",
            "suggested_priority": suggestion["suggested_priority"], "degraded": false,
            "same_text": true, "chosen_category": "account", "chosen_priority": null, "sent": null,
            "input_tokens": null, "output_tokens": null})
    );
    body["description"] = json!("Never mind, how do I export?");
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    let of_ticket = kept(&server, &filed).await;
    assert_eq!(of_ticket[0]["same_text"], false);
    assert_eq!((of_ticket.len(), &of_ticket[1]["occasion"]), (2, &json!("filing")));
    for missing in ["/api/tickets/99/suggestions/", "/api/tickets/x/suggestions/"] {
        server.get(missing).await.problem(404);
    }
}

async fn nobody_can_make_up_a_suggestion(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let id = classify(&server, "Charged", TWICE).await["suggestion_id"].clone();
    let body = |id: &Value| {
        json!({"title": "Charged", "description": TWICE, "category": "billing",
            "priority": "high", "suggestion_id": id})
    };
    let forged = format!("{}x", id.as_str().unwrap());
    for other in [json!(forged), json!(""), json!("a.b"), json!("\u{0}"), json!(null)] {
        let filed = ticket(&server.send_json("POST", "/api/tickets/", &body(&other)).await);
        assert_eq!(kept(&server, &filed).await, [Value::Null; 0], "{other}");
    }
    let faults = server.send_json("POST", "/api/tickets/", &body(&json!(7))).await.problem(400);
    assert!(faults["suggestion_id"].is_array(), "{faults}");
    let late = "2026-11-24T12:00:01Z".parse().unwrap();
    server.clock.set(late);
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body(&id)).await);
    assert_eq!(kept(&server, &filed).await, [Value::Null; 0], "a day is over");
}

async fn a_restart_and_another_replica_know_what_was_shown(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let id = classify(&server, "Charged", TWICE).await["suggestion_id"].clone();
    let server = TestServer::start(server.stop().await.unwrap()).await;
    let body = json!({"title": "Charged", "description": TWICE, "category": "billing",
        "priority": "high", "suggestion_id": id});
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    assert_eq!(kept(&server, &filed).await[0]["occasion"], "form");
}

#[tokio::test]
async fn where_it_is_off_nothing_speaks_of_suggestions() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    let id = classify(&server, "Charged", TWICE).await["suggestion_id"].clone();
    let server = TestServer::with(server.stop().await.unwrap(), &["--classifier", "off"]).await;
    assert_eq!(server.get("/api/about/").await.json()["classifier"], "off");
    let body = json!({"title": "Charged", "description": TWICE, "suggestion_id": id});
    let answer = server.send_json("POST", "/api/tickets/", &body).await;
    let filed = ticket(&answer);
    assert_eq!((&filed["category"], &filed["priority"]), (&json!("general"), &json!("medium")));
    assert_eq!(
        (&filed["category_source"], &filed["priority_source"]),
        (&json!("default"), &json!("default"))
    );
    assert_eq!(kept(&server, &filed).await, [Value::Null; 0]);
    let path = format!("/api/tickets/{}/", filed["id"]);
    for text in [answer.text, server.get(&path).await.text, server.get("/api/about/").await.text] {
        for word in ["suggest", "local", "model", "confidence", "\"AI\""] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

async fn a_report_compares_suggestions_with_what_tickets_ended_as(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let empty = server.get("/api/classifier/report/").await.json();
    assert_eq!((&empty["models"], &empty["suggestions"]), (&json!([]), &json!(0)));
    assert_eq!((&empty["is_complete"], &empty["failures"]), (&json!(true), &json!([])));
    for (chosen, end) in
        [("billing", Some("billing")), ("account", Some("general")), ("billing", None)]
    {
        let suggestion = classify(&server, "Charged", TWICE).await;
        assert_eq!(suggestion["suggested_category"], "billing");
        let body = json!({"title": "Charged", "description": TWICE, "category": chosen,
            "priority": "low", "suggestion_id": suggestion["suggestion_id"]});
        let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
        if let Some(end) = end {
            let body = json!({"category": end, "status": "resolved"});
            server.send_json("PATCH", &format!("/api/tickets/{}/", filed["id"]), &body).await;
        }
    }
    let report = server.get("/api/classifier/report/?from=2026-11-01&to=2026-12-01").await.json();
    assert_eq!(
        (&report["from"], &report["suggestions"]),
        (&json!("2026-11-01T00:00:00Z"), &json!(3))
    );
    let model = &report["models"][0];
    assert_eq!((&model["source"], &model["suggestions"]), (&json!("local"), &json!(3)));
    assert_eq!((&model["tokens"], &model["cost"]), (&Value::Null, &Value::Null));
    let category = &model["category"];
    assert_eq!((&category["accepted"]["k"], &category["accepted"]["n"]), (&json!(2), &json!(3)));
    let right = json!({"n": 2, "k": 1, "share": 0.5, "low": 0.0945, "high": 0.9055});
    assert_eq!(category["accuracy"], right);
    assert_eq!(category["set_by_agents"], 2);
    assert_eq!(category["confusion"]["words"][3], "general");
    assert_eq!(category["confusion"]["counts"][3], json!([1, 0, 0, 0]));
    assert_eq!(category["calibration"]["bins"].as_array().unwrap().len(), 10);
    assert!(model["latency_ms"]["p99"].as_f64().unwrap() > 0.0);
    let before = server.get("/api/classifier/report/?to=2026-11-23").await.json();
    assert_eq!(
        (&before["from"], &before["suggestions"]),
        (&json!("2026-10-24T00:00:00Z"), &json!(0))
    );
    let faults = server.get("/api/classifier/report/?from=x&to=yesterday").await.problem(400);
    assert!(faults["from"].is_array() && faults["to"].is_array(), "{faults}");
    server.get("/api/classifier/report/?from=2026-12-01&to=2026-11-01").await.problem(400);
}
