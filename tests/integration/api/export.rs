use std::time::Duration;

use frontdesk::{audit::AuditFilter, tickets::ImportedTicket};
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    store::{import::imported, new_ticket, second},
    support::{database::TestDatabase, server::TestServer},
};

crate::laws!(
    an_export_is_a_file_of_what_the_list_shows,
    bad_parameters_are_named_all_at_once,
    a_large_export_is_whole,
    who_reads_slowly_holds_nothing_of_the_database,
    an_export_that_fails_half_way_breaks_off,
);

async fn with_tickets(database: TestDatabase, tickets: usize) -> TestServer {
    let server = TestServer::start(database).await;
    for from in (0..tickets).step_by(500) {
        let batch = (from..tickets.min(from + 500)).map(imported).collect();
        server.store().await.import_tickets(batch, None).await.unwrap();
    }
    server
}

async fn an_export_is_a_file_of_what_the_list_shows(database: TestDatabase) {
    let server = with_tickets(database, 30).await;
    let csv = server.get("/api/tickets/export/").await;
    assert_eq!(csv.status, 200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let name = "attachment; filename=\"tickets-2026-11-23.csv\"";
    assert_eq!(csv.header("content-disposition"), name);
    assert_eq!(csv.header("x-content-type-options"), "nosniff");
    assert_eq!(csv.header("cache-control"), "private, no-cache");
    assert!(csv.text.starts_with("id,title,description,category,"), "{}", csv.text);
    assert_eq!(csv.text.matches("\r\n").count(), 31);

    let filter = "category=billing,technical&search=NR1&created_after=2026-09-01";
    let path = format!("/api/tickets/export?format=ndjson&{filter}");
    let ndjson = server.get(&path).await;
    assert_eq!(ndjson.header("content-type"), "application/x-ndjson");
    assert!(ndjson.header("content-disposition").ends_with("-23.ndjson\""));
    let exported: Vec<Value> =
        ndjson.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let listed = server.get(&format!("/api/tickets/?limit=200&{filter}")).await.json();
    assert!(exported.len() > 2);
    assert_eq!(Value::Array(exported), listed["results"], "each as the API has it");

    let none = "?search=there+is+no+such+text";
    assert_eq!(server.get(&format!("/api/tickets/export/{none}")).await.text.lines().count(), 1);
    let path = format!("/api/tickets/export/{none}&format=ndjson");
    assert_eq!(server.get(&path).await.text, "");
    let head = server.send(server.request("HEAD", "/api/tickets/export/")).await;
    assert_eq!((head.status, &*head.text), (200, ""));
    assert_eq!(head.header("content-disposition"), name);
    let wrong = server.send_raw("POST", "/api/tickets/export/", "").await;
    wrong.problem(405);
    assert!(wrong.header("allow").contains("GET"), "{}", wrong.header("allow"));

    let events = server.store().await.audit_events(AuditFilter::default(), 10).await.unwrap();
    let subjects: Vec<_> = events.iter().map(|event| (&*event.action, &*event.subject)).collect();
    assert_eq!(subjects.last(), Some(&("tickets.exported", "")), "{subjects:?}");
    assert!(subjects.contains(&("tickets.exported", &format!("format=ndjson&{filter}"))));
}

async fn bad_parameters_are_named_all_at_once(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let bad = "format=xml&status=new&created_before=soon&search=%00&priority=high,urgent";
    let errors = server.get(&format!("/api/tickets/export/?{bad}")).await.problem(400);
    for name in ["format", "status", "created_before", "search", "priority"] {
        assert!(errors[name].is_array(), "{name}: {errors}");
    }
    let errors = server.get("/api/tickets/export/?format=csv,ndjson").await.problem(400);
    assert_eq!(errors["format"][0], "must be one of: csv, ndjson");
}

async fn a_large_export_is_whole(database: TestDatabase) {
    let server = with_tickets(database, 1_750).await;
    for encoding in ["identity", "gzip"] {
        let path = "/api/tickets/export/?format=ndjson";
        let request = server.request("GET", path).header("accept-encoding", encoding);
        let answer = request.send().await.unwrap();
        let compressed = answer.headers().contains_key("content-encoding");
        assert_eq!(compressed, encoding == "gzip");
        let body = answer.bytes().await.unwrap();
        if !compressed {
            let text = std::str::from_utf8(&body).unwrap();
            let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_i64();
            let mut ids: Vec<_> = text.lines().map(id).collect();
            ids.sort_unstable();
            assert_eq!(ids, (1..=1_750).map(Some).collect::<Vec<_>>());
        }
    }
}

/// More than all buffers between the server and a client that does not read.
async fn with_much_text(database: TestDatabase) -> TestServer {
    let server = TestServer::start(database).await;
    for part in 0..6 {
        let batch = (0..500).map(|n| {
            let new = new_ticket("t", &"text ".repeat(2_000), second(part * 500 + n));
            ImportedTicket {
                title: new.title,
                description: new.description,
                category: new.category,
                priority: new.priority,
                status: new.status,
                created_at: new.created_at,
            }
        });
        server.store().await.import_tickets(batch.collect(), None).await.unwrap();
    }
    server
}

async fn who_reads_slowly_holds_nothing_of_the_database(database: TestDatabase) {
    let server = with_much_text(database).await;
    // more than there are connections or readers
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut answer = server.request("GET", "/api/tickets/export/").send().await.unwrap();
        assert!(answer.chunk().await.unwrap().is_some());
        slow.push(answer);
    }
    let list = timeout(Duration::from_secs(60), server.get("/api/tickets/")).await.unwrap();
    assert_eq!(list.status, 200);
    let text = slow.pop().unwrap().text().await.unwrap();
    assert_eq!(text.lines().count(), 3_000, "and goes on");
}

async fn an_export_that_fails_half_way_breaks_off(database: TestDatabase) {
    let server = with_much_text(database).await;
    let mut answer = server.request("GET", "/api/tickets/export/").send().await.unwrap();
    assert!(answer.chunk().await.unwrap().is_some());
    // nothing holds the table between two parts
    server.sql("alter table ticket rename to gone");
    let rest = async {
        while let Some(part) = answer.chunk().await? {
            drop(part);
        }
        Ok::<_, reqwest::Error>(())
    };
    assert!(rest.await.is_err(), "it does not end as if it were whole");
    server.get("/api/tickets/export/").await.problem(500);
}
