//! Tickets that agents have confirmed.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    classify::{
        examples::Confirmed,
        store::{CONFIRMED_CHARS, DONE_MAX},
    },
    tickets::sqlite::{micros, read_word},
};

/// SQLite is told the index, since without statistics it may take another. Texts are read last, of what
/// is taken alone.
const NEWEST: &str =
    "select ticket.id, ticket.version, ticket.title, substr(ticket.description, 1, ?4),
         ticket.category, ticket.priority
     from (
         select id, created_at from (
             select * from (
                 select id, created_at, version from ticket indexed by ticket_status_created_idx
                 where status = 'resolved' and created_at >= ?1
                 order by created_at desc, id desc limit ?2
             ) as resolved
             union all
             select * from (
                 select id, created_at, version from ticket indexed by ticket_status_created_idx
                 where status = 'closed' and created_at >= ?1
                 order by created_at desc, id desc limit ?2
             ) as closed
         ) as done
         where version > 1 order by created_at desc, id desc limit ?3
     ) as newest
     cross join ticket on ticket.id = newest.id
     order by newest.created_at desc, newest.id desc";

/// The newest.
pub fn newest(
    connection: &Connection,
    since: Timestamp,
    limit: u32,
) -> rusqlite::Result<Vec<Confirmed>> {
    connection
        .prepare_cached(NEWEST)?
        .query_map((micros(since), DONE_MAX, limit, CONFIRMED_CHARS), |row| {
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
