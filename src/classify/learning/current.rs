//! What has been learnt by now, for those who classify while it is learnt.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;

use crate::classify::{
    Classifier, ClassifyError, Suggestion, TicketText,
    local::{self, learnt::Learnt},
};

/// What has been learnt by now; nothing at first. Read and replaced whole.
#[derive(Debug, Default)]
pub struct Current(RwLock<Option<Learnt>>);

impl Current {
    /// What has been learnt by now.
    pub fn get(&self) -> Option<Learnt> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces it.
    pub fn set(&self, learnt: Option<Learnt>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = learnt;
    }
}

/// The embedded classifier with what it has learnt.
#[derive(Debug, Default)]
pub struct LearningClassifier {
    current: Arc<Current>,
}

impl LearningClassifier {
    /// Sorts by what is in `current`.
    pub fn new(current: Arc<Current>) -> Self {
        Self { current }
    }
}

#[async_trait]
impl Classifier for LearningClassifier {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        Ok(local::suggest_with_reasons(text, self.current.get().as_ref()))
    }

    async fn choose(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        Ok(local::suggest(text, self.current.get().as_ref()))
    }
}
