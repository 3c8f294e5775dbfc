//! Counting in SQLite: the sums that every write keeps.

use async_trait::async_trait;
use rusqlite::{OptionalExtension as _, types::Type};

use super::{Days, TicketCounts, Trends, store::StatsStore};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::{
        DayKey, DaySum,
        sqlite::{read_time, read_word},
    },
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

    async fn trends(&self, days: Days) -> Result<Trends> {
        self.read(move |connection| {
            let rows = connection
                .prepare_cached(
                    "select day, measure, word, n, seconds from ticket_day
                     where day between ?1 and ?2",
                )?
                .query_map((days.from.to_string(), days.to.to_string()), |row| {
                    let day = row.get_ref(0)?.as_str()?.parse().map_err(|e| {
                        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e))
                    })?;
                    let key = DayKey { day, measure: read_word(row, 1)?, word: row.get(2)? };
                    Ok((key, DaySum { n: row.get(3)?, seconds: row.get(4)? }))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(Trends::new(rows))
        })
        .await
    }
}
