//! What was suggested for a ticket, and what left the server for it.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{App, extract::Id, problem::Problem},
    tickets::{Category, Occasion, Priority, Source, TicketSuggestion},
};

/// What was suggested for a ticket: at most one for each occasion.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketSuggestions)]
pub struct TicketSuggestionsBody {
    results: Vec<TicketSuggestionBody>,
}

/// A suggestion, beside what the requester chose. What it came to is the ticket itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketSuggestion)]
pub struct TicketSuggestionBody {
    /// `form`: shown while the requester wrote. `filing`: asked for by the server, since the ticket came
    /// without category or priority. `late`: come after the ticket was filed. `shadow`: asked for silently
    /// after the filing, of a source that does not serve; nobody was shown it and it changed nothing.
    occasion: Occasion,
    at: Timestamp,
    source: Source,
    #[schema(example = "gemini-3.5-flash-lite")]
    model: String,
    /// Where the name alone does not tell models apart.
    #[schema(required)]
    model_version: Option<String>,
    /// Of a language model.
    #[schema(required)]
    prompt_version: Option<String>,
    suggested_category: Category,
    suggested_priority: Priority,
    /// Null where the source gives none that means anything.
    #[schema(required, minimum = 0, maximum = 1)]
    category_confidence: Option<f64>,
    #[schema(required, minimum = 0, maximum = 1)]
    priority_confidence: Option<f64>,
    /// How long the one who asked waited.
    latency_ms: f64,
    /// Whether a fallback gave it.
    degraded: bool,
    /// Tokens that the answer took, as the provider counted them: read, those that it had kept included.
    /// 0 where the answer came from memory; null where nobody knows.
    #[schema(required)]
    input_tokens: Option<i64>,
    /// The same, written.
    #[schema(required)]
    output_tokens: Option<i64>,
    /// Whether it was made for the text that was filed: somebody may write on after it.
    same_text: bool,
    /// The requester's word, or the suggested one that they left as it stood; null: left to the server.
    #[schema(required)]
    chosen_category: Option<Category>,
    #[schema(required)]
    chosen_priority: Option<Priority>,
    /// The ticket as it may have left for a provider, word for word, behind the prompt of that version; of
    /// an example that went along the number of its ticket instead of its text.
    /// Null: it did not, or this is not known any more.
    #[schema(required)]
    sent: Option<String>,
}

impl From<TicketSuggestion> for TicketSuggestionBody {
    fn from(kept: TicketSuggestion) -> Self {
        let suggested = kept.suggested;
        Self {
            occasion: kept.occasion,
            at: suggested.at,
            source: suggested.source,
            model: suggested.model,
            model_version: suggested.model_version,
            prompt_version: suggested.prompt_version,
            suggested_category: suggested.category,
            suggested_priority: suggested.priority,
            category_confidence: suggested.category_confidence,
            priority_confidence: suggested.priority_confidence,
            latency_ms: suggested.latency_us as f64 / 1_000.0,
            degraded: suggested.degraded,
            input_tokens: suggested.input_tokens,
            output_tokens: suggested.output_tokens,
            same_text: kept.same_text,
            chosen_category: kept.chosen_category,
            chosen_priority: kept.chosen_priority,
            sent: kept.sent,
        }
    }
}

/// What was suggested for a ticket, and what left the server for it.
#[utoipa::path(get, path = "/api/tickets/{id}/suggestions/", tag = "tickets",
    params(("id" = i64, Path, description = "The ticket's id")), responses(
    (status = 200, body = TicketSuggestionsBody),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_ticket_suggestions(
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<Json<TicketSuggestionsBody>, Problem> {
    let kept = app.store.ticket_suggestions(id).await?;
    let kept = kept.ok_or_else(|| Problem::not_found("ticket"))?;
    Ok(Json(TicketSuggestionsBody { results: kept.into_iter().map(Into::into).collect() }))
}
