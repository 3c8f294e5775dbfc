//! Live events: what happens arrives, once, wherever it happened.

use std::{collections::BTreeMap, time::Duration};

use frontdesk::{
    accounts::Role,
    auth::Scope,
    http::serve::Limits,
    tickets::{Category, Description, ImportedTicket, Priority, Source, Status, Title},
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::json;

use crate::support::{
    database::TestDatabase,
    live::LiveStream,
    server::TestServer,
    wire::{Wire, soon},
};

crate::laws!(
    what_happens_on_one_server_is_told_by_another,
    who_resumes_misses_nothing_and_meets_nothing_twice,
    a_position_that_is_none_is_a_reset,
    too_much_at_once_is_a_reset,
    the_end_of_the_server_ends_its_streams,
    a_stream_ends_with_the_session_and_the_token,
);

async fn server_at(database: &TestDatabase) -> TestServer {
    TestServer::at(&database.url(), &[], Limits::default()).await
}

async fn what_happens_on_one_server_is_told_by_another(database: TestDatabase) {
    let (here, there) = (server_at(&database).await, server_at(&database).await);
    let mut stream = LiveStream::open(&there, None).await;
    let ready = stream.next().await.unwrap();
    assert_eq!((ready.name.as_str(), &ready.data), ("ready", &json!({})));
    let ticket = here.file("from afar", "billing", "low").await;
    let created = stream.next_of_ticket().await;
    assert_eq!(created.name, "ticket.created");
    let mut head = ticket.clone();
    head.as_object_mut().unwrap().remove("description");
    assert_eq!(created.data, json!({"id": 1, "version": 1, "ticket": head}));
    here.send_json("PATCH", "/api/tickets/1/", &json!({"status": "closed"})).await;
    let changed = stream.next_of_ticket().await;
    assert_eq!((changed.name.as_str(), &changed.data["version"]), ("ticket.changed", &json!(2)));
    assert_eq!(changed.data["ticket"]["status"], "closed");
    // around both servers, as another program that uses the store
    assert!(database.open().await.delete_ticket(1, None).await.unwrap());
    let deleted = stream.next_of_ticket().await;
    assert_eq!(deleted.name, "ticket.deleted");
    assert_eq!(deleted.data, json!({"id": 1, "version": 2}));
    // statistics are hinted at after the last change too
    while stream.next().await.unwrap().name != "stats" {}
    here.stop().await;
    there.stop().await;
}

/// A pooler in transaction mode would tell it to whoever has the connection next.
#[tokio::test]
async fn others_are_heard_past_the_pooler() {
    let database = TestDatabase::postgres();
    let direct = format!("{}?application_name=past_the_pooler", database.url());
    let arguments = ["--database-direct-url", &direct];
    let there = TestServer::at(&database.url(), &arguments, Limits::default()).await;
    let _stream = LiveStream::open(&there, None).await;
    let listens = |whose: &str| {
        database.sql(&format!(
            "do $$ begin assert exists (select from pg_stat_activity where query like 'listen %'
                 and datname = current_database() and application_name = '{whose}'); end $$"
        ))
    };
    soon("somebody who listens", async {
        while listens("past_the_pooler").is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(listens("frontdesk").is_err(), "and by no other way");
    there.stop().await;
}

/// Transactions of random length around the server, in each a ticket with its event.
fn write_around(database: &TestDatabase, random: &mut StdRng) {
    let (now, id, wait) = match database {
        TestDatabase::Sqlite(_) => ("1", "last_insert_rowid()", String::new()),
        TestDatabase::Postgres(_) => {
            let wait = f64::from(random.random_range(0..60_u32)) / 1_000.0;
            let id = "currval(pg_get_serial_sequence('ticket', 'id'))";
            ("now()", id, format!("select pg_sleep({wait});"))
        }
    };
    let ticket = format!(
        "insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at)
         values ('around', 'd', 'billing', 'low', 'open', 'agent', 'agent', {now}, {now});
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, changes)
         values ({id}, {now}, 1, 'created', 'agent', '{{}}');
         {wait}"
    );
    let many = random.random_range(1..4);
    let _ = database.sql(&format!("begin; {} commit;", ticket.repeat(many)));
}

async fn who_resumes_misses_nothing_and_meets_nothing_twice(database: TestDatabase) {
    let database = std::sync::Arc::new(database);
    let servers = [server_at(&database).await, server_at(&database).await];
    let mut random = StdRng::seed_from_u64(7);
    let mut stream = LiveStream::open(&servers[0], None).await;
    assert_eq!(stream.next().await.unwrap().name, "ready");
    let mut writers = Vec::new();
    for writer in 0..4 {
        let database = database.clone();
        writers.push(tokio::spawn(async move {
            let store = database.open().await;
            let mut random = StdRng::seed_from_u64(writer);
            for n in 0..20_i64 {
                let at = crate::store::second(n);
                let id = crate::store::file(&*store, "t", at).await.id;
                let status = Status::ALL[random.random_range(0..4)];
                let patch =
                    frontdesk::tickets::TicketPatch { status: Some(status), ..Default::default() };
                store.patch_ticket(id, patch, None, crate::store::agent(), at).await.unwrap();
                let around = database.clone();
                let mut random = StdRng::seed_from_u64(random.random());
                let write = move || write_around(&around, &mut random);
                tokio::task::spawn_blocking(write).await.unwrap();
            }
            store.close().await;
        }));
    }
    let writing = async {
        for writer in writers {
            writer.await.unwrap();
        }
        servers[0].file("the last", "billing", "low").await["id"].clone()
    };
    let mut told: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    let reading = async {
        let mut connections = 1;
        loop {
            for _ in 0..random.random_range(1..12) {
                let event = stream.next_of_ticket().await;
                let number = |name: &str| event.data[name].as_i64().unwrap();
                *told.entry((number("id"), number("version"))).or_default() += 1;
                if event.data["ticket"]["title"] == "the last" {
                    return connections;
                }
            }
            // it breaks off, and goes on at either server
            let position = stream.position.clone();
            connections += 1;
            stream = LiveStream::open(&servers[connections % 2], position.as_deref()).await;
        }
    };
    let (last, connections) = tokio::join!(writing, reading);
    assert!(connections > 5, "{connections} connections");
    let store = database.open().await;
    let mut expected: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for id in 1..=last.as_i64().unwrap() {
        let Some(page) = store.ticket_events(id, None, 200).await.unwrap() else { continue };
        expected.extend(page.events.iter().map(|event| ((id, event.version), 1)));
    }
    assert!(expected.len() > 160, "{}", expected.len());
    let (told, expected): (Vec<_>, Vec<_>) =
        (told.into_iter().collect(), expected.into_iter().collect());
    let wrong: Vec<_> = told.iter().filter(|one| !expected.contains(one)).collect();
    let missed: Vec<_> = expected.iter().filter(|one| !told.contains(one)).collect();
    assert!(wrong.is_empty() && missed.is_empty(), "wrong {wrong:?}, missed {missed:?}");
}

async fn a_position_that_is_none_is_a_reset(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let future = "900000000000:900000000000:";
    for bad in ["x", "17", "7:6:", future, "1:1:/2:2:", &"1".repeat(5_000)] {
        let mut stream = LiveStream::open(&server, Some(bad)).await;
        let reset = stream.next().await.unwrap();
        assert_eq!((reset.name.as_str(), &reset.data), ("reset", &json!({})), "{bad}");
        // from there it goes on
        assert!(reset.id.is_some());
        let id = server.file("t", "billing", "low").await["id"].clone();
        assert_eq!(stream.next_of_ticket().await.data["id"], id);
        let mut again = LiveStream::open(&server, reset.id.as_deref()).await;
        assert_eq!(again.next_of_ticket().await.data["id"], id);
    }
}

/// Half of what is told ticket by ticket; more at once is a reset.
const MANY: usize = 500;

fn many() -> Vec<ImportedTicket> {
    let ticket = ImportedTicket {
        title: Title::parse(&"long ".repeat(40)).unwrap(),
        description: Description::parse("d".into()).unwrap(),
        category: (Category::Billing, Source::Requester),
        priority: (Priority::Low, Source::Requester),
        status: Status::Open,
        created_at: crate::store::second(1),
    };
    vec![ticket; MANY]
}

async fn too_much_at_once_is_a_reset(database: TestDatabase) {
    let store = database.open().await;
    let server = server_at(&database).await;
    let mut stream = LiveStream::open(&server, None).await;
    let ready = stream.next().await.unwrap();
    drop(stream);
    for _ in 0..=1_000 / MANY {
        store.import_tickets(many(), None).await.unwrap();
    }
    let mut stream = LiveStream::open(&server, ready.id.as_deref()).await;
    assert_eq!(stream.next().await.unwrap().name, "reset");
    // the reader that the first stream began may still have too much before it: then a second reset
    // covers what was filed before that, and what is filed after it is told
    let told = loop {
        server.file("t", "billing", "low").await;
        let event = loop {
            let event = stream.next().await.expect("the stream goes on");
            if event.name != "stats" {
                break event;
            }
        };
        if event.name != "reset" {
            break event;
        }
    };
    assert_eq!(told.data["ticket"]["title"], "t");
}

async fn the_end_of_the_server_ends_its_streams(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let mut stream = LiveStream::open(&server, None).await;
    assert_eq!(stream.next().await.unwrap().name, "ready");
    let stopping = tokio::spawn(server.stop());
    while stream.next().await.is_some() {}
    soon("the end", stopping).await.unwrap();
}

async fn a_stream_ends_with_the_session_and_the_token(database: TestDatabase) {
    let limits = Limits { heartbeat: Duration::from_millis(50), ..Limits::default() };
    let server = TestServer::within_with(database, &["--access", "accounts"], limits).await;
    let refused = server.get("/api/events/").await;
    refused.problem(401);
    let session = server.session(Role::Agent).await;
    let token = server.token(Role::Agent, Scope::Read).await;
    for ((header, value), end) in [(session, "session"), (token, "api_token")] {
        let request = server.request("GET", "/api/events/").header(header, value);
        let mut stream = LiveStream::of(request).await;
        assert_eq!(stream.next().await.unwrap().name, "ready");
        server.file("seen", "billing", "low").await;
        assert_eq!(stream.next_of_ticket().await.name, "ticket.created");
        stream.heartbeat().await; // asked, and good
        server.sql(&format!("delete from {end}"));
        while stream.next().await.is_some() {}
    }
}

#[tokio::test]
async fn a_stream_is_not_compressed_and_comes_over_http2_too() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    let client = reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap();
    let url = format!("http://{}/api/events/", server.address());
    let mut streams = Vec::new();
    for _ in 0..3 {
        let request = client.get(&url).header("accept-encoding", "br, gzip");
        streams.push(LiveStream::of(request).await);
    }
    server.file("t", "billing", "low").await;
    for stream in &mut streams {
        assert_eq!(stream.next_of_ticket().await.name, "ticket.created");
    }
    soon("the end", server.stop()).await;
}

