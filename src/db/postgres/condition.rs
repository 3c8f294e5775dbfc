//! A look at a PostgreSQL database.

use deadpool_postgres::Object;

use super::Postgres;
use crate::{db::condition::Condition, error::Result};

impl Postgres {
    /// Looks at it, and leaves it as it is.
    ///
    /// # Errors
    /// It cannot be reached in time.
    pub async fn condition(&self) -> Result<Condition> {
        let writing = self.run(write).await;
        self.run(async |connection| {
            let now = "select clock_timestamp(), current_setting('server_version'),
                 to_regclass('schema_migration') is not null";
            let row = connection.query_one(now, &[]).await?;
            let version: String = row.try_get(1)?;
            let mut found = Condition {
                version: format!("PostgreSQL {version}"),
                applied: Vec::new(),
                clock: Some(row.try_get(0)?),
                newest_ticket: None,
                writing,
            };
            if row.try_get(2)? {
                let applied = "select number, checksum from schema_migration order by number";
                for row in connection.query(applied, &[]).await? {
                    found.applied.push((row.try_get(0)?, row.try_get(1)?));
                }
                if !found.applied.is_empty() {
                    let newest = "select max(created_at) from ticket";
                    found.newest_ticket = connection.query_one(newest, &[]).await?.try_get(0)?;
                }
            }
            Ok(found)
        })
        .await
    }
}

/// Writes a table that goes with its transaction.
async fn write(connection: &mut Object) -> Result<()> {
    let transaction = connection.transaction().await?;
    let write = "create temporary table doctor (n integer) on commit drop;
         insert into doctor values (1)";
    transaction.batch_execute(write).await?;
    Ok(transaction.rollback().await?)
}
