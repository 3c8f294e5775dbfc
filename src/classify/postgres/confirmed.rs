//! Tickets that agents have confirmed.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;

use crate::{
    classify::{
        examples::Confirmed,
        store::{CONFIRMED_CHARS, DONE_MAX, done_since},
    },
    error::Result,
    tickets::postgres::{Query, read_word},
};

/// The newest.
pub async fn newest(
    client: &impl GenericClient,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Confirmed>> {
    let mut query = Query::default();
    query.push("select ticket.id, ticket.version, ticket.title, substr(ticket.description, 1, ");
    query.bind(i32::try_from(CONFIRMED_CHARS).unwrap_or(i32::MAX));
    query.push("), ticket.category, ticket.priority from ");
    query.first(&done_since(since), None, DONE_MAX.into());
    query.push(" where version > 1 order by ticket.moment desc, ticket.id desc limit ");
    query.bind(i64::from(limit));
    let statement = client.prepare_cached(&query.sql).await?;
    let rows = client.query(&statement, &query.parameters()).await?;
    let rows = rows.iter().map(|row| {
        Ok(Confirmed {
            id: row.try_get(0)?,
            version: row.try_get(1)?,
            title: row.try_get(2)?,
            description: row.try_get(3)?,
            category: read_word(row, 4)?,
            priority: read_word(row, 5)?,
        })
    });
    rows.collect()
}
