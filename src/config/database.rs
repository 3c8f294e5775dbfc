//! Where the tickets are kept: for every command that touches them.

use std::path::PathBuf;

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
}

impl DatabaseSettings {
    /// The URL, its file read.
    ///
    /// # Errors
    /// The file cannot be read or holds no URL.
    pub fn url(&self) -> Result<DatabaseUrl> {
        let Some(file) = &self.database_url_file else { return Ok(self.database_url.clone()) };
        let text = secret::read_file("DATABASE_URL_FILE", file)?;
        let name = file.display();
        text.parse().map_err(|e| Error::Internal(format!("DATABASE_URL_FILE {name}: {e}")))
    }
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
}
