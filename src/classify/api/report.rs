//! How often suggestions are right, over HTTP.

use std::sync::Arc;

use axum::{
    Json,
    extract::{RawQuery, State},
};
use jiff::{SignedDuration, Timestamp, civil};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    classify::{
        Failure, Turn,
        report::{self, ModelReport, ShadowAsked, UsageOfDay, UsageSums},
        shadow::ShadowStatus,
        store::{COUNTS_MAX, OUTCOMES_MAX},
    },
    http::{App, problem::Problem, query::Parameters},
    tickets::{Source, day_of},
};

/// What is reported on where nothing else is asked for.
const DEFAULT_SPAN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The last instant of a span is before its end.
const JUST_BEFORE: SignedDuration = SignedDuration::from_micros(1);

/// The report's parameters.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct ReportSpan {
    /// Suggestions made at or after this instant, or date (its first instant, UTC); thirty days before
    /// the end where it is left out.
    #[param(example = "2026-11-01")]
    from: Option<String>,
    /// Suggestions made before this instant or date; now where it is left out.
    #[param(example = "2026-12-01")]
    to: Option<String>,
}

/// How often each classifier is right.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassifierReport {
    from: Timestamp,
    to: Timestamp,
    /// How many suggestions were counted, without those in the shadow.
    suggestions: u64,
    /// Whether these are all: only the newest 20,000 are counted, and of those in the shadow as many.
    is_complete: bool,
    /// One for each source, model and version, those with the most suggestions first; then those in the
    /// shadow, in the same way.
    models: Vec<ModelReport>,
    /// Since when this process counts failures, whatever span is asked for.
    failures_since: Timestamp,
    failures: Vec<Failure>,
    /// What each language model was asked on each day (UTC) that the span touches, by all servers, and
    /// what it took; the newest days first.
    usage: Vec<UsageOfDay>,
    /// All of it together.
    usage_total: UsageSums,
    /// Whether these are all: only the newest 20,000 counts are read.
    usage_is_complete: bool,
    /// What is asked in the shadow, and what became of that; null where nothing is and nothing was.
    #[schema(required)]
    shadow: Option<ShadowReport>,
    /// The circuit breaker; null where no language model is asked.
    #[schema(required)]
    breaker: Option<BreakerReport>,
}

/// The source that is asked in the shadow, and what became of the tickets it was to be asked about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShadowReport {
    /// The source that is asked now; null: none, but one was in the span.
    #[schema(required)]
    source: Option<Source>,
    /// Its model.
    #[schema(required)]
    model: Option<String>,
    /// Tickets that wait to be asked about, on this server.
    waiting: u64,
    /// `closed`, `open` or `half_open`, on this server; null where no language model is asked.
    #[schema(required)]
    breaker: Option<&'static str>,
    /// One for each source and model, on the days (UTC) that the span touches, by all servers.
    asked: Vec<ShadowAsked>,
}

impl ShadowReport {
    fn new(now: Option<ShadowStatus>, asked: Vec<ShadowAsked>) -> Option<Self> {
        if now.is_none() && asked.is_empty() {
            return None;
        }
        let breaker = now.as_ref().and_then(|now| Some(now.breaker.as_ref()?.state));
        Some(Self {
            source: now.as_ref().map(|now| now.source),
            waiting: now.as_ref().map_or(0, |now| now.waiting as u64),
            model: now.map(|now| now.model),
            breaker,
            asked,
        })
    }
}

/// The circuit breaker of the language model, as this process knows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakerReport {
    /// `closed`, `open` or `half_open`.
    state: &'static str,
    /// How it changed since the process started, the newest first; the newest fifty.
    history: Vec<Turn>,
}

/// How often each classifier is right, by what became of the tickets.
#[utoipa::path(get, path = "/api/classifier/report/", tag = "tickets", params(ReportSpan), responses(
    (status = 200, body = ClassifierReport),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_classifier_report(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<ClassifierReport>, Problem> {
    let mut parameters = Parameters::new(query.as_deref().unwrap_or_default());
    // what is made in this very instant is counted
    let to = parameters.instant("to").unwrap_or(app.clock.now() + SignedDuration::from_micros(1));
    let from = parameters.instant("from").or_else(|| to.checked_sub(DEFAULT_SPAN).ok());
    let from = from.unwrap_or(Timestamp::MIN);
    if from > to {
        parameters.fault("from", "must not be after `to`");
    }
    parameters.check()?;
    let outcomes = app.store.suggestion_outcomes(from, to, OUTCOMES_MAX).await?;
    let shadows = app.store.shadow_outcomes(from, to, OUTCOMES_MAX).await?;
    let (failures_since, failures) = app.classification.failures();
    write_counts(&app).await;
    let last = if to > from { to - JUST_BEFORE } else { from };
    // no database knows days before the first year, and nothing was asked then
    let first = day_of(from).max(civil::date(1, 1, 1));
    let counts = app.store.counts(first, day_of(last), COUNTS_MAX).await?;
    let prices = app.classification.ledger().prices();
    let (usage, usage_total) = report::usage(&counts, prices);
    let mut models = report::models(&outcomes, prices);
    models.extend(report::shadows(&shadows, prices));
    let now = app.shadow.as_ref().map(|shadow| shadow.status());
    let state = app.classification.status().breaker.map(|breaker| breaker.state);
    Ok(Json(ClassifierReport {
        from,
        to,
        suggestions: outcomes.len() as u64,
        is_complete: outcomes.len().max(shadows.len()) < OUTCOMES_MAX as usize,
        models,
        failures_since,
        failures,
        usage,
        usage_total,
        usage_is_complete: counts.len() < COUNTS_MAX as usize,
        shadow: ShadowReport::new(now, report::asked(&counts)),
        breaker: state
            .zip(app.classification.breaker_turns())
            .map(|(state, history)| BreakerReport { state, history }),
    }))
}

/// Adds what this server counted to the rest, so that it is seen at once. Where the database does not
/// take it, it is seen later. In a task of its own: who goes away must not take counts along.
async fn write_counts(app: &Arc<App>) {
    let app = app.clone();
    let _ = tokio::spawn(async move { app.classification.ledger().write(&*app.store).await }).await;
}
