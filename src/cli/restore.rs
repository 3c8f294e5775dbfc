//! `frontdesk restore`: a backup becomes the database.

use std::path::PathBuf;

use clap::Args;

use super::{backup::stamp, say};
use crate::{
    clock::Clock,
    config::DatabaseSettings,
    db::{DatabaseUrl, sqlite},
    error::{Error, Result},
};

/// Make a backup the database (SQLite), with no server running
#[derive(Args)]
#[command(after_help = "\
The backup is checked and brought to this version's schema first. Until it is whole the database stays as it \
is; after that it is kept beside the new one.")]
pub struct Restore {
    /// What `frontdesk backup` wrote
    file: PathBuf,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Restores it.
pub fn run(restore: &Restore) -> Result<()> {
    let database = match restore.database.url()? {
        DatabaseUrl::Sqlite(path) => path,
        DatabaseUrl::Postgres(_) => {
            return Err(Error::Internal(
                "PostgreSQL is restored with its own programs, into an empty database, with no server \
                 running:\n    pg_restore --no-owner --exit-on-error --dbname=\"$DATABASE_URL\" \
                 frontdesk.dump"
                    .to_owned(),
            ));
        }
    };
    let done = sqlite::restore(&restore.file, &database, &stamp(Clock::system().now()))?;
    let tickets = done.rows.get("ticket").copied().unwrap_or_default();
    say(&format!("{}: {tickets} tickets, from {}", database.display(), restore.file.display()))?;
    if let Some(kept) = done.kept {
        say(&format!("the database of before is {}", kept.display()))?;
    }
    Ok(())
}
