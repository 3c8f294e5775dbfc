//! A backup becomes the database.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::ErrorCode;

use super::{
    copy::{self, Draft, Rows},
    enter_wal, lock,
    lock::beside,
    migrate_to_latest,
};
use crate::error::{Error, Result};

/// What a restore did.
pub struct Restored {
    /// How many rows each table has.
    pub rows: Rows,
    /// Where the database of before is, if there was one.
    pub kept: Option<PathBuf>,
}

/// Makes `backup` the database at `database`, brought to this program's schema. The database of before
/// is kept beside it, under its name and `.before-restore-` and `stamp`.
///
/// # Errors
/// Somebody uses the database; the backup is damaged, of something else, or of a newer version. The
/// database is then as it was.
pub fn restore(backup: &Path, database: &Path, stamp: &str) -> Result<Restored> {
    let shown = backup.display();
    let metadata = fs::metadata(backup).map_err(|error| copy::broken(backup, error))?;
    if !metadata.is_file() {
        return Err(Error::Internal(format!("{shown} is no file")));
    }
    if beside(backup, "-wal").exists() {
        return Err(Error::Internal(format!(
            "{shown} has a log of writes beside it (-wal): it is no backup but a database, maybe one \
             in use; make a backup of it with `frontdesk backup`"
        )));
    }
    if let Some(folder) = database.parent() {
        fs::create_dir_all(folder).map_err(|error| copy::broken(folder, error))?;
    }
    let _alone = lock::take(database)?;
    let new = Draft::begin(database)?;
    fs::copy(backup, new.path()).map_err(|error| copy::broken(new.path(), error))?;
    copy::make_private(new.path()).map_err(|error| copy::broken(new.path(), error))?;
    let rows = prepare(&new)
        .map_err(|fault| Error::Internal(format!("{shown} is not restored: {fault}")))?;
    own_like(&new, database)?;
    let kept = set_aside(database, stamp)?;
    new.finish(database, true)?;
    Ok(Restored { rows, kept })
}

/// Checks the copy and brings it up to date, before anything is replaced.
fn prepare(new: &Draft) -> Result<Rows, String> {
    let open = |connection: rusqlite::Result<_>| connection.map_err(|error| error.to_string());
    let connection = open(copy::open(new.path()))?;
    copy::check(&connection)?;
    let mut connection = open(enter_wal(connection))?;
    migrate_to_latest(&mut connection).map_err(|error| match error {
        Error::Internal(text) => text,
        error => error.to_string(),
    })?;
    let rows = copy::rows(&connection).map_err(|error| error.to_string())?;
    // the last one to close writes all into the one file
    connection.close().map_err(|(_, error)| error.to_string())?;
    Ok(rows)
}

/// The new database is for whom the old one was for: an operator may be another user than the server.
fn own_like(new: &Draft, database: &Path) -> Result<()> {
    let folder = database.parent().filter(|folder| *folder != Path::new(""));
    let model = fs::metadata(database).or_else(|_| fs::metadata(folder.unwrap_or(".".as_ref())));
    let (Ok(model), Ok(own)) = (model, fs::metadata(new.path())) else { return Ok(()) };
    if (model.uid(), model.gid()) == (own.uid(), own.gid()) {
        return Ok(());
    }
    chown(new.path(), Some(model.uid()), Some(model.gid()))
        .map_err(|error| copy::broken(new.path(), error))
}

/// Gives the old database a second name, and takes what is beside it out of the new one's way.
fn set_aside(database: &Path, stamp: &str) -> Result<Option<PathBuf>> {
    if database.exists() {
        close_log(database)?;
    }
    let kept = beside(database, &format!(".before-restore-{stamp}"));
    for ending in ["-wal", "-shm", "-journal"] {
        let log = beside(database, ending);
        if log.exists() {
            let kept = beside(&kept, ending);
            fs::rename(&log, &kept).map_err(|error| copy::broken(&log, error))?;
        }
    }
    if !database.exists() {
        return Ok(None);
    }
    // a second name, so that there is a database at every moment
    fs::hard_link(database, &kept)
        .or_else(|_| fs::copy(database, &kept).map(drop))
        .map_err(|error| copy::broken(&kept, error))?;
    Ok(Some(kept))
}

/// Writes the old database's log into it, which nobody can who is not alone with it.
fn close_log(database: &Path) -> Result<()> {
    let closed = copy::open(database).and_then(|connection| {
        connection.busy_timeout(Duration::ZERO)?;
        connection.pragma_update(None, "journal_mode", "delete")
    });
    match closed {
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
            ) =>
        {
            Err(lock::in_use(database))
        }
        // a damaged one is the reason for restores: it is kept with what is beside it
        _ => Ok(()),
    }
}
