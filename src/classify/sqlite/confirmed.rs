//! Tickets that agents have confirmed.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    classify::{
        examples::Confirmed,
        store::{CONFIRMED_CHARS, DONE_MAX, done_since},
    },
    tickets::sqlite::{Query, read_word},
};

/// The newest.
pub fn newest(
    connection: &Connection,
    since: Timestamp,
    limit: u32,
) -> rusqlite::Result<Vec<Confirmed>> {
    // texts are read last, of what is taken alone
    let mut query = Query::first("created_at, id, version", &done_since(since), None, DONE_MAX);
    let (limit, characters) = (query.place(limit), query.place(CONFIRMED_CHARS));
    let sql = format!(
        "select ticket.id, ticket.version, ticket.title, substr(ticket.description, 1, {characters}),
             ticket.category, ticket.priority
         from (
             select created_at, id from ({}) as done where version > 1
             order by created_at desc, id desc limit {limit}
         ) as newest
         cross join ticket on ticket.id = newest.id
         order by newest.created_at desc, newest.id desc",
        query.sql
    );
    connection
        .prepare_cached(&sql)?
        .query_map(query.parameters().as_slice(), |row| {
            Ok(Confirmed {
                id: row.get(0)?,
                version: row.get(1)?,
                title: row.get(2)?,
                description: row.get(3)?,
                category: read_word(row, 4)?,
                priority: read_word(row, 5)?,
            })
        })?
        .collect()
}
