use frontdesk::{
    db::migrate,
    tickets::{
        EventPage, Filed, IdempotencyKey, PageRequest, Position, Search, Segment, Status,
        TicketPatch,
    },
};

use super::{agent, events, file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    servers_that_start_at_once_do_not_collide,
    a_newer_schema_is_refused,
    tickets_from_before_the_log_are_kept_and_get_no_invented_events,
    every_older_schema_is_brought_up_to_date,
    a_step_that_fails_is_undone_whole,
    what_was_indexed_before_is_found_after,
);

async fn servers_that_start_at_once_do_not_collide(database: TestDatabase) {
    let database = std::sync::Arc::new(database);
    let starts: Vec<_> = (0..5)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.open().await })
        })
        .collect();
    for start in starts {
        let store = start.await.unwrap();
        file(&*store, "from each", second(1)).await;
        store.close().await;
    }
    assert_eq!(database.open().await.ticket_counts().await.unwrap().total(), 5);
}

/// SQLite answers "locked" at once, without waiting, to some of those who open a new file together.
#[tokio::test]
async fn a_new_file_is_opened_by_many_at_once() {
    for _ in 0..40 {
        let database = TestDatabase::sqlite();
        let url: frontdesk::db::DatabaseUrl = database.url().parse().unwrap();
        let opened: Vec<_> = (0..8)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { frontdesk::db::open(&url).await })
            })
            .collect();
        for store in opened {
            store.await.unwrap().expect("it is opened").close().await;
        }
    }
}

async fn a_newer_schema_is_refused(database: TestDatabase) {
    database.open().await.close().await;
    database
        .sql("insert into schema_migration (number, name, checksum) values (99, 'later', 'x')")
        .unwrap();
    let url = database.url().parse().unwrap();
    let refused = frontdesk::db::open(&url).await.err().expect("it is refused").to_string();
    assert!(refused.contains("99") && refused.contains("newer"), "{refused}");
}

/// A database as the program left it before the step `name`, with `rows` in it.
pub fn before_the_step(database: &TestDatabase, name: &str, rows: &str) {
    let steps = match database {
        TestDatabase::Sqlite(folder) => {
            std::fs::create_dir_all(folder.path().join("data")).unwrap();
            migrate::SQLITE
        }
        TestDatabase::Postgres(_) => migrate::POSTGRES,
    };
    database
        .sql(
            "create table schema_migration (
                 number integer primary key not null, name text not null, checksum text not null)",
        )
        .unwrap();
    for step in steps.iter().take_while(|step| step.name != name) {
        database.sql(step.sql).unwrap();
        let (number, name, checksum) = (step.number, step.name, step.checksum());
        database
            .sql(&format!("insert into schema_migration values ({number}, '{name}', '{checksum}')"))
            .unwrap();
    }
    database.sql(rows).unwrap();
}

async fn a_step_that_fails_is_undone_whole(database: TestDatabase) {
    // the step makes two tables before this one
    before_the_step(&database, "search_index", "create table search_block (x integer)");
    let url = database.url().parse().unwrap();
    let refused = frontdesk::db::open(&url).await.err().expect("it is refused").to_string();
    let why = "migration 4 (search_index) failed and was undone";
    assert!(refused.contains(why) && refused.len() < 300, "{refused}");
    assert!(database.sql("select * from search_pending").is_err(), "nothing is left of it");
    database.sql("drop table search_block").unwrap();
    assert_eq!(file(&*database.open().await, "on", second(1)).await.id, 1);
}

/// A ticket and its counts in each schema that there ever was, and then this program.
async fn every_older_schema_is_brought_up_to_date(database: TestDatabase) {
    for step in &migrate::SQLITE[1..] {
        let (database, slot) = match &database {
            TestDatabase::Sqlite(_) => (TestDatabase::sqlite(), ""),
            TestDatabase::Postgres(_) => (TestDatabase::postgres(), "7, "),
        };
        let at = at_first_second(&database);
        let has = |name: &str| {
            let earlier = migrate::SQLITE.iter().take_while(|earlier| earlier.number < step.number);
            earlier.map(|earlier| earlier.name).any(|earlier| earlier == name)
        };
        let waits = "insert into search_pending select id, version from ticket;";
        let day = second(1).strftime("%F");
        let counted = format!(
            "insert into ticket_day values ('{day}', 'created', 'billing/high', {slot}1, 0);"
        );
        let rows = format!(
            "insert into ticket (title, description, category, priority, status, category_source,
                 priority_source, created_at, updated_at, version)
             values ('Ölpumpe', 'leckt', 'billing', 'high', 'open', 'agent', 'local', {at}, {at}, 1);
             insert into ticket_document select id, 'ölpumpe leckt' from ticket;
             insert into ticket_count values ('billing', 'high', 'open', {slot}1{});
             {} {}",
            // the priority is a machine's
            if has("views") { ", 1" } else { "" },
            if has("search_index") { waits } else { "" },
            if has("ticket_day") { &counted } else { "" },
        );
        before_the_step(&database, step.name, &rows);
        let store = database.open().await;
        assert_eq!(store.deviations().await.unwrap(), [], "{}", step.name);
        let mut search = PageRequest { limit: 50, ..PageRequest::default() };
        search.filter.search = Search::parse("ÖLPUMPE").unwrap();
        let found = store.tickets(search).await.unwrap();
        assert_eq!((found.count, found.tickets[0].id), (Some(1), 1), "{}", step.name);
        assert_eq!(file(&*store, "new", second(4)).await.id, 2);
        assert_eq!(store.ticket_counts().await.unwrap().total(), 2);
        assert_eq!(store.deviations().await.unwrap(), []);
        store.close().await;
    }
}

