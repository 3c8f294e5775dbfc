//! Where the tickets are kept: for every command that touches them.

use std::path::{Path, PathBuf};

use clap::Args;

use super::secret;
use crate::{
    db::DatabaseUrl,
    error::{Error, Result},
};

/// Where the tickets are kept.
#[derive(Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// Where the tickets are kept: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://data/frontdesk.db"
    )]
    pub database_url: DatabaseUrl,

    /// A file that holds the database URL, instead of --database-url
    #[arg(long, env = "DATABASE_URL_FILE", value_name = "FILE")]
    pub database_url_file: Option<PathBuf>,

    /// The same PostgreSQL without a pooler in between, where DATABASE_URL leads to one: migrations go
    /// there, and one connection that hears what other servers tell
    #[arg(long, env = "DATABASE_DIRECT_URL", hide_env_values = true, value_name = "URL")]
    pub database_direct_url: Option<DatabaseUrl>,

    /// A file that holds the direct URL, instead of --database-direct-url
    #[arg(long, env = "DATABASE_DIRECT_URL_FILE", value_name = "FILE")]
    pub database_direct_url_file: Option<PathBuf>,
}

impl DatabaseSettings {
    /// The URL, its file read.
    ///
    /// # Errors
    /// The file cannot be read or holds no URL.
    pub fn url(&self) -> Result<DatabaseUrl> {
        let Some(file) = &self.database_url_file else { return Ok(self.database_url.clone()) };
        from_file("DATABASE_URL_FILE", file)
    }

    /// The way to the database without a pooler, where there is another; its file read.
    ///
    /// # Errors
    /// As above, or it leads to another kind of database.
    pub fn direct_url(&self) -> Result<Option<DatabaseUrl>> {
        let direct = match &self.database_direct_url_file {
            Some(file) => Some(from_file("DATABASE_DIRECT_URL_FILE", file)?),
            None => self.database_direct_url.clone(),
        };
        let is_postgres = |url: &DatabaseUrl| matches!(url, DatabaseUrl::Postgres(_));
        match &direct {
            Some(direct) if !is_postgres(direct) || !is_postgres(&self.url()?) => {
                Err(Error::Internal(
                    "DATABASE_DIRECT_URL is for PostgreSQL: the same database as DATABASE_URL, \
                     without the pooler"
                        .to_owned(),
                ))
            }
            _ => Ok(direct),
        }
    }
}

fn from_file(variable: &str, file: &Path) -> Result<DatabaseUrl> {
    let text = secret::read_file(variable, file)?;
    text.parse().map_err(|e| Error::Internal(format!("{variable} {}: {e}", file.display())))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        database: DatabaseSettings,
    }

    #[test]
    fn the_database_may_come_from_a_file() {
        let url =
            |path: &str| Command::parse_from(["x", "--database-url-file", path]).database.url();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "postgres://h/db\n").unwrap();
        let found = url(file.path().to_str().unwrap()).unwrap();
        assert_eq!(found, DatabaseUrl::Postgres("postgres://h/db".into()));
        assert!(url("/no/such").is_err());
    }

    #[test]
    fn the_direct_way_leads_to_the_same_kind_of_database() {
        let direct = |url: &str, direct: &str| {
            let flags = ["x", "--database-url", url, "--database-direct-url", direct];
            Command::parse_from(flags).database.direct_url()
        };
        let found = direct("postgres://pooler/db", "postgres://db/db").unwrap();
        assert_eq!(found, Some(DatabaseUrl::Postgres("postgres://db/db".into())));
        assert!(direct("postgres://pooler/db", "sqlite://x").is_err());
        assert!(direct("sqlite://x", "postgres://db/db").is_err());
        assert_eq!(Command::parse_from(["x"]).database.direct_url().unwrap(), None);
    }
}
