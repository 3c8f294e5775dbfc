//! The settings of the shadow.

use clap::Args;

use super::llm::{LlmSettings, model_name};
use crate::{
    classify::{
        Mode,
        llm::{Provider, Settings},
        shadow::{Second, ShadowMode},
    },
    error::{Error, Result},
};

/// The settings of the shadow.
#[derive(Args, Clone, Debug)]
pub struct ShadowSettings {
    /// A second source that is asked about each ticket after it was filed, shown to nobody and compared in
    /// the report; it may spend half of what language models may
    #[arg(long, env = "FRONTDESK_SHADOW", value_enum, default_value_t = ShadowMode::Off)]
    pub shadow: ShadowMode,

    /// Its model, instead of the provider's small, fast one
    #[arg(long, env = "FRONTDESK_SHADOW_MODEL", value_name = "MODEL")]
    pub shadow_model: Option<String>,
}

impl ShadowSettings {
    /// Whom to ask in the shadow, where `serving` is the language model that serves in this mode.
    ///
    /// # Errors
    /// Suggestions are switched off, that source serves already, or it cannot be asked.
    pub fn resolve(
        &self,
        mode: Mode,
        llm: &LlmSettings,
        serving: Option<&Settings>,
    ) -> Result<Option<Second>> {
        let refused = |why: String| {
            Err(Error::Internal(format!("FRONTDESK_SHADOW={}: {why}", self.shadow.as_str())))
        };
        let provider = match self.shadow {
            ShadowMode::Off => return Ok(None),
            ShadowMode::Local => None,
            ShadowMode::Gemini => Some(Provider::Gemini),
            ShadowMode::Anthropic => Some(Provider::Anthropic),
            ShadowMode::Openai => Some(Provider::OpenAi),
        };
        if mode == Mode::Off {
            return refused(
                "FRONTDESK_CLASSIFIER=off switches all suggestions off, silent ones too; leave \
                 FRONTDESK_SHADOW out"
                    .to_owned(),
            );
        }
        let model = model_name("FRONTDESK_SHADOW_MODEL", self.shadow_model.as_deref())?;
        let Some(provider) = provider else {
            return match (serving, model) {
                (None, _) => refused("the embedded classifier serves already".to_owned()),
                (_, Some(_)) => refused(
                    "the embedded classifier has one model; leave FRONTDESK_SHADOW_MODEL out"
                        .to_owned(),
                ),
                _ => Ok(Some(Second::Local)),
            };
        };
        let Some(mut settings) = llm.of(provider)? else {
            return refused(format!("{} is not set", LlmSettings::wants(provider)));
        };
        // FRONTDESK_LLM_MODEL is the name of a model of who serves, if that is a language model
        settings.model = match serving {
            Some(_) => model,
            None => model.or(settings.model),
        };
        match serving {
            Some(one) if one.provider == provider && one.model() == settings.model() => {
                refused(format!(
                    "{} serves already, with the model {}; name another source, or another model \
                     in FRONTDESK_SHADOW_MODEL",
                    provider.source(),
                    one.model()
                ))
            }
            _ => Ok(Some(Second::Model(Box::new(settings)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        llm: LlmSettings,
        #[command(flatten)]
        shadow: ShadowSettings,
    }

    const GOOGLE: &str = "--google-api-key=g-secret";
    const ANTHROPIC: &str = "--anthropic-api-key=a-secret";

    fn resolve(mode: Mode, arguments: &[&str]) -> Result<Option<Second>> {
        let command = Command::try_parse_from([&["x"], arguments].concat()).unwrap();
        let serving = command.llm.resolve(mode)?;
        command.shadow.resolve(mode, &command.llm, serving.as_ref())
    }

    fn model(mode: Mode, arguments: &[&str]) -> String {
        match resolve(mode, arguments).unwrap() {
            Some(Second::Model(settings)) => settings.model().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    fn refusal(mode: Mode, arguments: &[&str]) -> String {
        resolve(mode, arguments).unwrap_err().to_string()
    }

    #[test]
    fn a_second_source_stands_beside_the_one_that_serves() {
        assert!(resolve(Mode::Auto, &[]).unwrap().is_none());
        let local = resolve(Mode::Auto, &[GOOGLE, "--shadow=local"]).unwrap();
        assert!(matches!(local, Some(Second::Local)));
        assert!(resolve(Mode::Gemini, &[GOOGLE, "--shadow=local"]).unwrap().is_some());
        assert_eq!(model(Mode::Local, &[GOOGLE, "--shadow=gemini"]), "gemini-3.5-flash-lite");
        let both = [GOOGLE, ANTHROPIC, "--shadow=anthropic"];
        assert_eq!(model(Mode::Auto, &both), "claude-haiku-5-5");
    }

    #[test]
    fn its_model_is_its_own() {
        let named = "--llm-model=of-who-serves";
        let both = [GOOGLE, ANTHROPIC, named, "--shadow=anthropic"];
        assert_eq!(model(Mode::Auto, &both), "claude-haiku-5-5");
        let own = [&both[..], &["--shadow-model=own"]].concat();
        assert_eq!(model(Mode::Auto, &own), "own");
        assert_eq!(model(Mode::Local, &[GOOGLE, named, "--shadow=gemini"]), "of-who-serves");
        let other = [GOOGLE, "--shadow=gemini", "--shadow-model=gemini-3.8-flash"];
        assert_eq!(model(Mode::Auto, &other), "gemini-3.8-flash");
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_reason() {
        for (mode, arguments, why) in [
            (Mode::Off, vec![GOOGLE, "--shadow=gemini"], "FRONTDESK_CLASSIFIER=off"),
            (Mode::Local, vec!["--shadow=local"], "serves already"),
            (Mode::Auto, vec!["--shadow=local"], "serves already"),
            (Mode::Auto, vec![GOOGLE, "--shadow=gemini"], "FRONTDESK_SHADOW_MODEL"),
            (Mode::Local, vec!["--shadow=gemini"], "GOOGLE_API_KEY"),
            (Mode::Auto, vec![GOOGLE, "--shadow=openai"], "OPENAI_BASE_URL"),
            (Mode::Auto, vec![GOOGLE, "--shadow=local", "--shadow-model=x"], "one model"),
            (Mode::Local, vec![GOOGLE, "--shadow=gemini", "--shadow-model=a b"], "no model's name"),
        ] {
            let refusal = refusal(mode, &arguments);
            assert!(refusal.contains(why) && refusal.contains("FRONTDESK_SHADOW"), "{refusal}");
            assert!(!refusal.contains("secret"), "{refusal}");
        }
    }
}
