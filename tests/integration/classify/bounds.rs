//! What a provider gets, and how often.

use serde_json::{Value, json};

use super::{VERDICT, classify, server};
use crate::support::{
    llm::{Asked, Dialect, StandIn},
    server::{TestServer, ticket},
};

const PRIVATE: &str = "I am ada@example.com, card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, \
    from 192.168.0.7, call +49 30 1234567. Please refund.";

const TRACES: [&str; 5] = ["ada@", "4111", "3704", "192.168", "1234567"];

async fn file(server: &TestServer, id: &Value) -> Value {
    let body = json!({"title": "Charged twice", "description": PRIVATE, "category": "billing",
        "priority": "high", "suggestion_id": id});
    ticket(&server.send_json("POST", "/api/tickets/", &body).await)
}

/// What agents are told that had been sent for a ticket.
async fn sent(server: &TestServer, filed: &Value) -> String {
    let path = format!("/api/tickets/{}/suggestions/", filed["id"]);
    server.get(&path).await.json()["results"][0]["sent"].as_str().unwrap().to_owned()
}

/// The user's turn as the provider got it.
fn turn(asked: &Asked) -> &str {
    asked.body["messages"][1]["content"].as_str().unwrap()
}

#[tokio::test]
async fn what_tells_people_apart_stays_here_and_agents_see_what_left() {
    let dialect = Dialect::OpenAi;
    let stand_in = StandIn::always(dialect, dialect.says(VERDICT)).await;
    let server = server(&stand_in, &[]).await;
    let suggestion = classify(&server, PRIVATE).await.json();
    let filed = file(&server, &suggestion["suggestion_id"]).await;
    assert_eq!(filed["description"], PRIVATE, "what is stored is whole");
    let asked = &stand_in.asked()[0];
    let body = asked.body.to_string();
    assert!(TRACES.iter().all(|trace| !body.contains(trace)), "{body}");
    for placeholder in ["[email]", "[card]", "[iban]", "[ip]", "[phone]"] {
        assert!(turn(asked).contains(placeholder), "{placeholder}: {body}");
    }
    assert_eq!(sent(&server, &filed).await, turn(asked), "word for word");
}

#[tokio::test]
async fn an_operator_may_let_everything_out() {
    let dialect = Dialect::OpenAi;
    let stand_in = StandIn::always(dialect, dialect.says(VERDICT)).await;
    let server = server(&stand_in, &["--llm-redact", "off"]).await;
    let suggestion = classify(&server, PRIVATE).await.json();
    let filed = file(&server, &suggestion["suggestion_id"]).await;
    let asked = &stand_in.asked()[0];
    assert!(TRACES.iter().all(|trace| turn(asked).contains(trace)));
    assert_eq!(sent(&server, &filed).await, turn(asked));
}

#[tokio::test]
async fn past_the_budget_the_embedded_classifier_answers_and_nothing_fails() {
    let dialect = Dialect::Gemini;
    let stand_in = StandIn::always(dialect, dialect.says(VERDICT)).await;
    let server = server(&stand_in, &["--llm-requests-per-day", "1"]).await;
    assert_eq!(classify(&server, "a").await.json()["degraded"], false);
    let past = classify(&server, "My card was charged twice, please refund").await.json();
    assert_eq!((&past["degraded"], &past["source"]), (&json!(true), &json!("local")));
    let filed = server.file_text("My card was charged twice, please refund").await;
    assert_eq!(filed["category_source"], "local");
    assert_eq!(stand_in.asked().len(), 1);
    let failures = server.get("/api/classifier/report/").await.json()["failures"].clone();
    assert_eq!(failures, json!([{"source": "gemini", "kind": "budget_spent", "n": 2}]));
    server.clock.set("2026-11-24T00:00:00Z".parse().unwrap());
    assert_eq!(classify(&server, "b").await.json()["degraded"], false, "the next day");
}
