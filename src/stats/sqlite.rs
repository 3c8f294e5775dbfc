//! Counting in SQLite: the sums that every write keeps.

use async_trait::async_trait;
use rusqlite::OptionalExtension as _;

use super::{TicketCounts, store::StatsStore};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::sqlite::{read_time, read_word},
};

#[async_trait]
impl StatsStore for Sqlite {
    async fn ticket_counts(&self) -> Result<TicketCounts> {
        self.read(|connection| {
            let cells = connection
                .prepare_cached("select category, priority, status, n from ticket_count")?
                .query_map((), |row| {
                    let n: i64 = row.get(3)?;
                    Ok((
                        read_word(row, 0)?,
                        read_word(row, 1)?,
                        read_word(row, 2)?,
                        n.cast_unsigned(),
                    ))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let first = connection
                .prepare_cached("select created_at from ticket order by created_at limit 1")?
                .query_row((), |row| read_time(row, 0))
                .optional()?;
            Ok(TicketCounts::new(cells, first))
        })
        .await
    }
}
