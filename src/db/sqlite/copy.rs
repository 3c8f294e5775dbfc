//! Whole copies of a database file: made beside the place where they will stand, checked, safely on
//! disk, and only then given their name.

use std::{
    collections::BTreeMap,
    fs::{self, File, Permissions},
    io::ErrorKind,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::lock::beside;
use crate::error::{Error, Result};

/// How the names of unfinished copies begin and end.
const UNFINISHED: (&str, &str) = (".frontdesk-", ".partial");

/// How many rows each table has.
pub type Rows = BTreeMap<String, i64>;

/// A copy that has no name yet. Dropped without one, it is deleted.
pub struct Draft {
    path: PathBuf,
    folder: PathBuf,
    /// Locked: whoever finds the file unlocked knows that its maker was killed.
    _held: File,
}

impl Draft {
    /// An empty file in the folder of `target`, which only this user may read. What killed processes
    /// left there is deleted.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin(target: &Path) -> Result<Self> {
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let failed = |error| broken(&folder, error);
        sweep(&folder).map_err(failed)?;
        let (start, end) = UNFINISHED;
        let path = folder.join(format!("{start}{:016x}{end}", rand::random::<u64>()));
        let held = File::options().write(true).create_new(true).mode(0o600).open(&path);
        let held = held.map_err(failed)?;
        let draft = Self { path, folder: folder.clone(), _held: held };
        draft._held.try_lock().map_err(|error| failed(error.into()))?;
        Ok(draft)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it safe on disk and gives it its name; `replaces`: also where a file has that.
    ///
    /// # Errors
    /// A file has the name, or the disk does not take it.
    pub fn finish(self, target: &Path, replaces: bool) -> Result<()> {
        let failed = |error| broken(target, error);
        let file = File::open(&self.path).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        if replaces {
            fs::rename(&self.path, target).map_err(failed)?;
        } else {
            // unlike a rename, a link never replaces
            match fs::hard_link(&self.path, target) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Err(taken(target));
                }
                // a file system without links
                Err(_) if !target.exists() => fs::rename(&self.path, target).map_err(failed)?,
                Err(_) => return Err(taken(target)),
            }
        }
        sync_folder(&self.folder).map_err(failed)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.path, ending));
        }
    }
}

/// Makes a folder's entries safe on disk.
///
/// # Errors
/// The disk does not take them.
pub fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Lets only this user read a file.
///
/// # Errors
/// It is somebody else's.
pub fn make_private(path: &Path) -> std::io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o600))
}

/// Opens a database file that must be there, and leaves its schema as it is.
///
/// # Errors
/// It is not there, or is no database.
pub fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Asserts that a database is whole, and returns how many rows its tables have.
///
/// # Errors
/// The first faults that SQLite finds, or that it is none of frontdesk's.
pub fn check(connection: &Connection) -> Result<Rows, String> {
    let faults = connection
        .prepare("pragma integrity_check(5)")
        .and_then(|mut check| check.query_map((), |row| row.get(0))?.collect())
        .unwrap_or_else(|error| vec![error.to_string()]);
    if faults != ["ok"] {
        return Err(format!("it is damaged: {}", faults.join("; ")));
    }
    let rows = rows(connection).map_err(|error| format!("it is damaged: {error}"))?;
    if !rows.contains_key("schema_migration") {
        return Err("it is no database of frontdesk".to_owned());
    }
    let mut broken = connection.prepare("pragma foreign_key_check").map_err(|e| e.to_string())?;
    if broken.exists(()).map_err(|error| error.to_string())? {
        return Err("it has rows whose foreign keys lead nowhere".to_owned());
    }
    Ok(rows)
}

/// How many rows each table has.
///
/// # Errors
/// The database cannot be read.
pub fn rows(connection: &Connection) -> rusqlite::Result<Rows> {
    let tables: Vec<String> = connection
        .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let count = |name: String| {
        let count = format!("select count(*) from \"{}\"", name.replace('"', "\"\""));
        let n = connection.query_row(&count, (), |row| row.get(0))?;
        Ok((name, n))
    };
    tables.into_iter().map(count).collect()
}

/// Deletes unfinished copies whose makers are gone.
fn sweep(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(UNFINISHED.0) || !name.ends_with(UNFINISHED.1) {
            continue;
        }
        let is_left = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_left {
            for ending in ["-journal", "-wal", "-shm", ""] {
                let _ = fs::remove_file(beside(&entry.path(), ending));
            }
        }
    }
    Ok(())
}

fn taken(target: &Path) -> Error {
    Error::Internal(format!(
        "{} is there already; --force replaces it, once the new one is whole",
        target.display()
    ))
}

/// What a file operation on `path` failed with.
pub fn broken(path: &Path, error: std::io::Error) -> Error {
    let text = format!("{}: {error}", path.display());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::StorageFull(text),
        _ => Error::Internal(text),
    }
}
