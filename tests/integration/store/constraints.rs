//! What the program forbids, the database forbids too: written around the program, as an operator or
//! another program could.

use frontdesk::db::Store;

use super::{file, second};
use crate::support::database::TestDatabase;

crate::laws!(
    the_database_refuses_what_the_program_refuses,
    the_database_accepts_what_the_program_accepts,
    the_log_refuses_what_no_event_is,
    an_id_is_never_given_twice,
);

/// A row that is right, with some columns said otherwise.
fn insert(columns: &[(&str, &str)]) -> String {
    let mut row = vec![
        ("title", "'t'"),
        ("description", "'d'"),
        ("category", "'general'"),
        ("priority", "'low'"),
        ("status", "'open'"),
        ("category_source", "'agent'"),
        ("priority_source", "'agent'"),
        ("created_at", ""),
        ("updated_at", ""),
    ];
    for (column, value) in columns {
        row.retain(|(name, _)| name != column);
        row.push((column, value));
    }
    let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
    let values: Vec<&str> = row.iter().map(|(_, value)| *value).collect();
    format!("insert into ticket ({}) values ({})", names.join(", "), values.join(", "))
}

fn with_times(database: &TestDatabase, columns: &[(&str, &str)]) -> String {
    let (early, late) = match database {
        TestDatabase::Sqlite(_) => ("1", "2"),
        TestDatabase::Postgres(_) => ("timestamptz '2026-01-01'", "timestamptz '2026-01-02'"),
    };
    let mut all = vec![("created_at", early), ("updated_at", late)];
    for (column, value) in columns {
        let value = match *value {
            "EARLY" => early,
            "LATE" => late,
            other => other,
        };
        all.retain(|(name, _)| name != column);
        all.push((column, value));
    }
    insert(&all)
}

/// PostgreSQL would look a ticket up for each row of its own; there `check` finds one without a ticket.
async fn refused_or_reported(
    database: &TestDatabase,
    store: &dyn Store,
    written: Result<(), String>,
    what: &str,
) {
    match database {
        TestDatabase::Sqlite(_) => assert!(written.is_err(), "{what} without a ticket"),
        TestDatabase::Postgres(_) => {
            let found = store.deviations().await.unwrap();
            assert!(found.iter().any(|deviation| deviation.what.starts_with(what)), "{found:?}");
        }
    }
}

async fn the_database_refuses_what_the_program_refuses(database: TestDatabase) {
    let store = database.open().await;
    let long_title = format!("'{}'", "ä".repeat(201));
    let long_description = format!("'{}'", "x".repeat(50_001));
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("ticket_title_blank_check", &[("title", "''")]),
        ("ticket_title_trim_check", &[("title", "' t'")]),
        ("ticket_title_trim_check", &[("title", "'t\u{3000}'")]),
        ("ticket_title_length_check", &[("title", &long_title)]),
        ("title", &[("title", "null")]),
        ("ticket_description_blank_check", &[("description", "''")]),
        ("ticket_description_blank_check", &[("description", "' \u{2003}\u{85}\n'")]),
        ("ticket_description_length_check", &[("description", &long_description)]),
        ("description", &[("description", "null")]),
        ("ticket_category_check", &[("category", "'Billing'")]),
        ("category", &[("category", "null")]),
        ("ticket_priority_check", &[("priority", "'urgent'")]),
        ("priority", &[("priority", "null")]),
        ("ticket_status_check", &[("status", "'done'")]),
        ("status", &[("status", "null")]),
        ("ticket_category_source_check", &[("category_source", "'nobody'")]),
        ("ticket_priority_source_check", &[("priority_source", "''")]),
        ("ticket_updated_at_check", &[("created_at", "LATE"), ("updated_at", "EARLY")]),
        ("created_at", &[("created_at", "null")]),
        ("ticket_version_check", &[("version", "0")]),
    ];
    for (rule, columns) in cases {
        let refused = database.sql(&with_times(&database, columns));
        assert!(
            refused.as_ref().is_err_and(|e| e.contains(rule)),
            "{rule} {columns:?}: {refused:?}"
        );
    }
    if matches!(database, TestDatabase::Sqlite(_)) {
        // PostgreSQL has no way to even say it
        for (rule, column) in
            [("ticket_title_nul_check", "title"), ("ticket_description_nul_check", "description")]
        {
            let row = with_times(&database, &[(column, "'a' || char(0) || 'b'")]);
            assert!(database.sql(&row).is_err_and(|e| e.contains(rule)), "{rule}");
        }
    }
    let dangling =
        database.sql("insert into ticket_document (ticket_id, document) values (99, 'x')");
    refused_or_reported(&database, &*store, dangling, "document of ticket 99").await;
    drop(store);
}

