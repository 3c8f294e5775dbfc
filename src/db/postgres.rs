//! PostgreSQL 15 and later: pooled connections, prepared statements, a deadline on everything.

mod condition;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, QueueMode, RecyclingMethod,
    Runtime, Transaction,
};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_postgres::{Client, Config, IsolationLevel, error::SqlState};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{measure_queue, migrate, tls, turns::Turns, unavailable};
use crate::{
    error::{Error, Result},
    tickets::{
        SearchCache,
        postgres::{Filings, Pages, Patches, filings, pages, patches},
    },
};

/// Connections a server holds at most. Two cores serve no more than this at once; what comes on top
/// waits here, where waiting is cheap.
const POOL_MAX: usize = 16;

/// Longest wait for a free connection.
const ACQUIRE_DEADLINE: Duration = Duration::from_secs(3);

/// Longest time to connect, authentication included.
pub const CONNECT_DEADLINE: Duration = Duration::from_secs(3);

/// Longest time for one use case, all its statements together. The server's own limit below ends
/// the statement first; this one is for a server that does not answer at all.
const ANSWER_DEADLINE: Duration = Duration::from_secs(12);

/// Where servers tell each other that the log has grown.
pub const CHANNEL: &str = "frontdesk_log";

/// Shortest time between two such messages: how much was written meanwhile does not matter.
const TELL_EVERY: Duration = Duration::from_millis(25);

/// What every connection is set to. The same for all, so that a pooler may mix them.
///
/// A statement is planned once for a connection, not for the values of each call: planning took a fifth to a third
/// of a page's time, no statement has values that deserve a plan of their own, and the plan that tests look at is
/// the one that runs.
const SESSION: &str = "set statement_timeout = '10s'; set lock_timeout = '5s'; \
     set idle_in_transaction_session_timeout = '10s'; set time zone 'UTC'; \
     set client_min_messages = warning; set jit = off; set plan_cache_mode = force_generic_plan";

/// A PostgreSQL database behind a pool. Cheap to clone.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    filings: Arc<Filings>,
    patches: Arc<Patches>,
    pages: Arc<Pages>,
    search_cache: Arc<SearchCache>,
    imports: Arc<Turns>,
    hearing: Arc<(Config, MakeRustlsConnect)>,
    growth: watch::Sender<()>,
    is_telling: Arc<AtomicBool>,
}

impl Postgres {
    /// Connects and brings the schema up to date.
    ///
    /// # Errors
    /// The URL is wrong, the server cannot be reached, its encoding is not UTF-8, or it was migrated
    /// by a newer version.
    pub async fn open(url: &str) -> Result<Self> {
        let postgres = Self::connect(url)?;
        postgres.migrate().await?;
        Ok(postgres)
    }

