//! The counts of days: their part of each statement that writes tickets.

use std::collections::HashMap;

use deadpool_postgres::GenericClient;
use jiff::civil::Date;

use super::read_word;
use crate::{
    error::{Error, Result},
    tickets::{Changes, DayCounts, PastEvent},
};

/// Whether an agent has changed the ticket before, as a column.
macro_rules! is_touched {
    () => {
        "exists (select from ticket_event past
             where past.ticket_id = ticket.id and past.kind = 'changed' and past.actor_kind = 'agent')"
    };
}

/// Writes counts of days, after the counts of tickets, which the statement calls `tally`: that these are
/// all written first is what the join with their number is for. So every transaction locks its
/// counts in the same order.
macro_rules! count_days {
    (where $condition:literal, slot $slot:literal, $days:literal, $measures:literal, $words:literal,
        $ns:literal, $seconds:literal) => {
        concat!(
            "insert into ticket_day (day, measure, word, slot, n, seconds)
             select moved.day, moved.measure, moved.word, ",
            $slot,
            "::smallint, moved.n, moved.seconds
             from unnest(",
            $days,
            "::date[], ",
            $measures,
            "::text[], ",
            $words,
            "::text[], ",
            $ns,
            "::bigint[], ",
            $seconds,
            "::bigint[]) with ordinality as moved (day, measure, word, n, seconds, place)
                 cross join (select count(*) from tally) as tallied
             where ",
            $condition,
            " order by moved.place
             on conflict (day, measure, word, slot) do update
             set n = ticket_day.n + excluded.n, seconds = ticket_day.seconds + excluded.seconds"
        )
    };
}

pub(super) use {count_days, is_touched};

/// The columns of changed counts, in the order in which they are written.
#[derive(Default)]
pub struct DayRows {
    pub days: Vec<Date>,
    pub measures: Vec<&'static str>,
    pub words: Vec<String>,
    pub ns: Vec<i64>,
    pub seconds: Vec<i64>,
}

impl DayRows {
    /// Of all counts that change.
    pub fn of(counts: &DayCounts) -> Self {
        let mut rows = Self::default();
        for (key, sum) in counts.iter() {
            rows.days.push(key.day);
            rows.measures.push(key.measure.as_str());
            rows.words.push(key.word.clone());
            rows.ns.push(sum.n);
            rows.seconds.push(sum.seconds);
        }
        rows
    }
}

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
