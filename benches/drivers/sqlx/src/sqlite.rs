use std::{sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions as _, Connection as _, Row as _, SqliteConnection, SqlitePool,
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};
use tokio::sync::{mpsc, oneshot};

use crate::harness::{NewTicket, PAGE_SIZE, Result, Ticket, measure, new_ticket};

/// As many connections as the native program has readers.
pub const POOL_SIZE: u32 = 4;

const BATCH_MAX: usize = 128;

const PAGE: &str = "select id, title, description, category, priority, status, created_at, \
    updated_at, version from ticket order by created_at desc, id desc limit 50";
const CREATE: &str = "insert into ticket (title, description, category, priority, created_at, \
    updated_at) values (?1, ?2, ?3, ?4, ?5, ?5) \
    returning id, title, description, category, priority, status, created_at, updated_at, version";

type Write = (NewTicket, oneshot::Sender<std::result::Result<Ticket<i64>, Arc<sqlx::Error>>>);

fn options(path: &str) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-16384") // KiB
}

async fn pool(path: &str, size: u32, tuned: bool) -> Result<SqlitePool> {
    let mut options = options(path);
    let mut pool = SqlitePoolOptions::new().max_connections(size);
    if tuned {
        options = options.disable_statement_logging();
        pool = pool.test_before_acquire(false);
    }
    Ok(pool.connect_with(options).await?)
}

pub async fn page(path: &str, tuned: bool, seconds: u64) -> Result<()> {
    let pool = pool(path, POOL_SIZE, tuned).await?;
    measure(seconds, move |_, _| {
        let pool = pool.clone();
        async move {
            let tickets = sqlx::query(PAGE).try_map(|row| ticket(&row)).fetch_all(&pool).await?;
            assert_eq!(tickets.len(), PAGE_SIZE);
            Ok(tickets)
        }
    })
    .await
}

/// Each create commits by itself, on a pool of `size` connections.
pub async fn create(path: &str, size: u32, seconds: u64) -> Result<()> {
    let pool = pool(path, size, true).await?;
    measure(seconds, move |client, turn| {
        let pool = pool.clone();
        async move {
            let new = new_ticket(client, turn);
            let mut connection = pool.acquire().await?;
            Ok(insert(&mut connection, &new).await?)
        }
    })
    .await
}

/// One task commits waiting creates together, as the native program's writer does.
pub async fn create_grouped(path: &str, seconds: u64) -> Result<()> {
    let (writes, queue) = mpsc::unbounded_channel();
    let connection = options(path).disable_statement_logging().connect().await?;
    tokio::spawn(write_loop(connection, queue));
    measure(seconds, move |client, turn| {
        let writes = writes.clone();
        async move {
            let (reply, answer) = oneshot::channel();
            writes.send((new_ticket(client, turn), reply)).map_err(|_| "the writer ended")?;
            Ok(answer.await??)
        }
    })
    .await
}

async fn write_loop(mut connection: SqliteConnection, mut queue: mpsc::UnboundedReceiver<Write>) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while queue.recv_many(&mut batch, BATCH_MAX).await > 0 {
        let (news, replies): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        match write(&mut connection, &news).await.map_err(Arc::new) {
            Ok(tickets) => {
                for (ticket, reply) in tickets.into_iter().zip(replies) {
                    let _ = reply.send(Ok(ticket));
                }
            }
            Err(error) => {
                for reply in replies {
                    let _ = reply.send(Err(Arc::clone(&error)));
                }
            }
        }
    }
}

async fn write(
    connection: &mut SqliteConnection,
    news: &[NewTicket],
) -> sqlx::Result<Vec<Ticket<i64>>> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    let mut tickets = Vec::with_capacity(news.len());
    for new in news {
        tickets.push(insert(&mut transaction, new).await?);
    }
    transaction.commit().await?;
    Ok(tickets)
}

async fn insert(connection: &mut SqliteConnection, new: &NewTicket) -> sqlx::Result<Ticket<i64>> {
    sqlx::query(CREATE)
        .bind(&new.title)
        .bind(&new.description)
        .bind(new.category)
        .bind(new.priority)
        .bind(new.created_micros())
        .try_map(|row| ticket(&row))
        .fetch_one(connection)
        .await
}

fn ticket(row: &SqliteRow) -> sqlx::Result<Ticket<i64>> {
    Ok(Ticket {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        description: row.try_get(2)?,
        category: row.try_get(3)?,
        priority: row.try_get(4)?,
        status: row.try_get(5)?,
        created_at: row.try_get(6)?,
        updated_at: row.try_get(7)?,
        version: row.try_get(8)?,
    })
}
