//! Suggestions over HTTP.

mod learning;
mod report;

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Confidence, TicketText, UNSURE_BELOW};
use crate::{
    http::{
        App,
        extract::{Fields, JsonObject},
        problem::Problem,
    },
    tickets::{Category, Description, Priority, Source, TITLE_MAX_CHARS},
};

pub use self::{learning::*, report::*};

/// The text to be sorted.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct ClassifyTicket {
    #[schema(min_length = 1, max_length = 50_000, example = "The export crashes with an error")]
    description: String,
    /// May be left out or empty: a description alone is enough. Cut after 200 characters.
    title: Option<String>,
}

/// A suggestion.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionBody {
    suggested_category: Category,
    suggested_priority: Priority,
    /// Null where the source gives none that means anything.
    #[schema(required)]
    confidence: Option<ConfidenceBody>,
    /// Of which fields it is unsure, by a confidence below 0.6: show both it and the alternative, and
    /// fill nothing in.
    unsure: UnsureBody,
    /// Whether `suggested_priority` is `critical` by the embedded classifier, which is right about that
    /// too seldom: show it as "looks critical, please check". A ticket filed without a priority gets
    /// `high` then.
    needs_check: bool,
    /// Which classifier answered: `gemini`, `anthropic`, `openai` or `local`.
    source: Source,
    /// To be sent along with the ticket, so that what was suggested is kept beside what was chosen. Good
    /// for a day.
    suggestion_id: String,
    /// The model as its maker names it.
    #[schema(example = "gemini-3.5-flash-lite")]
    model: String,
    /// Whether the source is the fallback, because the preferred one failed.
    degraded: bool,
    /// Up to three phrases of the text, word for word, that weighed most; none where the source tells
    /// none.
    #[schema(example = json!(["charged twice"]))]
    evidence: Vec<String>,
    /// What comes next, for who is asked about a suggestion that is hardly sure. Null where the source
    /// tells none.
    #[schema(required)]
    alternatives: Option<AlternativesBody>,
}

/// The next likeliest values.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alternatives)]
pub struct AlternativesBody {
    category: Category,
    priority: Priority,
}

/// Of which fields a suggestion is unsure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unsure)]
pub struct UnsureBody {
    category: bool,
    priority: bool,
}

/// Per field the probability, 0 to 1, that a trained agent would choose the same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Confidence)]
pub struct ConfidenceBody {
    category: f32,
    priority: f32,
}

/// Suggests a category and a priority for a text. Stores nothing.
#[utoipa::path(post, path = "/api/tickets/classify/", tag = "tickets", request_body = ClassifyTicket,
    responses(
    (status = 200, body = SuggestionBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn classify_ticket(
    State(app): State<Arc<App>>,
    body: JsonObject,
) -> Result<Json<SuggestionBody>, Problem> {
    let text = read_text(body)?;
    let answer = app.classification.classify(&text).await?;
    let suggestion_id = app.receipts.issue(&text, &answer, app.clock.now());
    let suggestion = answer.suggestion;
    let is_unsure = |of: fn(Confidence) -> f32| {
        suggestion.confidence.is_some_and(|confidence| rounded(of(confidence)) < UNSURE_BELOW)
    };
    Ok(Json(SuggestionBody {
        unsure: UnsureBody {
            category: is_unsure(|confidence| confidence.category),
            priority: is_unsure(|confidence| confidence.priority),
        },
        needs_check: suggestion.needs_check(),
        suggestion_id,
        suggested_category: suggestion.category,
        suggested_priority: suggestion.priority,
        confidence: suggestion.confidence.map(|confidence| ConfidenceBody {
            category: rounded(confidence.category),
            priority: rounded(confidence.priority),
        }),
        source: suggestion.source,
        model: suggestion.model,
        degraded: answer.degraded,
        alternatives: suggestion.reasons.as_ref().map(|reasons| AlternativesBody {
            category: reasons.next_category,
            priority: reasons.next_priority,
        }),
        evidence: suggestion.reasons.map(|reasons| reasons.evidence).unwrap_or_default(),
    }))
}

fn rounded(probability: f32) -> f32 {
    (probability.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

fn read_text(body: JsonObject) -> crate::error::Result<TicketText> {
    let mut fields = Fields::new(body);
    fields.null_is_absent("title");
    let description = fields.required_text("description", Description::parse);
    // a title is still being written: it may be blank, or too long for a moment
    let title = fields.text("title", |raw| {
        if raw.contains('\0') {
            return Err(vec!["must not contain the character U+0000".to_owned()]);
        }
        Ok(raw.trim().chars().take(TITLE_MAX_CHARS).collect::<String>())
    });
    fields.check()?;
    Ok(TicketText {
        title: title.unwrap_or_default(),
        description: description.map(|text| text.as_str().to_owned()).unwrap_or_default(),
        ..TicketText::default()
    })
}
