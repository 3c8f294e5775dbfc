//! Filing tickets. Those that come at the same moment are one write, that counts them once.

use std::sync::Arc;

use rusqlite::{Connection, named_params};

use super::{await_index, count, event, micros, suggestion};
use crate::{
    db::{
        gather::{Gather, together_or_each},
        sqlite::{Sqlite, Writer},
    },
    error::Result,
    tickets::{Changes, EventKind, Filing, Tally, Ticket},
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

/// Writes tickets and counts them.
pub fn insert(connection: &Connection, filings: &[Filing]) -> rusqlite::Result<Vec<Ticket>> {
    let mut tickets = Vec::with_capacity(filings.len());
    let mut tally = Tally::default();
    for filing in filings {
        let ticket = insert_uncounted(connection, filing)?;
        for suggestion in &filing.new.suggestions {
            suggestion::keep(connection, ticket.id, suggestion)?;
        }
        tally.file(&filing.new);
        tickets.push(ticket);
    }
    count(connection, &tally)?;
    Ok(tickets)
}

/// Everything but the counts and suggestions. Nothing is `returning`: that would make SQLite copy each page
/// that it is about to change, ticket by ticket, to be able to undo the one statement.
fn insert_uncounted(
    connection: &Connection,
    Filing { new, document, actor }: &Filing,
) -> rusqlite::Result<Ticket> {
    connection
        .prepare_cached(
            "insert into ticket (title, description, category, priority, status, category_source,
                 priority_source, created_at, updated_at, follow_sha256)
             values (:title, :description, :category, :priority, :status, :category_source,
                 :priority_source, :at, :at, :follow_sha256)",
        )?
        .execute(named_params! {
            ":title": new.title.as_str(),
            ":description": new.description.as_str(),
            ":category": new.category.0.as_str(),
            ":priority": new.priority.0.as_str(),
            ":status": new.status.as_str(),
            ":category_source": new.category.1.as_str(),
            ":priority_source": new.priority.1.as_str(),
            ":at": micros(new.created_at),
            ":follow_sha256": new.follow_sha256,
        })?;
    let ticket = new.filed(connection.last_insert_rowid());
    connection
        .prepare_cached("insert into ticket_document (ticket_id, document) values (?1, ?2)")?
        .execute((ticket.id, document))?;
    await_index(connection, &ticket)?;
    event::append(connection, &ticket, EventKind::Created, actor, &Changes::of_new(new))?;
    Ok(ticket)
}