    /// Makes ready to connect to a database that may be somebody else's, and leaves it as it is.
    ///
    /// # Errors
    /// The URL is wrong.
    pub fn connect(url: &str) -> Result<Self> {
        let (config, tls) = read(url)?;
        let hearing = Arc::new((config.clone(), tls.clone()));
        let manager = Manager::from_config(
            config,
            tls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(POOL_MAX)
            // the last one used: its backend has what it needs at hand
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(ACQUIRE_DEADLINE))
            .create_timeout(Some(CONNECT_DEADLINE))
            .recycle_timeout(Some(CONNECT_DEADLINE))
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(
                    async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) },
                )
            }))
            .build()
            .map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Self {
            pool,
            filings: filings(),
            patches: patches(),
            pages: pages(),
            search_cache: Arc::default(),
            imports: Arc::default(),
            hearing,
            growth: watch::Sender::new(()),
            is_telling: Arc::default(),
        })
    }

    /// The order of the batches of imports.
    pub fn imports(&self) -> &Turns {
        &self.imports
    }

    /// A connection for one use case.
    ///
    /// # Errors
    /// `Unavailable` when none can be had in time.
    pub async fn connection(&self) -> Result<Object> {
        Ok(self.pool.get().await?)
    }

    /// Runs `work` on a connection and gives that up if it is not done in time, or if the caller
    /// goes away: a connection whose answer is still on its way is never used again.
    ///
    /// # Errors
    /// Those of `work`; `Unavailable` when the time is over.
    pub async fn run<T>(&self, work: impl AsyncFnOnce(&mut Object) -> Result<T>) -> Result<T> {
        self.run_within(ANSWER_DEADLINE, work).await
    }

    /// The same with a deadline of its own. That of the server for each statement is the work's affair.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_within<T>(
        &self,
        deadline: Duration,
        work: impl AsyncFnOnce(&mut Object) -> Result<T>,
    ) -> Result<T> {
        let mut lease = Lease(Some(self.connection().await?));
        let Some(connection) = &mut lease.0 else { return Err(unavailable("no connection")) };
        let answer = timeout(deadline, work(connection)).await;
        if answer.is_ok() {
            drop(lease.0.take()); // back to the pool
        }
        answer.unwrap_or_else(|_| Err(unavailable("it did not answer in time")))
    }

    /// Runs `work` in one transaction that sees one moment and only reads, for as long as it takes: for
    /// an operator's commands, not for requests.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn inspect<T>(
        &self,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut connection = self.connection().await?;
        let transaction = connection
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        let unhurried =
            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";
        transaction.batch_execute(unhurried).await?;
        work(&transaction).await
    }

    /// Tickets that wait to be filed together.
    pub fn filings(&self) -> &Arc<Filings> {
        &self.filings
    }

    /// Changes that wait to be made together.
    pub fn patches(&self) -> &Arc<Patches> {
        &self.patches
    }

    /// What this server remembers of the search's index.
    pub fn search_cache(&self) -> &SearchCache {
        &self.search_cache
    }

    /// Pages that wait to be read together.
    pub fn pages(&self) -> &Arc<Pages> {
        &self.pages
    }

    /// The same, hearing what others tell on a connection made by this URL: a pooler in transaction mode
    /// tells it to whoever has the connection next.
    ///
    /// # Errors
    /// The URL is wrong.
    pub fn hearing_by(mut self, url: &str) -> Result<Self> {
        self.hearing = Arc::new(read(url)?);
        Ok(self)
    }

    /// How to make the connection on which others are heard.
    pub fn hearing(&self) -> (&Config, &MakeRustlsConnect) {
        (&self.hearing.0, &self.hearing.1)
    }

    /// Changes after each write to the log that is known here.
    pub fn growth(&self) -> &watch::Sender<()> {
        &self.growth
    }

    /// Says that the log has grown: here at once, and to other servers a moment later. Not in the
    /// transaction that wrote, since PostgreSQL commits those that notify one after the other.
    pub fn grew(&self) {
        self.growth.send_replace(());
        if self.is_telling.swap(true, Ordering::Relaxed) {
            return;
        }
        let database = self.clone();
        tokio::spawn(async move {
            sleep(TELL_EVERY).await;
            database.is_telling.store(false, Ordering::Relaxed);
            let tell = format!("notify {CHANNEL}");
            // who does not hear it reads the log a second later
            let told = database.run(async |client| Ok(client.batch_execute(&tell).await?)).await;
            if let Err(error) = told {
                tracing::debug!(%error, "could not tell others that the log has grown");
            }
        });
    }

    async fn migrate(&self) -> Result<()> {
        let mut client = self.connection().await?;
        let encoding: String = client.query_one("show server_encoding", &[]).await?.get(0);
        if encoding != "UTF8" {
            return Err(Error::Internal(format!(
                "the database's encoding is {encoding}; frontdesk needs UTF8"
            )));
        }
        make_migration_table(&client).await?;
        let transaction = client.transaction().await?;
        // waiting for another server that migrates may take longer than a statement should
        transaction
            .batch_execute("set local statement_timeout = 0; set local lock_timeout = '10min'")
            .await?;
        // a row lock instead of an advisory one: it works through poolers and on other engines
        transaction.query("select id from schema_lock for update", &[]).await?;
        let rows = transaction
            .query("select number, checksum from schema_migration order by number", &[])
            .await?;
        let applied: Vec<_> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        for step in migrate::pending(migrate::POSTGRES, &applied).map_err(Error::Internal)? {
            let done = transaction.batch_execute(step.sql).await;
            done.map_err(|error| match Error::from(error) {
                Error::Internal(text) => step.failed(&text),
                other => other,
            })?;
            transaction
                .execute(
                    "insert into schema_migration (number, name, checksum) values ($1, $2, $3)",
                    &[&step.number, &step.name, &step.checksum()],
                )
                .await?;
            tracing::info!(migration = step.number, name = step.name, "migrated the database");
        }
        Ok(transaction.commit().await?)
    }
}

