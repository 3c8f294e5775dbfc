//! Moves what was written from the log into the file.
//!
//! SQLite has this done by whoever commits the thousandth page, who then waits twice for the disk. For a server that is
//! best: more pages at once are a longer wait, and whatever moves them beside the writer leaves more and more for it
//! to move where tickets are changed faster than the disk takes pages from all over the file. An import writes far more,
//! most of it behind what is there: for it a connection of its own moves pages beside the writer, which only helps where
//! that never catches up, since the log begins anew only when all of it was moved.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use crossbeam_channel::{Sender, bounded};
use rusqlite::{Connection, MAIN_DB, hooks::Wal};

use super::{connect, lock, spawn};
use crate::error::Result;

/// How far the log may grow, in pages of 4 KiB.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Pages from which on they are moved beside the writer, and again after as many more. What changes again and
    /// again is moved once.
    beside: i32,
    /// Pages from which on the writer moves what is left itself.
    most: i32,
}

/// SQLite's own limit.
const SERVING: Limits = Limits { beside: i32::MAX, most: 1_000 };

/// 128 MiB at most. Readers find their way through four thousand pages with one table of hashes (SQLite's file format,
/// 4.4).
const IMPORTING: Limits = Limits { beside: 4_000, most: 32_000 };

/// How often to begin again with what was written meanwhile: it is less each time.
const PASSES: usize = 4;

/// What moves pages.
pub struct Mover {
    importing: Arc<AtomicBool>,
    wake: Mutex<Option<Sender<()>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Mover {
    /// Of what `writer` writes.
    ///
    /// # Errors
    /// The file cannot be opened, or there is no room for a thread.
    pub fn start(path: &Path, writer: &mut Connection) -> Result<Self> {
        Self::start_with(path, writer, [SERVING, IMPORTING])
    }

    fn start_with(
        path: &Path,
        writer: &mut Connection,
        [serving, importing]: [Limits; 2],
    ) -> Result<Self> {
        let connection = connect(path)?;
        let (wake, woken) = bounded::<()>(1);
        let is_importing = Arc::new(AtomicBool::new(false));
        let (watched, waking) = (Arc::clone(&is_importing), wake.clone());
        let mut asked_at = 0;
        writer.wal_hook(Some(move |log: &mut Wal, pages: i32| {
            let limits = if watched.load(Ordering::Relaxed) { importing } else { serving };
            if pages < asked_at {
                asked_at = 0; // it began anew
            }
            if pages >= limits.most {
                // refused while another moves, and then tried again after the next commit
                let _ = log.checkpoint();
            } else if pages - asked_at >= limits.beside {
                asked_at = pages;
                let _ = waking.try_send(());
            }
            Ok(())
        }))?;
        let thread = spawn("sqlite-mover", move || {
            while woken.recv().is_ok() {
                move_pages(&connection);
            }
        })?;
        let (wake, thread) = (Mutex::new(Some(wake)), Mutex::new(Some(thread)));
        Ok(Self { importing: is_importing, wake, thread })
    }

    /// From now on much is written.
    pub fn expect_much(&self) {
        self.importing.store(true, Ordering::Relaxed);
    }

    /// Ends it, once the writer has ended. Its connection is to be the last one: that moves the rest and deletes the
    /// log, and of two that close at the same moment none does.
    pub fn end(&self) {
        drop(lock(&self.wake).take());
        if let Some(thread) = lock(&self.thread).take() {
            let _ = thread.join();
        }
    }
}

fn move_pages(connection: &Connection) {
    for _ in 0..PASSES {
        // passive, which waits for nobody
        match connection.wal_checkpoint_v2(Some(MAIN_DB), Default::default()) {
            Ok((in_log, moved)) if moved < in_log => {}
            Ok(_) => return,
            Err(error) => {
                // the log grows meanwhile, and whoever closes the file moves it
                tracing::debug!(%error, "could not move the log into the file");
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::metadata;

    use super::*;

    const SMALL: Limits = Limits { beside: 50, most: 400 };

    /// A file with a table, in a folder, and what writes it.
    fn database() -> (tempfile::TempDir, Connection, Mover) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = super::super::enter_wal(connect(&path).unwrap()).unwrap();
        let mover = Mover::start_with(&path, &mut writer, [SERVING, SMALL]).unwrap();
        writer.execute_batch("create table t (x blob)").unwrap();
        (folder, writer, mover)
    }

    /// Commits some ten pages.
    fn write(writer: &Connection) {
        writer.execute("insert into t values (zeroblob(40000))", ()).unwrap();
    }

    fn pages(folder: &tempfile::TempDir, file: &str) -> u64 {
        metadata(folder.path().join(file)).unwrap().len() / 4096
    }

    #[test]
    fn what_an_import_writes_is_moved_into_the_file_meanwhile() {
        let (folder, writer, mover) = database();
        mover.expect_much();
        for _ in 0..20 {
            write(&writer);
        }
        while pages(&folder, "a.db") < 50 {
            std::thread::yield_now();
        }
        drop(writer);
        mover.end();
        assert!(!folder.path().join("a.db-wal").exists(), "all of it was moved");
    }

    #[test]
    fn the_log_begins_anew_however_fast_it_grows() {
        for (is_import, most) in [(false, 1_100), (true, 3_500)] {
            let (folder, writer, mover) = database();
            if is_import {
                mover.expect_much();
            }
            for _ in 0..500 {
                write(&writer);
            }
            // what grows while the other moves comes on top
            assert!(pages(&folder, "a.db-wal") < most, "{}", pages(&folder, "a.db-wal"));
            drop(writer);
            mover.end();
        }
    }
}
