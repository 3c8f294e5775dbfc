//! `frontdesk backup` and `frontdesk restore`, as an operator types them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use rusqlite::Connection;

use crate::{
    outages::disk_full::SmallDisk,
    store::{file, second},
    support::{database::TestDatabase, server::TestServer},
};

/// A command on the database at `database`.
fn frontdesk(database: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .stdin(Stdio::null());
    command
}

/// What a command says that succeeds.
#[track_caller]
fn good(mut command: Command) -> String {
    let output = command.output().expect("the program");
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Why a command fails.
#[track_caller]
fn bad(mut command: Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("the program");
    assert_eq!(status.code(), Some(1), "{}", text(&stdout));
    text(&stderr)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every ticket up to the one with this id, and what the counters make of them.
fn tickets(database: &Path, until: i64) -> (Vec<String>, i64) {
    let connection = Connection::open(database).unwrap();
    let tickets = connection
        .prepare(
            "select json_array(ticket.id, title, description, ticket.version, created_at, document, kind)
             from ticket join ticket_document d on d.ticket_id = ticket.id
             join ticket_event e on e.ticket_id = ticket.id
             where ticket.id <= ?1 order by ticket.id",
        )
        .unwrap()
        .query_map([until], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let sum = "select coalesce(sum(n), 0) from ticket_count";
    (tickets, connection.query_row(sum, (), |row| row.get(0)).unwrap())
}

/// A database with some tickets, and its folder.
async fn desk(n: i64) -> (tempfile::TempDir, PathBuf) {
    let TestDatabase::Sqlite(folder) = TestDatabase::sqlite() else { panic!("it is SQLite") };
    let path = folder.path().join("data/frontdesk.db");
    let url = format!("sqlite://{}", path.display()).parse().unwrap();
    let store = frontdesk::db::open(&url).await.unwrap();
    for at in 0..n {
        file(&*store, &format!("ticket {at}"), second(at)).await;
    }
    store.close().await;
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn one_moment_is_kept_while_others_write() {
    let (folder, path) = desk(20).await;
    let url = format!("sqlite://{}", path.display());
    let server = TestServer::at(&url, &[], frontdesk::http::serve::Limits::default()).await;
    let server = Arc::new(server);
    let is_over = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|n| {
            let (server, is_over) = (server.clone(), is_over.clone());
            tokio::spawn(async move {
                let mut filed = 0;
                while !is_over.load(Ordering::Relaxed) {
                    server.file(&format!("by {n}"), "billing", "low").await;
                    filed += 1;
                }
                filed
            })
        })
        .collect();
    while server.get("/api/tickets/stats/").await.json()["total_tickets"].as_i64() < Some(40) {}
    let backup = folder.path().join("kept.db");
    let command = frontdesk(&path, &["backup", backup.to_str().unwrap()]);
    let said = tokio::task::spawn_blocking(|| good(command)).await.unwrap();
    is_over.store(true, Ordering::Relaxed);
    let mut filed = 20;
    for writer in writers {
        filed += writer.await.unwrap();
    }
    assert!(said.contains("tickets, checked"), "{said}");
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(names(folder.path()), ["data", "kept.db"], "one file and nothing beside it");

    let restored = folder.path().join("other/desk.db");
    good(frontdesk(&restored, &["restore", backup.to_str().unwrap()]));
    let (found, counted) = tickets(&restored, i64::MAX);
    assert!(found.len() >= 40, "all that was acknowledged before");
    assert_eq!(i64::try_from(found.len()).unwrap(), counted);
    assert_eq!(found, tickets(&path, counted).0, "the same tickets, word for word");
    assert_eq!(tickets(&path, i64::MAX).0.len(), filed, "and no writer was refused");
}

#[tokio::test]
async fn a_database_in_use_is_not_replaced() {
    let (folder, path) = desk(3).await;
    let backup = folder.path().join("kept.db");
    let backup = backup.to_str().unwrap();
    good(frontdesk(&path, &["backup", backup]));
    let mut serve = frontdesk(&path, &["serve", "--listen", "127.0.0.1:0"]);
    let mut server = serve.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("frontdesk is at")), "it serves");
    let refused = bad(frontdesk(&path, &["restore", backup]));
    assert!(refused.contains("is in use"), "{refused}");
    server.kill().unwrap(); // as kill -9 does
    server.wait().unwrap();

    // another program that knows nothing of our lock
    let other = Connection::open(&path).unwrap();
    let _: i64 = other.query_row("select count(*) from ticket", (), |row| row.get(0)).unwrap();
    let refused = bad(frontdesk(&path, &["restore", backup]));
    assert!(refused.contains("is in use"), "{refused}");
    other.close().unwrap();

    let said = good(frontdesk(&path, &["restore", backup]));
    assert!(said.contains("3 tickets") && said.contains(".before-restore-"), "{said}");
    let folder = path.parent().unwrap();
    let before = names(folder).into_iter().find(|name| name.contains(".before-restore-"));
    assert_eq!(tickets(&folder.join(before.unwrap()), i64::MAX), tickets(&path, i64::MAX));
    assert!(!names(folder).iter().any(|name| name.contains("partial")), "{:?}", names(folder));
}

#[tokio::test]
async fn what_is_damaged_or_newer_or_something_else_is_refused() {
    let (folder, path) = desk(60).await;
    let at = |name: &str| folder.path().join(name);
    let whole = at("whole.db");
    good(frontdesk(&path, &["backup", whole.to_str().unwrap()]));
    let bytes = fs::read(&whole).unwrap();
    fs::write(at("truncated.db"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(at("empty.db"), "").unwrap();
    fs::write(at("text.db"), "not a database at all").unwrap();
    let mut corrupt = bytes.clone();
    corrupt[3 * bytes.len() / 4..].fill(0x55);
    fs::write(at("corrupt.db"), corrupt).unwrap();
    fs::write(at("newer.db"), &bytes).unwrap();
    let later = "insert into schema_migration (number, name, checksum) values (99, 'later', 'x')";
    Connection::open(at("newer.db")).unwrap().execute_batch(later).unwrap();
    Connection::open(at("other.db")).unwrap().execute_batch("create table t (x)").unwrap();

    let before = (fs::read(&path).unwrap(), tickets(&path, i64::MAX));
    for (name, why) in [
        ("truncated.db", "damaged"),
        ("corrupt.db", "damaged"),
        ("text.db", "damaged"),
        ("empty.db", "no database of frontdesk"),
        ("other.db", "no database of frontdesk"),
        ("newer.db", "newer version"),
        ("missing.db", "No such file"),
    ] {
        let refused = bad(frontdesk(&path, &["restore", at(name).to_str().unwrap()]));
        assert!(refused.contains(why), "{name}: {refused}");
    }
    assert_eq!(fs::read(&path).unwrap(), before.0, "not a byte is changed");
    assert_eq!(tickets(&path, i64::MAX), before.1);
    let left = names(path.parent().unwrap());
    assert!(
        !left.iter().any(|name| name.contains("partial") || name.contains("before")),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_damaged_database_is_replaced_and_kept() {
    let (folder, path) = desk(5).await;
    let backup = folder.path().join("kept.db");
    good(frontdesk(&path, &["backup", backup.to_str().unwrap()]));
    fs::write(&path, "ruined".repeat(1000)).unwrap();
    fs::write(format!("{}-wal", path.display()), "stale").unwrap();
    good(frontdesk(&path, &["restore", backup.to_str().unwrap()]));
    assert_eq!(tickets(&path, i64::MAX).0.len(), 5);
    let folder = path.parent().unwrap();
    let left = names(folder);
    let kept = left.iter().find(|name| name.contains(".before-restore-") && name.ends_with('Z'));
    assert!(fs::read_to_string(folder.join(kept.unwrap())).unwrap().starts_with("ruined"));
    assert!(!left.contains(&"frontdesk.db-wal".to_owned()), "{left:?}");
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_behind() {
    let (folder, path) = desk(1).await;
    let filler = "create table filler (x); insert into filler values (zeroblob(6000000))";
    Connection::open(&path).unwrap().execute_batch(filler).unwrap();
    let refused = if let Some(disk) = SmallDisk::mount() {
        let target = disk.folder().join("kept.db");
        let refused = bad(frontdesk(&path, &["backup", target.to_str().unwrap()]));
        assert!(refused.contains("full"), "{refused}");
        assert!(names(disk.folder()).is_empty(), "{:?}", names(disk.folder()));
        refused
    } else {
        // no right to mount one: files may not grow instead
        let target = folder.path().join("kept.db");
        let program = env!("CARGO_BIN_EXE_frontdesk");
        let script = "trap '' XFSZ; ulimit -f 2000; exec \"$0\" backup \"$1\"";
        let mut limited = Command::new("sh");
        limited.args(["-c", script, program]).arg(&target);
        limited.env("DATABASE_URL", format!("sqlite://{}", path.display()));
        bad(limited)
    };
    assert_eq!(names(folder.path()), ["data"], "{refused}");
}

#[tokio::test]
async fn nothing_is_overwritten_unasked_and_old_ones_go() {
    let (folder, path) = desk(2).await;
    let kept = folder.path().join("kept");
    fs::create_dir(&kept).unwrap();
    let in_folder = format!("{}/", kept.display());
    for day in 1..=3 {
        fs::write(kept.join(format!("frontdesk-2020010{day}T000000Z.db")), "old").unwrap();
    }
    // what a killed process left, and what one that lives is still writing
    fs::write(kept.join(".frontdesk-0.partial"), "left").unwrap();
    fs::write(kept.join(".frontdesk-1.partial"), "being written").unwrap();
    let writing = fs::File::open(kept.join(".frontdesk-1.partial")).unwrap();
    writing.lock().unwrap();
    good(frontdesk(&path, &["backup", "--keep", "2", &in_folder]));
    let found = names(&kept);
    assert_eq!(found[..2], [".frontdesk-1.partial", "frontdesk-20200103T000000Z.db"]);
    assert_eq!(found.len(), 3, "{found:?}");

    let target = kept.join("one.db");
    let target = target.to_str().unwrap();
    good(frontdesk(&path, &["backup", target]));
    assert!(bad(frontdesk(&path, &["backup", target])).contains("--force"));
    good(frontdesk(&path, &["backup", "--force", target]));
    assert!(bad(frontdesk(&path, &["backup", "--keep", "2", target])).contains("{time}"));
    let missing = folder.path().join("missing.db");
    assert!(bad(frontdesk(&missing, &["backup", target, "--force"])).contains("no database"));
    assert!(!missing.exists(), "none is made by looking");
}

#[test]
fn postgres_is_backed_up_with_its_own_programs() {
    for (command, how) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        let mut program = frontdesk(Path::new("unused"), &[command, "file"]);
        program.env("DATABASE_URL", "postgres://u:s3cret@127.0.0.1:1/db");
        let refused = bad(program);
        assert!(refused.contains(how) && !refused.contains("s3cret"), "{refused}");
    }
}
