//! What was suggested for tickets.

use deadpool_postgres::GenericClient;

use crate::{error::Result, tickets::TicketSuggestion};

/// The record that `json_to_recordset` makes of a suggestion, and its columns in the table.
macro_rules! suggestion_columns {
    () => {
        "occasion, at, source, model, model_version, prompt_version, category, priority, \
         category_confidence, priority_confidence, latency_us, degraded, same_text, \
         chosen_category, chosen_priority, sent, input_tokens, cached_tokens, output_tokens"
    };
}
macro_rules! suggestion_record {
    () => {
        "kept (occasion text, at timestamptz, source text, model text, model_version text, \
         prompt_version text, category text, priority text, category_confidence float8, \
         priority_confidence float8, latency_us bigint, degraded boolean, same_text boolean, \
         chosen_category text, chosen_priority text, sent text, \
         input_tokens bigint, cached_tokens bigint, output_tokens bigint)"
    };
}
pub(super) use {suggestion_columns, suggestion_record};

/// Keeps a suggestion with its ticket, if there is one, also once a deletion that is under way is over; the first
/// of its occasion stays.
const KEEP: &str = concat!(
    "with filed as (select id from ticket where id = $1 for key share)
     insert into ticket_suggestion (ticket_id, ",
    suggestion_columns!(),
    ") select filed.id, kept.* from filed, json_to_recordset($2::text::json) as ",
    suggestion_record!(),
    " on conflict (ticket_id, occasion) do nothing"
);

/// Keeps a suggestion that came after its ticket.
pub async fn keep(
    client: &impl GenericClient,
    ticket_id: i64,
    suggestion: &TicketSuggestion,
) -> Result<()> {
    let statement = client.prepare_cached(KEEP).await?;
    let json = TicketSuggestion::to_json(std::slice::from_ref(suggestion));
    client.execute(&statement, &[&ticket_id, &json]).await?;
    Ok(())
}
