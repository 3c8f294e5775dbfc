//! One change of many tickets: four round trips, five where some are resolved, and one commit, however
//! many they are.
//!
//! Two such changes cannot wait for each other: the tickets are locked in the order of their ids, all
//! of them before the first count, and the counts in the order of their keys, as everywhere.

use std::collections::{HashMap, HashSet};

use deadpool_postgres::Object;
use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use super::{
    day::{DayRows, count_days, is_touched, steps},
    read_ticket, slot,
};
use crate::{
    error::Result,
    tickets::{
        Actor, BulkChange, BulkItem, BulkOutcome, Changes, DayCounts, Past, Ticket, is_resolution,
    },
};

const LOCK: &str =
    concat!("select ", columns!(), " from ticket where id = any($1) order by id for update");

/// Writes the changed tickets and their events, and moves them from count to count. What a ticket
/// was is read from its row, which the statement's own update does not change for the statement.
const UPDATE: &str = concat!(
    "with change as (
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
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n)
         select category, priority, status, $13::smallint, sum(n) from move
         group by category, priority, status having sum(n) <> 0
         order by category, priority, status
         on conflict (category, priority, status, slot)
         do update set n = ticket_count.n + excluded.n
         returning 1
     )
     ",
    count_days!(where "true", slot "$13", "$14", "$15", "$16", "$17", "$18")
);

/// Which of the tickets an agent has changed before. It is asked after the lock, in a statement of its
/// own: the lock's statement does not see what was committed while it waited.
const TOUCHED: &str =
    concat!("select ticket.id from ticket where id = any($1) and ", is_touched!());

/// Changes each of `items` that is there and at the version expected of it.
pub async fn change(
    connection: &mut Object,
    items: &[BulkItem],
    change: BulkChange,
    actor: &Actor,
    at: Timestamp,
) -> Result<Vec<BulkOutcome>> {
    let transaction = connection.transaction().await?;
    let lock = transaction.prepare_cached(LOCK).await?;
    let touched = transaction.prepare_cached(TOUCHED).await?;
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    // sent at once, run one after the other
    let parameters: [&(dyn ToSql + Sync); 1] = [&ids];
    let (rows, touched) = futures_util::try_join!(
        transaction.query(&lock, &parameters),
        transaction.query(&touched, &parameters),
    )?;
    let touched = touched.iter().map(|row| row.try_get(0));
    let touched = touched.collect::<Result<HashSet<i64>, _>>()?;
    let tickets = rows.iter().map(|row| read_ticket(row).map(|ticket| (ticket.id, ticket)));
    let tickets = tickets.collect::<Result<HashMap<i64, Ticket>>>()?;
    let mut outcomes = Vec::with_capacity(items.len());
    let mut writes = Writes::default();
    let mut changed = Vec::new();
    for item in items {
        let Some(before) = tickets.get(&item.id) else {
            outcomes.push(BulkOutcome::Missing);
            continue;
        };
        let (outcome, is_written) = item.outcome(before, change, at);
        if let (BulkOutcome::Done(after), true) = (&outcome, is_written) {
            writes.push(before, after);
            changed.push((before, after.clone()));
        }
        outcomes.push(outcome);
    }
    if !writes.ids.is_empty() {
        let resolved = changed.iter().filter(|(was, is)| is_resolution(was.status, is.status));
        let resolved: Vec<i64> = resolved.map(|(was, _)| was.id).collect();
        let steps = if resolved.is_empty() {
            HashMap::new()
        } else {
            steps(&transaction, &resolved).await?
        };
        let mut counts = DayCounts::default();
        for (before, after) in &changed {
            let past = match steps.get(&before.id) {
                Some(steps) => Past::of(before, steps),
                None => Past::touched(touched.contains(&before.id)),
            };
            counts.change(before, after, actor.kind, past);
        }
        let days = DayRows::of(&counts);
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
                    &days.days,
                    &days.measures,
                    &days.words,
                    &days.ns,
                    &days.seconds,
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
