use std::{collections::HashSet, fmt::Write as _, io::Write as _, process::Stdio};

use frontdesk::tickets::{Category, Priority, Source, Status};

use super::{File, all, bad, good, program};
use crate::support::database::TestDatabase;

crate::laws!(
    a_file_is_imported_in_its_order,
    what_breaks_a_rule_is_refused_and_reported,
    a_file_is_imported_once,
    an_import_that_was_killed_goes_on,
    a_dry_run_writes_nothing,
    standard_input_is_read,
);

async fn a_file_is_imported_in_its_order(database: TestDatabase) {
    let file = File::new(
        "old.csv",
        "created_at,priority,title,id,description,status,category\r\n\
         2024-03-01T08:00:00+01:00,high,First,17,\"one, \"\"two\"\"\r\nthree\",closed,billing\r\n\
         2023-03-01T08:00:00Z,,Second,18,My password reset link does not arrive,,\r\n",
    );
    let said = good(&database, &["import", file.name()]);
    assert!(said.starts_with("imported 2 tickets in "), "{said}");
    let store = database.open().await;
    let tickets = all(&*store).await;
    let [first, second] = &tickets[..] else { panic!("{tickets:?}") };
    assert_eq!((first.id, second.id), (1, 2));
    assert_eq!(first.title, "First");
    assert_eq!(first.description, "one, \"two\"\r\nthree");
    assert_eq!((first.status, first.priority), (Status::Closed, Priority::High));
    assert_eq!(first.category_source, Source::Requester);
    assert_eq!(first.created_at.to_string(), "2024-03-01T07:00:00Z");
    assert_eq!(first.updated_at, first.created_at);
    assert_eq!((second.category, second.category_source), (Category::Account, Source::Local));
    assert_eq!((second.priority_source, second.status), (Source::Local, Status::Open));
}

async fn what_breaks_a_rule_is_refused_and_reported(database: TestDatabase) {
    let mut lines = String::new();
    for n in 0..30 {
        let _ = writeln!(lines, "{{\"title\":\"bad {n}\",\"description\":\" \"}}");
        let _ = writeln!(lines, "{{\"title\":\"good {n}\",\"description\":\"d\"}}");
    }
    let file = File::new("old.ndjson", lines);
    let report = file.beside("refused.ndjson");
    let said = bad(&database, &["import", file.name(), "--refused", &report]);
    assert!(said.contains("refused: line 1: description: must not be blank"), "{said}");
    assert_eq!(said.matches("must not be blank").count(), 20, "{said}");
    assert!(said.contains("and 10 more; all of them are in "), "{said}");
    assert!(said.ends_with("frontdesk: 30 records were refused\n"), "{said}");
    let store = database.open().await;
    assert_eq!(all(&*store).await.len(), 30);

    let refused = std::fs::read_to_string(&report).unwrap();
    assert_eq!(refused.lines().count(), 30);
    assert!(refused.contains("\"refused_line\":59"), "{refused}");
    std::fs::write(&report, refused.replace("\" \"", "\"put right\"")).unwrap();
    good(&database, &["import", &report]);
    assert_eq!(all(&*store).await.len(), 60);

    for (name, content, reason) in [
        ("x.csv", "a,b\n1,2\n", "the header has no column title"),
        ("x.txt", "", "say --format csv or --format ndjson"),
        ("x.csv", "title,description\n\"t\",d", ""),
    ] {
        let file = File::new(name, content);
        if reason.is_empty() {
            good(&database, &["import", file.name()]);
        } else {
            let said = bad(&database, &["import", file.name()]);
            assert!(said.contains(reason), "{said}");
        }
    }
    assert!(bad(&database, &["import", "/no/such.csv"]).contains("/no/such.csv: "));
}

