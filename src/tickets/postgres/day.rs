//! Events as far as the counts of days need them.

use std::collections::HashMap;

use deadpool_postgres::GenericClient;

use super::read_word;
use crate::{
    error::{Error, Result},
    tickets::{Changes, PastEvent},
};

/// What happened to each of these tickets, oldest first, without texts. Of none, nothing is asked.
pub async fn steps(
    client: &impl GenericClient,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<PastEvent>>> {
    let mut steps: HashMap<i64, Vec<PastEvent>> = HashMap::new();
    if ids.is_empty() {
        return Ok(steps);
    }
    let select = "select ticket_id, at, kind, actor_kind,
             (changes::jsonb - '{title,description}'::text[])::text
         from ticket_event where ticket_id = any($1) order by ticket_id, id";
    let statement = client.prepare_cached(select).await?;
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
