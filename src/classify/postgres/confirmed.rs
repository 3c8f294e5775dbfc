//! Tickets that agents have confirmed.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;

use crate::{
    classify::{
        examples::Confirmed,
        store::{CONFIRMED_CHARS, DONE_MAX},
    },
    error::Result,
    tickets::postgres::read_word,
};

/// Texts are read last, of what is taken alone.
const NEWEST: &str =
    "select ticket.id, ticket.version, ticket.title, substr(ticket.description, 1, $4),
         ticket.category, ticket.priority
     from (
         select id, created_at from (
             select * from (
                 select id, created_at, version from ticket
                 where status = 'resolved' and created_at >= $1
                 order by created_at desc, id desc limit $2
             ) as resolved
             union all
             select * from (
                 select id, created_at, version from ticket
                 where status = 'closed' and created_at >= $1
                 order by created_at desc, id desc limit $2
             ) as closed
         ) as done
         where version > 1 order by created_at desc, id desc limit $3
     ) as newest
     join ticket on ticket.id = newest.id
     order by newest.created_at desc, newest.id desc";

/// The newest.
pub async fn newest(
    client: &impl GenericClient,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Confirmed>> {
    let statement = client.prepare_cached(NEWEST).await?;
    let characters = i32::try_from(CONFIRMED_CHARS).unwrap_or(i32::MAX);
    let (done, limit) = (i64::from(DONE_MAX), i64::from(limit));
    let rows = client.query(&statement, &[&since, &done, &limit, &characters]).await?;
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
