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

/// What a change needs to know of a ticket's past; all of it only where the change is a resolution.
pub fn past(
    connection: &Connection,
    ticket: &Ticket,
    is_resolution: bool,
) -> rusqlite::Result<Past> {
    if is_resolution {
        return Ok(Past::of(ticket, &steps(connection, ticket.id)?));
    }
    if ticket.version == 1 {
        return Ok(Past::touched(false));
    }
    let is_touched = connection
        .prepare_cached(
            "select exists (select 1 from ticket_event
                 where ticket_id = ?1 and kind = 'changed' and actor_kind = 'agent')",
        )?
        .query_row([ticket.id], |row| row.get(0))?;
    Ok(Past::touched(is_touched))
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
