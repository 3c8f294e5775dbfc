//! `DATABASE_URL`.

use std::{fmt, path::PathBuf, str::FromStr};

/// Where the tickets are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file; its folder is made when it is missing.
    Sqlite(PathBuf),
    /// A `postgres://` URL, or `postgresql://`, as libpq spells it. Holds a password.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() || path.contains('?') {
                return Err("sqlite:// must be followed by a file's path and nothing else, as in \
                            sqlite://data/frontdesk.db"
                    .to_owned());
            }
            return Ok(Self::Sqlite(path.into()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err("must start with sqlite:// or postgres://".to_owned())
    }
}

/// For logs: a PostgreSQL URL without user, password and parameters.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.split('?').next().unwrap_or_default();
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                write!(f, "postgres://{host}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for secret in ["postgres://u:s3c@ret@h:5432/db?password=s3c", "postgresql://u:s3c@h/db"] {
            let url: DatabaseUrl = secret.parse().unwrap();
            assert!(!format!("{url} {url:?}").contains("s3c"), "{url}");
        }
    }

    #[test]
    fn relative_and_absolute_files_are_understood() {
        assert_eq!("sqlite://a/b.db".parse(), Ok(DatabaseUrl::Sqlite("a/b.db".into())));
        assert_eq!("sqlite:///a/b.db".parse(), Ok(DatabaseUrl::Sqlite("/a/b.db".into())));
    }

    #[test]
    fn other_urls_are_refused() {
        for url in ["", "mysql://x", "sqlite://", "sqlite:x", "sqlite://x?mode=ro", "x.db"] {
            assert!(url.parse::<DatabaseUrl>().is_err(), "{url}");
        }
    }
}
