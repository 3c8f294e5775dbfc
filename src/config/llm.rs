//! The settings of language models.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::{
    Switch,
    secret::{self, Secret},
};
use crate::{
    classify::{
        Limits, Mode, Prices,
        llm::{Provider, Settings},
    },
    error::{Error, Result},
};

/// The settings of language models. The key that is set says whom to ask; of several, in this order.
#[derive(Args, Clone, Debug)]
pub struct LlmSettings {
    /// Key of Google Gemini
    #[arg(long, env = "GOOGLE_API_KEY", hide_env_values = true, value_name = "KEY")]
    pub google_api_key: Option<Secret>,

    /// A file that holds the key of Google Gemini
    #[arg(long, env = "GOOGLE_API_KEY_FILE", value_name = "FILE")]
    pub google_api_key_file: Option<PathBuf>,

    /// Where Gemini is asked, instead of at Google's
    #[arg(long, env = "GOOGLE_GEMINI_BASE_URL", value_name = "URL")]
    pub google_gemini_base_url: Option<String>,

    /// Key of Anthropic Claude
    #[arg(long, env = "ANTHROPIC_API_KEY", hide_env_values = true, value_name = "KEY")]
    pub anthropic_api_key: Option<Secret>,

    /// A file that holds the key of Anthropic Claude
    #[arg(long, env = "ANTHROPIC_API_KEY_FILE", value_name = "FILE")]
    pub anthropic_api_key_file: Option<PathBuf>,

    /// Where Claude is asked, instead of at Anthropic's
    #[arg(long, env = "ANTHROPIC_BASE_URL", value_name = "URL")]
    pub anthropic_base_url: Option<String>,

    /// Key of OpenAI or of a server that speaks its protocol
    #[arg(long, env = "OPENAI_API_KEY", hide_env_values = true, value_name = "KEY")]
    pub openai_api_key: Option<Secret>,

    /// A file that holds the key of OpenAI
    #[arg(long, env = "OPENAI_API_KEY_FILE", value_name = "FILE")]
    pub openai_api_key_file: Option<PathBuf>,

    /// A server that speaks OpenAI's protocol (Ollama, llama.cpp, vLLM), with its /v1; enough without a key
    #[arg(long, env = "OPENAI_BASE_URL", value_name = "URL")]
    pub openai_base_url: Option<String>,

    /// The model to ask, instead of the provider's small, fast one
    #[arg(long, env = "FRONTDESK_LLM_MODEL", value_name = "MODEL")]
    pub llm_model: Option<String>,

    /// Longest time for a whole question to a language model, second tries included
    #[arg(long, env = "FRONTDESK_LLM_TIMEOUT", default_value = "5s", value_parser = duration)]
    pub llm_timeout: Duration,

    /// How long a language model that keeps failing is left alone
    #[arg(long, env = "FRONTDESK_LLM_BREAKER_COOLDOWN", default_value = "30s", value_parser = duration)]
    pub llm_breaker_cooldown: Duration,

    /// 0 to 2; not sent to models that take none
    #[arg(long, env = "FRONTDESK_LLM_TEMPERATURE", default_value = "0", value_parser = temperature)]
    pub llm_temperature: f32,

    /// Requests to a language model a minute, past which the embedded classifier answers
    #[arg(long, env = "FRONTDESK_LLM_REQUESTS_PER_MINUTE", value_name = "N")]
    pub llm_requests_per_minute: Option<u64>,

    /// Requests to a language model a day (UTC)
    #[arg(long, env = "FRONTDESK_LLM_REQUESTS_PER_DAY", value_name = "N")]
    pub llm_requests_per_day: Option<u64>,

    /// Tokens of a language model a day (UTC), questions and answers together
    #[arg(long, env = "FRONTDESK_LLM_TOKENS_PER_DAY", value_name = "N")]
    pub llm_tokens_per_day: Option<u64>,

    /// What a model's tokens cost, for the report: model=input/output for a million tokens, or
    /// model=input/output/cached, several divided by commas; * is every other model
    #[arg(long, env = "FRONTDESK_LLM_PRICES", value_name = "PRICES")]
    pub llm_prices: Option<String>,

    /// Whether e-mail addresses, phone numbers, cards, IBANs and addresses of machines are taken out of a
    /// text before a language model gets it
    #[arg(long, env = "FRONTDESK_LLM_REDACT", value_enum, default_value_t = Switch::On)]
    pub llm_redact: Switch,

    /// Whether the few most similar tickets that agents have confirmed go along as examples
    #[arg(long, env = "FRONTDESK_LLM_EXAMPLES", value_enum, default_value_t = Switch::On)]
    pub llm_examples: Switch,
}

