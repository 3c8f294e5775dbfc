//! Checking a SQLite database.

use async_trait::async_trait;
use rusqlite::Connection;

use super::{Deviation, LOOKS, Part, REINDEX, REPORTED_MAX, Searchable, store::CheckStore};
use crate::{db::sqlite::Sqlite, error::Result, tickets::read_ids};

#[async_trait]
impl CheckStore for Sqlite {
    async fn deviations(&self) -> Result<Vec<Deviation>> {
        self.inspect(|connection| {
            let mut found = integrity(connection)?;
            for (part, look) in LOOKS {
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
                "insert into ticket_count (category, priority, status, n)
                 select category, priority, status, count(*) from ticket
                 group by category, priority, status",
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
