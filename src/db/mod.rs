//! The databases: connections, transactions, migrations. What is kept in them is the features'
//! matter (`tickets/sqlite.rs`, `tickets/postgres.rs`, ...).

pub mod condition;
pub mod gather;
pub mod migrate;
pub mod postgres;
pub mod sqlite;
mod tls;
pub mod turns;
mod url;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

pub use condition::condition;
pub use url::DatabaseUrl;

use crate::{
    accounts::store::AccountStore,
    audit::store::AuditStore,
    auth::store::AuthStore,
    check::store::CheckStore,
    classify::{learning::store::LearningStore, store::SuggestionStore},
    error::{Error, Result},
    live::store::LiveStore,
    stats::store::StatsStore,
    tickets::store::TicketStore,
    views::store::ViewStore,
};

/// Everything that is kept, behind one object. An adapter is a whole database.
#[async_trait]
pub trait Store:
    TicketStore
    + StatsStore
    + SuggestionStore
    + LearningStore
    + LiveStore
    + AccountStore
    + AuthStore
    + AuditStore
    + CheckStore
    + ViewStore
{
    /// Whether a query can be answered right now. Used by `/readyz`.
    async fn ping(&self) -> Result<()>;

    /// `sqlite` or `postgres`.
    fn backend(&self) -> &'static str;

    /// Tells the metrics what can be seen from here, without asking the database.
    fn measure(&self);

    /// How many tickets wait for the index of a search, counted up to a million.
    async fn search_waiting(&self) -> Result<u64>;

    /// Waits for the writes under way and closes every connection.
    async fn close(&self);
}

/// Opens the database behind `url` and brings its schema up to date.
///
/// # Errors
/// The database cannot be reached or opened, is not UTF-8, or was migrated by a newer version.
pub async fn open(url: &DatabaseUrl) -> Result<Arc<dyn Store>> {
    open_by(url, None).await
}

/// The same where `url` leads to a pooler and `direct` to the database itself: the schema is brought up
/// to date there, and what other servers tell is heard there.
///
/// # Errors
/// As above.
pub async fn open_by(url: &DatabaseUrl, direct: Option<&DatabaseUrl>) -> Result<Arc<dyn Store>> {
    Ok(match (url, direct) {
        (DatabaseUrl::Sqlite(path), _) => Arc::new(sqlite::Sqlite::open(path).await?),
        (DatabaseUrl::Postgres(url), Some(DatabaseUrl::Postgres(direct))) => {
            let directly = postgres::Postgres::open(direct).await?;
            directly.close().await;
            Arc::new(postgres::Postgres::connect(url)?.hearing_by(direct)?)
        }
        (DatabaseUrl::Postgres(url), _) => Arc::new(postgres::Postgres::open(url).await?),
    })
}

/// Tells the metrics how much waits for `what`.
fn measure_queue(what: &'static str, waiting: usize) {
    metrics::gauge!("frontdesk_db_queue", "queue" => what).set(waiting as f64);
}

/// The database cannot answer now. `detail` is for the log.
fn unavailable(detail: &str) -> Error {
    Error::Unavailable {
        what: "the database",
        retry_after: Some(Duration::from_secs(1)),
        detail: detail.to_owned(),
    }
}
