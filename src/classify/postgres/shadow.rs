//! What was said in the shadow.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::{read, read_outcome};
use crate::{
    classify::store::{Served, ShadowOutcome},
    error::Result,
    tickets::{TicketSuggestion, postgres::read_word},
};

/// As the columns of what was shown: nobody saw it, so nobody chose beside it.
macro_rules! columns {
    () => {
        "'shadow', kept.at, kept.source, kept.model, kept.model_version, kept.prompt_version, \
         kept.category, kept.priority, kept.category_confidence, kept.priority_confidence, \
         kept.latency_us, false, true, null::text, null::text, kept.input_tokens, \
         kept.cached_tokens, kept.output_tokens"
    };
}

/// The lock waits for whoever deletes the ticket just now, and finds none then; who deletes it later
/// waits for this, and takes it along. A change of the ticket waits for nothing.
const KEEP: &str = "with filed as (select id from ticket where id = $1 for key share)
     insert into ticket_shadow (ticket_id, at, source, model, model_version, prompt_version,
         category, priority, category_confidence, priority_confidence, latency_us, sent,
         input_tokens, cached_tokens, output_tokens)
     select filed.id, kept.* from filed, json_to_record($2::text::json) as kept (at timestamptz,
         source text, model text, model_version text, prompt_version text, category text,
         priority text, category_confidence float8, priority_confidence float8, latency_us bigint,
         sent text, input_tokens bigint, cached_tokens bigint, output_tokens bigint)
     on conflict (ticket_id) do nothing";

const OF_TICKET: &str =
    concat!("select ", columns!(), ", kept.sent from ticket_shadow as kept where ticket_id = $1");

/// Beside each the last word of the source that serves: a late one corrects the one at the filing, which
/// was asked for after the form's. What its fallback said is not its own.
const OUTCOMES: &str = concat!(
    "select ",
    columns!(),
    ", null::text, ticket.category, ticket.priority, ticket.category_source,
         ticket.priority_source,
         ticket.status in ('resolved', 'closed') and ticket.version > 1,
         served.source, served.model, served.category, served.priority
     from ticket_shadow as kept join ticket on ticket.id = kept.ticket_id
     left join lateral (
         select source, model, category, priority from ticket_suggestion as one
         where one.ticket_id = kept.ticket_id and one.same_text and not one.degraded
         order by case occasion when 'late' then 0 when 'filing' then 1 else 2 end limit 1
     ) as served on true
     where kept.at >= $1 and kept.at < $2 order by kept.at desc limit $3"
);

/// Keeps it, if the ticket is there and has none.
pub async fn keep(
    client: &impl GenericClient,
    ticket_id: i64,
    suggestion: &TicketSuggestion,
) -> Result<bool> {
    let statement = client.prepare_cached(KEEP).await?;
    Ok(client.execute(&statement, &[&ticket_id, &suggestion.json()]).await? > 0)
}

/// What was said of one ticket.
pub async fn of_ticket(
    client: &impl GenericClient,
    ticket_id: i64,
) -> Result<Vec<TicketSuggestion>> {
    let statement = client.prepare_cached(OF_TICKET).await?;
    client.query(&statement, &[&ticket_id]).await?.iter().map(read).collect()
}

/// The newest of a time.
pub async fn outcomes(
    client: &impl GenericClient,
    from: Timestamp,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<ShadowOutcome>> {
    let statement = client.prepare_cached(OUTCOMES).await?;
    let rows = client.query(&statement, &[&from, &before, &i64::from(limit)]).await?;
    let rows = rows
        .iter()
        .map(|row| Ok(ShadowOutcome { outcome: read_outcome(row)?, served: read_served(row)? }));
    rows.collect()
}

fn read_served(row: &Row) -> Result<Option<Served>> {
    let Some(model) = row.try_get(25)? else { return Ok(None) };
    Ok(Some(Served {
        source: read_word(row, 24)?,
        model,
        category: read_word(row, 26)?,
        priority: read_word(row, 27)?,
    }))
}