async fn what_was_indexed_before_is_found_after(database: TestDatabase) {
    let at = at_first_second(&database);
    let slot = if matches!(database, TestDatabase::Sqlite(_)) { "" } else { "7, " };
    let blob = |bytes: &[u8]| blob(&database, bytes);
    let day = second(1).strftime("%F");
    let at_1 = Position { created_at: second(1), id: 1 };
    let segment = Segment::of_texts([(at_1, "ölpumpe leckt")]).unwrap();
    let blocks = segment.blocks.iter().map(|(bucket, postings)| {
        format!("insert into search_block values (1, {bucket}, {});", blob(postings))
    });
    let rows = format!(
        "insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at, version)
         values ('Ölpumpe', 'leckt', 'billing', 'high', 'open', 'agent', 'agent', {at}, {at}, 1);
         insert into ticket_document select id, 'ölpumpe leckt' from ticket;
         insert into ticket_count values ('billing', 'high', 'open', {slot}1, 0);
         insert into ticket_day values ('{day}', 'created', 'billing/high', {slot}1, 0);
         insert into search_segment (tickets, ids, newest, oldest, buckets, grams)
         values (1, {}, {at}, {at}, {}, {});
         {}",
        blob(&segment.ids),
        segment.buckets,
        segment.grams,
        blocks.collect::<String>(),
    );
    before_the_step(&database, "search_blocks", &rows);
    let store = database.open().await;
    assert_eq!(store.deviations().await.unwrap(), []);
    for (search, found) in [("ölpumpe", 1), ("leckt", 1), ("pumpen", 0)] {
        let mut page = PageRequest { limit: 50, ..PageRequest::default() };
        page.filter.search = Search::parse(search).unwrap();
        assert_eq!(store.tickets(page).await.unwrap().count, Some(found), "{search}");
    }
}

/// The first second, as the database writes it.
fn at_first_second(database: &TestDatabase) -> String {
    match database {
        TestDatabase::Sqlite(_) => second(1).as_microsecond().to_string(),
        TestDatabase::Postgres(_) => format!("timestamptz '{}'", second(1)),
    }
}

/// Bytes, as the database writes them.
fn blob(database: &TestDatabase, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match database {
        TestDatabase::Sqlite(_) => format!("x'{hex}'"),
        TestDatabase::Postgres(_) => format!("decode('{hex}', 'hex')"),
    }
}

async fn tickets_from_before_the_log_are_kept_and_get_no_invented_events(database: TestDatabase) {
    let (at, hash) = (at_first_second(&database), blob(&database, &[1; 32]));
    let slot = if matches!(database, TestDatabase::Sqlite(_)) { "" } else { "0, " };
    let ticket = format!(
        "insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at, version)
         values ('old', 'd', 'billing', 'high', 'open', 'agent', 'local', {at}, {at}, 4);"
    );
    let rows = format!(
        "{} insert into ticket_document select id, 'old d' from ticket;
         insert into ticket_count values ('billing', 'high', 'open', {slot}30);
         insert into idempotency_key values ('k', {hash}, 1, {at});",
        ticket.repeat(30)
    );
    before_the_step(&database, "ticket_event", &rows);

    let store = database.open().await;
    assert_eq!(store.ticket_counts().await.unwrap().total(), 30);
    let ticket = store.ticket(1).await.unwrap().expect("it is kept");
    assert_eq!((ticket.title.as_str(), ticket.version), ("old", 4));
    let none = EventPage { count: 0, events: Vec::new(), older: None };
    assert_eq!(store.ticket_events(1, None, 50).await.unwrap(), Some(none));
    let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
    store.patch_ticket(1, patch, Some(4), agent(), second(2)).await.unwrap();
    let history = events(&*store, 1).await;
    assert_eq!((history.len(), history[0].version), (1, 5));
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let again = new_ticket("old", "d", second(3));
    let again = store.create_ticket(again, Some(key), requester()).await.unwrap();
    assert!(matches!(again, Filed::Before(ticket) if ticket.id == 1));
    let mut search = PageRequest { limit: 50, ..PageRequest::default() };
    search.filter.search = Search::parse("OLD").unwrap();
    assert_eq!(store.tickets(search).await.unwrap().count, Some(30));
    assert_eq!(file(&*store, "new", second(4)).await.id, 31);
}

/// The pooler's user may do nothing but use the tables: whoever migrates took the direct way.
#[tokio::test]
async fn migrations_take_the_direct_way() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { panic!("it is one") };
    let role = format!("pooled_{}", std::process::id());
    let allow = format!(
        "create role {role} login;
         alter default privileges grant all on tables to {role};
         alter default privileges grant all on sequences to {role};
         revoke create on schema public from public"
    );
    assert!(database.psql(&allow).status.success());
    let direct: frontdesk::db::DatabaseUrl = database.url().parse().unwrap();
    let pooled = database.url().replace("frontdesk@", &format!("{role}@")).parse().unwrap();
    assert!(frontdesk::db::open(&pooled).await.is_err(), "it may make no tables");
    let store = frontdesk::db::open_by(&pooled, Some(&direct)).await.unwrap();
    assert_eq!(file(&*store, "through the pooler", second(1)).await.id, 1);
    store.close().await;
    database.psql(&format!("drop owned by {role}; drop role {role}"));
}