impl LlmSettings {
    /// Whom to ask in this mode; `None`: nobody outside.
    ///
    /// # Errors
    /// A key is missing for the provider that was asked for by name, a file cannot be read, or a
    /// setting is no URL or no model's name.
    pub fn resolve(&self, mode: Mode) -> Result<Option<Settings>> {
        let wanted: &[Provider] = match mode {
            Mode::Local | Mode::Off => &[],
            Mode::Auto => &[Provider::Gemini, Provider::Anthropic, Provider::OpenAi],
            Mode::Gemini => &[Provider::Gemini],
            Mode::Anthropic => &[Provider::Anthropic],
            Mode::Openai => &[Provider::OpenAi],
        };
        for provider in wanted {
            if let Some(settings) = self.of(*provider)? {
                return Ok(Some(settings));
            }
        }
        match wanted {
            [provider] => Err(Error::Internal(format!(
                "FRONTDESK_CLASSIFIER={}: {} is not set",
                mode.as_str(),
                Self::wants(*provider)
            ))),
            _ => Ok(None),
        }
    }

    /// What tokens cost.
    ///
    /// # Errors
    /// The setting is no list of prices.
    pub fn prices(&self) -> Result<Prices> {
        Prices::parse(self.llm_prices.as_deref().unwrap_or_default())
    }

    /// The settings without which a provider cannot be asked.
    pub(super) const fn wants(provider: Provider) -> &'static str {
        match provider {
            Provider::Gemini => "GOOGLE_API_KEY (or GOOGLE_API_KEY_FILE)",
            Provider::Anthropic => "ANTHROPIC_API_KEY (or ANTHROPIC_API_KEY_FILE)",
            Provider::OpenAi => "OPENAI_API_KEY (or OPENAI_API_KEY_FILE) or OPENAI_BASE_URL",
        }
    }

    /// The settings of one provider, if it can be asked.
    pub(super) fn of(&self, provider: Provider) -> Result<Option<Settings>> {
        let (key, file, file_variable, base, base_variable) = match provider {
            Provider::Gemini => (
                &self.google_api_key,
                &self.google_api_key_file,
                "GOOGLE_API_KEY_FILE",
                &self.google_gemini_base_url,
                "GOOGLE_GEMINI_BASE_URL",
            ),
            Provider::Anthropic => (
                &self.anthropic_api_key,
                &self.anthropic_api_key_file,
                "ANTHROPIC_API_KEY_FILE",
                &self.anthropic_base_url,
                "ANTHROPIC_BASE_URL",
            ),
            Provider::OpenAi => (
                &self.openai_api_key,
                &self.openai_api_key_file,
                "OPENAI_API_KEY_FILE",
                &self.openai_base_url,
                "OPENAI_BASE_URL",
            ),
        };
        let key = secret::given(key.as_ref(), file.as_deref(), file_variable)?;
        let base = base.as_deref().map(str::trim).filter(|base| !base.is_empty());
        let base = base.map(|base| base_url(base_variable, base)).transpose()?;
        // a server of one's own may need no key; the providers' own always do
        let is_enough = key.is_some() || (provider == Provider::OpenAi && base.is_some());
        if !is_enough {
            return Ok(None);
        }
        Ok(Some(Settings {
            provider,
            key,
            base_url: base.unwrap_or_else(|| provider.default_base_url().to_owned()),
            model: model_name("FRONTDESK_LLM_MODEL", self.llm_model.as_deref())?,
            temperature: self.llm_temperature,
            timeout: self.llm_timeout,
            breaker_cooldown: self.llm_breaker_cooldown,
            limits: Limits {
                requests_per_minute: self.llm_requests_per_minute,
                requests_per_day: self.llm_requests_per_day,
                tokens_per_day: self.llm_tokens_per_day,
            },
            redacts: self.llm_redact == Switch::On,
            shows_examples: self.llm_examples == Switch::On,
        }))
    }
}

/// A model's name; nothing where it is blank.
pub(super) fn model_name(setting: &str, name: Option<&str>) -> Result<Option<String>> {
    let model = name.map(str::trim).filter(|model| !model.is_empty());
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
    match model {
        Some(model) if model.len() > 200 || !model.chars().all(is_name) => {
            Err(Error::Internal(format!("{setting}: is no model's name")))
        }
        model => Ok(model.map(str::to_owned)),
    }
}

/// `http` or `https`, without a slash at its end. What could hide a secret in a log is refused, and
/// the value is not repeated.
fn base_url(variable: &str, raw: &str) -> Result<String> {
    let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"));
    let is_fit = |rest: &str| {
        !rest.starts_with('/')
            && !rest.is_empty()
            && !rest.contains(|c: char| "@?#".contains(c) || c.is_whitespace() || c.is_control())
    };
    match rest {
        Some(rest) if is_fit(rest) => Ok(raw.trim_end_matches('/').to_owned()),
        _ => Err(Error::Internal(format!(
            "{variable}: must be a URL such as https://llm.example.com, without user, query and \
             fragment"
        ))),
    }
}

/// `5s`, `500ms`, `1m 30s`.
fn duration(raw: &str) -> std::result::Result<Duration, String> {
    let parsed = raw.trim().parse::<jiff::SignedDuration>().ok();
    let duration = parsed.and_then(|duration| Duration::try_from(duration).ok());
    duration
        .filter(|duration| (Duration::from_millis(1)..=Duration::from_hours(24)).contains(duration))
        .ok_or_else(|| "must be a time such as 500ms, 5s or 1m, at most 24h".to_owned())
}

