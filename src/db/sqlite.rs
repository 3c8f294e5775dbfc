//! SQLite: one writer that commits waiting writes together, and readers beside it (WAL).

mod backup;
mod checkpoint;
mod condition;
mod copy;
mod lock;
mod restore;
mod writer;

use std::{
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use crossbeam_channel::{Receiver, Sender, TrySendError};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use self::checkpoint::Mover;
pub use self::{
    backup::back_up, condition::condition, copy::Rows, restore::restore, writer::Writer,
};
use super::{measure_queue, migrate, turns::Turns, unavailable};
use crate::{
    background::apart,
    error::{Error, Result},
    tickets::{
        SearchCache,
        sqlite::{Filings, filings},
    },
};

/// Connections that read at the same time.
const READERS: usize = 4;

/// Requests that may wait for a connection; more are refused at once.
const QUEUE_MAX: usize = 1024;

/// Longest time one read may take.
const READ_DEADLINE: Duration = Duration::from_secs(10);

/// What a connection remembers of the file, in SQLite's terms: negative, in KiB. The writer's has to hold what
/// one transaction changes. A reader's may be small: the system remembers the file too, and to ask it costs little
/// beside the rest of a page (decision 16).
const WRITER_CACHE: i64 = -8_192;
const READER_CACHE: i64 = -2_048;

/// How often to ask for the file while another process (an import, a backup) holds it, and how long to
/// wait between: some five seconds together. SQLite's own waits grow to 100 ms, in which a process that
/// writes one transaction after the other is hardly ever met between two of them.
const BUSY_TRIES: i32 = 4_500;
const BUSY_PAUSE: Duration = Duration::from_millis(1);

/// How often to ask while the file is opened: some thirty seconds together, in which others that start
/// at the same moment make it or bring it up to date.
const OPENING_TRIES: i32 = 27_000;

/// A SQLite database in a file. Cheap to clone through an `Arc`.
pub struct Sqlite {
    writer: Writer,
    mover: Arc<Mover>,
    filings: Arc<Filings>,
    search_cache: Arc<SearchCache>,
    reads: Mutex<Option<Sender<ReadJob>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    imports: Turns,
    path: PathBuf,
    /// Says that the file is in use, also to other processes.
    _in_use: File,
    growth: watch::Sender<()>,
}

type ReadJob = Box<dyn FnOnce(&Connection, &Interrupt) + Send>;

/// What a reader's progress handler looks at.
#[derive(Default)]
struct Interrupt {
    deadline: Mutex<Option<Instant>>,
    abandoned: Mutex<Option<Arc<AtomicBool>>>,
}

impl Sqlite {
    /// Opens (or makes) the file and brings its schema up to date.
    ///
    /// # Errors
    /// The file cannot be opened or written, or was migrated by a newer version.
    pub async fn open(path: &Path) -> Result<Self> {
        let path = path.to_owned();
        tokio::task::spawn_blocking(move || Self::open_blocking(&path))
            .await
            .map_err(|e| Error::Internal(e.to_string()))?
    }

    fn open_blocking(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| {
                Error::Internal(format!("cannot make the folder {}: {e}", folder.display()))
            })?;
        }
        let in_use = lock::share(path)?;
        let mut writer = connect(path)
            .and_then(|mut connection| {
                connection.busy_handler(Some(wait_for_others_that_start))?;
                enter_wal(connection)
            })
            .map_err(|e| {
                Error::Internal(format!("cannot open the database {}: {e}", path.display()))
            })?;
        migrate_to_latest(&mut writer)?;
        writer.busy_handler(Some(wait_for_the_file))?;

        let mover = Mover::start(path, &mut writer)?;
        let growth = watch::Sender::new(());
        let (writer, writing) = Writer::start(writer, growth.clone())?;
        let (reads, read_queue) = crossbeam_channel::bounded(QUEUE_MAX);
        let mut threads = vec![writing];
        for _ in 0..READERS {
            let (queue, path): (Receiver<ReadJob>, PathBuf) = (read_queue.clone(), path.to_owned());
            let mut connection = connect(&path)?;
            connection.pragma_update(None, "query_only", true)?;
            connection.pragma_update(None, "cache_size", READER_CACHE)?;
            threads.push(spawn("sqlite-reader", move || read_loop(&mut connection, &queue))?);
        }
        Ok(Self {
            writer,
            mover: Arc::new(mover),
            filings: filings(),
            search_cache: Arc::default(),
            reads: Mutex::new(Some(reads)),
            threads: Mutex::new(threads),
            imports: Turns::default(),
            path: path.to_owned(),
            _in_use: in_use,
            growth,
        })
    }

    /// Runs `work` on a connection that only reads, beside any write. It is interrupted after
    /// ten seconds, or when the caller goes away.
    ///
    /// # Errors
    /// Those of `work`; `Unavailable` when too much waits or the time is over.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let abandoned = Arc::new(AtomicBool::new(false));
        let _guard = SetOnDrop(Arc::clone(&abandoned));
        let deadline = Instant::now() + READ_DEADLINE;
        send(
            &self.reads,
            Box::new(move |connection: &Connection, interrupt: &Interrupt| {
                if abandoned.load(Ordering::Relaxed) {
                    return;
                }
                interrupt.arm(deadline, abandoned);
                // one transaction, so that all statements of one read see the same moment
                let result =
                    connection.unchecked_transaction().and_then(|_transaction| work(connection));
                interrupt.disarm();
                let _ = reply.send(result);
            }),
        )?;
        Ok(answer.await.map_err(|_| unavailable("the reader ended"))??)
    }

    /// Runs `work` in a transaction and returns once that is safely on disk.
    ///
    /// # Errors
    /// Those of `work`, which is then undone; `Unavailable` when too much waits.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.writer.write(work).await
    }

    /// The same, but returns before it is on the disk, which it reaches with whatever is written next, or with
    /// [`Self::sync`]; it survives the end of the program. For what can be made again.
    ///
    /// # Errors
    /// Those of [`Self::write`].
    pub async fn write_unsynced<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.writer.write_unsynced(work).await
    }

    /// Waits until all that was written before is on the disk, while others write.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn sync(&self) -> Result<()> {
        // what is no longer in the log was synced before it was moved to the file (SQLite's `walCheckpoint`)
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        match apart(move || File::open(log).and_then(|log| log.sync_data())).await? {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(unavailable(&format!("the disk does not take it: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// What writes, for work that outlives a call.
    pub fn writer(&self) -> Writer {
        self.writer.clone()
    }

    /// Tickets on their way into the database.
    pub fn filings(&self) -> &Arc<Filings> {
        &self.filings
    }

    /// What is remembered of the search's index.
    pub fn search_cache(&self) -> Arc<SearchCache> {
        Arc::clone(&self.search_cache)
    }

    /// Runs `work` in one transaction on a connection of its own that only reads, for as long as it
    /// takes: for an operator's commands, not for requests.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn inspect<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let path = self.path.clone();
        let inspected = tokio::task::spawn_blocking(move || {
            let connection = connect(&path)?;
            connection.pragma_update(None, "query_only", true)?;
            let _moment = connection.unchecked_transaction()?;
            work(&connection)
        });
        Ok(inspected.await.map_err(|e| Error::Internal(e.to_string()))??)
    }

    /// What moves the log into the file.
    pub fn mover(&self) -> &Mover {
        &self.mover
    }

    /// The order of the batches of imports.
    pub fn imports(&self) -> &Turns {
        &self.imports
    }

    /// Changes after each write of this process.
    pub fn growth(&self) -> &watch::Sender<()> {
        &self.growth
    }

    /// Finishes what waits and closes the connections.
    pub async fn shut(&self) {
        let close = || {
            self.writer.close();
            drop(lock(&self.reads).take());
            std::mem::take(&mut *lock(&self.threads))
        };
        let threads = close();
        let mover = Arc::clone(&self.mover);
        let _ = tokio::task::spawn_blocking(move || {
            for thread in threads {
                let _ = thread.join();
            }
            mover.end();
        })
        .await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn send<T>(queue: &Mutex<Option<Sender<T>>>, job: T) -> Result<()> {
    let queue = lock(queue).clone().ok_or_else(|| unavailable("it is closed"))?;
    queue.try_send(job).map_err(|e| match e {
        TrySendError::Full(_) => unavailable("too many requests wait for it"),
        TrySendError::Disconnected(_) => unavailable("its thread ended"),
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|e| Error::Internal(format!("cannot start a thread: {e}")))
}

struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Interrupt {
    fn arm(&self, deadline: Instant, abandoned: Arc<AtomicBool>) {
        *lock(&self.deadline) = Some(deadline);
        *lock(&self.abandoned) = Some(abandoned);
    }

    fn disarm(&self) {
        *lock(&self.deadline) = None;
        *lock(&self.abandoned) = None;
    }

    fn is_due(&self) -> bool {
        lock(&self.deadline).is_some_and(|deadline| Instant::now() > deadline)
            || lock(&self.abandoned).as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

fn read_loop(connection: &mut Connection, queue: &Receiver<ReadJob>) {
    let interrupt = Arc::new(Interrupt::default());
    let watched = Arc::clone(&interrupt);
    let watching = connection.progress_handler(10_000, Some(move || watched.is_due()));
    if let Err(error) = watching {
        tracing::error!(%error, "reads cannot be interrupted");
    }
    while let Ok(job) = queue.recv() {
        job(connection, &interrupt);
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_handler(Some(wait_for_the_file))?;
    connection.set_prepared_statement_cache_capacity(128);
    // an acknowledged ticket survives a power cut
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE)?;
    Ok(connection)
}

/// Makes write-ahead logging the file's mode, which it stays.
///
/// SQLite does not wait for another connection here, whatever its busy handler says: two that
/// enter at once each hold what the other needs. So we ask again ourselves.
fn enter_wal(connection: Connection) -> rusqlite::Result<Connection> {
    let mut tries = 0;
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && wait_for_others_that_start(tries) =>
            {
                tries += 1;
            }
            entered => return entered.map(|()| connection),
        }
    }
}

/// Waits a moment for whoever holds the file. `false`: for long enough already.
fn wait_for_the_file(tries: i32) -> bool {
    std::thread::sleep(BUSY_PAUSE);
    tries < BUSY_TRIES
}

/// The same with more patience.
fn wait_for_others_that_start(tries: i32) -> bool {
    std::thread::sleep(BUSY_PAUSE);
    tries < OPENING_TRIES
}

fn migrate_to_latest(connection: &mut Connection) -> Result<()> {
    // exclusive from the start: two servers that start at once migrate one after the other
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    transaction.execute_batch(
        "create table if not exists schema_migration (
            number integer primary key not null,
            name text not null,
            checksum text not null
        ) strict",
    )?;
    let applied = transaction
        .prepare("select number, checksum from schema_migration order by number")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for step in migrate::pending(migrate::SQLITE, &applied).map_err(Error::Internal)? {
        transaction.execute_batch(step.sql).map_err(|error| match error_of(&error) {
            // SQLite's words alone, without the whole step's text behind them
            Error::Internal(text) => step.failed(text.split(" in ").next().unwrap_or_default()),
            other => other,
        })?;
        transaction.execute(
            "insert into schema_migration (number, name, checksum) values (?1, ?2, ?3)",
            (step.number, step.name, step.checksum()),
        )?;
        tracing::info!(migration = step.number, name = step.name, "migrated the database");
    }
    Ok(transaction.commit()?)
}

/// A driver's error in the domain's words.
fn error_of(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::StorageFull(error.to_string()),
        Some(ErrorCode::OperationInterrupted) => unavailable("a query took too long"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            unavailable("another process holds it")
        }
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
            unavailable(&error.to_string())
        }
        _ => Error::Internal(error.to_string()),
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        error_of(&error)
    }
}

#[async_trait]
impl super::Store for Sqlite {
    async fn ping(&self) -> Result<()> {
        self.read(|connection| {
            connection.query_row("select 1 from ticket_count limit 1", (), |_| Ok(())).optional()
        })
        .await
        .map(|_| ())
    }

    fn backend(&self) -> &'static str {
        "sqlite"
    }

    fn measure(&self) {
        let reads = lock(&self.reads).as_ref().map_or(0, Sender::len);
        measure_queue("writes", self.writer.waiting());
        measure_queue("filings", self.filings.waiting());
        measure_queue("reads", reads);
    }

    async fn search_waiting(&self) -> Result<u64> {
        self.read(|connection| {
            let count = "select count(*) from (select 1 from search_pending limit 1000000)";
            let n: i64 = connection.prepare_cached(count)?.query_row((), |row| row.get(0))?;
            Ok(n.cast_unsigned())
        })
        .await
    }

    async fn close(&self) {
        self.shut().await;
    }
}
