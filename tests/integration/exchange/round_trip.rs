use frontdesk::{
    db::Store,
    tickets::{Category, ImportedTicket, Priority, Source, Status},
};
use serde_json::Value;

use super::{all, bad, good, run};
use crate::{
    store::{new_ticket, second},
    support::database::TestDatabase,
};

crate::laws!(what_was_exported_is_imported_and_exported_alike, an_export_has_what_a_filter_finds,);

/// Texts that a file has to be careful with.
const NASTY: [&str; 12] = [
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "'=1+1",
    "''@SUM(A1)",
    "-2+3",
    "+cmd|' /C calc'!A0",
    "\"quoted\", and, commas;",
    "several\nlines\r\nof text\rwith all ends",
    "'tis an apostrophe",
    "\\back\\slashes\\n and \u{1} controls \u{7f}",
    "\u{feff}漢字 🦀 e\u{301} \u{2028} ß",
    "NULL",
    "trailing space and newline \n",
];

async fn fill(store: &dyn Store) {
    let batch = (0..600_usize).map(|n| {
        let text = NASTY[n % NASTY.len()];
        let text = if n % 5 == 0 { format!("\t{text}") } else { text.to_owned() };
        let mut new = new_ticket(&text, &text, second(i64::try_from(n).unwrap()));
        new.status = Status::ALL[n % 4];
        ImportedTicket {
            title: new.title,
            description: new.description,
            category: (Category::ALL[n / 2 % 4], Source::ALL[n % 7]),
            priority: (Priority::ALL[n / 3 % 4], Source::ALL[n / 7 % 7]),
            status: new.status,
            created_at: new.created_at,
        }
    });
    let batch: Vec<_> = batch.collect();
    let (one, other) = batch.split_at(300);
    store.import_tickets(one.to_vec(), None).await.unwrap();
    store.import_tickets(other.to_vec(), None).await.unwrap();
}

async fn what_was_exported_is_imported_and_exported_alike(database: TestDatabase) {
    fill(&*database.open().await).await;
    for format in ["csv", "ndjson"] {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (first, second) = (path(&format!("first.{format}")), path(&format!("second.{format}")));
        good(&database, &["export", &first]);
        // the first copy has its ids the other way round, and the second one has them back
        let mut from = first.clone();
        for _ in 0..2 {
            let copy = TestDatabase::sqlite();
            good(&copy, &["import", &from]);
            good(&copy, &["export", &second]);
            from = path(&format!("third.{format}"));
            std::fs::copy(&second, &from).unwrap();
        }
        let (first, second) = (std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
        // ids are given anew, and nothing else differs
        assert_eq!(without_ids(format, &first), without_ids(format, &second), "{format}");
    }
}

/// The bytes of an export with each id blanked.
fn without_ids(format: &str, export: &[u8]) -> Vec<u8> {
    if format == "ndjson" {
        let text = std::str::from_utf8(export).unwrap();
        let rest = text.lines().map(|line| line.split_once(',').unwrap().1);
        return rest.collect::<Vec<_>>().join("\n").into_bytes();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(export);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.byte_records() {
        writer.write_record(record.unwrap().iter().skip(1)).unwrap();
    }
    writer.into_inner().unwrap()
}

async fn an_export_has_what_a_filter_finds(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(good(&database, &["export"]).lines().count(), 1, "a header");
    assert_eq!(good(&database, &["export", "--format", "ndjson"]), "");
    fill(&*store).await;
    let everything = all(&*store).await;
    let export = |more: &[&str]| -> Vec<i64> {
        let lines = good(&database, &[&["export", "--format", "ndjson"], more].concat());
        let ids =
            lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_i64());
        ids.map(Option::unwrap).collect()
    };
    let ids = |holds: &dyn Fn(&frontdesk::tickets::Ticket) -> bool| -> Vec<i64> {
        everything.iter().filter(|ticket| holds(ticket)).map(|ticket| ticket.id).collect()
    };
    assert_eq!(export(&[]), ids(&|_| true));
    assert_eq!(
        export(&["--category", "billing,account", "--status", "open"]),
        ids(&|t| t.category != Category::Technical
            && t.category != Category::General
            && t.status == Status::Open)
    );
    assert_eq!(export(&["--search", "HYPERLINK"]), ids(&|t| t.title.contains("HYPERLINK")));
    let (from, before) = (second(10).to_string(), second(550).to_string());
    assert_eq!(
        export(&["--created-from", &from, "--created-before", &before]),
        ids(&|t| (second(10)..second(550)).contains(&t.created_at))
    );
    let refused = bad(&database, &["export", "--status", "new", "--created-from", "x"]);
    assert!(refused.contains("status: `new` is none of") && refused.contains("created_after: "));
    assert_eq!(run(&database, &["export", "--format", "xml"]).status.code(), Some(2));
}
