//! Tickets in PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::Object;
use jiff::Timestamp;
use tokio_postgres::Row;

use self::patch::Change;
pub(crate) use self::query::Query;
pub use self::{
    filing::{Filings, filings},
    page::{Pages, pages},
    patch::{Patches, patches},
};
use super::{
    Actor, BatchSize, BulkChange, BulkItem, BulkOutcome, EventPage, Filed, Filing, FollowedTicket,
    IDEMPOTENCY_KEY_LIFE, IdempotencyKey, ImportMark, ImportProgress, ImportedTicket, NewTicket,
    PageRequest, Position, Ticket, TicketFilter, TicketPage, TicketPatch, TicketSuggestion, Word,
    refinement, store::TicketStore,
};
use crate::{
    db::postgres::Postgres,
    error::{Error, Result},
};

/// The columns of a ticket in the order of [`read_ticket`].
macro_rules! columns {
    () => {
        "ticket.id, ticket.title, ticket.description, ticket.category, ticket.priority, \
         ticket.status, ticket.category_source, ticket.priority_source, ticket.created_at, \
         ticket.updated_at, ticket.version"
    };
}

mod bulk;
mod change;
mod create;
mod day;
mod event;
mod filing;
mod follow;
mod import;
mod page;
mod patch;
mod query;
mod search;
mod search_index;
mod search_read;
mod suggestion;
mod tally;
mod write;

const SELECT: &str = concat!("select ", columns!(), " from ticket where id = $1");

/// Counters that each cell is split into.
const SLOTS: i16 = 4;

#[async_trait]
impl TicketStore for Postgres {
    async fn create_ticket(
        &self,
        new: NewTicket,
        key: Option<IdempotencyKey>,
        actor: Actor,
    ) -> Result<Filed> {
        let filing = Filing::new(new, actor);
        let Some(key) = key else {
            let ticket = filing::file(self, filing).await?;
            self.grew();
            return Ok(Filed::New(ticket));
        };
        // the second try is for two requests under one key at once: the one that comes second is
        // undone and finds what the first one filed
        for _ in 0..2 {
            let filed = self
                .run(async |connection| create::under_key(connection, &filing, &key).await)
                .await?;
            if let Some(filed) = filed {
                self.grew();
                return Ok(filed);
            }
        }
        Err(Error::Internal("an idempotency key came and went".to_owned()))
    }

    fn import_size(&self) -> BatchSize {
        BatchSize::LONG
    }

    async fn import_tickets(
        &self,
        batch: Vec<ImportedTicket>,
        mark: Option<ImportMark>,
    ) -> Result<u64> {
        let batch = Arc::new(import::Batch::new(batch));
        // before there is a connection, which may come sooner to who asked later
        let start = self.imports().start().await;
        let write = async |connection: &mut Object| batch.write(connection, start, mark).await;
        let tickets = self.run_within(import::DEADLINE, write).await?;
        self.grew();
        Ok(tickets)
    }

    async fn import_progress(&self, source_sha256: [u8; 32]) -> Result<Option<ImportProgress>> {
        self.run(async |connection| import::progress(connection, source_sha256).await).await
    }

    async fn forget_import(&self, source_sha256: [u8; 32]) -> Result<()> {
        self.run(async |connection| import::forget(connection, source_sha256).await).await
    }

    async fn ticket(&self, id: i64) -> Result<Option<Ticket>> {
        self.run(async |connection| {
            let statement = connection.prepare_cached(SELECT).await?;
            connection.query_opt(&statement, &[&id]).await?.as_ref().map(read_ticket).transpose()
        })
        .await
    }

    async fn tickets(&self, request: PageRequest) -> Result<TicketPage> {
        if let Some(search) = &request.filter.search {
            return self
                .run(async |connection| {
                    search::page(connection, self.search_cache(), &request, search).await
                })
                .await;
        }
        page::page(self, request).await
    }

    async fn walk_tickets(
        &self,
        filter: TicketFilter,
        after: Option<Position>,
        limit: u16,
    ) -> Result<Vec<Ticket>> {
        let request = PageRequest::older(filter, after, limit);
        if request.filter.search.is_some() {
            return Ok(self.tickets(request).await?.tickets);
        }
        let mut tickets =
            self.run(async |connection| page::uncounted(connection, &request).await).await?;
        tickets.truncate(usize::from(limit));
        Ok(tickets)
    }

    async fn patch_ticket(
        &self,
        id: i64,
        patch: TicketPatch,
        expected: Option<i64>,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        patch::patch(self, Change { id, patch, expected, actor, at }).await
    }

    async fn change_tickets(
        &self,
        items: Vec<BulkItem>,
        change: BulkChange,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Vec<BulkOutcome>> {
        let changed =
            self.run(async |connection| bulk::change(connection, &items, change, &actor, at).await);
        let outcomes = changed.await?;
        self.grew();
        Ok(outcomes)
    }

    async fn refine_ticket(
        &self,
        id: i64,
        suggestion: TicketSuggestion,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        let actor = Actor::classifier(suggestion.suggested.source);
        let ticket = self
            .run(async |connection| {
                let transaction = connection.transaction().await?;
                let patch_of = |before: &Ticket| Ok(refinement(before, &suggestion.suggested));
                let (ticket, _) = change::change(&transaction, id, &actor, at, patch_of).await?;
                suggestion::keep(&transaction, id, &suggestion).await?;
                transaction.commit().await?;
                Ok(ticket)
            })
            .await?;
        self.grew();
        Ok(ticket)
    }

    async fn delete_ticket(&self, id: i64, expected: Option<i64>) -> Result<bool> {
        let deleting = self.run(async |connection| change::delete(connection, id, expected).await);
        let is_deleted = deleting.await?;
        self.grew();
        Ok(is_deleted)
    }

    async fn ticket_events(
        &self,
        ticket_id: i64,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Option<EventPage>> {
        self.run(async |connection| event::page(connection, ticket_id, before, limit).await).await
    }

    async fn followed_ticket(
        &self,
        id: i64,
        follow_sha256: [u8; 32],
    ) -> Result<Option<FollowedTicket>> {
        self.run(async |connection| follow::followed(connection, id, &follow_sha256).await).await
    }

    async fn index_search(&self, at_least: u32) -> Result<u32> {
        self.run(async |connection| search_index::extend(connection, at_least).await).await
    }

    async fn forget_idempotency_keys(&self, now: Timestamp) -> Result<u64> {
        self.run(async |connection| {
            let forget = "delete from idempotency_key where created_at <= $1";
            let statement = connection.prepare_cached(forget).await?;
            Ok(connection.execute(&statement, &[&(now - IDEMPOTENCY_KEY_LIFE)]).await?)
        })
        .await
    }
}

fn slot() -> i16 {
    rand::random_range(0..SLOTS)
}

fn read_ticket(row: &Row) -> Result<Ticket> {
    Ok(Ticket {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        description: row.try_get(2)?,
        category: read_word(row, 3)?,
        priority: read_word(row, 4)?,
        status: read_word(row, 5)?,
        category_source: read_word(row, 6)?,
        priority_source: read_word(row, 7)?,
        created_at: row.try_get(8)?,
        updated_at: row.try_get(9)?,
        version: row.try_get(10)?,
    })
}

/// A column that holds one of a list's words.
///
/// # Errors
/// `Internal` when it holds another.
pub fn read_word<W: Word>(row: &Row, column: usize) -> Result<W> {
    let word: &str = row.try_get(column)?;
    W::from_word(word).ok_or_else(|| {
        let name = row.columns()[column].name();
        Error::Internal(format!("column {name}: `{word}` is none of: {}", W::choices()))
    })
}
