//! Tickets in SQLite.

mod day;
mod event;
mod filing;
mod follow;
mod import;
mod query;
mod search;
mod search_index;
mod search_read;
mod suggestion;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, types::Type};

pub use self::filing::{Filings, filings};
pub(crate) use self::query::Query;
use self::query::page;
use super::{
    Actor, BatchSize, BulkChange, BulkItem, BulkOutcome, Changes, EventKind, EventPage, Filed,
    Filing, FollowedTicket, IDEMPOTENCY_KEY_LIFE, IdempotencyKey, ImportMark, ImportProgress,
    ImportedTicket, NewTicket, PageRequest, Position, Tally, Ticket, TicketFilter, TicketPage,
    TicketPatch, TicketSuggestion, Word, check_version, document, refinement, store::TicketStore,
};
use crate::{
    db::sqlite::Sqlite,
    error::{Error, Result},
};

/// The columns of a ticket in the order of [`read_ticket`].
const COLUMNS: &str = "ticket.id, ticket.title, ticket.description, ticket.category, \
     ticket.priority, ticket.status, ticket.category_source, ticket.priority_source, \
     ticket.created_at, ticket.updated_at, ticket.version";

#[async_trait]
impl TicketStore for Sqlite {
    async fn create_ticket(
        &self,
        new: NewTicket,
        key: Option<IdempotencyKey>,
        actor: Actor,
    ) -> Result<Filed> {
        let filing = Filing::new(new, actor);
        let Some(key) = key else { return Ok(Filed::New(filing::file(self, filing).await?)) };
        self.write(move |connection| {
            let now = filing.new.created_at;
            if let Some(ticket) = filed_before(connection, &key, now)? {
                // the link of the new answer; the first one may have been lost
                connection
                    .prepare_cached(
                        "update ticket set follow_sha256 = coalesce(?2, follow_sha256)
                         where id = ?1",
                    )?
                    .execute((ticket.id, filing.new.follow_sha256))?;
                return Ok(Filed::Before(ticket));
            }
            let ticket = filing::insert(connection, &[filing])?.remove(0);
            connection
                .prepare_cached(
                    "insert into idempotency_key (key, request_sha256, ticket_id, created_at)
                     values (?1, ?2, ?3, ?4)",
                )?
                .execute((&key.key, key.request_sha256, ticket.id, micros(now)))?;
            Ok(Filed::New(ticket))
        })
        .await
    }

    fn import_size(&self) -> BatchSize {
        BatchSize::SHORT // there is one writer
    }

    async fn import_tickets(
        &self,
        batch: Vec<ImportedTicket>,
        mark: Option<ImportMark>,
    ) -> Result<u64> {
        import::write(self, batch, mark).await
    }

    async fn import_progress(&self, source_sha256: [u8; 32]) -> Result<Option<ImportProgress>> {
        self.read(move |connection| import::progress(connection, source_sha256)).await
    }

    async fn forget_import(&self, source_sha256: [u8; 32]) -> Result<()> {
        self.write(move |connection| Ok(import::forget(connection, source_sha256)?)).await
    }

    async fn ticket(&self, id: i64) -> Result<Option<Ticket>> {
        self.read(move |connection| select(connection, id)).await
    }

