//! The end of a server: what is under way is finished, what is new is refused, and it does end.

use std::{net::SocketAddr, time::Duration};

use frontdesk::http::serve::Limits;
use serde_json::json;
use tokio::net::TcpStream;

use crate::support::{
    database::TestDatabase,
    server::TestServer,
    wire::{Wire, soon},
};

crate::laws!(a_request_under_way_is_finished_and_new_ones_are_refused);

/// A connection with half of a create on it, which the server has begun to read.
async fn half_a_create(address: SocketAddr, body: &str) -> Wire {
    let mut client = Wire::open(address).await;
    let length = body.len();
    client
        .send(format!(
            "POST /api/tickets/ HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             expect: 100-continue\r\ncontent-length: {length}\r\n\r\n"
        ))
        .await;
    let (head, _) = client.answer().await;
    assert!(head.starts_with("http/1.1 100"), "{head}");
    client.send(&body[..length / 2]).await;
    client
}

async fn refuses_connections(address: SocketAddr) {
    soon("it refuses connections", async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

async fn a_request_under_way_is_finished_and_new_ones_are_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let address = server.address();
    let body = json!({"title": "under way", "description": "d"}).to_string();
    let mut client = half_a_create(address, &body).await;
    let mut idle = Wire::open(address).await;
    idle.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    idle.answer().await;

    let stopping = tokio::spawn(server.stop());
    refuses_connections(address).await;
    assert_eq!(idle.closed().await, "", "a kept connection does not hold it up");
    client.send(&body[body.len() / 2..]).await;
    let (head, body) = client.answer().await;
    assert!(head.starts_with("http/1.1 201"), "{head}");
    assert!(head.contains("connection: close"), "{head}");
    client.closed().await;
    let database = soon("the end", stopping).await.unwrap().unwrap();
    let store = database.open().await;
    let id = serde_json::from_str::<serde_json::Value>(&body).unwrap()["id"].as_i64().unwrap();
    assert_eq!(store.ticket(id).await.unwrap().unwrap().title, "under way");
}

/// A balancer that asks `/readyz` has the time to send its clients elsewhere.
#[tokio::test]
async fn one_that_will_end_says_so_and_still_serves() {
    let server = TestServer::with(TestDatabase::sqlite(), &["--shutdown-delay", "1h"]).await;
    let address = server.address();
    let stopping = tokio::spawn(server.stop());
    let ask = async |request: String| {
        let mut client = Wire::open(address).await;
        client.send(request).await;
        client.answer().await
    };
    let ready = soon("it is not ready", async {
        loop {
            let (head, body) = ask("GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n".into()).await;
            if head.starts_with("http/1.1 503") {
                return body;
            }
        }
    })
    .await;
    let ready: serde_json::Value = serde_json::from_str(&ready).unwrap();
    assert_eq!(ready["checks"]["serving"]["reason"], "the server is shutting down");
    assert_eq!(ready["checks"]["database"]["ok"], true);
    let (head, _) = ask("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n".into()).await;
    assert!(head.starts_with("http/1.1 200"), "it lives: {head}");
    let body = json!({"title": "late", "description": "d"}).to_string();
    let length = body.len();
    let (head, _) = ask(format!(
        "POST /api/tickets/ HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    ))
    .await;
    assert!(head.starts_with("http/1.1 201"), "{head}");
    stopping.abort();
}

#[tokio::test]
async fn a_stuck_client_does_not_keep_it_from_ending() {
    let limits = Limits { drain: Duration::from_millis(200), ..Limits::default() };
    let server = TestServer::within(TestDatabase::sqlite(), limits).await;
    let body = json!({"title": "never whole", "description": "d"}).to_string();
    let stuck = half_a_create(server.address(), &body).await;
    let database = soon("the end", server.stop()).await.unwrap();
    stuck.closed().await;
    assert_eq!(database.open().await.ticket_counts().await.unwrap().total(), 0);
}
