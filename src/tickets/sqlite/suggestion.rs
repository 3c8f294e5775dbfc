//! What was suggested for tickets.

use rusqlite::{Connection, named_params};

use super::micros;
use crate::tickets::TicketSuggestion;

/// Keeps a suggestion with its ticket; the first of its occasion stays.
pub fn keep(
    connection: &Connection,
    ticket_id: i64,
    suggestion: &TicketSuggestion,
) -> rusqlite::Result<()> {
    let suggested = &suggestion.suggested;
    connection
        .prepare_cached(
            "insert into ticket_suggestion (ticket_id, occasion, at, source, model, model_version,
                 prompt_version, category, priority, category_confidence, priority_confidence,
                 latency_us, degraded, same_text, chosen_category, chosen_priority, sent,
                 input_tokens, cached_tokens, output_tokens)
             values (:ticket_id, :occasion, :at, :source, :model, :model_version, :prompt_version,
                 :category, :priority, :category_confidence, :priority_confidence, :latency_us,
                 :degraded, :same_text, :chosen_category, :chosen_priority, :sent,
                 :input_tokens, :cached_tokens, :output_tokens)
             on conflict (ticket_id, occasion) do nothing",
        )?
        .execute(named_params! {
            ":ticket_id": ticket_id,
            ":occasion": suggestion.occasion.as_str(),
            ":at": micros(suggested.at),
            ":source": suggested.source.as_str(),
            ":model": suggested.model,
            ":model_version": suggested.model_version,
            ":prompt_version": suggested.prompt_version,
            ":category": suggested.category.as_str(),
            ":priority": suggested.priority.as_str(),
            ":category_confidence": suggested.category_confidence,
            ":priority_confidence": suggested.priority_confidence,
            ":latency_us": suggested.latency_us,
            ":degraded": suggested.degraded,
            ":same_text": suggestion.same_text,
            ":chosen_category": suggestion.chosen_category.map(|word| word.as_str()),
            ":chosen_priority": suggestion.chosen_priority.map(|word| word.as_str()),
            ":sent": suggestion.sent,
            ":input_tokens": suggested.input_tokens,
            ":cached_tokens": suggested.cached_tokens,
            ":output_tokens": suggested.output_tokens,
        })?;
    Ok(())
}
