//! One change of many tickets: four round trips and one commit, however many they are.
//!
//! The tickets are locked first, in the order of their ids, so that none is found changed when it is
//! written.

use deadpool_postgres::Object;
use jiff::Timestamp;

use super::{
    change::{Found, found},
    write::{Write, write},
};
use crate::{
    error::Result,
    tickets::{Actor, BulkChange, BulkItem, BulkOutcome},
};

const LOCK: &str =
    concat!("select ", columns!(), ", past from ticket where id = any($1) order by id for update");

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
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let found = found(&transaction, &transaction.query(&lock, &[&ids]).await?).await?;
    let mut outcomes = Vec::with_capacity(items.len());
    let mut changed = Vec::new();
    for item in items {
        let Some(Found { ticket: before, past }) = found.get(&item.id) else {
            outcomes.push(BulkOutcome::Missing);
            continue;
        };
        let (outcome, is_written) = item.outcome(before, change, at);
        if let (BulkOutcome::Done(after), true) = (&outcome, is_written) {
            changed.push(Write { before, past: *past, after: after.clone(), actor });
        }
        outcomes.push(outcome);
    }
    if !changed.is_empty() {
        write(&transaction, &changed).await?;
    }
    transaction.commit().await?;
    Ok(outcomes)
}
