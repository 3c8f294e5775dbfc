//! `/metrics`, as Prometheus reads it.

use frontdesk::http::serve::Limits;
use serde_json::json;

use crate::support::{
    database::TestDatabase,
    server::TestServer,
    wire::{Wire, soon},
};

crate::laws!(the_server_is_measured);

/// The value of the first line that begins so.
fn value(metrics: &str, line: &str) -> Option<f64> {
    let line = metrics.lines().find(|one| one.starts_with(line))?;
    line.rsplit(' ').next()?.parse().ok()
}

async fn the_server_is_measured(database: TestDatabase) {
    let is_sqlite = matches!(database, TestDatabase::Sqlite(_));
    let server = TestServer::with(database, &[]).await;
    server.file("t", "billing", "low").await;
    for _ in 0..80 {
        let body = json!({"description": "The printer burns"});
        server.send_json("POST", "/api/tickets/classify/", &body).await;
    }
    let seen = soon("a count of what waits for the index", async {
        loop {
            let metrics = server.get("/metrics").await.text;
            if value(&metrics, "frontdesk_search_waiting_tickets").is_some() {
                return metrics;
            }
        }
    })
    .await;
    let at_least = |line: &str, least: f64| {
        let found = value(&seen, line).unwrap_or_else(|| panic!("{line}: {seen}"));
        assert!(found >= least, "{line} {found}");
    };
    at_least("frontdesk_build_info{", 1.0);
    at_least("frontdesk_http_requests_in_flight", 1.0);
    at_least(
        "frontdesk_http_request_duration_seconds_count{method=\"POST\",route=\"/api/tickets/\",\
         status=\"201\"}",
        1.0,
    );
    at_least("frontdesk_limit_hits_total{limit=\"suggestion\"}", 1.0);
    at_least("process_resident_memory_bytes", 1e6);
    at_least("process_open_fds", 3.0);
    let queues: &[&str] =
        if is_sqlite { &["reads", "writes"] } else { &["connection", "filings", "pages"] };
    for queue in queues {
        at_least(&format!("frontdesk_db_queue{{queue=\"{queue}\"}}"), 0.0);
    }
    if !is_sqlite {
        at_least("frontdesk_db_pool_connections{state=\"idle\"}", 0.0);
        at_least("frontdesk_db_pool_connections_max", 1.0);
    }
    assert!(seen.contains("# HELP frontdesk_db_queue "), "{seen}");
    for line in seen.lines().filter(|line| line.contains("route=")) {
        assert!(!line.contains("/api/tickets/1/"), "no path is a label: {line}");
    }
}

#[tokio::test]
async fn metrics_may_have_an_address_of_their_own() {
    let database = TestDatabase::sqlite();
    let apart = ["--metrics-listen", "127.0.0.1:0"];
    let server = TestServer::at(&database.url(), &apart, Limits::default()).await;
    server.get("/metrics").await.problem(404);
    let mut scraper = Wire::open(server.metrics_address().unwrap()).await;
    scraper.send("GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let (head, body) = scraper.answer().await;
    assert!(head.starts_with("http/1.1 200") && body.contains("frontdesk_build_info"), "{head}");
    for (path, status) in [("/healthz", 200), ("/readyz", 200), ("/api/tickets/", 404)] {
        scraper.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await;
        let (head, _) = scraper.answer().await;
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{path}: {head}");
    }
    server.stop().await;
}
