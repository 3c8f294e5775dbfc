//! What the holder of a follow link may see.

use deadpool_postgres::Object;

use super::read_word;
use crate::{
    error::Result,
    tickets::{FOLLOWED_STATUSES_MAX, FollowedTicket, follow::is_same_hash},
};

/// The ticket once for each of its statuses, oldest first; once with nulls where there is none.
const FOLLOWED: &str = "select ticket.id, title, ticket.status, created_at, updated_at,
         follow_sha256, got.at, got.status
     from ticket left join lateral (
         select id, at, changes::json -> 'status' ->> 1 as status from ticket_event
         where ticket_id = ticket.id and changes::json -> 'status' is not null
         order by id desc limit $2
     ) as got on true
     where ticket.id = $1 order by got.id";

/// The ticket `id`, if `sha256` is what is kept of its link.
pub async fn followed(
    connection: &Object,
    id: i64,
    sha256: &[u8; 32],
) -> Result<Option<FollowedTicket>> {
    let statement = connection.prepare_cached(FOLLOWED).await?;
    let rows = connection.query(&statement, &[&id, &i64::from(FOLLOWED_STATUSES_MAX)]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let kept: Option<[u8; 32]> =
        first.try_get::<_, Option<&[u8]>>(5)?.and_then(|b| b.try_into().ok());
    if !kept.is_some_and(|kept| is_same_hash(&kept, sha256)) {
        return Ok(None);
    }
    let mut history = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(at) = row.try_get(6)? {
            history.push((at, read_word(row, 7)?));
        }
    }
    Ok(Some(FollowedTicket {
        id: first.try_get(0)?,
        title: first.try_get(1)?,
        status: read_word(first, 2)?,
        created_at: first.try_get(3)?,
        updated_at: first.try_get(4)?,
        history,
    }))
}
