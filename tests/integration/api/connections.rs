//! Clients that connect and then misbehave. None of them keeps its place for long, and none of them
//! is in the way of one that behaves.

use std::time::Duration;

use frontdesk::http::serve::Limits;
use serde_json::json;

use crate::support::{
    database::TestDatabase,
    server::TestServer,
    wire::{Wire, soon},
};

const SHORT: Duration = Duration::from_millis(200);

const CREATE_HEAD: &str =
    "POST /api/tickets/ HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

async fn server(limits: Limits) -> TestServer {
    TestServer::within(TestDatabase::sqlite(), limits).await
}

async fn count(server: &TestServer) -> serde_json::Value {
    server.get("/api/tickets/").await.json()["count"].clone()
}

#[tokio::test]
async fn one_that_says_nothing_is_closed() {
    let server = server(Limits { first_byte: SHORT, ..Limits::default() }).await;
    let silent = Wire::open(server.address()).await;
    server.file("meanwhile", "billing", "low").await;
    assert_eq!(silent.closed().await, "");
}

#[tokio::test]
async fn a_head_that_comes_a_byte_at_a_time_is_closed() {
    let server = server(Limits { head: SHORT, ..Limits::default() }).await;
    let mut slow = Wire::open(server.address()).await;
    let drips = soon("the end of it", async {
        let head = format!("{CREATE_HEAD}x-padding: {}", "x".repeat(100_000));
        let mut pace = tokio::time::interval(Duration::from_millis(10));
        for byte in head.bytes() {
            pace.tick().await;
            if slow.try_send([byte]).await.is_err() {
                return;
            }
        }
    });
    tokio::join!(drips, server.file("meanwhile", "billing", "low"));
}

/// What `POST` and HTTP/2's preface have in common, and the preface without an end.
#[tokio::test]
async fn one_that_never_tells_which_http_it_speaks_is_closed() {
    let server = server(Limits { head: SHORT, ..Limits::default() }).await;
    for start in ["P", "PRI * HTTP/2.0\r\n"] {
        let mut client = Wire::open(server.address()).await;
        client.send(start).await;
        client.closed().await;
    }
    server.file("afterwards", "billing", "low").await;
}

#[tokio::test]
async fn a_kept_connection_that_idles_is_closed() {
    let server = server(Limits { head: SHORT, ..Limits::default() }).await;
    let mut client = Wire::open(server.address()).await;
    client.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let (head, _) = client.answer().await;
    assert!(head.starts_with("http/1.1 200") && !head.contains("connection: close"), "{head}");
    assert_eq!(client.closed().await, "");
}

/// An HTTP/2 client keeps its connection for as long as it is let, and answers every ping.
#[tokio::test]
async fn a_kept_connection_of_http2_that_idles_is_closed() {
    let server = server(Limits { connections: 1, head: SHORT, ..Limits::default() }).await;
    let client = reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap();
    let url = format!("http://{}/healthz", server.address());
    let answer = client.get(&url).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
    let mut next = Wire::open(server.address()).await;
    next.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let (head, _) = next.answer().await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    drop(next);
    assert_eq!(client.get(&url).send().await.unwrap().status(), 200, "a new connection");
}

/// Only what asks for nothing is idle: an answer may take longer than a head may.
#[tokio::test]
async fn a_request_under_way_is_not_idle() {
    let server = server(Limits { head: SHORT, body: SHORT * 4, ..Limits::default() }).await;
    let mut client = Wire::open(server.address()).await;
    client.send(format!("{CREATE_HEAD}content-length: 100\r\n\r\n{{")).await;
    let (head, _) = client.answer().await;
    assert!(head.starts_with("http/1.1 408"), "{head}");
}

