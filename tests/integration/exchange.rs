//! Import, export and made-up tickets, as an operator types them.

mod demo;
mod django;
mod import;
mod round_trip;

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use frontdesk::{
    db::Store,
    tickets::{Ticket, TicketFilter},
};

use crate::support::database::TestDatabase;

/// The program on this database.
fn program(database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.args(arguments).env_clear().env("DATABASE_URL", database.url());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(database: &TestDatabase, arguments: &[&str]) -> Output {
    program(database, arguments).output().expect("the program")
}

/// Runs it to a good end, and returns what it printed.
#[track_caller]
fn good(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = run(database, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

/// Runs it to a bad end, and returns what it said about that.
#[track_caller]
fn bad(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = run(database, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

/// Every ticket, newest first.
async fn all(store: &dyn Store) -> Vec<Ticket> {
    let (mut tickets, mut after) = (Vec::new(), None);
    loop {
        let part = store.walk_tickets(TicketFilter::default(), after, 500).await.expect("tickets");
        let Some(last) = part.last() else { return tickets };
        after = Some(last.position());
        tickets.extend(part);
    }
}

/// A folder with a file in it.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("it is written");
        Self { _folder: folder, path }
    }

    fn name(&self) -> &str {
        self.path.to_str().expect("text")
    }

    fn beside(&self, name: &str) -> String {
        self.path.with_file_name(name).to_str().expect("text").to_owned()
    }
}
