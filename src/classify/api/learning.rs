//! What the embedded classifier learns, over HTTP.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::identity::Identity,
    classify::{
        learning::{
            Judged, LearningStatus, Score,
            store::{CORRECTIONS_MAX, Correction},
        },
        local,
        report::Share,
    },
    error::Result,
    http::{
        App,
        extract::{Fields, JsonObject},
        problem::Problem,
    },
    tickets::{Category, Priority, Word},
};

/// What the embedded classifier has learnt from tickets that agents finished.
#[derive(Debug, Serialize, ToSchema)]
pub struct Learning {
    /// Whether it is switched on.
    is_on: bool,
    /// What it does: `learning` (what was learnt is used), `waiting` (too few corrections so far), `worse`
    /// (what was learnt is worse than what was shipped, and is not used), `off` (switched off), `disabled`
    /// (by the setting `FRONTDESK_LEARNING`), `unused` (the embedded classifier never answers here).
    status: LearningStatus,
    /// Corrections that are kept: tickets that agents finished, with their final words.
    corrections: u64,
    /// Of more the oldest are forgotten.
    corrections_max: u64,
    /// How many corrections there are of each category.
    categories: BTreeMap<String, u64>,
    /// How many corrections there are of each priority.
    priorities: BTreeMap<String, u64>,
    category: LearningField,
    priority: LearningField,
    /// The model's name in suggestions by what was learnt: after the plus sign the number of the last
    /// correction in it. Null while nothing was learnt.
    #[schema(required, example = "frontdesk-ngrams-1+40")]
    model: Option<String>,
    /// When this server last learnt. Each server does so itself, from the same corrections.
    #[schema(required)]
    refitted_at: Option<Timestamp>,
    /// When everything was last forgotten.
    #[schema(required)]
    reset_at: Option<Timestamp>,
}

/// What was learnt of a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct LearningField {
    /// Whether suggestions use it: not while it is worse than what was shipped.
    is_used: bool,
    /// Of the last hundred tickets that were predicted before they were learnt: those that the shipped model
    /// was right about.
    shipped: Share,
    /// Those that what was learnt by then was right about.
    learnt: Share,
    /// What its logits are divided by, so that it is as sure as it is right.
    temperature: f32,
}

/// A switch.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct SwitchLearning {
    /// Off: nothing is learnt, and nothing that was learnt is used. It is kept.
    is_on: bool,
}

/// What the embedded classifier has learnt.
#[utoipa::path(get, path = "/api/classifier/learning/", tag = "tickets", responses(
    (status = 200, body = Learning),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_learning(State(app): State<Arc<App>>) -> Result<Json<Learning>, Problem> {
    Ok(Json(read(&app).await?))
}

/// Switches learning on or off, on all servers within seconds.
#[utoipa::path(patch, path = "/api/classifier/learning/", tag = "tickets", request_body = SwitchLearning,
    responses(
    (status = 200, body = Learning),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn switch_learning(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<Json<Learning>, Problem> {
    let mut fields = Fields::new(body);
    if !fields.has("is_on") {
        fields.fault("is_on", "is required");
    }
    let is_on = fields.flag("is_on");
    fields.check()?;
    let is_on = is_on.unwrap_or_default();
    if app.store.learning_state().await?.is_on != is_on {
        app.store.switch_learning(is_on).await?;
        identity.record(&app, "learning.switched", None, if is_on { "on" } else { "off" }).await?;
    }
    if !is_on {
        notice(&app).await?;
    }
    Ok(Json(read(&app).await?))
}

/// Forgets everything that was learnt, and all tickets that were finished until now: back to what was
/// shipped.
#[utoipa::path(delete, path = "/api/classifier/learning/", tag = "tickets", responses(
    (status = 204),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn reset_learning(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<StatusCode, Problem> {
    let forgotten = app.store.reset_learning(app.clock.now()).await?;
    identity.record(&app, "learning.reset", None, &format!("{forgotten} corrections")).await?;
    notice(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Other servers look each second; this one gives up at once what it had learnt.
async fn notice(app: &App) -> Result<()> {
    if app.learning.hindered.is_some() {
        return Ok(());
    }
    app.learning.learner.notice().await
}

async fn read(app: &App) -> Result<Learning> {
    let state = app.store.learning_state().await?;
    let corrections = app.store.corrections().await?;
    let learnt = app.learning.current.get();
    // as it would be used, also where nothing is learnt at the moment
    let generation = learnt.as_ref().map_or(state.generation(), |learnt| learnt.generation);
    let judged = Judged::of(&corrections, generation);
    let status = match (app.learning.hindered, &learnt) {
        (Some(hindered), _) => hindered,
        _ if !state.is_on => LearningStatus::Off,
        (None, None) => LearningStatus::Waiting,
        (None, Some(learnt)) if learnt.is_used() => LearningStatus::Learning,
        (None, Some(_)) => LearningStatus::Worse,
    };
    let field = |head: usize| LearningField {
        is_used: learnt.as_ref().is_some_and(|learnt| learnt.used[head]),
        shipped: share(judged.scores[head], |score| score.shipped),
        learnt: share(judged.scores[head], |score| score.learnt),
        temperature: judged.temperatures[head],
    };
    Ok(Learning {
        is_on: state.is_on,
        status,
        corrections: corrections.len() as u64,
        corrections_max: CORRECTIONS_MAX.unsigned_abs(),
        categories: counts::<Category>(&corrections, |one| one.labels.category),
        priorities: counts::<Priority>(&corrections, |one| one.labels.priority),
        category: field(0),
        priority: field(1),
        model: learnt.map(|learnt| local::name_of(learnt.generation)),
        refitted_at: app.learning.learner.refitted_at(),
        reset_at: state.reset_at,
    })
}

fn share(score: Score, right: fn(&Score) -> usize) -> Share {
    Share::new(right(&score) as u64, score.n as u64)
}

fn counts<W: Word + PartialEq>(
    corrections: &[Correction],
    word: fn(&Correction) -> W,
) -> BTreeMap<String, u64> {
    let count = |of: &W| corrections.iter().filter(|one| word(one) == *of).count() as u64;
    W::ALL.iter().map(|of| (of.as_str().to_owned(), count(of))).collect()
}
