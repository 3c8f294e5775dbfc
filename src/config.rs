//! The settings: flags and environment in one place, checked before anything starts.

mod database;
mod llm;
mod secret;
mod shadow;
mod shown;

use std::{net::SocketAddr, time::Duration};

use clap::{Args, ValueEnum};

use crate::classify::Mode;

pub use database::DatabaseSettings;
pub use llm::LlmSettings;
pub use secret::Secret;
pub use shadow::ShadowSettings;
pub use shown::{Setting, settings};

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

    /// An address of its own for /metrics, which is then not at the other one; it has the probes too
    #[arg(long, env = "FRONTDESK_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,

    /// How long a server that is told to end still serves while /readyz says that it does not, so that
    /// nobody sends it more
    #[arg(long, env = "FRONTDESK_SHUTDOWN_DELAY", default_value = "0s", value_parser = delay)]
    pub shutdown_delay: Duration,

    /// Where the tickets are kept
    #[command(flatten)]
    pub database: DatabaseSettings,

    /// Who suggests categories and priorities
    #[arg(long, env = "FRONTDESK_CLASSIFIER", value_enum, default_value_t = Mode::Auto)]
    pub classifier: Mode,

    /// A second source beside it
    #[command(flatten)]
    pub shadow: ShadowSettings,

    /// Whether the embedded classifier learns from tickets that agents finish
    #[arg(long, env = "FRONTDESK_LEARNING", value_enum, default_value_t = Switch::On)]
    pub learning: Switch,

    /// The language models
    #[command(flatten)]
    pub llm: LlmSettings,

    /// How often one client may ask for suggestions, file and sign in is limited; off for load tests
    #[arg(long, env = "FRONTDESK_RATE_LIMITS", value_enum, default_value_t = Switch::On)]
    pub rate_limits: Switch,

    /// Who may do what: by default open on a loopback address, accounts on any other
    #[arg(long, env = "FRONTDESK_ACCESS", value_enum)]
    pub access: Option<Access>,

    /// Where people reach the server, such as https://support.example.com; https makes cookies secure
    #[arg(long, env = "FRONTDESK_PUBLIC_URL", value_parser = origin)]
    pub public_url: Option<axum::http::HeaderValue>,

    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks,
    /// separated by commas
    #[arg(long, env = "FRONTDESK_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<ipnet::IpNet>,

    /// Origins of other web pages that may call the API, separated by commas
    #[arg(long, env = "FRONTDESK_CORS_ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub cors_origins: Vec<axum::http::HeaderValue>,

    /// Log lines for people (text) or for programs (json); text on a terminal by default
    #[arg(long, env = "FRONTDESK_LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,

    /// Every setting as it is in force, for people.
    #[arg(skip)]
    pub settings: Vec<Setting>,
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
    pub fn access(&self) -> Access {
        let is_private = self.listen.ip().is_loopback();
        self.access.unwrap_or(if is_private { Access::Open } else { Access::Accounts })
    }
}

/// `0s`, `5s`, `1m`.
fn delay(raw: &str) -> std::result::Result<Duration, String> {
    let parsed = raw.trim().parse::<jiff::SignedDuration>().ok();
    let delay = parsed.and_then(|delay| Duration::try_from(delay).ok());
    delay
        .filter(|delay| *delay <= Duration::from_hours(1))
        .ok_or_else(|| "must be a time such as 0s or 5s, at most 1h".to_owned())
}

fn network(raw: &str) -> std::result::Result<ipnet::IpNet, String> {
    let raw = raw.trim();
    let network = raw.parse().or_else(|_| raw.parse::<std::net::IpAddr>().map(ipnet::IpNet::from));
    network.map_err(|_| "must be an address or a network such as 10.0.0.0/8".to_owned())
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
    fn access_is_open_where_no_stranger_is_or_somebody_said_so() {
        assert_eq!(config(&[]).access(), Access::Open);
        assert_eq!(config(&["--listen", "[::1]:0"]).access(), Access::Open);
        assert_eq!(config(&["--access", "accounts"]).access(), Access::Accounts);
        assert_eq!(config(&["--listen", "0.0.0.0:80"]).access(), Access::Accounts);
        let open = config(&["--listen", "0.0.0.0:80", "--access", "open"]);
        assert_eq!(open.access(), Access::Open);
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        let proxies = config(&["--trusted-proxies", "10.0.0.0/8, 192.0.2.1,::1"]).trusted_proxies;
        assert_eq!(proxies.len(), 3);
        assert!(Command::try_parse_from(["x", "--trusted-proxies", "proxy.example"]).is_err());
    }

    #[test]
    fn only_whole_origins_may_call() {
        assert_eq!(config(&["--cors-origins", "https://a.example,http://b"]).cors_origins.len(), 2);
        for bad in ["*", "a.example", "https://a/", "https://*.a"] {
            assert!(Command::try_parse_from(["x", "--cors-origins", bad]).is_err(), "{bad}");
        }
    }
}
