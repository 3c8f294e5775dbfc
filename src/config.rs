//! The settings: flags and environment in one place, checked before anything starts.

mod llm;
mod secret;

use std::net::SocketAddr;

use clap::{Args, ValueEnum};

use crate::{
    classify::Mode,
    db::DatabaseUrl,
    error::{Error, Result},
};

pub use llm::LlmSettings;
pub use secret::Secret;

/// Who may do what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Access {
    /// Everyone who reaches the server may do everything.
    Open,
    /// Working on tickets needs an account.
    Accounts,
}

impl Access {
    /// The word that the setting has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accounts => "accounts",
        }
    }
}

/// A switch that reads well in an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// As the word says.
    On,
    /// As the word says.
    Off,
}

/// The settings of `frontdesk serve`.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Address and port to listen on
    #[arg(long, env = "FRONTDESK_LISTEN", default_value = "127.0.0.1:8000")]
    pub listen: SocketAddr,

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
    pub database_url_file: Option<std::path::PathBuf>,

    /// Who suggests categories and priorities
    #[arg(long, env = "FRONTDESK_CLASSIFIER", value_enum, default_value_t = Mode::Auto)]
    pub classifier: Mode,

    /// The language models
    #[command(flatten)]
    pub llm: LlmSettings,

    /// How often one client may ask for suggestions is limited; off for load tests
    #[arg(long, env = "FRONTDESK_RATE_LIMITS", value_enum, default_value_t = Switch::On)]
    pub rate_limits: Switch,

    /// Who may do what; open by default on a loopback address and nowhere else
    #[arg(long, env = "FRONTDESK_ACCESS", value_enum)]
    pub access: Option<Access>,

    /// Origins of other web pages that may call the API, separated by commas
    #[arg(long, env = "FRONTDESK_CORS_ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub cors_origins: Vec<axum::http::HeaderValue>,

    /// Log lines for people (text) or for programs (json); text on a terminal by default
    #[arg(long, env = "FRONTDESK_LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Who may do what, as it is in force.
    ///
    /// # Errors
    /// Strangers could reach the server and nobody said that they may.
    pub fn access(&self) -> Result<Access> {
        let is_private = self.listen.ip().is_loopback();
        match self.access {
            Some(Access::Open) => Ok(Access::Open),
            None if is_private => Ok(Access::Open),
            None => Err(Error::Internal(format!(
                "strangers may reach {}, and no account exists. Listen on a loopback address \
                 (FRONTDESK_LISTEN=127.0.0.1:8000) behind something that signs people in, or say \
                 that everyone may do everything: FRONTDESK_ACCESS=open",
                self.listen
            ))),
            Some(Access::Accounts) => Err(Error::Internal(
                "FRONTDESK_ACCESS=accounts: this version has no accounts yet; use open on a \
                 loopback address"
                    .to_owned(),
            )),
        }
    }

    /// Where the tickets are kept, the file of it read.
    ///
    /// # Errors
    /// The file cannot be read or holds no URL.
    pub fn database(&self) -> Result<DatabaseUrl> {
        let Some(file) = &self.database_url_file else { return Ok(self.database_url.clone()) };
        let text = secret::read_file("DATABASE_URL_FILE", file)?;
        let name = file.display();
        text.parse().map_err(|e| Error::Internal(format!("DATABASE_URL_FILE {name}: {e}")))
    }
}

fn origin(raw: &str) -> std::result::Result<axum::http::HeaderValue, String> {
    let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '*']) => {
            raw.parse().map_err(|_| "is not an origin".to_owned())
        }
        _ => Err("must be an origin such as https://support.example.com".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        config: Config,
    }

    fn config(arguments: &[&str]) -> Config {
        Command::try_parse_from([&["x"], arguments].concat()).unwrap().config
    }

    #[test]
    fn strangers_get_in_only_when_somebody_said_so() {
        assert_eq!(config(&[]).access().unwrap(), Access::Open);
        assert_eq!(config(&["--listen", "[::1]:0"]).access().unwrap(), Access::Open);
        let refused = config(&["--listen", "0.0.0.0:80"]).access().unwrap_err().to_string();
        assert!(refused.contains("FRONTDESK_ACCESS=open"), "{refused}");
        let open = config(&["--listen", "0.0.0.0:80", "--access", "open"]);
        assert_eq!(open.access().unwrap(), Access::Open);
    }

    #[test]
    fn only_whole_origins_may_call() {
        assert_eq!(config(&["--cors-origins", "https://a.example,http://b"]).cors_origins.len(), 2);
        for bad in ["*", "a.example", "https://a/", "https://*.a"] {
            assert!(Command::try_parse_from(["x", "--cors-origins", bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_database_may_come_from_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "postgres://h/db\n").unwrap();
        let path = file.path().to_str().unwrap();
        let url = config(&["--database-url-file", path]).database().unwrap();
        assert_eq!(url, DatabaseUrl::Postgres("postgres://h/db".into()));
        assert!(config(&["--database-url-file", "/no/such"]).database().is_err());
    }
}
