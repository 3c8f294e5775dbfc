//! All counts: their part of each statement that writes tickets.

use jiff::civil::Date;
use tokio_postgres::types::ToSql;

use crate::tickets::Tally;

/// Writes counts of cells, as `tally`, and then those of days, as `day`: they are two parts of a `with`. The
/// parameters are those of [`TallyRows`]. Nothing is joined or sorted, so that both are written in the order
/// of the arrays, and every transaction locks its counts in the same order.
macro_rules! count {
    (where $condition:literal, slot $slot:literal, $categories:literal, $priorities:literal,
        $statuses:literal, $ns:literal, $undecided:literal, $days:literal, $measures:literal,
        $words:literal, $day_ns:literal, $seconds:literal) => {
        concat!(
            "tally as (
                 insert into ticket_count (category, priority, status, slot, n, undecided)
                 select category, priority, status, ",
            $slot,
            "::smallint, n, undecided
                 from unnest(",
            $categories,
            "::text[], ",
            $priorities,
            "::text[], ",
            $statuses,
            "::text[], ",
            $ns,
            "::bigint[], ",
            $undecided,
            "::bigint[]) as moved (category, priority, status, n, undecided)
                 where ",
            $condition,
            "
                 on conflict (category, priority, status, slot)
                 do update set n = ticket_count.n + excluded.n,
                     undecided = ticket_count.undecided + excluded.undecided
                 returning 1
             ), day as (
                 insert into ticket_day (day, measure, word, slot, n, seconds)
                 select day, measure, word, ",
            $slot,
            "::smallint, n, seconds
                 from unnest(",
            $days,
            "::date[], ",
            $measures,
            "::text[], ",
            $words,
            "::text[], ",
            $day_ns,
            "::bigint[], ",
            $seconds,
            "::bigint[]) as moved (day, measure, word, n, seconds)
                 where (select count(*) from tally) >= 0 and ",
            $condition,
            "
                 on conflict (day, measure, word, slot) do update
                 set n = ticket_day.n + excluded.n, seconds = ticket_day.seconds + excluded.seconds
             )"
        )
    };
}

pub(super) use count;

/// The columns of changed counts, in the order in which they are written.
#[derive(Default)]
pub struct TallyRows {
    categories: Vec<&'static str>,
    priorities: Vec<&'static str>,
    statuses: Vec<&'static str>,
    ns: Vec<i64>,
    undecided: Vec<i64>,
    days: Vec<Date>,
    measures: Vec<&'static str>,
    words: Vec<String>,
    day_ns: Vec<i64>,
    seconds: Vec<i64>,
}

impl TallyRows {
    /// Of all counts that change.
    pub fn of(tally: &Tally) -> Self {
        let mut rows = Self::default();
        for ([category, priority, status], sum) in tally.cells() {
            rows.categories.push(category);
            rows.priorities.push(priority);
            rows.statuses.push(status);
            rows.ns.push(sum.n);
            rows.undecided.push(sum.undecided);
        }
        for (key, sum) in tally.days().iter() {
            rows.days.push(key.day);
            rows.measures.push(key.measure.as_str());
            rows.words.push(key.word.clone());
            rows.day_ns.push(sum.n);
            rows.seconds.push(sum.seconds);
        }
        rows
    }

    /// Behind those of the statement's own.
    pub fn parameters<'a>(
        &'a self,
        own: impl IntoIterator<Item = &'a (dyn ToSql + Sync)>,
    ) -> Vec<&'a (dyn ToSql + Sync)> {
        let mut parameters: Vec<&'a (dyn ToSql + Sync)> = own.into_iter().collect();
        parameters.extend([
            &self.categories as &(dyn ToSql + Sync),
            &self.priorities,
            &self.statuses,
            &self.ns,
            &self.undecided,
            &self.days,
            &self.measures,
            &self.words,
            &self.day_ns,
            &self.seconds,
        ]);
        parameters
    }
}
