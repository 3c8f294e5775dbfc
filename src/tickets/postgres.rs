//! Tickets in PostgreSQL.

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Object};
use jiff::Timestamp;
use tokio_postgres::Row;

use self::{
    filing::Filing,
    suggestion::{suggestion_columns, suggestion_record},
};
pub use self::{
    filing::{Filings, filings},
    page::{Pages, pages},
};
use super::{
    Actor, BulkChange, BulkItem, BulkOutcome, Changes, EventPage, Filed, FollowedTicket,
    IDEMPOTENCY_KEY_LIFE, IdempotencyKey, ImportMark, ImportProgress, ImportedTicket, NewTicket,
    PageRequest, Position, Ticket, TicketFilter, TicketPage, TicketPatch, TicketSuggestion, Word,
    check_version, document, refinement, store::TicketStore,
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
mod event;
mod filing;
mod follow;
mod import;
mod page;
mod query;
mod search;
mod search_index;
mod suggestion;

/// Files a ticket, its search document, its event and its count in one statement: one round trip,
/// one commit.
const INSERT: &str = concat!(
    "with ticket as (
         insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at, follow_sha256)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $15)
         returning *
     ), document as (
         insert into ticket_document (ticket_id, document) select id, $9 from ticket
     ), pending as (
         insert into search_pending (ticket_id, version) select id, version from ticket
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, $8, version, 'created', $11, $12, $13, $14 from ticket
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n)
         values ($3, $4, $5, $10, 1)
         on conflict (category, priority, status, slot) do update set n = ticket_count.n + 1
     ), suggestion as (
         insert into ticket_suggestion (ticket_id, ",
    suggestion_columns!(),
    ") select ticket.id, kept.* from ticket, json_to_recordset($16::text::json) as ",
    suggestion_record!(),
    ")
     select ",
    columns!(),
    " from ticket"
);

/// Writes a changed ticket and its event, if it still is as it was read, and moves it from one count to
/// another, all in one round trip. No row where it is not. The counts are
/// taken in the order of their keys, so that two changes in opposite directions cannot wait for each
/// other.
const UPDATE: &str = "with changed as (
         update ticket set title = $2, description = $3, category = $4, priority = $5, status = $6,
             category_source = $7, priority_source = $8, updated_at = $9, version = $10
         where id = $1 and version = $20
         returning id
     ), document as (
         update ticket_document set document = $11 from changed
         where ticket_id = changed.id and $11::text is not null
     ), pending as (
         insert into search_pending (ticket_id, version)
         select id, $10 from changed where $11::text is not null
         on conflict (ticket_id) do update set version = excluded.version
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, $9, $10, 'changed', $16, $17, $18, $19 from changed
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n)
         select c, p, s, slot, n
         from changed, (values ($4::text, $5::text, $6::text, $15::smallint, 1::bigint),
             ($12::text, $13::text, $14::text, $15::smallint, -1::bigint)) as move (c, p, s, slot, n)
         where ($4, $5, $6) is distinct from ($12, $13, $14)
         order by 1, 2, 3
         on conflict (category, priority, status, slot)
         do update set n = ticket_count.n + excluded.n
     )
     select id from changed";

const SELECT: &str = concat!("select ", columns!(), " from ticket where id = $1");

const SELECT_FOR_UPDATE: &str =
    concat!("select ", columns!(), " from ticket where id = $1 for update");

/// Deletes a ticket, and all that refers to it, and takes it out of its count.
const DELETE: &str = "with gone as (
         delete from ticket where id = $1 returning category, priority, status
     )
     insert into ticket_count (category, priority, status, slot, n)
     select category, priority, status, $2, -1 from gone
     on conflict (category, priority, status, slot) do update set n = ticket_count.n - 1";

/// Gives a ticket that is asked for again the link of the new answer, if that has one.
const REPLACE_LINK: &str = concat!(
    "update ticket set follow_sha256 = coalesce($2, follow_sha256) where id = $1 returning ",
    columns!()
);

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
        let document = document(new.title.as_str(), new.description.as_str());
        let Some(key) = key else {
            return filing::file(self, Filing { new, document, actor }).await.map(Filed::New);
        };
        // the second try is for two requests under one key at once: the one that comes second is
        // undone and finds what the first one filed
        for _ in 0..2 {
            let filed = self
                .run(async |connection| {
                    create_under_key(connection, &new, &document, &key, &actor).await
                })
                .await?;
            if let Some(filed) = filed {
                return Ok(filed);
            }
        }
        Err(Error::Internal("an idempotency key came and went".to_owned()))
    }

    async fn import_tickets(
        &self,
        batch: Vec<ImportedTicket>,
        mark: Option<ImportMark>,
    ) -> Result<u64> {
        let rows = import::Rows::new(batch);
        let _turn = self.import_turn().await;
        self.run(async |connection| rows.write(connection, mark).await).await
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
                .run(async |connection| search::page(connection, &request, search).await)
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
        self.run(async |connection| {
            let patch_of = |before: &Ticket| {
                check_version(before, expected)?;
                Ok(patch.clone())
            };
            change(&*connection, id, &actor, at, patch_of).await
        })
        .await
    }

    async fn change_tickets(
        &self,
        items: Vec<BulkItem>,
        change: BulkChange,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Vec<BulkOutcome>> {
        self.run(async |connection| bulk::change(connection, &items, change, &actor, at).await)
            .await
    }

    async fn refine_ticket(
        &self,
        id: i64,
        suggestion: TicketSuggestion,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        let actor = Actor::classifier(suggestion.suggested.source);
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let patch_of = |before: &Ticket| Ok(refinement(before, &suggestion.suggested));
            let ticket = change(&transaction, id, &actor, at, patch_of).await?;
            suggestion::keep(&transaction, id, &suggestion).await?;
            transaction.commit().await?;
            Ok(ticket)
        })
        .await
    }

    async fn delete_ticket(&self, id: i64, expected: Option<i64>) -> Result<bool> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let statement = transaction.prepare_cached(SELECT_FOR_UPDATE).await?;
            let Some(row) = transaction.query_opt(&statement, &[&id]).await? else {
                return Ok(false);
            };
            check_version(&read_ticket(&row)?, expected)?;
            let statement = transaction.prepare_cached(DELETE).await?;
            transaction.execute(&statement, &[&id, &slot()]).await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
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

