//! A server of its own for one test, and a client that reads its answers.

use std::net::SocketAddr;

use clap::Parser;
use frontdesk::{app::Server, clock::Clock, config::Config, http::serve::Limits};
use serde_json::Value;

use super::database::TestDatabase;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    config: Config,
}

/// A running server and its database.
pub struct TestServer {
    pub clock: Clock,
    base: String,
    client: reqwest::Client,
    server: Option<Server>,
    database: Option<TestDatabase>,
    /// A way around the API, opened when it is first needed.
    store: tokio::sync::OnceCell<std::sync::Arc<dyn frontdesk::db::Store>>,
}

/// One answer, read whole.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// Asserts that it is a problem document of this status, and returns its `errors`.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert!(!self.header("x-request-id").is_empty());
        let problem = self.json();
        assert_eq!(problem["status"], status);
        for part in ["type", "title", "detail"] {
            assert!(problem[part].is_string(), "{part}: {problem}");
        }
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem["errors"].clone()
    }
}

impl TestServer {
    pub async fn start(database: TestDatabase) -> Self {
        Self::with(database, &[]).await
    }

    pub async fn with(database: TestDatabase, arguments: &[&str]) -> Self {
        let server = Self::at(&database.url(), arguments, Limits::default()).await;
        Self { database: Some(database), ..server }
    }

    /// With limits that a test can wait for.
    pub async fn within(database: TestDatabase, limits: Limits) -> Self {
        let server = Self::at(&database.url(), &[], limits).await;
        Self { database: Some(database), ..server }
    }

    /// With both.
    pub async fn within_with(database: TestDatabase, arguments: &[&str], limits: Limits) -> Self {
        let server = Self::at(&database.url(), arguments, limits).await;
        Self { database: Some(database), ..server }
    }

    /// On a database that the test looks after itself.
    pub async fn at(url: &str, arguments: &[&str], limits: Limits) -> Self {
        let fixed = ["x", "--listen", "127.0.0.1:0", "--database-url", url];
        let config = Command::parse_from([&fixed, arguments].concat()).config;
        let clock = Clock::fixed("2026-11-23T12:00:00Z".parse().expect("a time"));
        let server = Server::start_within(&config, clock.clone(), limits).await.expect("it starts");
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let base = format!("http://{}", server.address());
        Self {
            clock,
            base,
            client,
            server: Some(server),
            database: None,
            store: tokio::sync::OnceCell::new(),
        }
    }

    /// The server's database, around the server.
    pub async fn store(&self) -> &dyn frontdesk::db::Store {
        let database = self.database.as_ref().expect("a database of its own");
        &**self.store.get_or_init(|| database.open()).await
    }

    /// The URL of its database.
    pub fn database_url(&self) -> String {
        self.database.as_ref().expect("a database of its own").url()
    }

    /// Runs SQL around the server.
    pub fn sql(&self, sql: &str) {
        self.database.as_ref().expect("a database of its own").sql(sql).expect("it is run");
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("it runs").address()
    }

    /// Where its metrics are, if apart.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.server.as_ref().expect("it runs").metrics_address()
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.expect("a body"),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    pub async fn send_json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send_raw(method, path, body.to_string()).await
    }

    pub async fn send_raw(
        &self,
        method: &str,
        path: &str,
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let request = self.request(method, path).header("content-type", "application/json");
        self.send(request.body(body)).await
    }

    /// Files a ticket and returns it.
    pub async fn file(&self, title: &str, category: &str, priority: &str) -> Value {
        let body = serde_json::json!({
            "title": title, "description": "Something is wrong.",
            "category": category, "priority": priority,
        });
        let answer = self.send_json("POST", "/api/tickets/", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        ticket(&answer)
    }

    /// Files a ticket that nobody sorted, and returns it.
    pub async fn file_text(&self, description: &str) -> Value {
        let body = serde_json::json!({"title": "t", "description": description});
        let answer = self.send_json("POST", "/api/tickets/", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        ticket(&answer)
    }

    /// Stops it and returns its database.
    pub async fn stop(mut self) -> Option<TestDatabase> {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
        self.database.take()
    }
}

/// The ticket in the answer to its filing, without the link that only that answer has.
pub fn ticket(filed: &Answer) -> Value {
    let mut ticket = filed.json();
    ticket.as_object_mut().and_then(|ticket| ticket.remove("follow_url")).expect("a link");
    ticket
}
