//! Suggestions by language models: the providers' contracts, and every way in which they fail.

mod bounds;
mod chain;
mod command;
mod examples;
mod faults;
mod providers;
mod shadow;
mod usage;

use serde_json::json;

use crate::support::{
    database::TestDatabase,
    llm::StandIn,
    server::{Answer, TestServer},
};

/// A server that asks this stand-in.
async fn server(stand_in: &StandIn, flags: &[&str]) -> TestServer {
    let own = stand_in.flags();
    let flags: Vec<&str> = own.iter().map(String::as_str).chain(flags.iter().copied()).collect();
    TestServer::with(TestDatabase::sqlite(), &flags).await
}

async fn classify(server: &TestServer, description: &str) -> Answer {
    let body = json!({"title": "Charged twice", "description": description});
    server.send_json("POST", "/api/tickets/classify/", &body).await
}

const VERDICT: &str = r#"{"category":"account","priority":"critical"}"#;
