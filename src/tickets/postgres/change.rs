//! Changing and deleting one ticket.

use deadpool_postgres::{GenericClient, Object};
use jiff::Timestamp;

use super::{
    day::{DayRows, count_days, is_touched, steps},
    read_ticket, slot,
};
use crate::{
    db::postgres::Postgres,
    error::Result,
    tickets::{
        Actor, Changes, DayCounts, Past, Ticket, TicketPatch, check_version, document,
        is_resolution,
    },
};

/// Writes a changed ticket and its event, if it still is as it was read, and moves it from one count to
/// another, all in one round trip. No row where it is not. The counts are
/// taken in the order of their keys, so that two changes in opposite directions cannot wait for each
/// other.
const UPDATE: &str = concat!(
    "with changed as (
         update ticket set title = $2, description = $3, category = $4, priority = $5, status = $6,
             category_source = $7, priority_source = $8, updated_at = $9, version = $10
         where id = $1 and version = $20
         returning id
     ), document as (
         update ticket_document set document = $11 from changed
         where ticket_id = changed.id and $11::text is not null
     ), pending as (
         insert into search_pending (ticket_id, version)
         select id, $10 from changed where $11::text is not null
         on conflict (ticket_id) do update set version = excluded.version
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, $9, $10, 'changed', $16, $17, $18, $19 from changed
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n)
         select c, p, s, slot, n
         from changed, (values ($4::text, $5::text, $6::text, $15::smallint, 1::bigint),
             ($12::text, $13::text, $14::text, $15::smallint, -1::bigint)) as move (c, p, s, slot, n)
         where ($4, $5, $6) is distinct from ($12, $13, $14)
         order by 1, 2, 3
         on conflict (category, priority, status, slot)
         do update set n = ticket_count.n + excluded.n
         returning 1
     ), day as (
         ",
    count_days!(
        where "exists (select from changed)", slot "$15", "$21", "$22", "$23", "$24", "$25"
    ),
    "
     )
     select id from changed"
);

const SELECT: &str =
    concat!("select ", columns!(), ", ", is_touched!(), " from ticket where id = $1");

/// The column after those of a ticket.
const TOUCHED: usize = 11;

const SELECT_FOR_UPDATE: &str =
    concat!("select ", columns!(), " from ticket where id = $1 for update");

/// Deletes a ticket, and all that refers to it, and takes it out of its counts.
const DELETE: &str = concat!(
    "with gone as (
         delete from ticket where id = $1 returning id, version, category, priority, status
     ), deletion as (
         insert into ticket_deletion (id, ticket_id, version)
         select nextval(pg_get_serial_sequence('ticket_event', 'id')), id, version from gone
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n)
         select category, priority, status, $2, -1 from gone
         on conflict (category, priority, status, slot) do update set n = ticket_count.n - 1
         returning 1
     )
     ",
    count_days!(where "true", slot "$2", "$3", "$4", "$5", "$6", "$7")
);

impl Postgres {
    /// Changes a ticket and tells who listens.
    pub(super) async fn change(
        &self,
        id: i64,
        actor: &Actor,
        at: Timestamp,
        patch_of: impl Fn(&Ticket) -> Result<TicketPatch> + Send,
    ) -> Result<Option<Ticket>> {
        let changing =
            self.run(async |connection| change(&*connection, id, actor, at, patch_of).await);
        let changed = changing.await?;
        self.grew();
        Ok(changed)
    }
}

/// Reads a ticket, asks `patch_of` what to change, and writes that, if nobody else changed the ticket
/// meanwhile; otherwise all of it again. No lock is held between the two.
pub async fn change(
    client: &impl GenericClient,
    id: i64,
    actor: &Actor,
    at: Timestamp,
    patch_of: impl Fn(&Ticket) -> Result<TicketPatch>,
) -> Result<Option<Ticket>> {
    let select = client.prepare_cached(SELECT).await?;
    let update = client.prepare_cached(UPDATE).await?;
    // whoever is too late sees a newer version each time, so somebody always gets on
    loop {
        let Some(row) = client.query_opt(&select, &[&id]).await? else {
            return Ok(None);
        };
        let before = read_ticket(&row)?;
        let is_touched = row.try_get(TOUCHED)?;
        let patch = patch_of(&before)?;
        let Some(after) = patch.apply(&before, at) else { return Ok(Some(before)) };
        // read after the ticket: if it tells of later events, the write below meets a newer version
        let past = if is_resolution(before.status, after.status) {
            let steps = steps(client, &[id]).await?;
            Past::of(&before, steps.get(&id).map_or(&[], Vec::as_slice))
        } else {
            Past::touched(is_touched)
        };
        let mut counts = DayCounts::default();
        counts.change(&before, &after, actor.kind, past);
        let days = DayRows::of(&counts);
        let rewritten = patch.title.is_some() || patch.description.is_some();
        let document = rewritten.then(|| document(&after.title, &after.description));
        let written = client
            .query_opt(
                &update,
                &[
                    &after.id,
                    &after.title,
                    &after.description,
                    &after.category.as_str(),
                    &after.priority.as_str(),
                    &after.status.as_str(),
                    &after.category_source.as_str(),
                    &after.priority_source.as_str(),
                    &after.updated_at,
                    &after.version,
                    &document,
                    &before.category.as_str(),
                    &before.priority.as_str(),
                    &before.status.as_str(),
                    &slot(),
                    &actor.kind.as_str(),
                    &actor.account_id,
                    &actor.name,
                    &Changes::between(&before, &after).to_json(),
                    &before.version,
                    &days.days,
                    &days.measures,
                    &days.words,
                    &days.ns,
                    &days.seconds,
                ],
            )
            .await?;
        if written.is_some() {
            return Ok(Some(after));
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
    let mut counts = DayCounts::default();
    counts.delete(&ticket, steps.get(&id).map_or(&[], Vec::as_slice));
    let days = DayRows::of(&counts);
    let statement = transaction.prepare_cached(DELETE).await?;
    transaction
        .execute(
            &statement,
            &[&id, &slot(), &days.days, &days.measures, &days.words, &days.ns, &days.seconds],
        )
        .await?;
    transaction.commit().await?;
    Ok(true)
}