#[tokio::test]
async fn a_body_that_stalls_is_408_and_stores_nothing() {
    let server = server(Limits { body: SHORT, ..Limits::default() }).await;
    let mut client = Wire::open(server.address()).await;
    client.send(format!("{CREATE_HEAD}content-length: 100\r\n\r\n{{\"title\":")).await;
    let (head, body) = client.answer().await;
    assert!(head.starts_with("http/1.1 408"), "{head}");
    assert!(head.contains("content-type: application/problem+json"), "{head}");
    assert!(body.contains("did not arrive in time"), "{body}");
    client.closed().await;
    assert_eq!(count(&server).await, 0);
}

/// What came is a whole ticket; what was announced is more.
#[tokio::test]
async fn a_body_that_breaks_off_stores_nothing() {
    let server = server(Limits::default()).await;
    let ticket = json!({"title": "t", "description": "d"}).to_string();
    let announced = ticket.len() + 1;
    for framing in [
        format!("content-length: {announced}\r\n\r\n{ticket}"),
        format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n{ticket}\r\n", ticket.len()),
    ] {
        let mut client = Wire::open(server.address()).await;
        client.send(format!("{CREATE_HEAD}expect: 100-continue\r\n{framing}")).await;
        let (head, _) = client.answer().await;
        assert!(head.starts_with("http/1.1 100"), "it is being read: {head}");
        drop(client);
    }
    assert_eq!(server.file("the only one", "billing", "low").await["id"], 1);
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn requests_sent_at_once_are_answered_in_their_order() {
    let server = server(Limits::default()).await;
    let mut client = Wire::open(server.address()).await;
    let create = |title: &str| {
        let body = json!({"title": title, "description": "d", "category": "billing",
            "priority": "low"});
        let body = body.to_string();
        format!("{CREATE_HEAD}content-length: {}\r\n\r\n{body}", body.len())
    };
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let all = [create("first"), get("/api/tickets/1/"), get("/api/tickets/9/"), create("second")];
    client.send(all.concat()).await;
    for (status, contains) in
        [(201, "\"first\""), (200, "\"first\""), (404, "no such ticket"), (201, "\"second\"")]
    {
        let (head, body) = client.answer().await;
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{head}");
        assert!(body.contains(contains), "{body}");
    }
}

#[tokio::test]
async fn one_connection_too_many_waits_for_a_place() {
    let server = server(Limits { connections: 2, ..Limits::default() }).await;
    let ask = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut first = Wire::open(server.address()).await;
    let mut second = Wire::open(server.address()).await;
    for client in [&mut first, &mut second] {
        client.send(ask).await;
        client.answer().await;
    }
    let mut third = Wire::open(server.address()).await;
    third.send(ask).await;
    for _ in 0..20 {
        first.send(ask).await;
        first.answer().await;
    }
    assert!(third.is_silent(), "both places are taken");
    drop(second);
    let (head, _) = third.answer().await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
}

#[tokio::test]
async fn one_that_takes_nothing_of_its_answer_loses_its_place() {
    // one place for the tests' own client, one for the one that does not read
    let server = server(Limits { connections: 2, write: SHORT, ..Limits::default() }).await;
    let body = json!({"title": "t", "description": "d".repeat(50_000), "category": "billing",
        "priority": "low"});
    for _ in 0..40 {
        assert_eq!(server.send_json("POST", "/api/tickets/", &body).await.status, 201);
    }
    let ask = "GET /api/tickets/?limit=40 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut deaf = Wire::open(server.address()).await;
    deaf.send(ask.repeat(20)).await; // 40 MB: no system keeps that for it
    let mut next = Wire::open(server.address()).await;
    next.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let (head, _) = next.answer().await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    drop(deaf);
}

/// Otherwise few clients that want nothing would keep out everybody else.
#[tokio::test]
async fn idle_connections_make_room() {
    let limits = Limits { connections: 4, first_byte: SHORT, head: SHORT, ..Limits::default() };
    let server = server(limits).await;
    let mut idle = Vec::new();
    for n in 0..12 {
        let mut client = Wire::open(server.address()).await;
        if n % 2 == 0 {
            client.send("GET /").await;
        }
        idle.push(client);
    }
    soon("room", server.file("behind all of them", "billing", "low")).await;
    for client in idle {
        client.closed().await;
    }
}
