//! What was said in the shadow.

use jiff::Timestamp;
use rusqlite::{Connection, Row, named_params};

use super::{read, read_outcome};
use crate::{
    classify::store::{Served, ShadowOutcome},
    tickets::{
        TicketSuggestion,
        sqlite::{micros, read_word},
    },
};

/// As the columns of what was shown: nobody saw it, so nobody chose beside it.
const COLUMNS: &str = "'shadow', kept.at, kept.source, kept.model, kept.model_version, \
     kept.prompt_version, kept.category, kept.priority, kept.category_confidence, \
     kept.priority_confidence, kept.latency_us, 0, 1, null, null, kept.input_tokens, \
     kept.cached_tokens, kept.output_tokens";

/// Keeps it, if the ticket is there and has none. There is one writer: nobody deletes it in between.
pub fn keep(
    connection: &Connection,
    ticket_id: i64,
    suggestion: &TicketSuggestion,
) -> rusqlite::Result<bool> {
    let suggested = &suggestion.suggested;
    let kept = connection
        .prepare_cached(
            "insert into ticket_shadow (ticket_id, at, source, model, model_version,
                 prompt_version, category, priority, category_confidence, priority_confidence,
                 latency_us, sent, input_tokens, cached_tokens, output_tokens)
             select id, :at, :source, :model, :model_version, :prompt_version, :category,
                 :priority, :category_confidence, :priority_confidence, :latency_us, :sent,
                 :input_tokens, :cached_tokens, :output_tokens
             from ticket where id = :ticket_id
             on conflict (ticket_id) do nothing",
        )?
        .execute(named_params! {
            ":ticket_id": ticket_id,
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
            ":sent": suggestion.sent,
            ":input_tokens": suggested.input_tokens,
            ":cached_tokens": suggested.cached_tokens,
            ":output_tokens": suggested.output_tokens,
        })?;
    Ok(kept > 0)
}

/// What was said of one ticket.
pub fn of_ticket(
    connection: &Connection,
    ticket_id: i64,
) -> rusqlite::Result<Vec<TicketSuggestion>> {
    connection
        .prepare_cached(&format!(
            "select {COLUMNS}, kept.sent from ticket_shadow as kept where ticket_id = ?1"
        ))?
        .query_map([ticket_id], read)?
        .collect()
}

/// The newest of a time, beside the last word of the source that serves: a late one corrects the one at
/// the filing, which was asked for after the form's. What its fallback said is not its own.
pub fn outcomes(
    connection: &Connection,
    from: Timestamp,
    before: Timestamp,
    limit: u32,
) -> rusqlite::Result<Vec<ShadowOutcome>> {
    connection
        .prepare_cached(&format!(
            "select {COLUMNS}, null, ticket.category, ticket.priority,
                 ticket.category_source, ticket.priority_source,
                 ticket.status in ('resolved', 'closed') and ticket.version > 1,
                 served.source, served.model, served.category, served.priority
             from ticket_shadow as kept join ticket on ticket.id = kept.ticket_id
             left join ticket_suggestion as served on served.ticket_id = kept.ticket_id
                 and served.occasion = (
                     select occasion from ticket_suggestion as one
                     where one.ticket_id = kept.ticket_id and one.same_text and not one.degraded
                     order by case occasion when 'late' then 0 when 'filing' then 1 else 2 end
                     limit 1
                 )
             where kept.at >= ?1 and kept.at < ?2 order by kept.at desc limit ?3"
        ))?
        .query_map((micros(from), micros(before), limit), |row| {
            Ok(ShadowOutcome { outcome: read_outcome(row)?, served: read_served(row)? })
        })?
        .collect()
}

fn read_served(row: &Row<'_>) -> rusqlite::Result<Option<Served>> {
    let Some(model) = row.get(25)? else { return Ok(None) };
    Ok(Some(Served {
        source: read_word(row, 24)?,
        model,
        category: read_word(row, 26)?,
        priority: read_word(row, 27)?,
    }))
}
