//! Who uses a database file: a lock beside it, which everybody who opens the file shares, and which a
//! restore has alone. The system releases it with the process that holds it, however that ends.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};

/// A path with `ending` after its whole name: `frontdesk.db` and `-wal` are `frontdesk.db-wal`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Shares the lock of the database at `path` for as long as the file that is returned lives.
///
/// # Errors
/// The lock file cannot be made, or a restore holds it.
pub fn share(path: &Path) -> Result<File> {
    let file = open(path)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Internal(format!(
            "a restore replaces the database {} at this moment; start again when it is done",
            path.display()
        ))),
        Err(TryLockError::Error(error)) => Err(broken(path, &error)),
    }
}

/// Has the lock of the database at `path` alone.
///
/// # Errors
/// Somebody uses the database.
pub fn take(path: &Path) -> Result<File> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(in_use(path)),
        Err(TryLockError::Error(error)) => Err(broken(path, &error)),
    }
}

/// What is told to those who want the database alone and cannot have it.
pub fn in_use(path: &Path) -> Error {
    Error::Internal(format!(
        "the database {} is in use: end the server, and every other program that has it open",
        path.display()
    ))
}

/// Opened to read, which is enough for a lock: an operator may have made it, and the server may be
/// another user.
fn open(path: &Path) -> Result<File> {
    let path = beside(path, ".lock");
    let file = File::open(&path)
        .or_else(|_| File::options().create(true).append(true).open(&path))
        .map_err(|error| broken(&path, &error))?;
    Ok(file)
}

fn broken(path: &Path, error: &std::io::Error) -> Error {
    Error::Internal(format!("cannot lock {}: {error}", path.display()))
}
