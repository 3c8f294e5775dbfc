//! How often which source failed how.

use std::{collections::BTreeMap, sync::Mutex};

use serde::Serialize;
use utoipa::ToSchema;

use super::ClassifyError;
use crate::tickets::Source;

/// Counts of this process.
#[derive(Default)]
pub struct Failures(Mutex<BTreeMap<(Source, &'static str), u64>>);

/// How often a source failed in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Failure {
    /// Which source.
    pub source: Source,
    /// In which way, as in the metrics.
    #[schema(example = "timed_out")]
    pub kind: &'static str,
    /// How often.
    pub n: u64,
}

impl Failures {
    /// Counts one.
    pub fn add(&self, source: Source, error: &ClassifyError) {
        *self.counts().entry((source, error.kind())).or_default() += 1;
    }

    /// All that were counted.
    pub fn all(&self) -> Vec<Failure> {
        let counts = self.counts();
        counts.iter().map(|((source, kind), n)| Failure { source: *source, kind, n: *n }).collect()
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Source, &'static str), u64>> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}
