//! PostgreSQL ends, dies, freezes or is full under a running server. No request hangs, the answer
//! says that it is worth to come again, and nobody restarts the server.

use std::time::{Duration, Instant};

use frontdesk::http::serve::Limits;
use serde_json::json;
use tokio::time::timeout;

use crate::support::{fragile_cluster::FragileCluster, live::LiveStream, server::TestServer};

/// Longest time for any answer: a wait for a connection, one attempt to connect, one use case.
const BOUND: Duration = Duration::from_secs(20);

/// Longest time until the server notices that the database is back.
const RECOVERY: Duration = Duration::from_secs(20);

async fn serve(cluster: &FragileCluster, user: &str) -> TestServer {
    TestServer::at(&cluster.url(user), &[], Limits::default()).await
}

/// Asserts that every operation is refused in time and with a hint, and that the probes say so.
async fn everything_is_refused(server: &TestServer) {
    let body = json!({"title": "t", "description": "d", "category": "billing", "priority": "low"});
    let patch = json!({"status": "closed"});
    let operation = async |method: &str, path: &str, body: Option<&serde_json::Value>| {
        let answer = async {
            match body {
                Some(body) => server.send_json(method, path, body).await,
                None => server.get(path).await,
            }
        };
        let answer = timeout(BOUND, answer).await.unwrap_or_else(|_| panic!("{method} {path}"));
        answer.problem(503);
        assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
        assert!(!answer.text.contains("sql") && !answer.text.contains("127.0.0.1"));
    };
    let probes = async {
        assert_eq!(server.get("/healthz").await.status, 200);
        let start = Instant::now();
        let ready = soon_unready(server).await;
        assert_eq!(ready["ready"], false);
        let reason = ready["checks"]["database"]["reason"].as_str().unwrap_or_default();
        assert_eq!(reason, "the database does not answer");
        assert!(start.elapsed() < Duration::from_secs(6), "a probe has little patience");
        assert_eq!(server.get("/healthz").await.status, 200);
    };
    tokio::join!(
        operation("GET", "/api/tickets/", None),
        operation("GET", "/api/tickets/?search=t", None),
        operation("GET", "/api/tickets/1/", None),
        operation("GET", "/api/tickets/stats/", None),
        operation("POST", "/api/tickets/", Some(&body)),
        operation("PATCH", "/api/tickets/1/", Some(&patch)),
        probes,
    );
}

/// The readiness answer once it is not the one from before the fault.
async fn soon_unready(server: &TestServer) -> serde_json::Value {
    let deadline = Instant::now() + BOUND;
    loop {
        let ready = server.get("/readyz").await;
        if ready.status == 503 || Instant::now() > deadline {
            return ready.json();
        }
    }
}

/// Asserts that all is well again, with what was acknowledged before.
async fn everything_works(server: &TestServer, acknowledged: &serde_json::Value) {
    let deadline = Instant::now() + RECOVERY;
    while server.get("/readyz").await.status != 200 {
        assert!(Instant::now() < deadline, "it is ready again");
    }
    let path = format!("/api/tickets/{}/", acknowledged["id"]);
    assert_eq!(&server.get(&path).await.json(), acknowledged);
    // more than the pool holds: no connection of before is left in it
    let reads = (0..40).map(|_| async { server.get(&path).await.status });
    assert!(futures_util::future::join_all(reads).await.iter().all(|status| *status == 200));
    server.file("afterwards", "billing", "low").await;
    assert!(server.get("/api/tickets/stats/").await.json()["total_tickets"].as_i64() >= Some(2));
}

#[tokio::test]
async fn one_that_is_stopped_comes_back() {
    let cluster = FragileCluster::start();
    let server = serve(&cluster, "frontdesk").await;
    let before = server.file("before", "billing", "low").await;
    cluster.stop();
    everything_is_refused(&server).await;
    cluster.start_again();
    everything_works(&server, &before).await;
}

#[tokio::test]
async fn one_that_is_killed_keeps_what_was_acknowledged() {
    let cluster = FragileCluster::start();
    let server = serve(&cluster, "frontdesk").await;
    let before = server.file("the last before the power cut", "billing", "low").await;
    cluster.kill();
    everything_is_refused(&server).await;
    cluster.start_again();
    everything_works(&server, &before).await;
}

#[tokio::test]
async fn one_that_freezes_holds_nobody_up_for_long() {
    let cluster = FragileCluster::start();
    let server = serve(&cluster, "frontdesk").await;
    let before = server.file("before", "billing", "low").await;
    cluster.freeze();
    everything_is_refused(&server).await;
    cluster.thaw();
    everything_works(&server, &before).await;
}

#[tokio::test]
async fn one_that_takes_no_more_connections_is_unavailable() {
    let cluster = FragileCluster::start();
    cluster.psql("create role clerk login");
    cluster.psql("grant create on schema public to clerk");
    let server = serve(&cluster, "clerk").await;
    let before = server.file("before", "billing", "low").await;
    cluster.psql("alter role clerk connection limit 0");
    cluster.psql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'clerk'");
    everything_is_refused(&server).await;
    cluster.psql("alter role clerk connection limit -1");
    everything_works(&server, &before).await;
}

/// A stream outlives the database, and tells what happened once it is back, also on another server.
#[tokio::test]
async fn live_events_go_on_after_a_restart() {
    let cluster = FragileCluster::start();
    let (here, there) = (serve(&cluster, "frontdesk").await, serve(&cluster, "frontdesk").await);
    let mut stream = LiveStream::open(&there, None).await;
    let before = here.file("before", "billing", "low").await;
    assert_eq!(stream.next_of_ticket().await.data["id"], before["id"]);
    for stop in [FragileCluster::stop, FragileCluster::kill] {
        stop(&cluster);
        soon_unready(&there).await;
        cluster.start_again();
        everything_works(&here, &before).await;
        let event = stream.next_of_ticket().await;
        assert_eq!(event.data["ticket"]["title"], "afterwards");
    }
}

/// A start does not wait for a database that says nothing.
#[tokio::test]
async fn a_server_does_not_start_on_one_that_is_frozen() {
    let cluster = FragileCluster::start();
    cluster.freeze();
    let start = Instant::now();
    let url = cluster.url("frontdesk").parse().unwrap();
    let refused = frontdesk::db::open(&url).await.err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("the database is unavailable")));
    assert!(start.elapsed() < BOUND);
    cluster.thaw();
}
