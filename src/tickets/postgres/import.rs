//! A batch of tickets from elsewhere: one statement, however many they are.

use deadpool_postgres::{GenericClient, Object};
use jiff::Timestamp;

use super::{
    SLOTS,
    day::{DayRows, count_days},
};
use crate::{
    error::Result,
    tickets::{
        Actor, ActorKind, Changes, DayCounts, ImportMark, ImportProgress, ImportedTicket,
        NewTicket, document, undecided,
    },
};

/// Ids are taken first and in the order of the batch, so that each row's document and event know
/// theirs.
const INSERT: &str = concat!(
    "with entry as materialized (
         select nextval('ticket_id_seq') as id, entry.* from (
             select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                 $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::text[])
             with ordinality as entry (title, description, category, priority, status,
                 category_source, priority_source, at, document, changes, n)
             order by n
         ) as entry
     ), ticket as (
         insert into ticket (id, title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at)
         select id, title, description, category, priority, status, category_source,
             priority_source, at, at
         from entry order by n
     ), document as (
         insert into ticket_document (ticket_id, document) select id, document from entry order by n
     ), pending as (
         insert into search_pending (ticket_id, version) select id, 1 from entry order by n
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, at, 1, 'created', $11, $12, $13, changes from entry order by n
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n, undecided)
         select category, priority, status, $14::smallint, count(*), count(*) filter (where ",
    undecided!(""),
    ")
         from entry group by category, priority, status order by category, priority, status
         on conflict (category, priority, status, slot)
         do update set n = ticket_count.n + excluded.n,
             undecided = ticket_count.undecided + excluded.undecided
         returning 1
     )
     ",
    count_days!(where "true", slot "$14", "$15", "$16", "$17", "$18", "$19")
);

/// Moves an import on, if it is where the batch begins.
const MARK: &str = "insert into import_progress (source_sha256, position, tickets)
     select $1, $3, $4
     where $2 = 0::bigint or exists (select 1 from import_progress where source_sha256 = $1)
     on conflict (source_sha256) do update set position = excluded.position,
         tickets = import_progress.tickets + excluded.tickets
     where import_progress.position = $2";

/// A counter that only imports use: what files or changes a ticket never waits for one of them.
const SLOT: i16 = SLOTS;

/// The columns of a batch.
#[derive(Default)]
pub struct Rows {
    titles: Vec<String>,
    descriptions: Vec<String>,
    categories: Vec<&'static str>,
    priorities: Vec<&'static str>,
    statuses: Vec<&'static str>,
    category_sources: Vec<&'static str>,
    priority_sources: Vec<&'static str>,
    created_at: Vec<Timestamp>,
    documents: Vec<String>,
    changes: Vec<String>,
    days: DayRows,
}

impl Rows {
    /// The batch, column by column.
    pub fn new(batch: Vec<ImportedTicket>) -> Self {
        let mut rows = Self::default();
        let mut counts = DayCounts::default();
        for ticket in batch {
            let new = NewTicket::from(ticket);
            let (title, description) = (new.title.as_str(), new.description.as_str());
            rows.documents.push(document(title, description));
            rows.titles.push(title.to_owned());
            rows.descriptions.push(description.to_owned());
            rows.categories.push(new.category.0.as_str());
            rows.priorities.push(new.priority.0.as_str());
            rows.statuses.push(new.status.as_str());
            rows.category_sources.push(new.category.1.as_str());
            rows.priority_sources.push(new.priority.1.as_str());
            rows.created_at.push(new.created_at);
            rows.changes.push(Changes::of_new(&new).to_json());
            counts.file(new.category.0, new.priority.0, new.created_at);
        }
        rows.days = DayRows::of(&counts);
        rows
    }

    /// Writes it and how far the import has come, and says how many tickets it was.
    pub async fn write(&self, connection: &mut Object, mark: Option<ImportMark>) -> Result<u64> {
        let Some(mark) = mark else { return self.insert(connection).await };
        let transaction = connection.transaction().await?;
        let tickets = self.insert(&transaction).await?;
        let statement = transaction.prepare_cached(MARK).await?;
        let source = mark.source_sha256.as_slice();
        let moved = transaction
            .execute(&statement, &[&source, &mark.from, &mark.to, &tickets.cast_signed()])
            .await?;
        if moved == 0 {
            return Err(ImportMark::misplaced()); // and undoes the transaction
        }
        transaction.commit().await?;
        Ok(tickets)
    }

    async fn insert(&self, client: &impl GenericClient) -> Result<u64> {
        let actor = Actor::unknown(ActorKind::Requester);
        let statement = client.prepare_cached(INSERT).await?;
        client
            .execute(
                &statement,
                &[
                    &self.titles,
                    &self.descriptions,
                    &self.categories,
                    &self.priorities,
                    &self.statuses,
                    &self.category_sources,
                    &self.priority_sources,
                    &self.created_at,
                    &self.documents,
                    &self.changes,
                    &actor.kind.as_str(),
                    &actor.account_id,
                    &actor.name,
                    &SLOT,
                    &self.days.days,
                    &self.days.measures,
                    &self.days.words,
                    &self.days.ns,
                    &self.days.seconds,
                ],
            )
            .await?;
        Ok(self.titles.len() as u64)
    }
}

/// How far an import has come.
pub async fn progress(
    connection: &Object,
    source_sha256: [u8; 32],
) -> Result<Option<ImportProgress>> {
    let select = "select position, tickets from import_progress where source_sha256 = $1";
    let statement = connection.prepare_cached(select).await?;
    let row = connection.query_opt(&statement, &[&source_sha256.as_slice()]).await?;
    Ok(row.map(|row| ImportProgress {
        position: row.get(0),
        tickets: row.get::<_, i64>(1).cast_unsigned(),
    }))
}

/// Forgets it.
pub async fn forget(connection: &Object, source_sha256: [u8; 32]) -> Result<()> {
    let delete = "delete from import_progress where source_sha256 = $1";
    let statement = connection.prepare_cached(delete).await?;
    connection.execute(&statement, &[&source_sha256.as_slice()]).await?;
    Ok(())
}
