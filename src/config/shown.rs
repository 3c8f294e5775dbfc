//! The settings as they are in force, for people: where each comes from, secrets hidden.

use clap::{ArgMatches, Args as _, Command, parser::ValueSource};
use serde::Serialize;
use utoipa::ToSchema;

use super::Config;

/// A setting as it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Setting {
    /// Its environment variable.
    #[schema(example = "FRONTDESK_LISTEN")]
    name: String,
    /// `***` for a secret that is set; empty where nothing is.
    value: String,
    /// `default`, `environment` or `flag`.
    source: &'static str,
    /// Whether the value is hidden.
    is_secret: bool,
}

/// Every setting, in the order of `frontdesk serve --help`.
pub fn settings(matches: &ArgMatches) -> Vec<Setting> {
    let command = Config::augment_args(Command::new("serve"));
    let arguments = command.get_arguments().filter_map(|argument| {
        let name = argument.get_env()?.to_str()?.to_owned();
        let id = argument.get_id().as_str();
        let is_secret = argument.is_hide_env_values_set();
        let values = matches.get_raw(id).into_iter().flatten();
        let value = values.map(|raw| raw.to_string_lossy()).collect::<Vec<_>>().join(",");
        let source = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => "flag",
            Some(ValueSource::EnvVariable) => "environment",
            _ => "default",
        };
        let value = if is_secret && !value.is_empty() { "***".to_owned() } else { value };
        Some(Setting { name, value, source, is_secret })
    });
    arguments.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_say_where_they_come_from_and_hide_secrets() {
        let command = Config::augment_args(Command::new("serve"));
        let matches = command.get_matches_from([
            "serve",
            "--google-api-key=hush",
            "--listen=127.0.0.1:1",
            "--cors-origins=https://a,https://b",
        ]);
        let settings = settings(&matches);
        let of = |name: &str| {
            let found = settings.iter().find(|setting| setting.name == name).unwrap();
            (found.value.as_str(), found.source, found.is_secret)
        };
        assert_eq!(of("GOOGLE_API_KEY"), ("***", "flag", true));
        assert_eq!(of("ANTHROPIC_API_KEY"), ("", "default", true));
        assert_eq!(of("DATABASE_URL"), ("***", "default", true));
        assert_eq!(of("FRONTDESK_LISTEN"), ("127.0.0.1:1", "flag", false));
        assert_eq!(of("FRONTDESK_LLM_TIMEOUT"), ("5s", "default", false));
        assert_eq!(of("FRONTDESK_CORS_ORIGINS"), ("https://a,https://b", "flag", false));
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