#[tokio::test]
async fn streams_leave_places_for_requests() {
    let limits = Limits { connections: 8, ..Limits::default() };
    let server = TestServer::within(TestDatabase::sqlite(), limits).await;
    let mut streams = Vec::new();
    for _ in 0..2 {
        streams.push(LiveStream::open(&server, None).await);
    }
    let refused = server.get("/api/events/").await;
    refused.problem(503);
    assert!(!refused.header("retry-after").is_empty());
    drop(streams);
    soon("a place", async {
        while server.request("GET", "/api/events/").send().await.unwrap().status() != 200 {}
    })
    .await;
}

/// It is told so, and what waits for it does not grow.
#[tokio::test]
async fn who_reads_nothing_is_cut_off() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let server = server_at(&database).await;
    let mut deaf = Wire::open_narrow(server.address()).await;
    let ask = "GET /api/events/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    deaf.send(ask).await;
    let mut stream = LiveStream::open(&server, None).await;
    assert_eq!(stream.next().await.unwrap().name, "ready");
    // more than is kept for it on the way
    for _ in 0..16 {
        store.import_tickets(many(), None).await.unwrap();
        for _ in 0..MANY {
            stream.next_of_ticket().await;
        }
    }
    for _ in 0..100 {
        server.file("one by one", "billing", "low").await;
        stream.next_of_ticket().await;
    }
    let told = deaf.closed().await;
    assert!(told.contains("event: reset\ndata: {}"), "{}", &told[told.len() - 300..]);
    // what still found room on the way, and nothing that had to wait
    assert!(told.matches("one by one").count() <= 36, "64 parts are kept");
}

/// Reading and listening begin with the first stream and end after the last one.
#[tokio::test]
async fn nothing_is_read_while_nobody_listens() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let server = TestServer::at(&database.url(), &[], Limits::default()).await;
    let listens = || {
        let output = database.psql(
            "select count(*) from pg_stat_activity
             where datname = current_database() and query ilike 'listen%'",
        );
        output.stdout.trim_ascii() == b"1"
    };
    let until = async |wanted: bool| {
        while listens() != wanted {
            tokio::task::yield_now().await; // the server runs in this thread
        }
    };
    assert!(!listens());
    for _ in 0..2 {
        let mut stream = LiveStream::open(&server, None).await;
        assert_eq!(stream.next().await.unwrap().name, "ready");
        soon("it listens", until(true)).await;
        drop(stream);
        soon("it does so no more", until(false)).await;
    }
    server.stop().await;
}
