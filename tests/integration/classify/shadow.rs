//! A second source that is asked silently about live tickets.

use std::process::Command;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::VERDICT;
use crate::support::{
    database::TestDatabase,
    llm::{Dialect, Reply, StandIn},
    server::{TestServer, ticket},
    wire::soon,
};

crate::laws!(
    a_second_source_is_compared_on_live_tickets_and_changes_nothing,
    a_ticket_that_is_deleted_meanwhile_leaves_nothing,
    a_server_that_ends_drops_what_waits_and_counts_it,
);

const DIALECT: Dialect = Dialect::Gemini;
const REPORT: &str = "/api/classifier/report/";
const TWICE: &str = "My card was charged twice, please refund one. ada@example.com";

/// A server where the embedded classifier serves, with this stand-in in the shadow.
async fn beside(database: TestDatabase, stand_in: &StandIn, flags: &[&str]) -> TestServer {
    let own = stand_in.flags();
    let fixed = ["--classifier", "local", "--shadow", "gemini"];
    let flags: Vec<_> = own.iter().map(String::as_str).chain(fixed).chain(flags.to_vec()).collect();
    TestServer::with(database, &flags).await
}

async fn shadow(server: &TestServer) -> Value {
    server.get(REPORT).await.json()["shadow"].clone()
}

/// What became of the questions, once that are so many.
async fn asked(server: &TestServer, tickets: u64) -> Value {
    soon("what becomes of the questions", async {
        loop {
            let asked = shadow(server).await["asked"][0].clone();
            if asked["tickets"].as_u64().is_some_and(|n| n >= tickets) {
                return asked;
            }
        }
    })
    .await
}

fn kinds(one: &str, n: u64) -> Value {
    json!([{"kind": one, "n": n}])
}

async fn a_second_source_is_compared_on_live_tickets_and_changes_nothing(database: TestDatabase) {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let prices = "gemini-3.5-flash-lite=1/1";
    let server = beside(database, &stand_in, &["--llm-prices", prices]).await;
    let expected = json!({"source": "gemini", "model": "gemini-3.5-flash-lite", "waiting": 0,
        "breaker": {"state": "closed", "failures": 0}});
    assert_eq!(server.get("/readyz").await.json()["shadow"], expected);

    // one in the form, two at the filing, one that was sorted by its requester alone
    let body = json!({"title": "Charged", "description": TWICE});
    let suggestion = server.send_json("POST", "/api/tickets/classify/", &body).await.json();
    assert_eq!(suggestion["source"], "local", "what people see is as before");
    let mut shown = body.clone();
    shown["suggestion_id"] = suggestion["suggestion_id"].clone();
    shown["category"] = json!("billing");
    shown["priority"] = suggestion["suggested_priority"].clone();
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &shown).await);
    asked(&server, 1).await;
    let other = server.file_text("Somebody else is in my account, I see their orders.").await;
    server.file_text("Where do I find the export?").await;
    server.file("alone", "general", "low").await;
    let became = asked(&server, 4).await;
    assert_eq!(
        became,
        json!({"source": "gemini", "model": "gemini-3.5-flash-lite", "tickets": 4, "answered": 4,
            "failures": [], "dropped": []})
    );

    let path = format!("/api/tickets/{}/", filed["id"]);
    assert_eq!(server.get(&path).await.json(), filed, "nothing of the ticket changed");
    assert_eq!(server.get(&format!("{path}history/")).await.json()["count"], 1);
    let kept = server.get(&format!("{path}suggestions/")).await.json()["results"].clone();
    assert_eq!((&kept[0]["occasion"], &kept[1]["occasion"]), (&json!("form"), &json!("shadow")));
    assert_eq!((&kept[1]["source"], &kept[1]["input_tokens"]), (&json!("gemini"), &json!(312)));
    let sent = kept[1]["sent"].as_str().unwrap();
    assert!(sent.contains("[email]") && !sent.contains("ada@"), "{sent}");
    assert_eq!(stand_in.asked()[0].body["contents"][0]["parts"][0]["text"], sent, "word for word");

    // the embedded one was right about the first, the one in the shadow about the second
    for (id, end) in [(&filed["id"], "billing"), (&other["id"], "account")] {
        let done = json!({"category": end, "priority": "high", "status": "resolved"});
        let answer = server.send_json("PATCH", &format!("/api/tickets/{id}/"), &done).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let report = server.get(REPORT).await.json();
    assert_eq!(report["suggestions"], 3, "what nobody was shown is not among them");
    let models = report["models"].as_array().unwrap();
    let roles: Vec<_> = models.iter().map(|m| (&m["role"], &m["source"])).collect();
    let (shown, shadow) = (json!("shown"), json!("shadow"));
    assert_eq!(roles, [(&shown, &json!("local")), (&shadow, &json!("gemini"))]);
    let one = &models[1];
    assert_eq!((&one["suggestions"], &one["category"]["accepted"]), (&json!(4), &Value::Null));
    assert_eq!(one["category"]["accuracy"]["n"], 2);
    assert_eq!(one["category"]["accuracy"]["k"], 1);
    assert_eq!(one["category"]["confusion"]["counts"][0], json!([0, 0, 1, 0]));
    assert_eq!(one["category"]["calibration"], Value::Null);
    assert!(one["latency_ms"]["p50"].as_f64().unwrap() > 0.0);
    assert_eq!((&one["tokens"], &one["cost"]), (&json!(4 * 333), &json!(0.001_332)));
    assert!(models[0]["category"]["accepted"]["n"].is_u64());
    assert_eq!(models[0]["paired"], json!([]));
    let paired = &one["paired"];
    assert_eq!(paired.as_array().unwrap().len(), 1);
    let paired = &paired[0];
    assert_eq!((&paired["source"], &paired["tickets"]), (&json!("local"), &json!(3)));
    let category = &paired["category"];
    assert_eq!((&category["served"]["n"], &category["shadow"]["n"]), (&json!(2), &json!(2)));
    assert_eq!(category["shadow"]["k"], 1);
    assert_eq!(category["differ"]["n"], 3);
    assert!(category["difference"]["low"].as_f64().unwrap() < 0.0);
    let usage = report["usage"].as_array().unwrap();
    assert_eq!((usage.len(), &usage[0]["calls"]), (1, &json!(4)), "what it took is counted");
    assert_eq!(report["breaker"], Value::Null, "of who serves");
    assert_eq!(report["failures"], json!([]));
    server.stop().await;
}

