//! The one thread that writes.
//!
//! A transaction's cost is the disk's flush. Writes that wait at the same moment share one: each
//! runs in a savepoint of its own, so that one that fails undoes only itself, and all are
//! acknowledged after the one commit.

use std::{
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use super::{QUEUE_MAX, error_of, lock, send, spawn, unavailable};
use crate::error::{Error, Result};

/// Most writes that share one commit.
const BATCH_MAX: usize = 128;

/// What has things written, by the one thread that writes. Cheap to clone.
#[derive(Clone)]
pub struct Writer(Arc<Mutex<Option<Sender<Job>>>>);

type Job = Box<dyn WriteJob>;

/// What a write survives once its caller hears of it. Either way writes reach the disk in their order, so that what
/// is found after a crash is always what was there at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Safety {
    /// The end of the program.
    Program,
    /// The end of the machine too.
    Disk,
}

/// A write that waits for the writer.
trait WriteJob: Send {
    /// Does it, inside an open transaction. `false`: it failed and is to be undone alone.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells its caller, after the commit.
    fn acknowledge(self: Box<Self>, committed: std::result::Result<(), &rusqlite::Error>);
    /// Whether nobody waits for it any more.
    fn is_abandoned(&self) -> bool;
    /// How safe it is to be once its caller hears of it.
    fn safety(&self) -> Safety;
}

impl Writer {
    /// Starts the thread, which ends once this is closed; `grown` changes after each of its commits.
    ///
    /// # Errors
    /// There is no room for a thread.
    pub fn start(
        mut connection: Connection,
        grown: watch::Sender<()>,
    ) -> Result<(Self, JoinHandle<()>)> {
        let (writes, queue) = crossbeam_channel::bounded(QUEUE_MAX);
        let thread = spawn("sqlite-writer", move || write_loop(&mut connection, &queue, &grown))?;
        Ok((Self(Arc::new(Mutex::new(Some(writes)))), thread))
    }

    /// Runs `work` in a transaction and returns once that is safely on disk.
    ///
    /// # Errors
    /// Those of `work`, which is then undone; `Unavailable` when too much waits.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_as(Safety::Disk, work).await
    }

    /// The same, but returns before it is on the disk: for what can be made again, or is synced by its caller.
    ///
    /// # Errors
    /// Those of [`Self::write`].
    pub async fn write_unsynced<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_as(Safety::Program, work).await
    }

    async fn write_as<T: Send + 'static>(
        &self,
        safety: Safety,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        send(&self.0, Box::new(Write { work: Some(work), safety, result: None, reply }))?;
        answer.await.map_err(|_| unavailable("the writer ended"))?
    }

    /// How many writes wait.
    pub fn waiting(&self) -> usize {
        lock(&self.0).as_ref().map_or(0, Sender::len)
    }

    /// Takes no more writes.
    pub fn close(&self) {
        lock(&self.0).take();
    }
}

struct Write<T, F> {
    work: Option<F>,
    safety: Safety,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnOnce(&Connection) -> Result<T> + Send> WriteJob for Write<T, F> {
    fn run(&mut self, connection: &Connection) -> bool {
        self.result = self.work.take().map(|work| work(connection));
        matches!(self.result, Some(Ok(_)))
    }

    fn acknowledge(self: Box<Self>, committed: std::result::Result<(), &rusqlite::Error>) {
        let result = match (self.result, committed) {
            // what failed by itself was undone by itself; its own reason is the better one
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Ok(_)) | None, Err(error)) => Err(error_of(error)),
            (None, Ok(())) => Err(Error::Internal("a write was not run".to_owned())),
        };
        let _ = self.reply.send(result);
    }

    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn safety(&self) -> Safety {
        self.safety
    }
}

fn write_loop(connection: &mut Connection, queue: &Receiver<Job>, grown: &watch::Sender<()>) {
    let mut safety = Safety::Disk;
    while let Ok(first) = queue.recv() {
        let mut batch: Vec<_> = std::iter::once(first)
            .chain(queue.try_iter().take(BATCH_MAX - 1))
            .filter(|job| !job.is_abandoned())
            .collect();
        let committed = make_safe(connection, &mut safety, &batch)
            .and_then(|()| run_batch(connection, &mut batch));
        for job in batch {
            job.acknowledge(committed.as_ref().copied());
        }
        grown.send_replace(());
    }
    // keeps the planner's statistics fresh; the file is as good without
    if let Err(error) = connection.execute_batch("pragma optimize") {
        tracing::debug!(%error, "could not optimise the database");
    }
}

/// Sees to it that the next commit is as safe as the most careful of these writes wants it.
fn make_safe(connection: &Connection, now: &mut Safety, batch: &[Job]) -> rusqlite::Result<()> {
    let wanted = if batch.iter().all(|job| job.safety() == Safety::Program) {
        Safety::Program
    } else {
        Safety::Disk
    };
    if *now != wanted {
        let level = if wanted == Safety::Disk { "full" } else { "normal" };
        connection.pragma_update(None, "synchronous", level)?;
        *now = wanted;
    }
    Ok(())
}

fn run_batch(connection: &mut Connection, batch: &mut [Job]) -> rusqlite::Result<()> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let [one] = batch {
        // without a savepoint, for which SQLite would copy each page that it changes
        return if one.run(&transaction) { transaction.commit() } else { transaction.rollback() };
    }
    for job in batch {
        let savepoint = transaction.savepoint()?;
        if job.run(&savepoint) {
            savepoint.commit()?;
        } else {
            drop(savepoint); // rolls back
            // some failures (a full disk) undo the whole transaction, the neighbours' work with it
            if transaction.is_autocommit() {
                return Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
                    Some("the transaction was undone by the database".to_owned()),
                ));
            }
        }
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::{super::Sqlite, *};

    #[tokio::test]
    async fn only_what_may_be_lost_is_not_synced() {
        let folder = tempfile::tempdir().unwrap();
        let database = Sqlite::open(&folder.path().join("a.db")).await.unwrap();
        let level = |connection: &Connection| {
            Ok(connection.query_row("pragma synchronous", (), |row| row.get::<_, u8>(0))?)
        };
        let (full, normal) = (2, 1);
        assert_eq!(database.write(level).await.unwrap(), full);
        assert_eq!(database.write_unsynced(level).await.unwrap(), normal);
        assert_eq!(database.write(level).await.unwrap(), full);
        // some that share a commit: while the first runs, the others wait
        let (entered, begun) = oneshot::channel();
        let (go, gate) = crossbeam_channel::bounded::<()>(1);
        let first = database.write(move |_| {
            let _ = entered.send(());
            let _ = gate.recv();
            Ok(())
        });
        let others = async {
            begun.await.unwrap();
            let both =
                async { tokio::join!(database.write_unsynced(level), database.write(level)) };
            let open = async { go.send(()).unwrap() };
            tokio::join!(both, open).0
        };
        let (_, (one, other)) = tokio::join!(first, others);
        assert_eq!((one.unwrap(), other.unwrap()), (full, full));
        database.sync().await.unwrap();
        database.shut().await;
        database.sync().await.unwrap(); // all is in the file, and there is no log
    }
}
