//! Counting in PostgreSQL: the sums that every write keeps.

use async_trait::async_trait;

use super::{TicketCounts, store::StatsStore};
use crate::{db::postgres::Postgres, error::Result, tickets::postgres::read_word};

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
}