fn temperature(raw: &str) -> std::result::Result<f32, String> {
    let parsed = raw.trim().parse::<f32>().ok();
    parsed
        .filter(|temperature| (0.0..=2.0).contains(temperature))
        .ok_or_else(|| "must be a number from 0 to 2".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        llm: LlmSettings,
    }

    fn resolve(mode: Mode, arguments: &[&str]) -> Result<Option<Settings>> {
        Command::try_parse_from([&["x"], arguments].concat()).unwrap().llm.resolve(mode)
    }

    fn provider(mode: Mode, arguments: &[&str]) -> Option<Provider> {
        resolve(mode, arguments).unwrap().map(|settings| settings.provider)
    }

    const GOOGLE: &[&str] = &["--google-api-key", "g-secret"];
    const ANTHROPIC: &[&str] = &["--anthropic-api-key", "a-secret"];

    #[test]
    fn the_key_that_is_set_says_whom_to_ask() {
        let both = [ANTHROPIC, GOOGLE].concat();
        assert_eq!(provider(Mode::Auto, &[]), None);
        assert_eq!(provider(Mode::Auto, GOOGLE), Some(Provider::Gemini));
        assert_eq!(provider(Mode::Auto, ANTHROPIC), Some(Provider::Anthropic));
        assert_eq!(provider(Mode::Auto, &both), Some(Provider::Gemini));
        assert_eq!(provider(Mode::Anthropic, &both), Some(Provider::Anthropic));
        let ollama = ["--openai-base-url", "http://127.0.0.1:11434/v1/"];
        assert_eq!(provider(Mode::Auto, &ollama), Some(Provider::OpenAi));
        assert_eq!(provider(Mode::Local, &both), None);
        assert_eq!(provider(Mode::Off, &both), None);
        let empty = ["--google-api-key", "", "--openai-base-url", " "];
        assert_eq!(provider(Mode::Auto, &empty), None, "passed on and not set");
    }

    #[test]
    fn a_provider_asked_for_by_name_needs_its_key() {
        let error = resolve(Mode::Gemini, ANTHROPIC).unwrap_err().to_string();
        assert!(error.contains("GOOGLE_API_KEY"), "{error}");
        assert!(resolve(Mode::Openai, &[]).unwrap_err().to_string().contains("OPENAI_BASE_URL"));
    }

    #[test]
    fn defaults_are_the_providers_own() {
        let settings = resolve(Mode::Auto, GOOGLE).unwrap().unwrap();
        assert_eq!(settings.base_url, "https://generativelanguage.googleapis.com");
        assert_eq!((settings.model, settings.temperature), (None, 0.0));
        assert_eq!(settings.timeout, Duration::from_secs(5));
        assert_eq!(settings.breaker_cooldown, Duration::from_secs(30));
        assert_eq!((settings.limits, settings.redacts), (Limits::default(), true));
        let own = ["--llm-tokens-per-day=9", "--llm-redact=off"];
        let settings = resolve(Mode::Auto, &[GOOGLE, &own].concat()).unwrap().unwrap();
        assert_eq!((settings.limits.tokens_per_day, settings.redacts), (Some(9), false));
    }

    #[test]
    fn a_key_may_come_from_a_file_and_is_never_shown() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        let from_file = ["--google-api-key-file", path];
        assert!(resolve(Mode::Auto, &from_file).unwrap_err().to_string().contains("it is empty"));
        std::fs::write(&file, "f-secret\n").unwrap();
        let settings = resolve(Mode::Auto, &from_file).unwrap().unwrap();
        assert_eq!(settings.key.as_ref().unwrap().expose(), "f-secret");
        assert!(!format!("{settings:?}").contains("f-secret"));
        let missing = resolve(Mode::Auto, &["--google-api-key-file", "/no/such"]).unwrap_err();
        assert!(missing.to_string().contains("GOOGLE_API_KEY_FILE /no/such"));
    }

    #[test]
    fn bad_settings_say_which() {
        for base in ["llm.example", "ftp://x", "https://", "https://user:pass@x", "https://x?key=1"]
        {
            let error = resolve(Mode::Auto, &["--openai-base-url", base]).unwrap_err().to_string();
            assert!(
                error.contains("OPENAI_BASE_URL: must be") && !error.contains("pass"),
                "{error}"
            );
        }
        let model = [GOOGLE, &["--llm-model", "../x y"]].concat();
        assert!(resolve(Mode::Auto, &model).is_err());
        for bad in
            ["--llm-timeout=5", "--llm-timeout=0s", "--llm-timeout=-1s", "--llm-temperature=3"]
        {
            assert!(Command::try_parse_from(["x", bad]).is_err(), "{bad}");
        }
        let timeout = duration("1m 30s").unwrap();
        assert_eq!(
            (timeout, duration("250ms").unwrap().as_millis()),
            (Duration::from_secs(90), 250)
        );
    }
}