/// What a URL says, with the deadlines of every connection.
fn read(url: &str) -> Result<(Config, MakeRustlsConnect)> {
    let (url, tls) = tls::connector(url)?;
    let mut config: Config =
        url.parse().map_err(|e| Error::Internal(format!("DATABASE_URL is not understood: {e}")))?;
    config.connect_timeout(CONNECT_DEADLINE);
    config.keepalives_idle(Duration::from_secs(15));
    config.tcp_user_timeout(Duration::from_secs(10));
    if config.get_application_name().is_none() {
        config.application_name("frontdesk");
    }
    Ok((config, tls))
}

/// The two tables that migrating itself needs. Two servers may make them at the same moment, and
/// PostgreSQL's `if not exists` does not exclude that: the one that comes second tries again.
async fn make_migration_table(client: &Client) -> Result<()> {
    let mut tries = 0;
    loop {
        let made = client
            .batch_execute(
                "create table if not exists schema_migration (
                     number integer primary key, name text not null, checksum text not null);
                 create table if not exists schema_lock (id integer primary key);
                 insert into schema_lock (id) values (1) on conflict do nothing;",
            )
            .await;
        match made {
            Ok(()) => return Ok(()),
            Err(error) if tries < 5 && is_concurrent_creation(&error) => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_concurrent_creation(error: &tokio_postgres::Error) -> bool {
    matches!(
        error.code(),
        Some(
            &SqlState::UNIQUE_VIOLATION | &SqlState::DUPLICATE_TABLE | &SqlState::DUPLICATE_OBJECT
        )
    )
}

/// A connection at work. Dropped with the work undone, it leaves the pool and is closed.
struct Lease(Option<Object>);

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(Object::take(connection));
        }
    }
}

impl From<PoolError> for Error {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => unavailable(&describe(&error)),
            other => unavailable(&other.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let text = describe(&error);
        let Some(state) = error.code() else { return unavailable(&text) };
        // classes of the SQLSTATE: 08 connection, 53 resources, 55 not in the right state (lock
        // timeout), 57 operator intervention, 25006 a standby, 40 deadlock or serialization
        match state.code() {
            "53100" => Self::StorageFull(text),
            "25006" => unavailable(&text),
            code if ["08", "53", "55", "57", "40"].contains(&&code[..2]) => unavailable(&text),
            _ => Self::Internal(text),
        }
    }
}

/// Whether a write broke the constraint of this name.
pub fn is_violation(error: &tokio_postgres::Error, constraint: &str) -> bool {
    error.as_db_error().and_then(|error| error.constraint()) == Some(constraint)
}

fn describe(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(error) => format!("{} ({})", error.message(), error.code().code()),
        None => std::error::Error::source(error)
            .map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
    }
}

#[async_trait]
impl super::Store for Postgres {
    async fn ping(&self) -> Result<()> {
        let ping = self.run(async |connection| {
            let ping = connection.prepare_cached("select 1 from schema_migration limit 1").await?;
            Ok(connection.query(&ping, &[]).await.map(drop)?)
        });
        // a probe has less patience than a user
        timeout(Duration::from_secs(2), ping)
            .await
            .map_err(|_| unavailable("it did not answer in time"))?
    }

    fn backend(&self) -> &'static str {
        "postgres"
    }

    fn measure(&self) {
        let pool = self.pool.status();
        let connections = |state: &'static str, n: usize| {
            metrics::gauge!("frontdesk_db_pool_connections", "state" => state).set(n as f64);
        };
        connections("idle", pool.available);
        connections("in_use", pool.size.saturating_sub(pool.available));
        metrics::gauge!("frontdesk_db_pool_connections_max").set(pool.max_size as f64);
        measure_queue("connection", pool.waiting);
        measure_queue("filings", self.filings.waiting());
        measure_queue("patches", self.patches.waiting());
        measure_queue("pages", self.pages.waiting());
    }

    async fn search_waiting(&self) -> Result<u64> {
        self.run(async |connection| {
            let count =
                "select count(*) from (select 1 from search_pending limit 1000000) as pending";
            let statement = connection.prepare_cached(count).await?;
            let n: i64 = connection.query_one(&statement, &[]).await?.try_get(0)?;
            Ok(n.cast_unsigned())
        })
        .await
    }

    async fn close(&self) {
        self.pool.close();
    }
}