/// Reads a ticket, asks `patch_of` what to change, and writes that, if nobody else changed the ticket
/// meanwhile; otherwise all of it again. No lock is held between the two.
async fn change(
    client: &impl GenericClient,
    id: i64,
    actor: &Actor,
    at: Timestamp,
    patch_of: impl Fn(&Ticket) -> Result<TicketPatch>,
) -> Result<Option<Ticket>> {
    let select = client.prepare_cached(SELECT).await?;
    let update = client.prepare_cached(UPDATE).await?;
    // whoever is too late sees a newer version each time, so somebody always gets on
    loop {
        let Some(row) = client.query_opt(&select, &[&id]).await? else {
            return Ok(None);
        };
        let before = read_ticket(&row)?;
        let patch = patch_of(&before)?;
        let Some(after) = patch.apply(&before, at) else { return Ok(Some(before)) };
        let rewritten = patch.title.is_some() || patch.description.is_some();
        let document = rewritten.then(|| document(&after.title, &after.description));
        let written = client
            .query_opt(
                &update,
                &[
                    &after.id,
                    &after.title,
                    &after.description,
                    &after.category.as_str(),
                    &after.priority.as_str(),
                    &after.status.as_str(),
                    &after.category_source.as_str(),
                    &after.priority_source.as_str(),
                    &after.updated_at,
                    &after.version,
                    &document,
                    &before.category.as_str(),
                    &before.priority.as_str(),
                    &before.status.as_str(),
                    &slot(),
                    &actor.kind.as_str(),
                    &actor.account_id,
                    &actor.name,
                    &Changes::between(&before, &after).to_json(),
                    &before.version,
                ],
            )
            .await?;
        if written.is_some() {
            return Ok(Some(after));
        }
    }
}

fn slot() -> i16 {
    rand::random_range(0..SLOTS)
}

async fn insert(
    client: &impl GenericClient,
    new: &NewTicket,
    document: &str,
    actor: &Actor,
) -> Result<Ticket> {
    let statement = client.prepare_cached(INSERT).await?;
    let row = client
        .query_one(
            &statement,
            &[
                &new.title.as_str(),
                &new.description.as_str(),
                &new.category.0.as_str(),
                &new.priority.0.as_str(),
                &new.status.as_str(),
                &new.category.1.as_str(),
                &new.priority.1.as_str(),
                &new.created_at,
                &document,
                &slot(),
                &actor.kind.as_str(),
                &actor.account_id,
                &actor.name,
                &Changes::of_new(new).to_json(),
                &new.follow_sha256.as_ref().map(<[u8; 32]>::as_slice),
                &TicketSuggestion::to_json(&new.suggestions),
            ],
        )
        .await?;
    read_ticket(&row)
}

/// `None`: another request under the same key was faster; nothing was filed.
async fn create_under_key(
    connection: &mut Object,
    new: &NewTicket,
    document: &str,
    key: &IdempotencyKey,
    actor: &Actor,
) -> Result<Option<Filed>> {
    let transaction = connection.transaction().await?;
    let expired = new.created_at - IDEMPOTENCY_KEY_LIFE;
    let known = transaction
        .query_opt(
            &transaction
                .prepare_cached(
                    "select request_sha256, ticket_id from idempotency_key
                     where key = $1 and created_at > $2",
                )
                .await?,
            &[&key.key, &expired],
        )
        .await?;
    if let Some(known) = known {
        if known.get::<_, &[u8]>(0) != key.request_sha256 {
            return Err(Error::IdempotencyMismatch);
        }
        let statement = transaction.prepare_cached(REPLACE_LINK).await?;
        let hash = new.follow_sha256.as_ref().map(<[u8; 32]>::as_slice);
        let row = transaction.query_opt(&statement, &[&known.get::<_, i64>(1), &hash]).await?;
        transaction.commit().await?;
        return row.as_ref().map(read_ticket).transpose().map(|ticket| ticket.map(Filed::Before));
    }
    let ticket = insert(&transaction, new, document, actor).await?;
    // an expired key is taken over; a living one was committed after the look above
    let taken = transaction
        .execute(
            &transaction
                .prepare_cached(
                    "insert into idempotency_key (key, request_sha256, ticket_id, created_at)
                     values ($1, $2, $3, $4)
                     on conflict (key) do update set request_sha256 = excluded.request_sha256,
                         ticket_id = excluded.ticket_id, created_at = excluded.created_at
                     where idempotency_key.created_at <= $5",
                )
                .await?,
            &[&key.key, &key.request_sha256.as_slice(), &ticket.id, &new.created_at, &expired],
        )
        .await?;
    if taken == 0 {
        transaction.rollback().await?;
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(Filed::New(ticket)))
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