    async fn tickets(&self, request: PageRequest) -> Result<TicketPage> {
        let cache = self.search_cache();
        self.read(move |connection| {
            if let Some(search) = &request.filter.search {
                return search::page(connection, &cache, &request, search);
            }
            let count = query::count(connection, &request.filter)?;
            let rows = page(connection, &request)?;
            Ok(TicketPage::from_walk(&request, count, rows))
        })
        .await
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
        let mut tickets = self.read(move |connection| page(connection, &request)).await?;
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
        self.write(move |connection| {
            let Some(before) = select(connection, id)? else { return Ok(None) };
            check_version(&before, expected)?;
            change(connection, before, &patch, &actor, at).map(Some)
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
        self.write(move |connection| {
            let mut outcomes = Vec::with_capacity(items.len());
            for item in items {
                let Some(before) = select(connection, item.id)? else {
                    outcomes.push(BulkOutcome::Missing);
                    continue;
                };
                let (outcome, is_written) = item.outcome(&before, change, at);
                if is_written {
                    self::change(connection, before, &change.patch(), &actor, at)?;
                }
                outcomes.push(outcome);
            }
            Ok(outcomes)
        })
        .await
    }

    async fn refine_ticket(
        &self,
        id: i64,
        suggestion: TicketSuggestion,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        self.write(move |connection| {
            let Some(before) = select(connection, id)? else { return Ok(None) };
            suggestion::keep(connection, id, &suggestion)?;
            let patch = refinement(&before, &suggestion.suggested);
            let actor = Actor::classifier(suggestion.suggested.source);
            change(connection, before, &patch, &actor, at).map(Some)
        })
        .await
    }

    async fn delete_ticket(&self, id: i64, expected: Option<i64>) -> Result<bool> {
        self.write(move |connection| {
            let Some(ticket) = select(connection, id)? else { return Ok(false) };
            check_version(&ticket, expected)?;
            let mut tally = Tally::default();
            tally.delete(&ticket, &day::steps(connection, id)?);
            // all that refers to it goes along
            connection.prepare_cached("delete from ticket where id = ?1")?.execute([id])?;
            // or a search would count the text that is remembered
            connection
                .prepare_cached("delete from search_pending where ticket_id = ?1")?
                .execute([id])?;
            event::append_deletion(connection, &ticket)?;
            count(connection, &tally)?;
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
        self.read(move |connection| event::page(connection, ticket_id, before, limit)).await
    }

    async fn followed_ticket(
        &self,
        id: i64,
        follow_sha256: [u8; 32],
    ) -> Result<Option<FollowedTicket>> {
        self.read(move |connection| follow::followed(connection, id, &follow_sha256)).await
    }

    async fn index_search(&self, at_least: u32) -> Result<u32> {
        search_index::extend(self, at_least).await
    }

    async fn forget_idempotency_keys(&self, now: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            let forgotten = connection
                .prepare_cached("delete from idempotency_key where created_at <= ?1")?
                .execute([micros(now - IDEMPOTENCY_KEY_LIFE)])?;
            Ok(forgotten as u64)
        })
        .await
    }
}

/// A time as SQLite keeps it: microseconds since 1970.
pub fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

fn filed_before(
    connection: &Connection,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Option<Ticket>> {
    connection
        .prepare_cached("delete from idempotency_key where key = ?1 and created_at <= ?2")?
        .execute((&key.key, micros(now - IDEMPOTENCY_KEY_LIFE)))?;
    let known: Option<([u8; 32], i64)> = connection
        .prepare_cached("select request_sha256, ticket_id from idempotency_key where key = ?1")?
        .query_row([&key.key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        None => Ok(None),
        Some((sha256, _)) if sha256 != key.request_sha256 => Err(Error::IdempotencyMismatch),
        Some((_, id)) => Ok(select(connection, id)?),
    }
}

fn select(connection: &Connection, id: i64) -> rusqlite::Result<Option<Ticket>> {
    connection
        .prepare_cached(&format!("select {COLUMNS} from ticket where id = ?1"))?
        .query_row([id], read_ticket)
        .optional()
}

/// Writes what `patch` changes of `before` and returns the ticket as it is then.
fn change(
    connection: &Connection,
    before: Ticket,
    patch: &TicketPatch,
    actor: &Actor,
    at: Timestamp,
) -> Result<Ticket> {
    let Some(after) = patch.apply(&before, at) else { return Ok(before) };
    let past = day::past(connection, &before)?;
    let mut tally = Tally::default();
    tally.change(&before, &after, actor.kind, past);
    count(connection, &tally)?;
    connection
        .prepare_cached(
            "update ticket set title = :title, description = :description, category = :category,
                 priority = :priority, status = :status, category_source = :category_source,
                 priority_source = :priority_source, updated_at = :updated_at, version = :version,
                 past = :past
             where id = :id",
        )?
        .execute(named_params! {
            ":id": after.id,
            ":title": after.title,
            ":description": after.description,
            ":category": after.category.as_str(),
            ":priority": after.priority.as_str(),
            ":status": after.status.as_str(),
            ":category_source": after.category_source.as_str(),
            ":priority_source": after.priority_source.as_str(),
            ":updated_at": micros(after.updated_at),
            ":version": after.version,
            ":past": past.after(&before, actor.kind).to_text(after.version),
        })?;
    if patch.title.is_some() || patch.description.is_some() {
        let document = document(&after.title, &after.description);
        connection
            .prepare_cached("update ticket_document set document = ?2 where ticket_id = ?1")?
            .execute((after.id, document))?;
        connection.prepare_cached(AWAIT_INDEX)?.execute((after.id, after.version))?;
    }
    let changes = Changes::between(&before, &after);
    event::Append::new(connection)?.execute(
        &after,
        EventKind::Changed,
        actor,
        &changes.to_json(),
    )?;
    Ok(after)
}

/// Lets searches compare a ticket's text themselves, of this version, until a segment has it.
const AWAIT_INDEX: &str = "insert into search_pending (ticket_id, version) values (?1, ?2)
     on conflict (ticket_id) do update set version = excluded.version";

/// Writes what changes of all counts.
fn count(connection: &Connection, tally: &Tally) -> rusqlite::Result<()> {
    for ([category, priority, status], sum) in tally.cells() {
        connection
            .prepare_cached(
                "insert into ticket_count (category, priority, status, n, undecided)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (category, priority, status)
                 do update set n = n + excluded.n, undecided = undecided + excluded.undecided",
            )?
            .execute((category, priority, status, sum.n, sum.undecided))?;
    }
    day::count(connection, tally.days())
}

fn read_ticket(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        category: read_word(row, 3)?,
        priority: read_word(row, 4)?,
        status: read_word(row, 5)?,
        category_source: read_word(row, 6)?,
        priority_source: read_word(row, 7)?,
        created_at: read_time(row, 8)?,
        updated_at: read_time(row, 9)?,
        version: row.get(10)?,
    })
}

/// A column that holds one of a list's words.
pub fn read_word<W: Word>(row: &Row<'_>, column: usize) -> rusqlite::Result<W> {
    let word = row.get_ref(column)?.as_str()?;
    W::from_word(word).ok_or_else(|| {
        let reason = format!("`{word}` is none of: {}", W::choices());
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, reason.into())
    })
}

/// A column that holds microseconds.
pub fn read_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(column)?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(e)))
}
