//! Filing a ticket under a key.

use deadpool_postgres::Object;

use super::{filing::insert, read_ticket};
use crate::{
    error::{Error, Result},
    tickets::{Filed, Filing, IDEMPOTENCY_KEY_LIFE, IdempotencyKey},
};

/// Gives a ticket that is asked for again the link of the new answer, if that has one.
const REPLACE_LINK: &str = concat!(
    "update ticket set follow_sha256 = coalesce($2, follow_sha256) where id = $1 returning ",
    columns!()
);

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
    let filed = insert(&transaction, std::slice::from_ref(filing)).await?;
    let ticket = filed.into_iter().next();
    let ticket = ticket.ok_or_else(|| Error::Internal("nothing was filed".to_owned()))?;
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