#[tokio::test]
async fn a_source_that_is_slow_or_fails_delays_nobody_and_is_told_of() {
    for (reply, kind) in [
        (Reply::Hang, "timed_out"),
        (DIALECT.error(500, "INTERNAL", "no"), "unavailable"),
        (DIALECT.says("no idea"), "bad_answer"),
    ] {
        let stand_in = StandIn::always(DIALECT, reply).await;
        let server = beside(TestDatabase::sqlite(), &stand_in, &["--llm-timeout", "300ms"]).await;
        let filed = server.file_text(TWICE).await;
        assert_eq!((&filed["category_source"], &filed["version"]), (&json!("local"), &json!(1)));
        let became = asked(&server, 1).await;
        assert_eq!((&became["answered"], &became["failures"]), (&json!(0), &kinds(kind, 1)));
        let path = format!("/api/tickets/{}/suggestions/", filed["id"]);
        let kept = server.get(&path).await.json()["results"].clone();
        assert_eq!((kept.as_array().unwrap().len(), &kept[0]["occasion"]), (1, &json!("filing")));
        let report = server.get(REPORT).await.json();
        assert_eq!(report["failures"], json!([]), "who serves has not failed");
        assert_eq!(report["models"].as_array().unwrap().len(), 1);
        let metrics = server.get("/metrics").await.text;
        let outcome = format!(
            "frontdesk_shadow_duration_seconds_count{{source=\"gemini\",outcome=\"{kind}\"}} 1"
        );
        assert!(metrics.contains(&outcome), "{outcome}: {metrics}");
        assert!(metrics.contains("frontdesk_shadow_waiting 0"), "{metrics}");
    }
}

#[tokio::test]
async fn a_source_that_keeps_failing_is_left_alone_and_who_serves_is_not() {
    let stand_in = StandIn::always(DIALECT, DIALECT.error(403, "PERMISSION_DENIED", "no")).await;
    let server = beside(TestDatabase::sqlite(), &stand_in, &[]).await;
    server.file_text(TWICE).await;
    asked(&server, 1).await;
    server.file_text(TWICE).await;
    let became = asked(&server, 2).await;
    assert_eq!(became["failures"], kinds("misconfigured", 1));
    assert_eq!(became["dropped"], kinds("circuit_open", 1));
    assert_eq!(shadow(&server).await["breaker"], "open");
    let metrics = server.get("/metrics").await.text;
    assert!(metrics.contains("frontdesk_shadow_breaker_open 1"), "{metrics}");
    assert!(!metrics.contains("frontdesk_classify_breaker_open 1"), "{metrics}");
    let dropped = "frontdesk_shadow_dropped_total{source=\"gemini\",reason=\"circuit_open\"} 1";
    assert!(metrics.contains(dropped), "{metrics}");
}

