//! Counting in PostgreSQL: the sums that every write keeps.

use async_trait::async_trait;

use super::{Days, TicketCounts, Trends, store::StatsStore};
use crate::{
    db::postgres::Postgres,
    error::Result,
    tickets::{DayKey, DaySum, postgres::read_word},
};

#[async_trait]
impl StatsStore for Postgres {
    async fn ticket_counts(&self) -> Result<TicketCounts> {
        self.run(async |connection| {
            // one statement, so that sums and first ticket are of one moment
            let statement = connection
                .prepare_cached(
                    "select category, priority, status, sum(n)::bigint,
                         (select created_at from ticket order by created_at limit 1)
                     from ticket_count group by category, priority, status",
                )
                .await?;
            let rows = connection.query(&statement, &[]).await?;
            let mut cells = Vec::with_capacity(rows.len());
            for row in &rows {
                let n = u64::try_from(row.try_get::<_, i64>(3)?).unwrap_or(0);
                cells.push((read_word(row, 0)?, read_word(row, 1)?, read_word(row, 2)?, n));
            }
            let first = rows.first().map(|row| row.try_get(4)).transpose()?.flatten();
            Ok(TicketCounts::new(cells, first))
        })
        .await
    }

    async fn trends(&self, days: Days) -> Result<Trends> {
        self.run(async |connection| {
            let select = "select day, measure, word, sum(n)::bigint, sum(seconds)::bigint
                 from ticket_day where day between $1 and $2 group by day, measure, word";
            let statement = connection.prepare_cached(select).await?;
            let rows = connection.query(&statement, &[&days.from, &days.to]).await?;
            let rows = rows.iter().map(|row| {
                let word = row.try_get(2)?;
                let key = DayKey { day: row.try_get(0)?, measure: read_word(row, 1)?, word };
                Ok((key, DaySum { n: row.try_get(3)?, seconds: row.try_get(4)? }))
            });
            Ok(Trends::new(rows.collect::<Result<Vec<_>>>()?))
        })
        .await
    }
}
