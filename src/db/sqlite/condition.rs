//! A look at a database file.

use std::{io::Write as _, path::Path};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::{
    copy::{self, Draft},
    lock,
};
use crate::{
    db::condition::Condition,
    error::{Error, Result},
};

/// Looks at the database at `path`; `None` where there is none yet.
///
/// # Errors
/// It is no database, or cannot be read.
pub fn condition(path: &Path) -> Result<Option<Condition>> {
    if !path.exists() {
        return Ok(None);
    }
    let _in_use = lock::share(path)?;
    let mut connection = copy::open(path)?;
    let applied = connection
        .prepare("select number, checksum from schema_migration order by number")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let newest: Option<i64> = connection
        .query_row("select created_at from ticket order by created_at desc limit 1", (), |row| {
            row.get(0)
        })
        .optional()?;
    Ok(Some(Condition {
        version: format!("SQLite {}", rusqlite::version()),
        applied,
        clock: None,
        newest_ticket: newest.and_then(|at| Timestamp::from_microsecond(at).ok()),
        writing: write(&mut connection, path),
    }))
}

/// Writes a row and takes it back, and a file and deletes it.
fn write(connection: &mut Connection, path: &Path) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "insert into schema_migration (number, name, checksum) values (-1, 'doctor', '')",
        (),
    )?;
    transaction.rollback()?;
    let draft = Draft::begin(path)?;
    let mut file = std::fs::File::options()
        .write(true)
        .open(draft.path())
        .map_err(|error| copy::broken(draft.path(), error))?;
    file.write_all(&[0; 1 << 16])
        .and_then(|()| file.sync_all())
        .map_err(|error| Error::Internal(error.to_string()))
}