async fn a_file_is_imported_once(database: TestDatabase) {
    let file = File::new("old.csv", "title,description\nt,d\n,no title\n");
    let said = bad(&database, &["import", file.name()]);
    assert!(said.contains("line 3: title: must not be blank"), "{said}");
    let store = database.open().await;
    // whatever it is called, and what was refused is told again
    let copy = File::new("copy.csv", std::fs::read(file.name()).unwrap());
    assert!(bad(&database, &["import", copy.name()]).contains("line 3: title"));
    assert_eq!(all(&*store).await.len(), 1);
    bad(&database, &["import", file.name(), "--again"]);
    assert_eq!(all(&*store).await.len(), 2);
    bad(&database, &["import", file.name()]);
    assert_eq!(all(&*store).await.len(), 2);
    let file = File::new("other.csv", "title,description\nt,d\n");
    good(&database, &["import", file.name()]);
    let said = good(&database, &["import", file.name()]);
    assert!(said.contains("imported before, and not again: 1 ticket\n"), "{said}");
    assert_eq!(all(&*store).await.len(), 3);
}

async fn an_import_that_was_killed_goes_on(database: TestDatabase) {
    let store = database.open().await;
    // some batches, also after it was killed three times
    let records = store.import_size().tickets * 8;
    let mut lines = String::new();
    for n in 0..records {
        let title = if n % 100 == 7 { String::new() } else { format!("ticket {n}") };
        let _ = writeln!(
            lines,
            "{{\"title\":\"{title}\",\"description\":\"d\",\"category\":\"billing\",\
             \"priority\":\"low\",\"created_at\":\"2024-01-01T00:00:00Z\"}}"
        );
    }
    let file = File::new("old.ndjson", lines);
    let mut kills = 0;
    loop {
        let before = store.ticket_counts().await.unwrap().total();
        let mut import = program(&database, &["import", file.name()]).spawn().unwrap();
        let ended = loop {
            if let Some(ended) = import.try_wait().unwrap() {
                break Some(ended);
            }
            if kills < 3 && store.ticket_counts().await.unwrap().total() > before {
                import.kill().unwrap(); // SIGKILL
                import.wait().unwrap();
                break None;
            }
        };
        if let Some(ended) = ended {
            assert_eq!(ended.code(), Some(1), "some were refused");
            break;
        }
        kills += 1;
    }
    assert_eq!(kills, 3);
    let tickets = all(&*store).await;
    assert_eq!(tickets.len(), (0..records).filter(|n| n % 100 != 7).count());
    let titles: HashSet<&str> = tickets.iter().map(|ticket| ticket.title.as_str()).collect();
    assert_eq!(titles.len(), tickets.len(), "each of them once");
    // all of one moment: the newest id comes first
    let order = tickets.iter().rev().map(|ticket| ticket.title[7..].parse::<usize>().unwrap());
    assert!(order.is_sorted(), "in the order of the file");
}

async fn a_dry_run_writes_nothing(database: TestDatabase) {
    let file = File::new("old.csv", "title,description\nt,d\nu,\n");
    let report = file.beside("refused.csv");
    let said = bad(&database, &["import", file.name(), "--dry-run", "--refused", &report]);
    assert!(said.contains("line 3: description"), "{said}");
    let refused = std::fs::read_to_string(&report).unwrap();
    assert_eq!(
        refused,
        "title,description,refused_line,refused\r\nu,,3,description: must not be blank\r\n"
    );
    if let TestDatabase::Sqlite(folder) = &database {
        assert!(!folder.path().join("data").exists(), "no file was made");
    }
    let store = database.open().await;
    assert!(all(&*store).await.is_empty());
    std::fs::write(file.name(), "title,description\nt,d\n").unwrap();
    let said = good(&database, &["import", file.name(), "--dry-run"]);
    assert_eq!(said, "1 ticket can be imported; nothing was written\n");
    good(&database, &["import", file.name()]);
    assert_eq!(all(&*store).await.len(), 1);
}

async fn standard_input_is_read(database: TestDatabase) {
    for _ in 0..2 {
        let mut import = program(&database, &["import", "-", "--format", "csv"]);
        let mut import = import.stdin(Stdio::piped()).spawn().unwrap();
        import.stdin.take().unwrap().write_all(b"title,description\nt,d\n").unwrap();
        assert!(import.wait().unwrap().success());
    }
    let store = database.open().await;
    assert_eq!(all(&*store).await.len(), 2, "nothing tells the one from the other");
    assert!(bad(&database, &["import", "-"]).contains("standard input does not end in"));
}
