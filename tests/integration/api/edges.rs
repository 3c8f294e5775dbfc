//! Requests at the edges of what a request is: each once got an answer that it should not have.

use frontdesk::{accounts::Role, auth::Scope};
use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer, wire::Wire};

crate::laws!(
    a_character_that_no_database_keeps_is_no_fault_of_the_server,
    an_idempotency_key_is_its_owners,
);

async fn accounts(database: TestDatabase, more: &[&str]) -> TestServer {
    TestServer::with(database, &[&["--access", "accounts"], more].concat()).await
}

async fn a_character_that_no_database_keeps_is_no_fault_of_the_server(database: TestDatabase) {
    let server = accounts(database, &[]).await;
    let body = json!({"email": "ada@example.com\0", "password": "a wrong guess"});
    let request = server.request("POST", "/api/session/").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_string());
    server.send(request).await.problem(401);
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    for parameter in ["action=%00", "action=session.%00", "actor_id=%00", "limit=%00"] {
        let request = server.request("GET", &format!("/api/audit/?{parameter}"));
        let errors = server.send(request.header(name, &value)).await.problem(400);
        let (parameter, _) = parameter.split_once('=').unwrap();
        assert!(errors[parameter].is_array(), "{parameter}: {errors}");
    }
}

async fn an_idempotency_key_is_its_owners(database: TestDatabase) {
    let server = accounts(database, &[]).await;
    let agent = server.token(Role::Agent, Scope::Write).await;
    let admin = server.token(Role::Admin, Scope::Write).await;
    let body = json!({"title": "t", "description": "d", "category": "billing", "priority": "low"});
    let file = |who: Option<&(&'static str, String)>| {
        let mut request = server.request("POST", "/api/tickets/").header("idempotency-key", "1");
        if let Some((name, value)) = who {
            request = request.header(*name, value);
        }
        server.send(request.header("content-type", "application/json").body(body.to_string()))
    };
    // the same key and body from three: none of them gets another's ticket, or ends its link
    let mut tickets = Vec::new();
    for who in [Some(&agent), Some(&admin), None] {
        let answer = file(who).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        tickets.push(answer.json());
    }
    let links = tickets.iter().map(|ticket| ticket["follow_url"].as_str().unwrap());
    for link in links {
        let path = format!("/api{link}/");
        assert_eq!(server.get(&path).await.status, 200, "{path}");
    }
    let again = file(Some(&agent)).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.json()["id"], tickets[0]["id"]);
}

#[tokio::test]
async fn a_path_that_is_no_text_leads_nowhere() {
    let server = accounts(TestDatabase::sqlite(), &[]).await;
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    for ask in [
        "GET /api/links/%ff/",
        "GET /api/follow/%ff/",
        "DELETE /api/accounts/%ff/tokens/1/",
        "DELETE /api/accounts/1/tokens/%ff/",
        "DELETE /api/accounts/+1/tokens/1/",
        "DELETE /api/accounts/%ff/",
    ] {
        let (method, path) = ask.split_once(' ').unwrap();
        let answer = server.send(server.request(method, path).header(name, &value)).await;
        answer.problem(404);
        assert!(!answer.text.contains("UTF-8"), "{ask}: {}", answer.text);
    }
    let answer = server.request("DELETE", "/api/accounts/x/").header(name, &value);
    assert!(!server.send(answer).await.text.contains("ticket"), "an account is no ticket");
}

/// RFC 9112, 3.2.
#[tokio::test]
async fn a_request_is_addressed_to_one_host() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    for (version, hosts, status) in [
        ("1.1", &b"host: localhost\r\n"[..], 200),
        ("1.0", b"", 200),
        ("1.1", b"", 400),
        ("1.1", b"host: localhost\r\nhost: localhost\r\n", 400),
        ("1.1", b"host: localhost\r\nhost: evil.example\r\n", 400),
        ("1.1", b"host: local\xffhost\r\n", 400),
    ] {
        for path in ["/api/about/", "/healthz", "/"] {
            let mut client = Wire::open(server.address()).await;
            let start = format!("GET {path} HTTP/{version}\r\n");
            client.send([start.as_bytes(), hosts, b"\r\n"].concat()).await;
            let (head, _) = client.answer().await;
            assert_eq!(head.split(' ').nth(1), Some(&*status.to_string()), "{hosts:?}: {head}");
        }
    }
}

/// A browser asks for every answer like this.
#[tokio::test]
async fn the_export_of_events_is_whole_where_it_is_compressed() {
    let server = accounts(TestDatabase::sqlite(), &[]).await;
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    let request = server.request("GET", "/api/audit/export/").header(name, value);
    let answer = server.send(request.header("accept-encoding", "gzip")).await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"));
}

#[tokio::test]
async fn there_are_no_hidden_files() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    for path in ["/.env", "/.git/config", "/.git/HEAD", "/x/.git/config", "/.well-known/x"] {
        server.get(path).await.problem(404);
    }
    assert_eq!(server.get("/tickets/17").await.status, 200);
}

/// What one address asks beyond its own share is not taken from everybody's.
#[tokio::test]
async fn one_stranger_does_not_use_up_what_all_may_file() {
    let server = accounts(TestDatabase::sqlite(), &["--trusted-proxies", "127.0.0.1"]).await;
    let file = |address: String| {
        // no ticket, which the limits count all the same
        let request = server.request("POST", "/api/tickets/").header("x-forwarded-for", address);
        server.send(request.header("content-type", "application/json").body("{}"))
    };
    for _ in 0..600 {
        file("192.0.2.1".to_owned()).await;
    }
    file("192.0.2.1".to_owned()).await.problem(429);
    file("192.0.2.2".to_owned()).await.problem(400);
}
