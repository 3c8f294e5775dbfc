//! Moves what was written from the log into the file, beside the one thread that writes.
//!
//! Left to itself, SQLite has this done by whoever commits the thousandth page, who then waits twice for the disk. A
//! connection of its own does it while others commit; the writer only helps where that never catches up with it,
//! since the log begins anew only when all of it was moved.

use std::{path::Path, thread::JoinHandle};

use crossbeam_channel::bounded;
use rusqlite::{Connection, MAIN_DB, hooks::Wal};

use super::{connect, spawn};
use crate::error::Result;

/// How far the log may grow, in pages of 4 KiB.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages from which on it is moved, and again after as many more. What changes again and again is moved once.
    pub moved: i32,
    /// Pages from which on the writer moves what is left itself.
    pub most: i32,
}

impl Limits {
    /// Readers find their way through four thousand pages with one table of hashes (SQLite's file format, 4.4); only an
    /// import or a flood of writes reaches 128 MiB.
    pub const SERVING: Self = Self { moved: 4_000, most: 32_000 };
}

/// How often to begin again with what was written meanwhile: it is less each time.
const PASSES: usize = 4;

/// Starts the thread, which ends with `writer`.
///
/// # Errors
/// The file cannot be opened, or there is no room for a thread.
pub fn start(path: &Path, writer: &mut Connection, limits: Limits) -> Result<JoinHandle<()>> {
    let connection = connect(path)?;
    let (wake, woken) = bounded::<()>(1);
    let mut asked_at = 0;
    writer.wal_hook(Some(move |log: &mut Wal, pages: i32| {
        if pages < asked_at {
            asked_at = 0; // it began anew
        }
        if pages >= limits.most {
            // refused while the other moves, and then tried again after the next commit
            let _ = log.checkpoint();
        } else if pages - asked_at >= limits.moved {
            asked_at = pages;
            let _ = wake.try_send(());
        }
        Ok(())
    }))?;
    spawn("sqlite-mover", move || {
        while woken.recv().is_ok() {
            move_pages(&connection);
        }
    })
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

    const LIMITS: Limits = Limits { moved: 50, most: 400 };

    /// A file with a table, in a folder, and what writes it.
    fn database() -> (tempfile::TempDir, Connection, JoinHandle<()>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = super::super::enter_wal(connect(&path).unwrap()).unwrap();
        let mover = start(&path, &mut writer, LIMITS).unwrap();
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
    fn what_was_written_is_moved_into_the_file_meanwhile() {
        let (folder, writer, mover) = database();
        for _ in 0..20 {
            write(&writer);
        }
        while pages(&folder, "a.db") < 50 {
            std::thread::yield_now();
        }
        drop(writer);
        mover.join().unwrap();
    }

    #[test]
    fn the_log_begins_anew_however_fast_it_grows() {
        let (folder, writer, mover) = database();
        for _ in 0..500 {
            write(&writer);
        }
        // what grows while the other moves comes on top
        assert!(pages(&folder, "a.db-wal") < 2_500, "{}", pages(&folder, "a.db-wal"));
        drop(writer);
        mover.join().unwrap();
    }
}
