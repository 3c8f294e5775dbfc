//! Checking a SQLite database.

use async_trait::async_trait;
use rusqlite::Connection;

use super::{Deviation, LOOKS, Part, REINDEX, REPORTED_MAX, Searchable, store::CheckStore};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::{read_ids, undecided},
};

/// A ticket's day, as `ticket_day` has it: rounded down, also before 1970.
macro_rules! day {
    () => {
        "date((created_at - ((created_at % 1000000 + 1000000) % 1000000)) / 1000000, 'unixepoch')"
    };
}

/// How many were filed on each day.
const DAYS: (Part, &str) = (
    Part::Counter,
    concat!(
        "select day || ', ' || word || ': ' || sum(kept) || ' are counted as filed then, '
             || sum(found) || ' are there'
         from (
             select day, word, n as kept, 0 as found from ticket_day where measure = 'created'
             union all
             select ",
        day!(),
        ", category || '/' || priority, 0, count(*) from ticket group by 1, 2
         ) as cell
         group by day, word having sum(kept) <> sum(found) order by 1"
    ),
);

#[async_trait]
impl CheckStore for Sqlite {
    async fn deviations(&self) -> Result<Vec<Deviation>> {
        self.inspect(|connection| {
            let mut found = integrity(connection)?;
            for (part, look) in std::iter::once(&DAYS).chain(LOOKS) {
                let rows = texts(connection, look)?;
                found.extend(rows.into_iter().map(|what| Deviation { part: *part, what }));
            }
            found.extend(index(connection)?);
            Ok(found)
        })
        .await
    }

    async fn repair(&self) -> Result<()> {
        self.write(|connection| {
            connection.execute("delete from ticket_count", ())?;
            connection.execute(
                concat!(
                    "insert into ticket_count (category, priority, status, n, undecided)
                     select category, priority, status, count(*), count(*) filter (where ",
                    undecided!(""),
                    ") from ticket group by category, priority, status"
                ),
                (),
            )?;
            connection.execute("delete from ticket_day where measure = 'created'", ())?;
            connection.execute(
                concat!(
                    "insert into ticket_day (day, measure, word, n, seconds) select ",
                    day!(),
                    ", 'created', category || '/' || priority, count(*), 0 from ticket group by 1, 3"
                ),
                (),
            )?;
            for statement in REINDEX {
                connection.execute(statement, ())?;
            }
            Ok(())
        })
        .await
    }
}

fn texts(connection: &Connection, statement: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(statement)?.query_map((), |row| row.get(0))?.take(REPORTED_MAX).collect()
}

fn integrity(connection: &Connection) -> rusqlite::Result<Vec<Deviation>> {
    let faults = texts(connection, &format!("pragma integrity_check({REPORTED_MAX})"))?;
    let mut found: Vec<_> = faults
        .into_iter()
        .filter(|fault| fault != "ok")
        .map(|what| Deviation { part: Part::Integrity, what })
        .collect();
    let dangling: Vec<(String, Option<i64>, String)> = connection
        .prepare("pragma foreign_key_check")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .take(REPORTED_MAX)
        .collect::<rusqlite::Result<_>>()?;
    found.extend(dangling.into_iter().map(|(table, row, parent)| {
        let row = row.map_or_else(|| "?".to_owned(), |row| row.to_string());
        let what = format!("row {row} of {table} refers to a row of {parent} that is not there");
        Deviation { part: Part::ForeignKey, what }
    }));
    Ok(found)
}

fn index(connection: &Connection) -> rusqlite::Result<Vec<Deviation>> {
    let mut searchable = Searchable::default();
    let mut segments = connection.prepare("select id, tickets, ids from search_segment")?;
    let mut rows = segments.query(())?;
    while let Some(row) = rows.next()? {
        let tickets = row.get(1)?;
        searchable.segment(row.get(0)?, tickets, &read_ids(row.get_ref(2)?.as_blob()?, tickets));
    }
    let mut waiting = connection.prepare("select ticket_id from search_pending")?;
    for id in waiting.query_map((), |row| row.get(0))? {
        searchable.waiting(id?);
    }
    let ids: Vec<i64> = connection
        .prepare("select id from ticket order by id")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(searchable.compare(ids))
}
