//! Checking a PostgreSQL database. What its own pages hold is `pg_amcheck`'s to look at.

use async_trait::async_trait;
use deadpool_postgres::Transaction;

use super::{Deviation, LOOKS, Part, REINDEX, REPORTED_MAX, Searchable, store::CheckStore};
use crate::{
    db::postgres::Postgres,
    error::Result,
    tickets::{read_ids, undecided},
};

/// Looks at what PostgreSQL knows about itself.
const OWN: &[(Part, &str)] = &[
    (
        Part::Integrity,
        "select 'index ' || indexrelid::regclass || ' is not valid' from pg_index
         join pg_class on pg_class.oid = indexrelid
         where not indisvalid and relnamespace = current_schema()::regnamespace order by 1",
    ),
    (
        Part::ForeignKey,
        "select conname || ' of ' || conrelid::regclass || ' was never validated'
         from pg_constraint
         where not convalidated and connamespace = current_schema()::regnamespace order by 1",
    ),
    (
        Part::Counter,
        "select day || ', ' || word || ': ' || sum(kept) || ' are counted as filed then, '
             || sum(found) || ' are there'
         from (
             select day, word, n as kept, 0 as found from ticket_day where measure = 'created'
             union all
             select (created_at at time zone 'UTC')::date, category || '/' || priority, 0, count(*)
             from ticket group by 1, 2
         ) as cell
         group by day, word having sum(kept) <> sum(found) order by 1",
    ),
];

/// Tickets that are read at once.
const CHUNK: i64 = 50_000;

#[async_trait]
impl CheckStore for Postgres {
    async fn deviations(&self) -> Result<Vec<Deviation>> {
        self.inspect(async |transaction| {
            let mut found = Vec::new();
            for (part, look) in OWN.iter().chain(LOOKS) {
                let look = format!("select * from ({look}) as look limit {REPORTED_MAX}");
                for row in transaction.query(&look, &[]).await? {
                    found.push(Deviation { part: *part, what: row.try_get(0)? });
                }
            }
            found.extend(index(transaction).await?);
            Ok(found)
        })
        .await
    }

    async fn repair(&self) -> Result<()> {
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await?;
        // whoever has counted a ticket is waited for, and who has not counted it yet waits: what is read
        // after the lock is all that was counted before it
        transaction
            .batch_execute(concat!(
                "set local statement_timeout = 0; set local lock_timeout = '1min';
                 lock table ticket_count in share row exclusive mode;
                 delete from ticket_count;
                 insert into ticket_count (category, priority, status, slot, n, undecided)
                 select category, priority, status, 0, count(*), count(*) filter (where ",
                undecided!(""),
                ") from ticket group by category, priority, status;
                 lock table ticket_day in share row exclusive mode;
                 delete from ticket_day where measure = 'created';
                 insert into ticket_day (day, measure, word, slot, n, seconds)
                 select (created_at at time zone 'UTC')::date, 'created',
                     category || '/' || priority, 0, count(*), 0
                 from ticket group by 1, 3",
            ))
            .await?;
        transaction.commit().await?;
        let transaction = connection.transaction().await?;
        transaction.batch_execute("set local statement_timeout = 0").await?;
        for statement in REINDEX {
            transaction.batch_execute(statement).await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn index(transaction: &Transaction<'_>) -> Result<Vec<Deviation>> {
    let mut searchable = Searchable::default();
    let segments = transaction.query("select id from search_segment order by id", &[]).await?;
    for segment in segments {
        let id: i64 = segment.try_get(0)?;
        let read = "select tickets, ids from search_segment where id = $1";
        let row = transaction.query_one(read, &[&id]).await?;
        let tickets = u32::try_from(row.try_get::<_, i32>(0)?).unwrap_or(0);
        searchable.segment(id, tickets, &read_ids(row.try_get(1)?, tickets));
    }
    let waiting = "select ticket_id from search_pending where ticket_id > $1 order by 1 limit $2";
    for id in ids(transaction, waiting).await? {
        searchable.waiting(id);
    }
    let tickets = "select id from ticket where id > $1 order by 1 limit $2";
    Ok(searchable.compare(ids(transaction, tickets).await?))
}

/// Every id, read piece by piece: rows take much more memory than their ids.
async fn ids(transaction: &Transaction<'_>, statement: &str) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    let mut after = i64::MIN;
    loop {
        let rows = transaction.query(statement, &[&after, &CHUNK]).await?;
        let Some(last) = rows.last() else { return Ok(ids) };
        after = last.try_get(0)?;
        for row in &rows {
            ids.push(row.try_get(0)?);
        }
    }
}
