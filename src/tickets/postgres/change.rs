//! Changing and deleting one ticket.

use std::collections::HashMap;

use deadpool_postgres::{GenericClient, Object};
use jiff::Timestamp;
use tokio_postgres::{Row, types::ToSql};

use super::{
    day::steps,
    read_ticket, slot,
    tally::{TallyRows, count},
    write::{Write, write},
};
use crate::{
    error::Result,
    tickets::{Actor, Past, Tally, Ticket, TicketPatch, check_version},
};

const SELECT: &str = concat!("select ", columns!(), ", past from ticket where id = any($1)");

/// The column after those of a ticket.
const PAST: usize = 11;

const SELECT_FOR_UPDATE: &str =
    concat!("select ", columns!(), " from ticket where id = $1 for update");

/// Deletes a ticket, and all that refers to it, and takes it out of its counts.
const DELETE: &str = concat!(
    "with gone as (
         delete from ticket where id = $1
         returning id, version
     ), deletion as (
         insert into ticket_deletion (id, ticket_id, version)
         select nextval(pg_get_serial_sequence('ticket_event', 'id')), id, version from gone
     ), waiting as (
         -- or a server would count the text that it remembers
         delete from search_pending where ticket_id = $1
     ), ",
    count!(
        where "exists (select from gone)", slot "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12"
    ),
    " select 1"
);

/// A ticket and its past.
pub struct Found {
    pub ticket: Ticket,
    pub past: Past,
}

/// The tickets with these ids that there are.
pub async fn find(client: &impl GenericClient, ids: &[i64]) -> Result<HashMap<i64, Found>> {
    let select = client.prepare_cached(SELECT).await?;
    found(client, &client.query(&select, &[&ids]).await?).await
}

/// The tickets of these rows, which have their past in a last column.
pub async fn found(client: &impl GenericClient, rows: &[Row]) -> Result<HashMap<i64, Found>> {
    let tickets = rows.iter().map(|row| {
        let ticket = read_ticket(row)?;
        let kept = Past::kept(&ticket, row.try_get(PAST)?);
        Ok((ticket, kept))
    });
    let tickets = tickets.collect::<Result<Vec<_>>>()?;
    let forgotten = tickets.iter().filter(|(_, kept)| kept.is_none());
    let forgotten: Vec<i64> = forgotten.map(|(ticket, _)| ticket.id).collect();
    // read after the tickets: if they tell of later events, whoever writes meets a newer version
    let steps = steps(client, &forgotten).await?;
    let found = tickets.into_iter().map(|(ticket, kept)| {
        let told = || Past::of(&ticket, steps.get(&ticket.id).map_or(&[], Vec::as_slice));
        let past = kept.unwrap_or_else(told);
        (ticket.id, Found { ticket, past })
    });
    Ok(found.collect())
}

/// Reads a ticket, asks `patch_of` what to change, and writes that, if nobody else changed the ticket
/// meanwhile; otherwise all of it again. No lock is held between the two. The answer tells also
/// whether anything was written.
pub async fn change(
    client: &impl GenericClient,
    id: i64,
    actor: &Actor,
    at: Timestamp,
    patch_of: impl Fn(&Ticket) -> Result<TicketPatch>,
) -> Result<(Option<Ticket>, bool)> {
    // whoever is too late sees a newer version each time, so somebody always gets on
    loop {
        let Some(found) = find(client, &[id]).await?.remove(&id) else {
            return Ok((None, false));
        };
        let patch = patch_of(&found.ticket)?;
        let Some(after) = patch.apply(&found.ticket, at) else {
            return Ok((Some(found.ticket), false));
        };
        let Found { ticket: before, past } = &found;
        let writes = [Write { before, past: *past, after, actor }];
        if write(client, &writes).await? {
            let [Write { after, .. }] = writes;
            return Ok((Some(after), true));
        }
    }
}

/// Deletes a ticket, if it is at the version expected; `false` if there is none.
pub async fn delete(connection: &mut Object, id: i64, expected: Option<i64>) -> Result<bool> {
    let transaction = connection.transaction().await?;
    let statement = transaction.prepare_cached(SELECT_FOR_UPDATE).await?;
    let Some(row) = transaction.query_opt(&statement, &[&id]).await? else {
        return Ok(false);
    };
    let ticket = read_ticket(&row)?;
    check_version(&ticket, expected)?;
    // a statement of its own, which sees what was committed while the lock was waited for
    let steps = steps(&transaction, &[id]).await?;
    let mut tally = Tally::default();
    tally.delete(&ticket, steps.get(&id).map_or(&[], Vec::as_slice));
    let tally = TallyRows::of(&tally);
    let own: [&(dyn ToSql + Sync); 2] = [&id, &slot()];
    let statement = transaction.prepare_cached(DELETE).await?;
    transaction.execute(&statement, &tally.parameters(own)).await?;
    transaction.commit().await?;
    Ok(true)
}
