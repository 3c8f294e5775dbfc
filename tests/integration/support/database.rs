//! A database of its own for one test, on either side, and a way around the program into it.

use std::sync::Arc;

use frontdesk::db::{self, Store};

use super::cluster;

/// An empty, migrated database that ends with the test.
pub enum TestDatabase {
    Sqlite(tempfile::TempDir),
    Postgres(cluster::Database),
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn postgres() -> Self {
        Self::Postgres(cluster::Database::create())
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => {
                format!("sqlite://{}", folder.path().join("data/frontdesk.db").display())
            }
            Self::Postgres(database) => database.url(),
        }
    }

    pub async fn open(&self) -> Arc<dyn Store> {
        db::open(&self.url().parse().expect("a URL")).await.expect("the database opens")
    }

    /// Runs SQL around the program. `Err` is what the database says.
    pub fn sql(&self, sql: &str) -> Result<(), String> {
        match self {
            Self::Sqlite(folder) => {
                rusqlite::Connection::open(folder.path().join("data/frontdesk.db"))
                    .and_then(|connection| {
                        connection.pragma_update(None, "foreign_keys", true)?;
                        connection.execute_batch(sql)
                    })
                    .map_err(|e| e.to_string())
            }
            Self::Postgres(database) => {
                let output = database.psql(sql);
                if output.status.success() {
                    return Ok(());
                }
                Err(String::from_utf8_lossy(&output.stderr).into_owned())
            }
        }
    }
}

/// Makes of each law two tests, one on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! laws {
    ($($law:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $law() {
                super::$law($crate::support::database::TestDatabase::sqlite()).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $law() {
                super::$law($crate::support::database::TestDatabase::postgres()).await;
            })+
        }
    };
}
