use std::{path::Path, sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::{Connection, Row};
use tokio::sync::oneshot;

use crate::harness::{NewTicket, PAGE_SIZE, Result, Ticket, measure, new_ticket};

/// Most writes that share one commit.
pub const BATCH_MAX: usize = 128;

const READERS: usize = 4;

const PAGE: &str = "select id, title, description, category, priority, status, created_at, \
    updated_at, version from ticket order by created_at desc, id desc limit 50";
const CREATE: &str = "insert into ticket (title, description, category, priority, created_at, \
    updated_at) values (?1, ?2, ?3, ?4, ?5, ?5) \
    returning id, title, description, category, priority, status, created_at, updated_at, version";

type Read = oneshot::Sender<rusqlite::Result<Vec<Ticket<i64>>>>;
type Write = (NewTicket, oneshot::Sender<std::result::Result<Ticket<i64>, Arc<rusqlite::Error>>>);

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -16_384)?; // KiB
    Ok(connection)
}

pub fn load(path: &str) -> Result<()> {
    let connection = connect(path.as_ref())?;
    connection.execute_batch(include_str!("../../schema/sqlite.sql"))?;
    Ok(())
}

/// Readers on threads of their own, fed by a channel.
pub async fn page(path: &str, seconds: u64) -> Result<()> {
    let (reads, queue): (Sender<Read>, Receiver<Read>) = crossbeam_channel::unbounded();
    for _ in 0..READERS {
        let connection = connect(path.as_ref())?;
        let queue = queue.clone();
        std::thread::spawn(move || {
            for reply in queue {
                let _ = reply.send(read_page(&connection));
            }
        });
    }
    measure(seconds, move |_, _| {
        let reads = reads.clone();
        async move {
            let (reply, answer) = oneshot::channel();
            reads.send(reply)?;
            let tickets = answer.await??;
            assert_eq!(tickets.len(), PAGE_SIZE);
            Ok(tickets)
        }
    })
    .await
}

/// One writer, which commits up to `batch_max` waiting writes together and then answers them.
pub async fn create(path: &str, batch_max: usize, seconds: u64) -> Result<()> {
    let (writes, queue) = crossbeam_channel::unbounded();
    let connection = connect(path.as_ref())?;
    std::thread::spawn(move || write_loop(&connection, &queue, batch_max));
    measure(seconds, move |client, turn| {
        let writes = writes.clone();
        async move {
            let (reply, answer) = oneshot::channel();
            writes.send((new_ticket(client, turn), reply))?;
            Ok(answer.await??)
        }
    })
    .await
}

fn write_loop(connection: &Connection, queue: &Receiver<Write>, batch_max: usize) {
    while let Ok(first) = queue.recv() {
        let (news, replies): (Vec<_>, Vec<_>) =
            std::iter::once(first).chain(queue.try_iter().take(batch_max - 1)).unzip();
        match write(connection, &news).map_err(Arc::new) {
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

fn write(connection: &Connection, news: &[NewTicket]) -> rusqlite::Result<Vec<Ticket<i64>>> {
    // a single statement is its own transaction, as with the other driver
    if let [new] = news {
        return Ok(vec![insert(connection, new)?]);
    }
    connection.prepare_cached("begin immediate")?.execute(())?;
    let tickets: rusqlite::Result<Vec<_>> =
        news.iter().map(|new| insert(connection, new)).collect();
    if tickets.is_ok() {
        connection.prepare_cached("commit")?.execute(())?;
    } else {
        connection.prepare_cached("rollback")?.execute(())?;
    }
    tickets
}

fn insert(connection: &Connection, new: &NewTicket) -> rusqlite::Result<Ticket<i64>> {
    connection.prepare_cached(CREATE)?.query_one(
        (&new.title, &new.description, new.category, new.priority, new.created_micros()),
        ticket,
    )
}

fn read_page(connection: &Connection) -> rusqlite::Result<Vec<Ticket<i64>>> {
    connection.prepare_cached(PAGE)?.query_map((), ticket)?.collect()
}

fn ticket(row: &Row<'_>) -> rusqlite::Result<Ticket<i64>> {
    Ok(Ticket {
        id: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        category: row.get(3)?,
        priority: row.get(4)?,
        status: row.get(5)?,
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
        version: row.get(8)?,
    })
}
