//! The log of events.

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Row, types::Type};

use super::{micros, read_time, read_word};
use crate::tickets::{Actor, Changes, EventKind, EventPage, Ticket, TicketEvent};

/// Appends events.
pub struct Append<'c>(CachedStatement<'c>);

impl<'c> Append<'c> {
    /// To the log of this database.
    pub fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        let insert = "insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id,
                 actor_name, changes)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        Ok(Self(connection.prepare_cached(insert)?))
    }

    /// What made `ticket` what it is now; `changes` is [`Changes::to_json`].
    pub fn execute(
        &mut self,
        ticket: &Ticket,
        kind: EventKind,
        actor: &Actor,
        changes: &str,
    ) -> rusqlite::Result<()> {
        self.0.execute((
            ticket.id,
            micros(ticket.updated_at),
            ticket.version,
            kind.as_str(),
            actor.kind.as_str(),
            actor.account_id,
            actor.name.as_deref(),
            changes,
        ))?;
        Ok(())
    }
}

/// Appends that `ticket` was deleted, with a number of the same sequence as the events'.
pub fn append_deletion(connection: &Connection, ticket: &Ticket) -> rusqlite::Result<()> {
    // a database whose tickets are all from before the log has no row there yet
    connection
        .prepare_cached(
            "insert into sqlite_sequence (name, seq) select 'ticket_event', 0
             where not exists (select 1 from sqlite_sequence where name = 'ticket_event')",
        )?
        .execute(())?;
    connection
        .prepare_cached("update sqlite_sequence set seq = seq + 1 where name = 'ticket_event'")?
        .execute(())?;
    connection
        .prepare_cached(
            "insert into ticket_deletion (id, ticket_id, version)
             select seq, ?1, ?2 from sqlite_sequence where name = 'ticket_event'",
        )?
        .execute((ticket.id, ticket.version))?;
    Ok(())
}

/// A ticket's events before one of them, newest first; `None` if there is no such ticket.
pub fn page(
    connection: &Connection,
    ticket_id: i64,
    before: Option<i64>,
    limit: u16,
) -> rusqlite::Result<Option<EventPage>> {
    let count: Option<i64> = connection
        .prepare_cached(
            "select (select count(*) from ticket_event where ticket_id = ?1)
             from ticket where id = ?1",
        )?
        .query_row([ticket_id], |row| row.get(0))
        .optional()?;
    let Some(count) = count else { return Ok(None) };
    let events = connection
        .prepare_cached(
            "select id, at, version, kind, actor_kind, actor_id, actor_name, changes
             from ticket_event where ticket_id = ?1 and id < ?2 order by id desc limit ?3",
        )?
        .query_map((ticket_id, before.unwrap_or(i64::MAX), i64::from(limit) + 1), read_event)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(EventPage::new(count.cast_unsigned(), events, limit)))
}

fn read_event(row: &Row<'_>) -> rusqlite::Result<TicketEvent> {
    let changes = Changes::from_json(row.get_ref(7)?.as_str()?).map_err(|reason| {
        rusqlite::Error::FromSqlConversionFailure(7, Type::Text, reason.into())
    })?;
    Ok(TicketEvent {
        id: row.get(0)?,
        at: read_time(row, 1)?,
        version: row.get(2)?,
        kind: read_word(row, 3)?,
        actor: Actor { kind: read_word(row, 4)?, account_id: row.get(5)?, name: row.get(6)? },
        changes,
    })
}
