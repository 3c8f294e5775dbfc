//! Reading the log of events.

use deadpool_postgres::Object;
use tokio_postgres::{Row, types::ToSql};

use super::read_word;
use crate::{
    error::{Error, Result},
    tickets::{Actor, Changes, EventPage, TicketEvent},
};

/// No row where there is no such ticket.
const COUNT: &str = "select (select count(*) from ticket_event where ticket_id = $1)
     from ticket where id = $1";

const PAGE: &str = "select id, at, version, kind, actor_kind, actor_id, actor_name, changes
     from ticket_event where ticket_id = $1 and id < $2 order by id desc limit $3";

/// A ticket's events before one of them, newest first; `None` if there is no such ticket.
pub async fn page(
    connection: &Object,
    ticket_id: i64,
    before: Option<i64>,
    limit: u16,
) -> Result<Option<EventPage>> {
    let count_statement = connection.prepare_cached(COUNT).await?;
    let page_statement = connection.prepare_cached(PAGE).await?;
    let (before, rows) = (before.unwrap_or(i64::MAX), i64::from(limit) + 1);
    // both are sent at once: one round trip
    let count_parameters: [&(dyn ToSql + Sync); 1] = [&ticket_id];
    let page_parameters: [&(dyn ToSql + Sync); 3] = [&ticket_id, &before, &rows];
    let (count, rows) = futures_util::try_join!(
        connection.query_opt(&count_statement, &count_parameters),
        connection.query(&page_statement, &page_parameters),
    )?;
    let Some(count) = count else { return Ok(None) };
    let count = count.try_get::<_, i64>(0)?.cast_unsigned();
    let events = rows.iter().map(read_event).collect::<Result<_>>()?;
    Ok(Some(EventPage::new(count, events, limit)))
}

fn read_event(row: &Row) -> Result<TicketEvent> {
    Ok(TicketEvent {
        id: row.try_get(0)?,
        at: row.try_get(1)?,
        version: row.try_get(2)?,
        kind: read_word(row, 3)?,
        actor: Actor {
            kind: read_word(row, 4)?,
            account_id: row.try_get(5)?,
            name: row.try_get(6)?,
        },
        changes: Changes::from_json(row.try_get(7)?).map_err(Error::Internal)?,
    })
}
