//! A consistent copy of a database that others may be writing to.

use std::path::Path;

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};

use super::{
    copy::{self, Draft, Rows},
    lock,
};
use crate::error::{Error, Result};

/// Copies the database at `database` to `target`: one moment of it, checked, readable by this user
/// alone, and under its name only when it is safely on disk. Writers go on meanwhile: the copy reads a
/// snapshot beside them. Returns how many rows each table has; `replaces`: also where `target` is there.
///
/// # Errors
/// There is no database, it is damaged, `target` is there, or the disk is full. Nothing is left behind.
pub fn back_up(database: &Path, target: &Path, replaces: bool) -> Result<Rows> {
    let shown = database.display();
    if !database.is_file() {
        return Err(Error::Internal(format!("there is no database {shown}")));
    }
    if !replaces && target.exists() {
        return Err(Error::Internal(format!(
            "{} is there already; --force replaces it, once the new one is whole",
            target.display()
        )));
    }
    let _in_use = lock::share(database)?;
    let draft = Draft::begin(target)?;
    let copied = snapshot(database, &draft)?;
    let connection = copy::open(draft.path())?;
    let found = copy::check(&connection)
        .map_err(|fault| Error::Internal(format!("the copy of {shown} is not used: {fault}")))?;
    if found != copied {
        return Err(Error::Internal(format!(
            "the copy of {shown} is not used: it has other rows than the database ({found:?}, not \
             {copied:?})"
        )));
    }
    connection.close().map_err(|(_, error)| error)?;
    draft.finish(target, replaces)?;
    Ok(found)
}

/// Copies one moment of the database, and returns how many rows its tables have at that moment.
fn snapshot(database: &Path, draft: &Draft) -> Result<Rows> {
    let source = copy::open(database)?;
    let mut target = Connection::open(draft.path())?;
    // whoever is killed leaves a file without a name: no journal is needed to mend it
    target.pragma_update(None, "journal_mode", "off")?;
    target.pragma_update(None, "synchronous", "off")?;
    let moment = source.unchecked_transaction()?;
    let rows = copy::rows(&source)?;
    // in one step: SQLite begins again when another process writes between two
    let step = Backup::new(&source, &mut target)?.step(-1)?;
    if step != StepResult::Done {
        return Err(super::unavailable("another process holds it"));
    }
    drop(moment);
    // the copy is one file, without a log of writes beside it
    target.pragma_update(None, "journal_mode", "delete")?;
    target.close().map_err(|(_, error)| error)?;
    Ok(rows)
}
