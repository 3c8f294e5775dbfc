//! Which classifier is asked, by the configuration.

use std::sync::Arc;

use serde::Serialize;

use super::{Classifier, ClassifyError, Suggestion, TicketText};

/// Who suggests: `FRONTDESK_CLASSIFIER`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The best that is configured.
    #[default]
    Auto,
    /// The embedded classifier alone.
    Local,
    /// Nobody.
    Off,
}

impl Mode {
    /// The word that the setting has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Local => "local",
            Self::Off => "off",
        }
    }
}

/// A suggestion, and whether a fallback gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Whether the preferred classifier failed and another answered.
    pub degraded: bool,
}

/// What the classifier is doing, for `/readyz` and people.
#[derive(Clone, Debug, Serialize)]
pub struct ClassifierStatus {
    /// The configured mode.
    pub mode: Mode,
}

/// Everything that classifies, behind one object.
pub struct Classification {
    mode: Mode,
    local: Option<Arc<dyn Classifier>>,
}

impl Classification {
    /// Asks `local`, unless `mode` is off.
    pub fn new(mode: Mode, local: Option<Arc<dyn Classifier>>) -> Self {
        Self { mode, local: local.filter(|_| mode != Mode::Off) }
    }

    /// Suggests for a text.
    ///
    /// # Errors
    /// [`ClassifyError`], by what the caller can do about it.
    pub async fn classify(&self, text: &TicketText) -> Result<Answer, ClassifyError> {
        let classifier = self.local.as_ref().ok_or(ClassifyError::Off)?;
        Ok(Answer { suggestion: classifier.classify(text).await?, degraded: false })
    }

    /// What it is doing.
    pub fn status(&self) -> ClassifierStatus {
        let mode = if self.local.is_some() { self.mode } else { Mode::Off };
        ClassifierStatus { mode }
    }
}
