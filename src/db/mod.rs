//! The databases: connections, transactions, migrations. What is kept in them is the features'
//! matter (`tickets/sqlite.rs`, `tickets/postgres.rs`, ...).

pub mod gather;
pub mod migrate;
pub mod postgres;
pub mod sqlite;
mod tls;
mod url;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

pub use url::DatabaseUrl;

use crate::{
    accounts::store::AccountStore,
    audit::store::AuditStore,
    auth::store::AuthStore,
    error::{Error, Result},
    live::store::LiveStore,
    stats::store::StatsStore,
    tickets::store::TicketStore,
};

/// Everything that is kept, behind one object. An adapter is a whole database.
#[async_trait]
pub trait Store:
    TicketStore + StatsStore + LiveStore + AccountStore + AuthStore + AuditStore
{
    /// Whether a query can be answered right now. Used by `/readyz`.
    async fn ping(&self) -> Result<()>;

    /// `sqlite` or `postgres`.
    fn backend(&self) -> &'static str;

    /// Waits for the writes under way and closes every connection.
    async fn close(&self);
}

/// Opens the database behind `url` and brings its schema up to date.
///
/// # Errors
/// The database cannot be reached or opened, is not UTF-8, or was migrated by a newer version.
pub async fn open(url: &DatabaseUrl) -> Result<Arc<dyn Store>> {
    Ok(match url {
        DatabaseUrl::Sqlite(path) => Arc::new(sqlite::Sqlite::open(path).await?),
        DatabaseUrl::Postgres(url) => Arc::new(postgres::Postgres::open(url).await?),
    })
}

/// The database cannot answer now. `detail` is for the log.
fn unavailable(detail: &str) -> Error {
    Error::Unavailable {
        what: "the database",
        retry_after: Some(Duration::from_secs(1)),
        detail: detail.to_owned(),
    }
}
