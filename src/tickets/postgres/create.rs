//! Filing one ticket, alone or under a key.

use deadpool_postgres::{GenericClient, Object};

use super::{
    day::{DayRows, count_days},
    read_ticket, slot,
    suggestion::{suggestion_columns, suggestion_record},
};
use crate::{
    error::{Error, Result},
    tickets::{
        Changes, DayCounts, Filed, Filing, IDEMPOTENCY_KEY_LIFE, IdempotencyKey, Ticket,
        TicketSuggestion,
    },
};

/// Files a ticket, its search document, its event and its counts in one statement: one round trip,
/// one commit.
const INSERT: &str = concat!(
    "with ticket as (
         insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at, follow_sha256)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $15)
         returning *
     ), document as (
         insert into ticket_document (ticket_id, document) select id, $9 from ticket
     ), pending as (
         insert into search_pending (ticket_id, version) select id, version from ticket
     ), event as (
         insert into ticket_event (ticket_id, at, version, kind, actor_kind, actor_id, actor_name,
             changes)
         select id, $8, version, 'created', $11, $12, $13, $14 from ticket
     ), tally as (
         insert into ticket_count (category, priority, status, slot, n, undecided)
         values ($3, $4, $5, $10, 1, $22)
         on conflict (category, priority, status, slot)
         do update set n = ticket_count.n + 1,
             undecided = ticket_count.undecided + excluded.undecided
         returning 1
     ), day as (
         ",
    count_days!(where "true", slot "$10", "$16", "$17", "$18", "$19", "$20"),
    "
     ), suggestion as (
         insert into ticket_suggestion (ticket_id, ",
    suggestion_columns!(),
    ") select ticket.id, kept.* from ticket, json_to_recordset($21::text::json) as ",
    suggestion_record!(),
    ")
     select ",
    columns!(),
    " from ticket"
);

/// Gives a ticket that is asked for again the link of the new answer, if that has one.
const REPLACE_LINK: &str = concat!(
    "update ticket set follow_sha256 = coalesce($2, follow_sha256) where id = $1 returning ",
    columns!()
);

/// Files a ticket.
pub async fn insert(client: &impl GenericClient, filing: &Filing) -> Result<Ticket> {
    let Filing { new, document, actor } = filing;
    let statement = client.prepare_cached(INSERT).await?;
    let mut counts = DayCounts::default();
    counts.file(new.category.0, new.priority.0, new.created_at);
    let days = DayRows::of(&counts);
    let row = client
        .query_one(
            &statement,
            &[
                &new.title.as_str(),
                &new.description.as_str(),
                &new.category.0.as_str(),
                &new.priority.0.as_str(),
                &new.status.as_str(),
                &new.category.1.as_str(),
                &new.priority.1.as_str(),
                &new.created_at,
                &document,
                &slot(),
                &actor.kind.as_str(),
                &actor.account_id,
                &actor.name,
                &Changes::of_new(new).to_json(),
                &new.follow_sha256.as_ref().map(<[u8; 32]>::as_slice),
                &days.days,
                &days.measures,
                &days.words,
                &days.ns,
                &days.seconds,
                &TicketSuggestion::to_json(&new.suggestions),
                &i64::from(new.category.1.is_machine() || new.priority.1.is_machine()),
            ],
        )
        .await?;
    read_ticket(&row)
}

/// Files a ticket once under its key. `None`: another request under the same key was faster; nothing was filed.
pub async fn under_key(
    connection: &mut Object,
    filing: &Filing,
    key: &IdempotencyKey,
) -> Result<Option<Filed>> {
    let new = &filing.new;
    let transaction = connection.transaction().await?;
    let expired = new.created_at - IDEMPOTENCY_KEY_LIFE;
    let known = transaction
        .query_opt(
            &transaction
                .prepare_cached(
                    "select request_sha256, ticket_id from idempotency_key
                     where key = $1 and created_at > $2",
                )
                .await?,
            &[&key.key, &expired],
        )
        .await?;
    if let Some(known) = known {
        if known.get::<_, &[u8]>(0) != key.request_sha256 {
            return Err(Error::IdempotencyMismatch);
        }
        let statement = transaction.prepare_cached(REPLACE_LINK).await?;
        let hash = new.follow_sha256.as_ref().map(<[u8; 32]>::as_slice);
        let row = transaction.query_opt(&statement, &[&known.get::<_, i64>(1), &hash]).await?;
        transaction.commit().await?;
        return row.as_ref().map(read_ticket).transpose().map(|ticket| ticket.map(Filed::Before));
    }
    let ticket = insert(&transaction, filing).await?;
    // an expired key is taken over; a living one was committed after the look above
    let taken = transaction
        .execute(
            &transaction
                .prepare_cached(
                    "insert into idempotency_key (key, request_sha256, ticket_id, created_at)
                     values ($1, $2, $3, $4)
                     on conflict (key) do update set request_sha256 = excluded.request_sha256,
                         ticket_id = excluded.ticket_id, created_at = excluded.created_at
                     where idempotency_key.created_at <= $5",
                )
                .await?,
            &[&key.key, &key.request_sha256.as_slice(), &ticket.id, &new.created_at, &expired],
        )
        .await?;
    if taken == 0 {
        transaction.rollback().await?;
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(Filed::New(ticket)))
}