async fn the_database_accepts_what_the_program_accepts(database: TestDatabase) {
    let store = database.open().await;
    let title = format!("'{}'", "\u{1f600}".repeat(200));
    let description = format!("' {}'", "\u{1f600}".repeat(49_999));
    let row = with_times(&database, &[("title", &title), ("description", &description)]);
    // by a file: the line is longer than a command may be
    match &database {
        TestDatabase::Sqlite(_) => database.sql(&row).unwrap(),
        TestDatabase::Postgres(_) => database
            .sql(&with_times(
                &database,
                &[("title", &title), ("description", "' ' || repeat(U&'\\+01F600', 49999)")],
            ))
            .unwrap(),
    }
    let ticket = store.ticket(1).await.unwrap().expect("it is there");
    assert_eq!(ticket.title.chars().count(), 200);
    assert_eq!(ticket.description.chars().count(), 50_000);
}

async fn the_log_refuses_what_no_event_is(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(file(&*store, "t", second(1)).await.id, 1);
    let at = if matches!(database, TestDatabase::Sqlite(_)) { "1" } else { "now()" };
    let row = |column: &str, value: &str| {
        let row = vec![
            ("ticket_id", "1"),
            ("at", at),
            ("version", "2"),
            ("kind", "'changed'"),
            ("actor_kind", "'agent'"),
            ("actor_id", "7"),
            ("actor_name", "'Ada'"),
            ("changes", "'{}'"),
        ];
        super::insert_with("ticket_event", row, (column, value))
    };
    let long = format!("'{}'", "ä".repeat(201));
    for (rule, column, value) in [
        ("ticket_event_version_check", "version", "0"),
        ("ticket_event_kind_check", "kind", "'deleted'"),
        ("ticket_event_actor_kind_check", "actor_kind", "'robot'"),
        ("ticket_event_actor_id_check", "actor_id", "0"),
        ("ticket_event_actor_name_check", "actor_name", "''"),
        ("ticket_event_actor_name_check", "actor_name", &long),
        ("ticket_event_changes_check", "changes", "'[]'"),
        ("ticket_event_changes_check", "changes", "'1'"),
        ("json", "changes", "'{'"),
        ("changes", "changes", "null"),
        ("at", "at", "null"),
    ] {
        let refused = database.sql(&row(column, value));
        let said = refused.as_ref().is_err_and(|e| e.to_lowercase().contains(rule));
        assert!(said, "{rule} {value}: {refused:?}");
    }
    let dangling = database.sql(&row("ticket_id", "99"));
    refused_or_reported(&database, &*store, dangling, "event of ticket 99").await;
    database.sql(&row("actor_id", "null")).unwrap();
    database.sql(&row("actor_name", "null")).unwrap();
    let short = match &database {
        TestDatabase::Sqlite(_) => "x'0102'",
        TestDatabase::Postgres(_) => "decode('0102', 'hex')",
    };
    let refused = database.sql(&format!("update ticket set follow_sha256 = {short}"));
    assert!(refused.is_err_and(|e| e.contains("ticket_follow_sha256_check")));
}

async fn an_id_is_never_given_twice(database: TestDatabase) {
    let store = database.open().await;
    let first = file(&*store, "first", second(1)).await.id;
    database.sql("delete from ticket").unwrap();
    assert!(file(&*store, "second", second(2)).await.id > first);
}

/// SQLite would make a table in memory for each `x in (...)` of more than two words, and each row.
#[tokio::test]
async fn no_check_of_sqlite_makes_a_table_for_each_row() {
    let database = TestDatabase::sqlite();
    database.open().await.close().await;
    let TestDatabase::Sqlite(folder) = &database else { unreachable!() };
    let file = folder.path().join("data/frontdesk.db");
    let connection = rusqlite::Connection::open(file).unwrap();
    let select = "select name from sqlite_schema where type = 'table' and name not like 'sqlite%'";
    let tables: Vec<String> = connection
        .prepare(select)
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert!(tables.len() > 20, "{tables:?}");
    for table in tables {
        let mut program =
            connection.prepare(&format!("explain insert into {table} default values")).unwrap();
        let steps = program.query_map((), |row| row.get::<_, String>("opcode")).unwrap();
        let steps: Vec<String> = steps.collect::<rusqlite::Result<_>>().unwrap();
        assert!(steps.iter().any(|step| step == "Insert" || step == "IdxInsert"), "{table}");
        assert!(!steps.iter().any(|step| step == "OpenEphemeral"), "{table}: {steps:?}");
    }
}
