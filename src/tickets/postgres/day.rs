//! What counts of days need to know of a ticket's past.

use std::collections::HashMap;

use deadpool_postgres::GenericClient;

use super::read_word;
use crate::{
    error::{Error, Result},
    tickets::{Changes, PastEvent},
};

/// Whether an agent has changed the ticket before, as a column. The events of a ticket that was never changed
/// are not looked up.
macro_rules! is_touched {
    () => {
        "(ticket.version > 1 and exists (select from ticket_event past
             where past.ticket_id = ticket.id and past.kind = 'changed' and past.actor_kind = 'agent'))"
    };
}

pub(super) use is_touched;

/// What happened to each of these tickets, oldest first, without texts.
pub async fn steps(
    client: &impl GenericClient,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<PastEvent>>> {
    let select = "select ticket_id, at, kind, actor_kind,
             (changes::jsonb - '{title,description}'::text[])::text
         from ticket_event where ticket_id = any($1) order by ticket_id, id";
    let statement = client.prepare_cached(select).await?;
    let mut steps: HashMap<i64, Vec<PastEvent>> = HashMap::new();
    for row in client.query(&statement, &[&ids]).await? {
        let step = PastEvent {
            at: row.try_get(1)?,
            kind: read_word(&row, 2)?,
            actor: read_word(&row, 3)?,
            changes: Changes::from_json(row.try_get(4)?).map_err(Error::Internal)?,
        };
        steps.entry(row.try_get(0)?).or_default().push(step);
    }
    Ok(steps)
}
