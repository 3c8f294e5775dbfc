//! Counts of days.

use deadpool_postgres::GenericClient;
use jiff::civil::Date;

use crate::{classify::ledger::CountKey, error::Result, tickets::postgres::read_word};

/// In the order of the keys, so that two servers never wait for each other's rows in turn.
const ADD: &str = "insert into classifier_day (day, source, model, measure, word, n)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
     order by 1, 2, 3, 4, 5
     on conflict (day, source, model, measure, word) do update
     set n = classifier_day.n + excluded.n";

const READ: &str = "select day, source, model, measure, word, n from classifier_day
     where day between $1 and $2 order by day desc, source, model, measure, word limit $3";

/// Adds to counts.
pub async fn add(client: &impl GenericClient, counts: &[(CountKey, u64)]) -> Result<()> {
    let days: Vec<Date> = counts.iter().map(|(key, _)| key.day).collect();
    let column = |of: fn(&CountKey) -> &str| -> Vec<&str> {
        counts.iter().map(|(key, _)| of(key)).collect()
    };
    let n: Vec<i64> = counts.iter().map(|(_, n)| i64::try_from(*n).unwrap_or(i64::MAX)).collect();
    let statement = client.prepare_cached(ADD).await?;
    client
        .execute(
            &statement,
            &[
                &days,
                &column(|key| key.source.as_str()),
                &column(|key| &key.model),
                &column(|key| key.measure.as_str()),
                &column(|key| &key.word),
                &n,
            ],
        )
        .await?;
    Ok(())
}

/// The counts of these days, the newest first.
pub async fn read(
    client: &impl GenericClient,
    from: Date,
    to: Date,
    limit: u32,
) -> Result<Vec<(CountKey, u64)>> {
    let statement = client.prepare_cached(READ).await?;
    let rows = client.query(&statement, &[&from, &to, &i64::from(limit)]).await?;
    let rows = rows.iter().map(|row| {
        let key = CountKey {
            day: row.try_get(0)?,
            source: read_word(row, 1)?,
            model: row.try_get(2)?,
            measure: read_word(row, 3)?,
            word: row.try_get(4)?,
        };
        Ok((key, row.try_get::<_, i64>(5)?.cast_unsigned()))
    });
    rows.collect()
}
