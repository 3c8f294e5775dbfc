//! `frontdesk backup`: a copy of the database, also while a server uses it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::Timestamp;

use super::say;
use crate::{
    clock::Clock,
    config::DatabaseSettings,
    db::{DatabaseUrl, sqlite},
    error::{Error, Result},
};

/// What stands for the time in a file's name.
const TIME: &str = "{time}";

/// The name of a backup in a folder.
const NAME: &str = "frontdesk-{time}.db";

/// A copy of the database (SQLite), also while a server uses it
#[derive(Args)]
#[command(after_help = "\
The copy is of one moment, is checked, and has its name only when it is whole and safely on disk; nobody \
else may read it. `frontdesk restore` brings it back. A PostgreSQL database is backed up with PostgreSQL's \
own programs.")]
pub struct Backup {
    /// The file to write; in a folder, or where {time} stands in its name, each backup has its time (UTC)
    file: PathBuf,

    /// Delete all but the newest N of the backups with such names, once the new one is there
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,

    /// Replace a file that is there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Makes it.
pub fn run(backup: &Backup) -> Result<()> {
    let database = match backup.database.url()? {
        DatabaseUrl::Sqlite(path) => path,
        DatabaseUrl::Postgres(_) => return Err(Error::Internal(HOW_POSTGRES.to_owned())),
    };
    let pattern = pattern(&backup.file);
    let Some(name) = pattern.file_name().and_then(|name| name.to_str()) else {
        return Err(Error::Internal(format!("{} is no file's name", pattern.display())));
    };
    if backup.keep.is_some() && !name.contains(TIME) {
        return Err(Error::Internal(format!(
            "--keep needs a folder, or a name with {TIME} in it, as in {NAME}"
        )));
    }
    let target = pattern.with_file_name(name.replacen(TIME, &stamp(Clock::system().now()), 1));
    let rows = sqlite::back_up(&database, &target, backup.force)?;
    let tickets = rows.get("ticket").copied().unwrap_or_default();
    say(&format!("{}: {tickets} tickets, checked", target.display()))?;
    if let Some(keep) = backup.keep {
        for old in superseded(&pattern, name, usize::from(keep))? {
            fs::remove_file(&old)
                .map_err(|error| Error::Internal(format!("{}: {error}", old.display())))?;
            say(&format!("{}: deleted, {keep} newer ones are there", old.display()))?;
        }
    }
    Ok(())
}

/// How it is done for PostgreSQL.
const HOW_POSTGRES: &str = "PostgreSQL is backed up with its own programs, while servers work:\n\
    \x20   pg_dump --format=custom --file=frontdesk.dump \"$DATABASE_URL\"\n\
    and restored into an empty database, with no server running, by\n\
    \x20   pg_restore --no-owner --exit-on-error --dbname=\"$DATABASE_URL\" frontdesk.dump\n\
    docs/operations.md says more, also how to lose nothing between two backups";

/// The time in a file's name: sorted by name, backups are sorted by time.
pub fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn pattern(file: &Path) -> PathBuf {
    let is_folder = file.is_dir() || file.as_os_str().to_string_lossy().ends_with('/');
    if is_folder { file.join(NAME) } else { file.to_owned() }
}

/// The backups with names of this pattern, but for the newest `keep`.
fn superseded(pattern: &Path, name: &str, keep: usize) -> Result<Vec<PathBuf>> {
    let folder = pattern.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let broken = |error| Error::Internal(format!("{}: {error}", folder.display()));
    let (start, end) = name.split_once(TIME).unwrap_or((name, ""));
    let is_time = |time: &str| {
        time.len() == 16
            && time.bytes().enumerate().all(|(at, byte)| match at {
                8 => byte == b'T',
                15 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            })
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(broken)? {
        let file = entry.map_err(broken)?.file_name();
        let time = file.to_str().and_then(|file| file.strip_prefix(start)?.strip_suffix(end));
        if time.is_some_and(is_time) {
            found.push(folder.join(file));
        }
    }
    found.sort();
    found.truncate(found.len().saturating_sub(keep));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_older_backups_of_the_same_name_are_superseded() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "frontdesk-20260101T000000Z.db",
            "frontdesk-20260102T000000Z.db",
            "frontdesk-20260103T000000Z.db",
            "frontdesk-20260103T000000Z.db.before",
            "frontdesk-yesterday-at-10.db",
            "other-20250101T000000Z.db",
        ];
        for name in names {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let pattern = pattern(folder.path());
        let old = |keep| superseded(&pattern, NAME, keep).unwrap();
        assert_eq!(old(2), [folder.path().join(names[0])]);
        assert_eq!(old(1).len(), 2);
        assert!(old(3).is_empty() && old(9).is_empty());
    }

    #[test]
    fn a_time_sorts_as_text() {
        assert_eq!(stamp("2026-11-23T04:05:06Z".parse().unwrap()), "20261123T040506Z");
    }
}
