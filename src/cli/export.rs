//! `frontdesk export`: tickets to a file.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{import::format, with_store};
use crate::{
    config::DatabaseSettings,
    db::Store,
    error::{Error, Result},
    http::query::Parameters,
    tickets::{
        api::ticket_filter,
        exchange::{self, Format},
    },
};

/// Tickets to a file
#[derive(Args)]
#[command(after_help = "\
Conditions are those of the list: all of them must hold; a condition may have several values, separated \
by commas. The newest ticket comes first. What a spreadsheet would take for a formula has an apostrophe \
in front in CSV; `frontdesk import` takes it away again.")]
pub struct Export {
    /// The file; standard output if it is - or not given
    file: Option<PathBuf>,

    /// csv or ndjson; by default what the file's name ends with, or csv
    #[arg(long, value_parser = format)]
    format: Option<Format>,

    /// billing, technical, account, general
    #[arg(long)]
    category: Option<String>,

    /// low, medium, high, critical
    #[arg(long)]
    priority: Option<String>,

    /// open, in_progress, resolved, closed
    #[arg(long)]
    status: Option<String>,

    /// A part of title or description, in any case
    #[arg(long)]
    search: Option<String>,

    /// Filed at or after this time (RFC 3339) or the start of this day (UTC)
    #[arg(long, alias = "created-after", value_name = "TIME")]
    created_from: Option<String>,

    /// Filed before this time or the start of this day
    #[arg(long, value_name = "TIME")]
    created_before: Option<String>,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Writes it.
pub fn run(export: &Export) -> Result<()> {
    let file = export.file.as_deref().filter(|file| *file != Path::new("-"));
    let by_name = file.and_then(Format::of_file);
    let format = export.format.or(by_name).unwrap_or(Format::Csv);
    let conditions = [
        ("category", &export.category),
        ("priority", &export.priority),
        ("status", &export.status),
        ("search", &export.search),
        ("created_after", &export.created_from),
        ("created_before", &export.created_before),
    ];
    let given = conditions.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
    let mut parameters =
        Parameters::from_pairs(given.map(|(name, value)| (name.to_owned(), value)).collect());
    let filter = ticket_filter(&mut parameters);
    parameters.check()?;
    with_store(&export.database, async |store, _| {
        let export = exchange::Export::new(filter, format);
        match file {
            None => write(export, store, &mut std::io::stdout().lock(), "standard output").await,
            Some(file) => {
                let name = file.display().to_string();
                let made = File::create(file).map_err(|e| Error::Internal(format!("{name}: {e}")));
                write(export, store, &mut made?, &name).await
            }
        }
    })
}

async fn write(
    mut export: exchange::Export,
    store: &dyn Store,
    into: &mut impl Write,
    name: &str,
) -> Result<()> {
    let broken = |e: std::io::Error| Error::Internal(format!("{name}: {e}"));
    while let Some(part) = export.part(store).await? {
        into.write_all(&part).map_err(broken)?;
    }
    into.flush().map_err(broken)
}
