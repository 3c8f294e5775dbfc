//! How a database is, without changing anything of it: for `frontdesk doctor`.

use jiff::Timestamp;

use super::{DatabaseUrl, migrate, postgres, sqlite};
use crate::error::Result;

/// What a look at a database finds.
#[derive(Debug)]
pub struct Condition {
    /// SQLite's or PostgreSQL's version.
    pub version: String,
    /// The steps of the schema that it has: numbers and checksums.
    pub applied: Vec<(i32, String)>,
    /// The time by its clock, where that is another than this machine's.
    pub clock: Option<Timestamp>,
    /// When the newest ticket was filed.
    pub newest_ticket: Option<Timestamp>,
    /// Whether something could be written; it was taken back.
    pub writing: Result<()>,
}

impl Condition {
    /// How many steps of the schema are missing.
    ///
    /// # Errors
    /// It was migrated by a newer or by an edited program.
    pub fn missing_steps(&self) -> Result<usize, String> {
        // both databases have the same numbers, and each its own texts
        let steps = if self.clock.is_some() { migrate::POSTGRES } else { migrate::SQLITE };
        migrate::pending(steps, &self.applied).map(|steps| steps.len())
    }
}

/// Looks at the database behind `url`; `None` where its file was not made yet.
///
/// # Errors
/// It cannot be reached or read.
pub async fn condition(url: &DatabaseUrl) -> Result<Option<Condition>> {
    match url {
        DatabaseUrl::Sqlite(path) => sqlite::condition(path),
        DatabaseUrl::Postgres(url) => postgres::Postgres::connect(url)?.condition().await.map(Some),
    }
}
