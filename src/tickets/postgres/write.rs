//! The statement that writes changed tickets, be they one or many: the tickets, what is searched of
//! them, their events and all counts.
//!
//! Two such statements cannot wait for each other: the tickets are locked in the order of their ids,
//! all of them before the first count, and the counts in the order of their keys, as everywhere.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use super::{
    slot,
    tally::{TallyRows, count},
};
use crate::{
    error::Result,
    tickets::{Actor, Changes, Past, Tally, Ticket, document},
};

/// Writes all of the changes if every ticket still is as it was read, and otherwise none; so whatever was changed, all
/// were. They come in the order of their ids. What is not changed of the texts is null.
const WRITE: &str = concat!(
    "with change as materialized (
         select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
             $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::bigint[],
             $13::text[], $14::text[], $15::bigint[], $16::text[], $17::text[])
         as change (id, version_read, title, description, document, category, priority, status,
             category_source, priority_source, at, version, changes, actor_kind, actor_id, actor_name,
             past)
     ), before as materialized (
         select ticket.id
         from ticket join change on change.id = ticket.id and change.version_read = ticket.version
         order by ticket.id for update of ticket
     ), changed as (
         update ticket set title = coalesce(change.title, ticket.title),
             description = coalesce(change.description, ticket.description),
             category = change.category, priority = change.priority, status = change.status,
             category_source = change.category_source, priority_source = change.priority_source,
             updated_at = change.at, version = change.version,
             past = change.past
         from change
         where ticket.id = change.id and (select count(*) from before) = cardinality($1)
         returning ticket.id
     ), document as (
         update ticket_document set document = change.document
         from change
         where ticket_document.ticket_id = change.id and change.document is not null
             and exists (select from changed)
     ), pending as (
         insert into search_pending (ticket_id, version)
         select id, version from change where document is not null and exists (select from changed)
         on conflict (ticket_id) do update set version = excluded.version, key = excluded.key
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, at, version, 'changed', actor_kind, actor_id, actor_name, changes
         from change where exists (select from changed)
     ), ",
    count!(
        where "exists (select from changed)", slot "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26",
        "$27", "$28"
    ),
    "
     select count(*) from changed"
);

/// A ticket and its past as they were read, and what it is to become.
pub struct Write<'a> {
    pub before: &'a Ticket,
    pub past: Past,
    pub after: Ticket,
    pub actor: &'a Actor,
}

/// Writes all of `writes`, which are of as many tickets, if each still is as it was read; `false` and
/// nothing written where one is not.
pub async fn write(client: &impl GenericClient, writes: &[Write<'_>]) -> Result<bool> {
    let mut writes: Vec<&Write<'_>> = writes.iter().collect();
    writes.sort_unstable_by_key(|write| write.after.id);
    let mut rows = Rows::default();
    let mut tally = Tally::default();
    for write in writes {
        tally.change(write.before, &write.after, write.actor.kind, write.past);
        rows.push(write);
    }
    let tally = TallyRows::of(&tally);
    let statement = client.prepare_cached(WRITE).await?;
    let own: [&(dyn ToSql + Sync); 18] = [
        &rows.ids,
        &rows.versions_read,
        &rows.titles,
        &rows.descriptions,
        &rows.documents,
        &rows.categories,
        &rows.priorities,
        &rows.statuses,
        &rows.category_sources,
        &rows.priority_sources,
        &rows.at,
        &rows.versions,
        &rows.changes,
        &rows.actor_kinds,
        &rows.actor_ids,
        &rows.actor_names,
        &rows.pasts,
        &slot(),
    ];
    let written = client.query_one(&statement, &tally.parameters(own)).await?;
    Ok(written.try_get::<_, i64>(0)? > 0)
}

/// The columns of what is written.
#[derive(Default)]
struct Rows<'a> {
    ids: Vec<i64>,
    versions_read: Vec<i64>,
    titles: Vec<Option<&'a str>>,
    descriptions: Vec<Option<&'a str>>,
    documents: Vec<Option<String>>,
    categories: Vec<&'static str>,
    priorities: Vec<&'static str>,
    statuses: Vec<&'static str>,
    category_sources: Vec<&'static str>,
    priority_sources: Vec<&'static str>,
    at: Vec<Timestamp>,
    versions: Vec<i64>,
    changes: Vec<String>,
    actor_kinds: Vec<&'static str>,
    actor_ids: Vec<Option<i64>>,
    actor_names: Vec<Option<&'a str>>,
    pasts: Vec<String>,
}

impl<'a> Rows<'a> {
    fn push(&mut self, Write { before, past, after, actor }: &'a Write<'_>) {
        let title = (after.title != before.title).then_some(after.title.as_str());
        let description =
            (after.description != before.description).then_some(after.description.as_str());
        let is_rewritten = title.is_some() || description.is_some();
        self.ids.push(after.id);
        self.versions_read.push(before.version);
        self.titles.push(title);
        self.descriptions.push(description);
        self.documents.push(is_rewritten.then(|| document(&after.title, &after.description)));
        self.categories.push(after.category.as_str());
        self.priorities.push(after.priority.as_str());
        self.statuses.push(after.status.as_str());
        self.category_sources.push(after.category_source.as_str());
        self.priority_sources.push(after.priority_source.as_str());
        self.at.push(after.updated_at);
        self.versions.push(after.version);
        self.changes.push(Changes::between(before, after).to_json());
        self.actor_kinds.push(actor.kind.as_str());
        self.actor_ids.push(actor.account_id);
        self.actor_names.push(actor.name.as_deref());
        self.pasts.push(past.after(before, actor.kind).to_text(after.version));
    }
}
