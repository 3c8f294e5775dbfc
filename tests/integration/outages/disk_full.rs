//! The disk under SQLite is full. Nothing is half written, reads go on, and space that comes back is
//! used without a restart.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use frontdesk::{
    db::sqlite::Sqlite,
    error::Error,
    http::serve::Limits,
    tickets::{TicketFilter, store::TicketStore as _},
};
use serde_json::json;

use crate::{
    store::{file, new_ticket, requester, second},
    support::{database::TestDatabase, server::TestServer},
};

/// A small file system in memory.
pub struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None` where this user may not mount one.
    pub fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(folder.path())
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    /// Where it is mounted.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }

    fn fill(&self) {
        let full = fs::write(self.filler(), vec![0; 8 << 20]).map_err(|error| error.kind());
        assert_eq!(full, Err(std::io::ErrorKind::StorageFull));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[tokio::test]
async fn a_full_disk_is_503_until_there_is_space() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("no right to mount a small disk: the database is limited instead");
        return a_full_database(&tempfile::tempdir().unwrap().path().join("frontdesk.db")).await;
    };
    let url = format!("sqlite://{}", disk.0.path().join("frontdesk.db").display());
    let server = TestServer::at(&url, &[], Limits::default()).await;
    let before = server.file("before", "billing", "low").await;
    disk.fill();
    let body = json!({"title": "t", "description": "d".repeat(40_000), "category": "billing",
        "priority": "low"});
    let writes = (0..8).map(|_| server.send_json("POST", "/api/tickets/", &body));
    for answer in futures_util::future::join_all(writes).await {
        answer.problem(503);
        assert_eq!(answer.header("retry-after"), "60");
        assert!(answer.text.contains("no space left"), "{}", answer.text);
    }
    assert_eq!(server.get("/api/tickets/1/").await.json(), before);
    let page = server.get("/api/tickets/?search=before").await.json();
    assert_eq!((&page["count"], page["results"].as_array().map(Vec::len)), (&json!(1), Some(1)));
    assert_eq!(server.get("/readyz").await.status, 200, "it can read");
    fs::remove_file(disk.filler()).unwrap();
    assert_eq!(server.send_json("POST", "/api/tickets/", &body).await.status, 201);
    assert_eq!(server.get("/api/tickets/stats/").await.json()["total_tickets"], 2);
    server.stop().await;
}

#[tokio::test]
async fn a_full_database_takes_nothing_until_it_may_grow() {
    let TestDatabase::Sqlite(folder) = TestDatabase::sqlite() else { panic!("it is SQLite") };
    a_full_database(&folder.path().join("frontdesk.db")).await;
}

async fn a_full_database(path: &Path) {
    let store = Sqlite::open(path).await.unwrap();
    let may_have = async |pages: u32| {
        let limit = move |connection: &rusqlite::Connection| {
            connection.pragma_update(None, "max_page_count", pages).map_err(Error::from)
        };
        store.write(limit).await.unwrap();
    };
    let before = file(&store, "before", second(1)).await;
    may_have(1).await; // SQLite takes it for what it has
    let large = new_ticket("large", &"d".repeat(40_000), second(2));
    for _ in 0..3 {
        let refused = store.create_ticket(large.clone(), None, requester()).await;
        assert!(matches!(refused, Err(Error::StorageFull(_))), "{refused:?}");
    }
    let request = frontdesk::tickets::PageRequest {
        filter: TicketFilter::default(),
        cursor: None,
        limit: 50,
    };
    assert_eq!(store.tickets(request).await.unwrap().tickets, [before]);
    may_have(u32::MAX - 1).await;
    store.create_ticket(large, None, requester()).await.unwrap();
}
