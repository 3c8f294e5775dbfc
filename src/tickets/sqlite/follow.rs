//! What the holder of a follow link may see.

use rusqlite::{Connection, OptionalExtension as _};

use super::{read_time, read_word};
use crate::tickets::{FOLLOWED_STATUSES_MAX, FollowedTicket, follow::is_same_hash};

/// The ticket `id`, if `sha256` is what is kept of its link.
pub fn followed(
    connection: &Connection,
    id: i64,
    sha256: &[u8; 32],
) -> rusqlite::Result<Option<FollowedTicket>> {
    let found = connection
        .prepare_cached(
            "select id, title, status, created_at, updated_at, follow_sha256
             from ticket where id = ?1",
        )?
        .query_row([id], |row| {
            let ticket = FollowedTicket {
                id: row.get(0)?,
                title: row.get(1)?,
                status: read_word(row, 2)?,
                created_at: read_time(row, 3)?,
                updated_at: read_time(row, 4)?,
                history: Vec::new(),
            };
            Ok((ticket, row.get::<_, Option<[u8; 32]>>(5)?))
        })
        .optional()?;
    let Some((mut ticket, Some(kept))) = found else { return Ok(None) };
    if !is_same_hash(&kept, sha256) {
        return Ok(None);
    }
    ticket.history = connection
        .prepare_cached(
            "select at, changes ->> '$.status[1]' from ticket_event
             where ticket_id = ?1 and changes ->> '$.status[1]' is not null
             order by id desc limit ?2",
        )?
        .query_map((id, FOLLOWED_STATUSES_MAX), |row| Ok((read_time(row, 0)?, read_word(row, 1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    ticket.history.reverse();
    Ok(Some(ticket))
}
