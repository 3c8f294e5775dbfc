//! Every fault of a language model: strict mode says 503, `auto` falls back, and filing a ticket works
//! as ever.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use super::{VERDICT, classify, server};
use crate::support::llm::{Dialect, Reply, StandIn};

/// Every fault, with its name and whether the embedded classifier is told of a refusal (which leaves
/// the circuit closed).
fn faults(dialect: Dialect) -> Vec<(&'static str, Reply)> {
    let html = "<html><head><title>502 Bad Gateway</title></head></html>";
    let page = |status| {
        Reply::Whole(status, vec![("content-type", "text/html".to_owned())], html.to_owned())
    };
    let mut faults = vec![
        ("400", dialect.error(400, "INVALID_ARGUMENT", "API key not valid.")),
        ("401", dialect.error(401, "authentication_error", "invalid key")),
        ("402", dialect.error(402, "billing_error", "no credit")),
        ("403", dialect.error(403, "PERMISSION_DENIED", "no rights")),
        ("404", dialect.error(404, "NOT_FOUND", "no such model")),
        ("429", dialect.error(429, "RESOURCE_EXHAUSTED", "slow down").with("retry-after", "37")),
        ("500", dialect.error(500, "INTERNAL", "oops").with("retry-after", "0.01")),
        ("503", dialect.error(503, "UNAVAILABLE", "overloaded").with("x-should-retry", "false")),
        ("529", dialect.error(529, "overloaded_error", "overloaded").with("retry-after", "0.01")),
        ("redirect", Reply::json(302, &json!({})).with("location", "http://127.0.0.1:1/")),
        ("reset", Reply::Reset),
        ("broken off", Reply::BreakOff),
        ("drip", Reply::Drip),
        ("hang", Reply::Hang),
        ("huge", Reply::Huge),
        ("HTML with 200", page(200)),
        ("HTML with 502", page(502)),
        ("no body", Reply::Whole(200, vec![], String::new())),
        ("an empty object", Reply::json(200, &json!({}))),
        ("an error that is a text", Reply::json(500, &json!({"error": "loading model"}))),
        ("garbage", dialect.says("\u{fffd}\u{1}{{{{]")),
        ("empty text", dialect.says("")),
        ("a word outside the lists", dialect.says(r#"{"category":"billing","priority":"P1"}"#)),
        ("a refusal", Reply::json(200, &dialect.answer("I cannot help with that.", "SAFETY"))),
        ("cut off for ever", Reply::json(200, &dialect.answer(r#"{"cat"#, "MAX_TOKENS"))),
    ];
    faults.push(match dialect {
        Dialect::Gemini => (
            "a blocked prompt",
            Reply::json(200, &json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}})),
        ),
        Dialect::Anthropic => {
            ("no content", Reply::json(200, &json!({"content": [], "stop_reason": "end_turn"})))
        }
        Dialect::OpenAi => (
            "content null",
            Reply::json(
                200,
                &json!({"choices": [{"message": {"content": null, "refusal": "no"},
                    "finish_reason": "stop"}]}),
            ),
        ),
    });
    faults
}

async fn fails_softly(dialect: Dialect, fault: &str, reply: Reply) {
    let stand_in = StandIn::always(dialect, reply).await;
    let short = ["--llm-timeout", "400ms"];

    let strict = server(&stand_in, &[&short[..], &["--classifier", dialect.name()]].concat()).await;
    let answer = classify(&strict, "My card was charged twice, please refund").await;
    answer.problem(503);
    assert!(!answer.header("retry-after").is_empty(), "{dialect:?} {fault}");
    for leak in ["stand-in", "127.0.0.1", "oops", "API key", "html"] {
        assert!(!answer.text.contains(leak), "{dialect:?} {fault}: {}", answer.text);
    }
    let ticket = strict.file_text("My card was charged twice, please refund").await;
    assert_eq!(ticket["category_source"], "default", "{dialect:?} {fault}");

    let auto = server(&stand_in, &short).await;
    let answer = classify(&auto, "My card was charged twice, please refund").await;
    assert_eq!(answer.status, 200, "{dialect:?} {fault}: {}", answer.text);
    let suggestion = answer.json();
    assert_eq!(
        (&suggestion["source"], &suggestion["degraded"]),
        (&json!("local"), &json!(true)),
        "{dialect:?} {fault}"
    );
    let ticket = auto.file_text("My card was charged twice, please refund").await;
    assert_eq!(ticket["category_source"], "local", "{dialect:?} {fault}");
    assert_eq!(ticket["category"], "billing", "{dialect:?} {fault}");
    assert_eq!(stand_in.breaches(), [""; 0], "{dialect:?} {fault}");
}

async fn all_fail_softly(dialect: Dialect) {
    let faults = faults(dialect);
    join_all(faults.into_iter().map(|(fault, reply)| fails_softly(dialect, fault, reply))).await;
}

#[tokio::test]
async fn no_fault_of_gemini_costs_more_than_its_suggestion() {
    all_fail_softly(Dialect::Gemini).await;
}

#[tokio::test]
async fn no_fault_of_claude_costs_more_than_its_suggestion() {
    all_fail_softly(Dialect::Anthropic).await;
}

#[tokio::test]
async fn no_fault_of_an_openai_server_costs_more_than_its_suggestion() {
    all_fail_softly(Dialect::OpenAi).await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_fault_like_any_other() {
    let stand_in = StandIn::always(Dialect::Gemini, Reply::Hang).await;
    let url = stand_in.url();
    drop(stand_in);
    let flags = ["--google-api-key=k", &format!("--google-gemini-base-url={url}")];
    let database = crate::support::database::TestDatabase::sqlite();
    let server = crate::support::server::TestServer::with(database, &flags).await;
    assert_eq!(classify(&server, "a").await.json()["degraded"], true);
}

#[tokio::test]
async fn a_key_of_the_wrong_kind_is_a_wrong_setting_and_not_a_crash() {
    let stand_in = StandIn::always(Dialect::Gemini, Dialect::Gemini.says(VERDICT)).await;
    let url = format!("--google-gemini-base-url={}", stand_in.url());
    let database = crate::support::database::TestDatabase::sqlite();
    let server =
        crate::support::server::TestServer::with(database, &["--google-api-key=wrong", &url]).await;
    assert_eq!(classify(&server, "a").await.json()["degraded"], true);
    assert_eq!(stand_in.breaches(), ["API key not valid. Please pass a valid API key."]);
    let breaker = server.get("/readyz").await.json()["classifier"]["breaker"].clone();
    assert_eq!(
        (&breaker["state"], &breaker["last_failure"]),
        (&json!("open"), &json!("misconfigured"))
    );
}

#[tokio::test]
async fn filing_does_not_wait_for_a_model_that_hangs() {
    let dialect = Dialect::Gemini;
    let stand_in = StandIn::always(dialect, Reply::Hang).await;
    let server = server(&stand_in, &["--llm-timeout", "1h"]).await;
    let ticket = server.file_text("My card was charged twice, please refund").await;
    assert_eq!(ticket["category_source"], "local", "what the embedded classifier says meanwhile");
    assert_eq!(stand_in.asked().len(), 1);
    assert_eq!(stand_in.deserted(), 0, "the model is still being asked");
    server.stop().await;
}

#[tokio::test]
async fn a_late_answer_replaces_what_a_machine_had_set_and_nothing_else() {
    let dialect = Dialect::Gemini;
    let (go, held) = tokio::sync::watch::channel(false);
    let reply = Reply::Held(held, Box::new(dialect.says(VERDICT)));
    let stand_in = StandIn::always(dialect, reply).await;
    let server = server(&stand_in, &["--llm-timeout", "20s"]).await;
    let body = json!({"title": "t", "description": "please refund", "priority": "low"});
    let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
    assert_eq!(ticket["category_source"], "local");
    go.send_replace(true);
    let path = format!("/api/tickets/{}/", ticket["id"]);
    let changed = async {
        loop {
            let now = server.get(&path).await.json();
            if now["version"] != 1 {
                break now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let now = tokio::time::timeout(Duration::from_secs(20), changed).await.expect("it comes");
    assert_eq!((&now["category"], &now["category_source"]), (&json!("account"), &json!("gemini")));
    assert_eq!((&now["priority"], &now["priority_source"]), (&json!("low"), &json!("requester")));
}