/// Another model of the provider that serves, from one budget.
#[tokio::test]
async fn at_most_half_of_the_budget_goes_to_the_shadow() {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let flags = ["--shadow", "gemini", "--shadow-model", "other", "--llm-requests-per-day", "4"];
    let server = super::server(&stand_in, &flags).await;
    let mut questions = 0;
    let mut is_served = async || {
        questions += 1;
        super::classify(&server, &questions.to_string()).await.json()["degraded"] == false
    };
    assert!(is_served().await);
    for title in ["asked about", "not any more"] {
        server.file(title, "general", "low").await;
    }
    let became = asked(&server, 2).await;
    assert_eq!((&became["model"], &became["answered"]), (&json!("other"), &json!(1)));
    assert_eq!(became["dropped"], kinds("budget_spent", 1));
    assert!(is_served().await && is_served().await && !is_served().await);
    let paths: Vec<_> = stand_in.asked().iter().map(|asked| asked.path.clone()).collect();
    assert_eq!(paths.iter().filter(|path| path.contains("models/other:")).count(), 1, "{paths:?}");
}

#[tokio::test]
async fn a_request_that_is_repeated_is_one_ticket_and_asked_about_once() {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let server = beside(TestDatabase::sqlite(), &stand_in, &[]).await;
    let body = json!({"title": "t", "description": TWICE, "category": "billing"});
    for _ in 0..2 {
        let request = server.request("POST", "/api/tickets/").header("idempotency-key", "k");
        let request = request.header("content-type", "application/json").body(body.to_string());
        assert_eq!(server.send(request).await.status, 201);
    }
    server.file("another", "general", "low").await;
    assert_eq!(asked(&server, 2).await["answered"], 2);
    assert_eq!(stand_in.asked().len(), 2);
}

async fn a_ticket_that_is_deleted_meanwhile_leaves_nothing(database: TestDatabase) {
    let (let_go, held) = watch::channel(false);
    let reply = Reply::Held(held, Box::new(DIALECT.says(VERDICT)));
    let stand_in = StandIn::always(DIALECT, reply).await;
    let server = beside(database, &stand_in, &[]).await;
    let filed = server.file_text(TWICE).await;
    stand_in.was_asked(1).await;
    let id = filed["id"].as_i64().unwrap();
    assert!(server.store().await.delete_ticket(id, None).await.unwrap());
    let_go.send_replace(true);
    let became = asked(&server, 1).await;
    assert_eq!((&became["answered"], &became["dropped"]), (&json!(0), &kinds("deleted", 1)));
    assert_eq!(server.get(REPORT).await.json()["models"], json!([]));
    server.stop().await;
}

async fn a_server_that_ends_drops_what_waits_and_counts_it(database: TestDatabase) {
    let stand_in = StandIn::always(DIALECT, Reply::Hang).await;
    let server = beside(database, &stand_in, &["--llm-timeout", "1h"]).await;
    for _ in 0..5 {
        server.file_text(TWICE).await;
    }
    stand_in.was_asked(2).await;
    assert_eq!(shadow(&server).await["waiting"], 3);
    let database = soon("the end", server.stop()).await.unwrap();
    stand_in.was_deserted(2).await;
    let server = TestServer::start(database).await;
    let shadow = shadow(&server).await;
    assert_eq!((&shadow["source"], &shadow["waiting"]), (&Value::Null, &json!(0)));
    assert_eq!(shadow["asked"][0]["dropped"], kinds("shutdown", 5));
    server.stop().await;
}

#[tokio::test]
async fn the_embedded_classifier_learns_in_the_shadow_too() {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let server = super::server(&stand_in, &["--classifier", "gemini", "--shadow", "local"]).await;
    let learning = server.get("/api/classifier/learning/").await.json();
    assert_eq!(learning["status"], "waiting", "so that it is what would serve");
    let filed = server.file_text(TWICE).await;
    assert_eq!(filed["category_source"], "gemini");
    let became = asked(&server, 1).await;
    assert_eq!((&became["source"], &became["answered"]), (&json!("local"), &json!(1)));
    let path = format!("/api/tickets/{}/suggestions/", filed["id"]);
    let kept = server.get(&path).await.json()["results"].clone();
    assert_eq!((&kept[1]["occasion"], &kept[1]["sent"]), (&json!("shadow"), &Value::Null));
}

#[tokio::test]
async fn where_there_is_none_nothing_speaks_of_it() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    assert_eq!(shadow(&server).await, Value::Null);
    assert_eq!(server.get("/readyz").await.json().get("shadow"), None);
    assert!(!server.get("/metrics").await.text.contains("frontdesk_shadow_waiting "));
}

#[test]
fn a_shadow_that_makes_no_sense_keeps_the_server_from_starting() {
    let database = TestDatabase::sqlite();
    for (variables, why) in [
        (&[("FRONTDESK_CLASSIFIER", "off"), ("FRONTDESK_SHADOW", "local")][..], "off"),
        (&[("FRONTDESK_SHADOW", "local")], "serves already"),
        (&[("FRONTDESK_SHADOW", "anthropic")], "ANTHROPIC_API_KEY"),
        (&[("FRONTDESK_SHADOW", "auto")], "possible values"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env_clear()
            .env("DATABASE_URL", database.url())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(why), "{variables:?}: {said}");
    }
}
