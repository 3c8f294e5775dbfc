//! Filing tickets. Those that come at the same moment are one write, that counts them once.

use std::sync::Arc;

use rusqlite::{CachedStatement, Connection};

use super::{AWAIT_INDEX, count, event, micros, suggestion};
use crate::{
    db::{
        gather::{Gather, together_or_each},
        sqlite::{Sqlite, Writer},
    },
    error::Result,
    tickets::{EventKind, Filing, Tally, Ticket},
};

/// Tickets on their way into the database.
pub type Filings = Gather<Filing, Result<Ticket>>;

/// Batches under way at the same time: there is one writer.
const AT_ONCE: usize = 1;

/// Most tickets in one write: some ten milliseconds, for which a change may have to wait.
const BATCH_MAX: usize = 64;

/// Most tickets that wait.
const QUEUE_MAX: usize = 1024;

/// Queues for [`file`].
pub fn filings() -> Arc<Filings> {
    Arc::new(Gather::new(AT_ONCE, BATCH_MAX, QUEUE_MAX))
}

/// Files a ticket, together with those that are filed at the same moment.
pub async fn file(database: &Sqlite, filing: Filing) -> Result<Ticket> {
    database.filings().submit(filing, database.writer(), file_all).await?
}

async fn file_all(to: Writer, batch: Vec<Filing>) -> Vec<Result<Ticket>> {
    let batch: Arc<[Filing]> = batch.into();
    together_or_each(batch.len(), |some| {
        let (to, batch) = (to.clone(), batch.clone());
        async move { to.write(move |connection| Ok(insert(connection, &batch[some])?)).await }
    })
    .await
}

/// Who sees to it that searches find tickets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// They wait for the next piece of the index.
    Awaited,
    /// The caller, with a piece of their own.
    Apart,
}

/// Writes tickets and counts them.
pub fn insert(connection: &Connection, filings: &[Filing]) -> rusqlite::Result<Vec<Ticket>> {
    insert_counted(connection, filings, &Tally::of(filings), Index::Awaited)
}

/// The same of tickets that are counted already. Nothing is `returning`: that would make SQLite copy each page that it is
/// about to change, ticket by ticket, to be able to undo the one statement.
pub fn insert_counted(
    connection: &Connection,
    filings: &[Filing],
    tally: &Tally,
    index: Index,
) -> rusqlite::Result<Vec<Ticket>> {
    let mut write = Write::new(connection, index)?;
    let mut tickets = Vec::with_capacity(filings.len());
    for filing in filings {
        let ticket = write.ticket(connection, filing)?;
        for suggestion in &filing.new.suggestions {
            suggestion::keep(connection, ticket.id, suggestion)?;
        }
        tickets.push(ticket);
    }
    count(connection, tally)?;
    Ok(tickets)
}

/// The statements that write a ticket, found once for many.
struct Write<'c> {
    ticket: CachedStatement<'c>,
    document: CachedStatement<'c>,
    /// `None`: they need not wait.
    waiting: Option<CachedStatement<'c>>,
    event: event::Append<'c>,
}

impl<'c> Write<'c> {
    fn new(connection: &'c Connection, index: Index) -> rusqlite::Result<Self> {
        let waiting = (index == Index::Awaited).then(|| connection.prepare_cached(AWAIT_INDEX));
        Ok(Self {
            ticket: connection.prepare_cached(
                "insert into ticket (title, description, category, priority, status,
                     category_source, priority_source, created_at, updated_at, follow_sha256)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
            )?,
            document: connection.prepare_cached(
                "insert into ticket_document (ticket_id, document) values (?1, ?2)",
            )?,
            waiting: waiting.transpose()?,
            event: event::Append::new(connection)?,
        })
    }

    fn ticket(&mut self, connection: &Connection, filing: &Filing) -> rusqlite::Result<Ticket> {
        let Filing { new, document, changes, actor } = filing;
        let [title, description, category, priority, status, category_source, priority_source] =
            new.texts();
        self.ticket.execute((
            title,
            description,
            category,
            priority,
            status,
            category_source,
            priority_source,
            micros(new.created_at),
            new.follow_sha256,
        ))?;
        let ticket = new.filed(connection.last_insert_rowid());
        self.document.execute((ticket.id, document))?;
        if let Some(waiting) = &mut self.waiting {
            waiting.execute((ticket.id, ticket.version))?;
        }
        self.event.execute(&ticket, EventKind::Created, actor, changes)?;
        Ok(ticket)
    }
}
