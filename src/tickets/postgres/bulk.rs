//! One change of many tickets: four round trips, five where some are resolved, and one commit, however
//! many they are.
//!
//! The tickets are locked first, in the order of their ids, so that none is found changed when it is
//! written.

use std::collections::{HashMap, HashSet};

use deadpool_postgres::Object;
use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use super::{
    day::is_touched,
    read_ticket,
    write::{Write, write},
};
use crate::{
    error::Result,
    tickets::{Actor, BulkChange, BulkItem, BulkOutcome, Ticket},
};

const LOCK: &str =
    concat!("select ", columns!(), " from ticket where id = any($1) order by id for update");

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
    let mut changed = Vec::new();
    for item in items {
        let Some(before) = tickets.get(&item.id) else {
            outcomes.push(BulkOutcome::Missing);
            continue;
        };
        let (outcome, is_written) = item.outcome(before, change, at);
        if let (BulkOutcome::Done(after), true) = (&outcome, is_written) {
            changed.push((before, after.clone()));
        }
        outcomes.push(outcome);
    }
    if !changed.is_empty() {
        let writes = changed.into_iter().map(|(before, after)| Write {
            before,
            after,
            is_touched: touched.contains(&before.id),
            actor,
        });
        write(&transaction, &writes.collect::<Vec<_>>()).await?;
    }
    transaction.commit().await?;
    Ok(outcomes)
}
