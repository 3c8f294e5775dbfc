//! One change of many tickets: four round trips and one commit, however many they are.
//!
//! Two such changes cannot wait for each other: the tickets are locked in the order of their ids, all
//! of them before the first count, and the counts in the order of their keys, as everywhere.

use std::collections::HashMap;

use deadpool_postgres::Object;
use jiff::Timestamp;

use super::{read_ticket, slot};
use crate::{
    error::Result,
    tickets::{Actor, BulkChange, BulkItem, BulkOutcome, Changes, Ticket},
};

const LOCK: &str =
    concat!("select ", columns!(), " from ticket where id = any($1) order by id for update");

/// Writes the changed tickets and their events, and moves them from count to count. What a ticket
/// was is read from its row, which the statement's own update does not change for the statement.
const UPDATE: &str = "with change as (
         select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[],
             $6::text[], $7::timestamptz[], $8::bigint[], $9::text[])
         as change (id, category, priority, status, category_source, priority_source, updated_at,
             version, changes)
     ), changed as (
         update ticket set category = change.category, priority = change.priority,
             status = change.status, category_source = change.category_source,
             priority_source = change.priority_source, updated_at = change.updated_at,
             version = change.version
         from change where ticket.id = change.id
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, updated_at, version, 'changed', $10, $11, $12, changes from change order by id
     ), move as (
         select category, priority, status, 1 as n from change
         union all
         select ticket.category, ticket.priority, ticket.status, -1
         from ticket join change on change.id = ticket.id
     )
     insert into ticket_count (category, priority, status, slot, n)
     select category, priority, status, $13::smallint, sum(n) from move
     group by category, priority, status having sum(n) <> 0
     order by category, priority, status
     on conflict (category, priority, status, slot)
     do update set n = ticket_count.n + excluded.n";

/// Changes each of `items` that is there and at the version expected of it.
pub async fn change(
    connection: &mut Object,
    items: &[BulkItem],
    change: BulkChange,
    actor: &Actor,
    at: Timestamp,
) -> Result<Vec<BulkOutcome>> {
    let transaction = connection.transaction().await?;
    let statement = transaction.prepare_cached(LOCK).await?;
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let rows = transaction.query(&statement, &[&ids]).await?;
    let tickets = rows.iter().map(|row| read_ticket(row).map(|ticket| (ticket.id, ticket)));
    let tickets = tickets.collect::<Result<HashMap<i64, Ticket>>>()?;
    let mut outcomes = Vec::with_capacity(items.len());
    let mut writes = Writes::default();
    for item in items {
        let Some(before) = tickets.get(&item.id) else {
            outcomes.push(BulkOutcome::Missing);
            continue;
        };
        let (outcome, is_written) = item.outcome(before, change, at);
        if let (BulkOutcome::Done(after), true) = (&outcome, is_written) {
            writes.push(before, after);
        }
        outcomes.push(outcome);
    }
    if !writes.ids.is_empty() {
        let statement = transaction.prepare_cached(UPDATE).await?;
        transaction
            .execute(
                &statement,
                &[
                    &writes.ids,
                    &writes.categories,
                    &writes.priorities,
                    &writes.statuses,
                    &writes.category_sources,
                    &writes.priority_sources,
                    &writes.updated_at,
                    &writes.versions,
                    &writes.changes,
                    &actor.kind.as_str(),
                    &actor.account_id,
                    &actor.name,
                    &slot(),
                ],
            )
            .await?;
    }
    transaction.commit().await?;
    Ok(outcomes)
}

/// The columns of what is written.
#[derive(Default)]
struct Writes {
    ids: Vec<i64>,
    categories: Vec<&'static str>,
    priorities: Vec<&'static str>,
    statuses: Vec<&'static str>,
    category_sources: Vec<&'static str>,
    priority_sources: Vec<&'static str>,
    updated_at: Vec<Timestamp>,
    versions: Vec<i64>,
    changes: Vec<String>,
}

impl Writes {
    fn push(&mut self, before: &Ticket, after: &Ticket) {
        self.ids.push(after.id);
        self.categories.push(after.category.as_str());
        self.priorities.push(after.priority.as_str());
        self.statuses.push(after.status.as_str());
        self.category_sources.push(after.category_source.as_str());
        self.priority_sources.push(after.priority_source.as_str());
        self.updated_at.push(after.updated_at);
        self.versions.push(after.version);
        self.changes.push(Changes::between(before, after).to_json());
    }
}
