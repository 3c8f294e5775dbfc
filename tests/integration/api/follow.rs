use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(
    filing_is_answered_with_a_link,
    a_link_shows_where_the_ticket_stands_and_nothing_else,
    every_other_link_is_answered_alike,
    a_repeated_request_gets_a_new_link,
    a_secret_is_in_no_log,
);

async fn file(server: &TestServer) -> Value {
    let body = json!({"title": "Charged twice", "description": "Private words.",
        "category": "billing", "priority": "low"});
    server.send_json("POST", "/api/tickets/", &body).await.json()
}

/// The path in the API of the link that `filed` was answered with.
fn link(filed: &Value) -> String {
    format!("/api{}/", filed["follow_url"].as_str().expect("a link"))
}

async fn filing_is_answered_with_a_link(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "t", "description": "d"});
    for (n, path) in (1..).zip(["/api/tickets/", "/api/tickets/create/"]) {
        let filed = server.send_json("POST", path, &body).await.json();
        let url = filed["follow_url"].as_str().expect("a link");
        assert!(url.starts_with(&format!("/follow/{n}-")), "{url}");
        assert_eq!(server.get(&link(&filed)).await.status, 200);
    }
    let patched = server.send_json("PATCH", "/api/tickets/1/", &json!({"status": "closed"})).await;
    for answer in [patched, server.get("/api/tickets/1/").await, server.get("/api/tickets/").await]
    {
        assert!(!answer.text.contains("follow"), "{}", answer.text);
    }
}

async fn a_link_shows_where_the_ticket_stands_and_nothing_else(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let filed = file(&server).await;
    server.clock.set("2026-11-23T13:00:00Z".parse().expect("a time"));
    let patch = json!({"status": "in_progress", "priority": "high"});
    server.send_json("PATCH", "/api/tickets/1/", &patch).await;
    let answer = server.get(&link(&filed)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "id": 1, "title": "Charged twice", "status": "in_progress",
            "created_at": "2026-11-23T12:00:00Z", "updated_at": "2026-11-23T13:00:00Z",
            "history": [
                {"at": "2026-11-23T12:00:00Z", "status": "open"},
                {"at": "2026-11-23T13:00:00Z", "status": "in_progress"},
            ],
        })
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

async fn every_other_link_is_answered_alike(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let secret = link(&file(&server).await).replace("/api/follow/1-", "").replace('/', "");
    file(&server).await;
    let mut details = Vec::new();
    for other in [
        format!("1-{}", "0".repeat(32)),
        format!("2-{secret}"),
        format!("3-{secret}"),
        format!("99-{secret}"),
        format!("1-{}", secret.to_uppercase()),
        format!("1-{secret}0"),
        format!("-1-{secret}"),
        secret.clone(),
        "1".to_owned(),
        "x".to_owned(),
        "%ff%00".to_owned(),
        "%E2%82%AC".to_owned(),
        "9".repeat(5000),
    ] {
        if other == format!("1-{secret}") {
            continue; // a secret without a letter has no capitals
        }
        let answer = server.get(&format!("/api/follow/{other}/")).await;
        answer.problem(404);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        details.push(answer.json()["detail"].clone());
    }
    details.dedup();
    assert_eq!(details.len(), 1, "{details:?}");
    assert_eq!(server.get(&format!("/api/follow/1-{secret}")).await.status, 200);
}

async fn a_repeated_request_gets_a_new_link(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let create = || {
        let body = json!({"title": "t", "description": "d", "category": "billing"});
        server
            .request("POST", "/api/tickets/")
            .header("content-type", "application/json")
            .header("idempotency-key", "k")
            .body(body.to_string())
    };
    let first = server.send(create()).await.json();
    let again = server.send(create()).await.json();
    assert_eq!(first["id"], again["id"]);
    assert_ne!(first["follow_url"], again["follow_url"]);
    server.get(&link(&first)).await.problem(404);
    assert_eq!(server.get(&link(&again)).await.status, 200);
}

/// Where the test's log goes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn a_secret_is_in_no_log(database: TestDatabase) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    // the server's tasks run on this test's thread
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = TestServer::start(database).await;
    let path = link(&file(&server).await);
    let secret = path.replace("/api/follow/1-", "").replace('/', "");
    server.get(&path).await;
    server.get(path.trim_end_matches('/')).await;
    server.get(&format!("{path}more/")).await;
    server.send(server.request("POST", &path)).await;
    server.get(&path.replace("/api", "")).await;
    let log = String::from_utf8_lossy(&log.0.lock().expect("the log")).into_owned();
    assert!(log.contains("/api/follow/{secret}/"), "{log}");
    // what this test itself sends is not the server's to keep
    let clients = ["reqwest", "hyper_util::client"];
    let told: Vec<&str> = log
        .lines()
        .filter(|line| line.contains(&secret) && !clients.iter().any(|name| line.contains(name)))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
