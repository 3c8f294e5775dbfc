//! Filing tickets that come at the same moment: one statement and one commit for all of them.

use std::sync::Arc;

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use super::{
    slot,
    suggestion::{suggestion_columns, suggestion_record},
    tally::{TallyRows, count},
};
use crate::{
    db::{
        gather::{Gather, together_or_each},
        postgres::Postgres,
    },
    error::Result,
    tickets::{Filing, Tally, Ticket, TicketSuggestion},
};

/// Tickets on their way into the database.
pub type Filings = Gather<Filing, Result<Ticket>>;

/// Batches under way at the same time. A statement with so many parts costs a millisecond, whatever it
/// files: fewer and larger ones file more, also on a disk that is slow to sync.
const AT_ONCE: usize = 1;

/// Most tickets in one statement.
const BATCH_MAX: usize = 64;

/// Most tickets that wait.
const QUEUE_MAX: usize = 1024;

/// Files tickets, their search documents, their events and all counts: one round trip, one commit. Ids are taken
/// first, so that each row's document and event know theirs; nothing is joined or sorted, so that all
/// keeps the order of the arrays.
const INSERT: &str = concat!(
    "with entry as materialized (
         select nextval('ticket_id_seq') as id, entry.*
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
             $7::text[], $8::timestamptz[], $9::bytea[], $10::text[], $11::text[], $12::text[],
             $13::bigint[], $14::text[], $15::text[])
             as entry (title, description, category, priority, status, category_source,
                 priority_source, at, follow_sha256, document, changes, actor_kind, actor_id,
                 actor_name, suggestions)
     ), ticket as (
         insert into ticket (id, title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at, follow_sha256)
         select id, title, description, category, priority, status, category_source,
             priority_source, at, at, follow_sha256
         from entry
     ), document as (
         insert into ticket_document (ticket_id, document) select id, document from entry
     ), pending as (
         insert into search_pending (ticket_id, version) select id, 1 from entry
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, at, 1, 'created', actor_kind, actor_id, actor_name, changes
         from entry
     ), ",
    count!(where "true", slot "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26"),
    ", suggestion as (
         insert into ticket_suggestion (ticket_id, ",
    suggestion_columns!(),
    ") select entry.id, kept.* from entry, json_to_recordset(entry.suggestions::json) as ",
    suggestion_record!(),
    ")
     select id from entry"
);

/// Queues for [`file`].
pub fn filings() -> Arc<Filings> {
    Arc::new(Gather::new(AT_ONCE, BATCH_MAX, QUEUE_MAX))
}

/// Files a ticket, together with those that are filed at the same moment.
pub async fn file(database: &Postgres, filing: Filing) -> Result<Ticket> {
    database.filings().submit(filing, database.clone(), file_all).await?
}

async fn file_all(database: Postgres, batch: Vec<Filing>) -> Vec<Result<Ticket>> {
    let batch: Arc<[Filing]> = batch.into();
    together_or_each(batch.len(), |some| {
        let (database, batch) = (database.clone(), batch.clone());
        async move {
            database.run(async |connection| insert(&*connection, &batch[some]).await).await
        }
    })
    .await
}

/// Files tickets, all of them or none.
pub async fn insert(client: &impl GenericClient, filings: &[Filing]) -> Result<Vec<Ticket>> {
    let rows = Rows::of(filings);
    let tally = TallyRows::of(&Tally::of(filings));
    let own: [&(dyn ToSql + Sync); 16] = [
        &rows.titles,
        &rows.descriptions,
        &rows.categories,
        &rows.priorities,
        &rows.statuses,
        &rows.category_sources,
        &rows.priority_sources,
        &rows.created_at,
        &rows.follow_sha256,
        &rows.documents,
        &rows.changes,
        &rows.actor_kinds,
        &rows.actor_ids,
        &rows.actor_names,
        &rows.suggestions,
        &slot(),
    ];
    let statement = client.prepare_cached(INSERT).await?;
    let ids = client.query(&statement, &tally.parameters(own)).await?;
    ids.iter().zip(filings).map(|(row, filing)| Ok(filing.new.filed(row.try_get(0)?))).collect()
}

/// The columns of a batch.
#[derive(Default)]
struct Rows<'a> {
    titles: Vec<&'a str>,
    descriptions: Vec<&'a str>,
    categories: Vec<&'static str>,
    priorities: Vec<&'static str>,
    statuses: Vec<&'static str>,
    category_sources: Vec<&'static str>,
    priority_sources: Vec<&'static str>,
    created_at: Vec<Timestamp>,
    follow_sha256: Vec<Option<&'a [u8]>>,
    documents: Vec<&'a str>,
    changes: Vec<&'a str>,
    actor_kinds: Vec<&'static str>,
    actor_ids: Vec<Option<i64>>,
    actor_names: Vec<Option<&'a str>>,
    suggestions: Vec<String>,
}

impl<'a> Rows<'a> {
    fn of(batch: &'a [Filing]) -> Self {
        let mut rows = Self::default();
        for Filing { new, document, changes, actor } in batch {
            rows.titles.push(new.title.as_str());
            rows.descriptions.push(new.description.as_str());
            rows.categories.push(new.category.0.as_str());
            rows.priorities.push(new.priority.0.as_str());
            rows.statuses.push(new.status.as_str());
            rows.category_sources.push(new.category.1.as_str());
            rows.priority_sources.push(new.priority.1.as_str());
            rows.created_at.push(new.created_at);
            rows.follow_sha256.push(new.follow_sha256.as_ref().map(<[u8; 32]>::as_slice));
            rows.documents.push(document);
            rows.changes.push(changes);
            rows.actor_kinds.push(actor.kind.as_str());
            rows.actor_ids.push(actor.account_id);
            rows.actor_names.push(actor.name.as_deref());
            rows.suggestions.push(TicketSuggestion::to_json(&new.suggestions));
        }
        rows
    }
}
