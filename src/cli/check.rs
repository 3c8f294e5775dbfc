//! `frontdesk check`: whether what is kept is what it should be.

use clap::Args;

use super::{say, with_store};
use crate::{
    check::{Deviation, REPORTED_MAX},
    config::DatabaseSettings,
    db::Store,
    error::{Error, Result},
};

/// Count and compare everything that is kept
#[derive(Args)]
#[command(after_help = "\
It counts the tickets and compares with the counters; looks at the database's integrity and foreign keys, at \
each ticket's newest event and its version, and at whether searches would find every ticket. It may run while \
a server works. A repair makes counters and search index again from the tickets; a server then indexes them.")]
pub struct Check {
    /// Make the counters and the search index again
    #[arg(long)]
    repair: bool,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Looks, mends where it may, and says what is left.
pub fn run(check: &Check) -> Result<()> {
    with_store(&check.database, async |store, _| {
        let mut left = look(store).await?;
        if check.repair {
            store.repair().await?;
            say("counters and search index are made again; looking once more")?;
            left = look(store).await?;
        }
        if left.is_empty() {
            return say("all is as it should be");
        }
        let mendable = left.iter().filter(|deviation| deviation.part.is_mendable()).count();
        let how = if mendable > 0 && !check.repair { "; --repair mends some of them" } else { "" };
        Err(Error::Internal(format!("{} deviations{how}", left.len())))
    })
}

async fn look(store: &dyn Store) -> Result<Vec<Deviation>> {
    let found = store.deviations().await?;
    for deviation in &found {
        say(&format!("{}: {}", deviation.part.as_str(), deviation.what))?;
    }
    if found.len() >= REPORTED_MAX {
        say("there may be more: each look stops at a hundred")?;
    }
    Ok(found)
}
