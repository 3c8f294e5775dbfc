//! `frontdesk import`: tickets from a file, or from the table of the system that was used before.

mod django;
mod file;
pub mod intake;
pub mod meter;
mod refusals;
mod sieve;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use self::{
    meter::{Taken, named},
    refusals::Refusals,
};
use super::say;
use crate::{
    config::DatabaseSettings,
    error::{Error, Result},
    tickets::exchange::Format,
    word::Word as _,
};

/// Tickets from a file, or from another system
#[derive(Args)]
#[command(after_help = "\
Columns, in any order: title and description; and, where there are any, category, priority, status, \
created_at (RFC 3339), category_source and priority_source. Other columns are ignored, so that a file \
of `frontdesk export` can be imported. Where category or priority is missing, the embedded classifier \
chooses; a missing status is open, a missing time is now.

An import that was interrupted goes on where it was when it is started again; a file that was imported \
is not imported twice. What comes from standard input cannot be recognised: it always starts anew.

Ends with 1 if a record was refused; all others are in.")]
pub struct Import {
    /// A CSV or NDJSON file, or - for standard input; with --from, the URL of the other system's database
    #[arg(env = "FRONTDESK_IMPORT_SOURCE", hide_env_values = true)]
    source: String,

    /// csv or ndjson; by default what the file's name ends with
    #[arg(long, value_parser = format, conflicts_with = "from")]
    format: Option<Format>,

    /// Take over the tickets of another system's database
    #[arg(long, value_enum)]
    from: Option<Origin>,

    /// The other system's table
    #[arg(long, default_value = "tickets_ticket", requires = "from")]
    table: String,

    /// Check everything and write nothing; needs no database
    #[arg(long)]
    dry_run: bool,

    /// Write every refused record, with the reason, to this file: put it right and import it
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,

    /// Begin at the beginning even if it was imported before, which files every ticket once more
    #[arg(long)]
    again: bool,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Where tickets may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Origin {
    /// A Django app's table in PostgreSQL: id, title, description, category, priority, status, created_at
    Django,
}

/// A format by its word.
pub fn format(raw: &str) -> std::result::Result<Format, String> {
    Format::from_word(raw).ok_or_else(|| format!("must be one of: {}", Format::choices()))
}

/// Does it.
pub fn run(import: &Import) -> Result<()> {
    let refusals = Refusals::new(import.refused.as_deref());
    let outcome = match import.from {
        Some(Origin::Django) => django::run(import, refusals)?,
        None => file::run(import, refusals)?,
    };
    outcome.tell(import.dry_run)
}

/// What became of an import.
struct Outcome {
    taken: Taken,
    /// Tickets that earlier runs of the same import filed.
    before: u64,
    refusals: Refusals,
}

impl Outcome {
    /// Tells it to the operator, refused records as the failure that they are.
    fn tell(self, dry_run: bool) -> Result<()> {
        let Self { taken, before, refusals } = self;
        let refused = refusals.finish()?;
        if before > 0 {
            say(&format!("imported before, and not again: {}", named(before)))?;
        }
        if dry_run {
            say(&format!("{} can be imported; nothing was written", named(taken.tickets)))?;
        } else if taken.tickets > 0 || before == 0 {
            say(&format!("imported {taken}"))?;
        }
        match refused {
            0 => Ok(()),
            1 => Err(Error::Internal("1 record was refused".to_owned())),
            n => Err(Error::Internal(format!("{n} records were refused"))),
        }
    }
}

fn broken(file: &Path, error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("{}: {error}", file.display()))
}
