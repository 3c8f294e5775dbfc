//! What strangers and other people's pages try.

use frontdesk::{accounts::Role, auth::Scope};
use serde_json::json;

use crate::support::{
    database::TestDatabase,
    people::PASSWORD,
    server::{Answer, TestServer},
};

crate::laws!(
    a_page_of_another_site_does_nothing_for_its_visitor,
    a_flood_of_strangers_is_slowed_and_agents_are_not,
);

async fn accounts(database: TestDatabase, more: &[&str]) -> TestServer {
    TestServer::with(database, &[&["--access", "accounts"], more].concat()).await
}

async fn a_page_of_another_site_does_nothing_for_its_visitor(database: TestDatabase) {
    let server = accounts(database, &["--cors-origins", "https://friend.example"]).await;
    server.file("t", "billing", "low").await;
    let (name, value) = server.session(Role::Agent).await;
    let patch = |headers: &[(&str, &str)]| {
        let mut request = server.request("PATCH", "/api/tickets/1/").header(name, &value);
        for (header, text) in headers {
            request = request.header(*header, *text);
        }
        let request = request.header("content-type", "application/json");
        server.send(request.body(json!({"status": "closed"}).to_string()))
    };
    for other in [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "https://sub.example")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        // no browser, with a browser's cookie
        &[],
    ] {
        patch(other).await.problem(403);
    }
    // a page that was let in is a stranger all the same
    let friend = [("sec-fetch-site", "cross-site"), ("origin", "https://friend.example")];
    patch(&friend).await.problem(401);
    let ticket = server.send(server.request("GET", "/api/tickets/1/").header(name, &value)).await;
    assert_eq!(ticket.json()["status"], "open");
    assert_eq!(patch(&[("sec-fetch-site", "same-origin")]).await.status, 200);
    let own = format!("http://{}", server.address());
    assert_eq!(patch(&[("origin", &own)]).await.status, 200);
}

async fn a_flood_of_strangers_is_slowed_and_agents_are_not(database: TestDatabase) {
    let server = accounts(database, &[]).await;
    let (name, value) = server.token(Role::Agent, Scope::Write).await;
    let file = || {
        let body =
            json!({"title": "t", "description": "d", "category": "general", "priority": "low"});
        let request = server.request("POST", "/api/tickets/");
        request.header("content-type", "application/json").body(body.to_string())
    };
    let mut refused = None;
    for _ in 0..30 {
        let answer = server.send(file()).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    let refused = refused.expect("a limit");
    refused.problem(429);
    assert!(!refused.header("retry-after").is_empty());
    for _ in 0..40 {
        assert_eq!(server.send(file().header(name, &value)).await.status, 201, "an agent");
    }
}

async fn guess(server: &TestServer, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let request = server.request("POST", "/api/session/").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json");
    server.send(request.body(body.to_string())).await
}

#[tokio::test]
async fn guessing_passwords_is_slowed_and_keeps_nobody_out() {
    let server = accounts(TestDatabase::sqlite(), &["--trusted-proxies", "127.0.0.1"]).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let from = async |address: &str, password: &str| {
        let body = json!({"email": "ada@example.com", "password": password});
        let request =
            server.request("POST", "/api/session/").header("sec-fetch-site", "same-origin");
        let request = request.header("x-forwarded-for", address);
        let request = request.header("content-type", "application/json");
        server.send(request.body(body.to_string())).await
    };
    assert_eq!(from("192.0.2.1", PASSWORD).await.status, 200, "at home");
    let mut guesses = 0;
    let refused = loop {
        let answer = from(&format!("198.51.100.{guesses}"), "a wrong guess").await;
        if answer.status == 429 {
            break answer;
        }
        answer.problem(401);
        guesses += 1;
        assert!(guesses < 50, "there is no limit");
    };
    assert!(guesses <= 10, "{guesses}");
    assert!(!refused.header("retry-after").is_empty());
    // also the right password is not tried from there
    assert_eq!(from("203.0.113.9", PASSWORD).await.status, 429);
    assert_eq!(from("192.0.2.1", PASSWORD).await.status, 200, "the owner at home still may");
    // an unknown account behaves alike
    for _ in 0..10 {
        guess(&server, "nobody@example.com", "a wrong guess").await.problem(401);
    }
    guess(&server, "nobody@example.com", "a wrong guess").await.problem(429);
}

#[tokio::test]
async fn a_private_server_answers_to_no_strangers_name() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    for (host, status) in [("evil.example", 421), ("evil.example:8000", 421), ("localhost", 200)] {
        let answer = server.send(server.request("GET", "/api/tickets/").header("host", host)).await;
        assert_eq!(answer.status, status, "{host}: {}", answer.text);
    }
    let named = ["--public-url", "https://desk.example"];
    let server = TestServer::with(TestDatabase::sqlite(), &named).await;
    let own = server.request("GET", "/api/tickets/").header("host", "desk.example");
    assert_eq!(server.send(own).await.status, 200);
}

#[tokio::test]
async fn over_https_the_cookie_is_held_to_it() {
    let flags = ["--public-url", "https://desk.example"];
    let server = accounts(TestDatabase::sqlite(), &flags).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let answer = guess(&server, "ada@example.com", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-frontdesk=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn strangers_reach_no_server_without_an_account() {
    use clap::Parser;
    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        config: frontdesk::config::Config,
    }
    let database = TestDatabase::sqlite();
    let url = database.url();
    let config = Command::parse_from(["x", "--listen", "0.0.0.0:0", "--database-url", &url]).config;
    let clock = frontdesk::clock::Clock::system();
    let refused = frontdesk::app::Server::start(&config, clock.clone()).await.err().unwrap();
    let refused = refused.to_string();
    assert!(refused.contains("frontdesk user add") && refused.contains("FRONTDESK_ACCESS=open"));
}
