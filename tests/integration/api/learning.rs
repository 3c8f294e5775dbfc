//! What the embedded classifier learns: seen, switched and reset by whom it may be, on every server.

use std::time::Duration;

use frontdesk::{accounts::Role, classify::learning::Learner, http::serve::Limits};
use serde_json::{Value, json};

use crate::support::{database::TestDatabase, people::Credential, server::TestServer};

crate::laws!(
    corrections_teach_a_word_to_all_servers_and_a_reset_unteaches_it,
    a_switch_holds_what_was_learnt_back,
    what_is_deleted_or_opened_again_is_learnt_from_no_more,
);

const PATH: &str = "/api/classifier/learning/";

async fn learning(server: &TestServer) -> Value {
    let answer = server.get(PATH).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

/// Looks until it is so: servers look each second.
async fn until(server: &TestServer, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    for _ in 0..2_000 {
        last = learning(server).await;
        if is_so(&last) {
            return last;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never is: {last}");
}

/// Files a ticket and finishes it as one that belongs to the account team.
async fn correct(server: &TestServer, description: &str) -> i64 {
    let id = server.file_text(description).await["id"].as_i64().unwrap();
    let body = json!({"category": "account", "priority": "high", "status": "resolved"});
    let answer = server.send_json("PATCH", &format!("/api/tickets/{id}/"), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    id
}

async fn correct_many(server: &TestServer, many: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for n in 0..many {
        let what = TAUGHT[n % TAUGHT.len()];
        ids.push(correct(server, &format!("{what} ({n})")).await);
    }
    ids
}

const TAUGHT: [&str; 5] = [
    "The zorblax does not work.",
    "My zorblax is broken, please help.",
    "The zorblax shows an error.",
    "Error on the zorblax since today.",
    "Our zorblax crashes.",
];

const ASKED: &str = "zorblax broken";

async fn suggestion(server: &TestServer, description: &str) -> Value {
    let body = json!({"description": description});
    let answer = server.send_json("POST", "/api/tickets/classify/", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut suggestion = answer.json();
    suggestion.as_object_mut().unwrap().remove("suggestion_id");
    suggestion
}

async fn by(server: &TestServer, method: &str, body: &Value, who: &Credential) -> u16 {
    let request = server.request(method, PATH).header(who.0, &who.1);
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_string());
    server.send(request).await.status
}

async fn corrections_teach_a_word_to_all_servers_and_a_reset_unteaches_it(database: TestDatabase) {
    let server = TestServer::with(database, &["--rate-limits", "off"]).await;
    let url = server.database_url();
    let other = TestServer::at(&url, &["--rate-limits", "off"], Limits::default()).await;
    let shipped = suggestion(&server, ASKED).await;
    assert_eq!(shipped["suggested_category"], "general");
    let state = learning(&server).await;
    assert_eq!((&state["is_on"], &state["status"]), (&json!(true), &json!("waiting")));
    assert_eq!((&state["corrections"], &state["model"]), (&json!(0), &json!(null)));

    correct_many(&server, 10).await;
    let is_learnt = |state: &Value| state["model"].as_str().is_some_and(|it| it.ends_with("+10"));
    let state = until(&server, is_learnt).await;
    assert_eq!(state["corrections"], 10, "{state}");
    assert_eq!(state["categories"]["account"], 10);
    assert_eq!(state["priorities"], json!({"critical": 0, "high": 10, "low": 0, "medium": 0}));
    assert!(state["refitted_at"].is_string());
    let learnt = suggestion(&server, ASKED).await;
    assert_eq!(learnt["suggested_category"], "account", "{learnt}");
    assert_eq!(learnt["model"], state["model"]);
    let untouched = "My card was charged twice, please refund one.";
    assert_eq!(suggestion(&server, untouched).await["suggested_category"], "billing");

    until(&other, is_learnt).await;
    assert_eq!(suggestion(&other, ASKED).await, learnt, "bit for bit the same");
    other.stop().await;

    let admin = server.session(Role::Admin).await;
    assert_eq!(by(&server, "DELETE", &json!(null), &admin).await, 204);
    assert_eq!(suggestion(&server, ASKED).await, shipped);
    let state = learning(&server).await;
    assert_eq!((&state["corrections"], &state["status"]), (&json!(0), &json!("waiting")));
    assert_eq!(state["reset_at"], "2026-11-23T12:00:00Z");
    let events = server.store().await.audit_events(Default::default(), 10).await.unwrap();
    assert_eq!(
        (events[0].action.as_str(), events[0].subject.as_str()),
        ("learning.reset", "10 corrections")
    );
}

async fn a_switch_holds_what_was_learnt_back(database: TestDatabase) {
    let server = TestServer::with(database, &["--rate-limits", "off"]).await;
    let (admin, agent) = (server.session(Role::Admin).await, server.session(Role::Agent).await);
    let shipped = suggestion(&server, ASKED).await;
    correct_many(&server, 10).await;
    until(&server, |state| state["status"] == "learning").await;
    assert_ne!(suggestion(&server, ASKED).await, shipped);

    let off = json!({"is_on": false});
    assert_eq!(by(&server, "PATCH", &off, &agent).await, 403);
    assert_eq!(by(&server, "DELETE", &json!(null), &agent).await, 403);
    assert_eq!(by(&server, "PATCH", &json!({}), &admin).await, 400);
    assert_eq!(by(&server, "PATCH", &json!({"is_on": "no"}), &admin).await, 400);
    assert_eq!(by(&server, "PATCH", &off, &admin).await, 200);
    let state = learning(&server).await;
    assert_eq!((&state["is_on"], &state["status"]), (&json!(false), &json!("off")));
    assert_eq!((&state["corrections"], &state["model"]), (&json!(10), &json!(null)));
    assert_eq!(suggestion(&server, ASKED).await, shipped);
    correct(&server, TAUGHT[0]).await;

    assert_eq!(by(&server, "PATCH", &json!({"is_on": true}), &admin).await, 200);
    let state = until(&server, |state| state["status"] == "learning").await;
    assert_eq!(state["corrections"], 10, "not what was finished meanwhile");
    assert_ne!(suggestion(&server, ASKED).await, shipped);
    let events = server.store().await.audit_events(Default::default(), 2).await.unwrap();
    let said: Vec<_> =
        events.iter().map(|one| (one.action.as_str(), one.subject.as_str())).collect();
    assert_eq!(said, [("learning.switched", "on"), ("learning.switched", "off")]);
}

async fn what_is_deleted_or_opened_again_is_learnt_from_no_more(database: TestDatabase) {
    let server = TestServer::with(database, &["--rate-limits", "off"]).await;
    let shipped = suggestion(&server, ASKED).await;
    let ids = correct_many(&server, 10).await;
    until(&server, |state| state["status"] == "learning").await;
    let (gone, opened) = ids.split_at(5);
    for id in opened {
        let body = json!({"status": "open"});
        server.send_json("PATCH", &format!("/api/tickets/{id}/"), &body).await;
    }
    for id in gone {
        assert!(server.store().await.delete_ticket(*id, None).await.unwrap());
    }
    let state = until(&server, |state| state["status"] == "waiting").await;
    assert_eq!(state["corrections"], 0);
    assert_eq!(suggestion(&server, ASKED).await, shipped);
}

#[tokio::test]
async fn the_setting_switches_it_off_for_the_deployment() {
    let server = TestServer::with(TestDatabase::sqlite(), &["--learning", "off"]).await;
    correct_many(&server, 1).await;
    assert_eq!(learning(&server).await["status"], "disabled");
    let admin = server.session(Role::Admin).await;
    assert_eq!(by(&server, "PATCH", &json!({"is_on": false}), &admin).await, 200);
    let state = learning(&server).await;
    assert_eq!((&state["status"], &state["corrections"]), (&json!("disabled"), &json!(0)));
    let server = TestServer::with(TestDatabase::sqlite(), &["--classifier", "off"]).await;
    assert_eq!(learning(&server).await["status"], "unused");
}

/// By itself, without waiting for its turns.
#[tokio::test]
async fn what_was_learnt_is_given_up_when_it_is_worse() {
    use frontdesk::{classify::learning::Current, clock::Clock};

    let database = TestDatabase::sqlite();
    let server = TestServer::with(database, &["--learning", "off", "--rate-limits", "off"]).await;
    let current = std::sync::Arc::new(Current::default());
    let store = frontdesk::db::open(&server.database_url().parse().unwrap()).await.unwrap();
    let learner = Learner::new(store, current.clone(), Clock::system());
    correct_many(&server, 10).await;
    learner.turn().await.unwrap();
    assert!(current.get().unwrap().used[0], "nothing speaks against it");
    // now they are what the shipped model says they are
    for _ in 0..3 {
        let filed = server.file_text(ASKED).await;
        assert_eq!(filed["category_source"], "local");
        assert_ne!(filed["category"], "account");
        let body = json!({"status": "resolved"});
        server.send_json("PATCH", &format!("/api/tickets/{}/", filed["id"]), &body).await;
    }
    learner.turn().await.unwrap();
    let learnt = current.get().unwrap();
    assert!(!learnt.used[0], "three times worse");
    let score = &learning(&server).await["category"];
    assert_eq!((&score["shipped"]["k"], &score["learnt"]["k"]), (&json!(3), &json!(0)));
    assert_eq!(score["shipped"]["n"], 3, "{score}");
}
