//! The counts of days.

use rusqlite::{Connection, types::Type};

use super::{read_time, read_word};
use crate::tickets::{Changes, DayCounts, Past, PastEvent, Ticket};

/// Writes what changes of the counts.
pub fn count(connection: &Connection, counts: &DayCounts) -> rusqlite::Result<()> {
    for (key, sum) in counts.iter() {
        connection
            .prepare_cached(
                "insert into ticket_day (day, measure, word, n, seconds) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (day, measure, word)
                 do update set n = n + excluded.n, seconds = seconds + excluded.seconds",
            )?
            .execute((
                key.day.to_string(),
                key.measure.as_str(),
                &key.word,
                sum.n,
                sum.seconds,
            ))?;
    }
    Ok(())
}

/// A ticket's past: as it is kept with it, or else from its events.
pub fn past(connection: &Connection, ticket: &Ticket) -> rusqlite::Result<Past> {
    if let Some(none) = Past::kept(ticket, None) {
        return Ok(none); // never changed: nothing to read
    }
    let kept: Option<String> = connection
        .prepare_cached("select past from ticket where id = ?1")?
        .query_row([ticket.id], |row| row.get(0))?;
    match Past::kept(ticket, kept.as_deref()) {
        Some(past) => Ok(past),
        None => Ok(Past::of(ticket, &steps(connection, ticket.id)?)),
    }
}

/// What happened to a ticket, oldest first, without texts.
pub fn steps(connection: &Connection, ticket_id: i64) -> rusqlite::Result<Vec<PastEvent>> {
    connection
        .prepare_cached(
            "select at, kind, actor_kind, json_remove(changes, '$.title', '$.description')
             from ticket_event where ticket_id = ?1 order by id",
        )?
        .query_map([ticket_id], |row| {
            let changes = Changes::from_json(row.get_ref(3)?.as_str()?).map_err(|reason| {
                rusqlite::Error::FromSqlConversionFailure(3, Type::Text, reason.into())
            })?;
            let (at, kind) = (read_time(row, 0)?, read_word(row, 1)?);
            Ok(PastEvent { at, kind, actor: read_word(row, 2)?, changes })
        })?
        .collect()
}
