//! Counts of days.

use jiff::civil::Date;
use rusqlite::{Connection, types::Type};

use crate::{classify::ledger::CountKey, tickets::sqlite::read_word};

/// Adds to one count.
pub fn add(connection: &Connection, key: &CountKey, n: u64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into classifier_day (day, source, model, measure, word, n)
             values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (day, source, model, measure, word) do update set n = n + excluded.n",
        )?
        .execute((
            key.day.to_string(),
            key.source.as_str(),
            &key.model,
            key.measure.as_str(),
            &key.word,
            i64::try_from(n).unwrap_or(i64::MAX),
        ))?;
    Ok(())
}

/// The counts of these days, the newest first.
pub fn read(
    connection: &Connection,
    from: Date,
    to: Date,
    limit: u32,
) -> rusqlite::Result<Vec<(CountKey, u64)>> {
    connection
        .prepare_cached(
            "select day, source, model, measure, word, n from classifier_day
             where day between ?1 and ?2 order by day desc, source, model, measure, word limit ?3",
        )?
        .query_map((from.to_string(), to.to_string(), limit), |row| {
            let day = row.get_ref(0)?.as_str()?.parse().map_err(|e| {
                rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e))
            })?;
            let key = CountKey {
                day,
                source: read_word(row, 1)?,
                model: row.get(2)?,
                measure: read_word(row, 3)?,
                word: row.get(4)?,
            };
            let n: i64 = row.get(5)?;
            Ok((key, n.cast_unsigned()))
        })?
        .collect()
}
