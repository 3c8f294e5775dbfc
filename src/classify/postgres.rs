//! Reading what was suggested, from PostgreSQL.

mod confirmed;
mod counts;
mod shadow;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use tokio_postgres::Row;

use super::{
    Suggested,
    examples::Confirmed,
    ledger::CountKey,
    store::{End, Outcome, ShadowOutcome, SuggestionStore},
};
use crate::{
    db::postgres::Postgres,
    error::{Error, Result},
    tickets::{Category, Priority, Source, TicketSuggestion, Word, postgres::read_word},
};

/// The columns in the order of [`read`], but for the last.
macro_rules! columns {
    () => {
        "kept.occasion, kept.at, kept.source, kept.model, kept.model_version, \
         kept.prompt_version, kept.category, kept.priority, kept.category_confidence, \
         kept.priority_confidence, kept.latency_us, kept.degraded, kept.same_text, \
         kept.chosen_category, kept.chosen_priority, kept.input_tokens, kept.cached_tokens, \
         kept.output_tokens"
    };
}

/// One row without an occasion where the ticket has no suggestion, none where there is no ticket.
const OF_TICKET: &str = concat!(
    "select ",
    columns!(),
    ", kept.sent from ticket left join ticket_suggestion as kept on kept.ticket_id = ticket.id
     where ticket.id = $1"
);

const OUTCOMES: &str = concat!(
    "select ",
    columns!(),
    ", null::text, ticket.category, ticket.priority, ticket.category_source,
         ticket.priority_source,
         ticket.status in ('resolved', 'closed') and ticket.version > 1
     from ticket_suggestion as kept join ticket on ticket.id = kept.ticket_id
     where kept.at >= $1 and kept.at < $2 order by kept.at desc limit $3"
);

#[async_trait]
impl SuggestionStore for Postgres {
    async fn ticket_suggestions(&self, ticket_id: i64) -> Result<Option<Vec<TicketSuggestion>>> {
        self.run(async |connection| {
            let statement = connection.prepare_cached(OF_TICKET).await?;
            let rows = connection.query(&statement, &[&ticket_id]).await?;
            if rows.is_empty() {
                return Ok(None);
            }
            let mut kept = Vec::with_capacity(rows.len());
            for row in &rows {
                if row.try_get::<_, Option<&str>>(0)?.is_some() {
                    kept.push(read(row)?);
                }
            }
            kept.extend(shadow::of_ticket(connection, ticket_id).await?);
            kept.sort_by_key(|suggestion: &TicketSuggestion| suggestion.occasion);
            Ok(Some(kept))
        })
        .await
    }

    async fn suggestion_outcomes(
        &self,
        from: Timestamp,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Outcome>> {
        self.run(async |connection| {
            let statement = connection.prepare_cached(OUTCOMES).await?;
            let rows = connection.query(&statement, &[&from, &before, &i64::from(limit)]).await?;
            rows.iter().map(read_outcome).collect()
        })
        .await
    }

    async fn keep_shadow(&self, ticket_id: i64, suggestion: TicketSuggestion) -> Result<bool> {
        self.run(async |connection| shadow::keep(connection, ticket_id, &suggestion).await).await
    }

    async fn shadow_outcomes(
        &self,
        from: Timestamp,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ShadowOutcome>> {
        self.run(async |connection| shadow::outcomes(connection, from, before, limit).await).await
    }

    async fn suggestion_key(&self) -> Result<[u8; 32]> {
        let fresh: [u8; 32] = rand::random();
        self.run(async |connection| {
            let make = "insert into suggestion_key (id, key) values (1, $1)
                 on conflict (id) do nothing";
            let statement = connection.prepare_cached(make).await?;
            connection.execute(&statement, &[&fresh.as_slice()]).await?;
            // of its own, so that it sees what another server had just made
            let get = "select key from suggestion_key where id = 1";
            let statement = connection.prepare_cached(get).await?;
            let row = connection.query_one(&statement, &[]).await?;
            let key: &[u8] = row.try_get(0)?;
            key.try_into().map_err(|_| Error::Internal("the key of receipts is no key".to_owned()))
        })
        .await
    }

    async fn confirmed_tickets(&self, since: Timestamp, limit: u32) -> Result<Vec<Confirmed>> {
        self.run(async |connection| confirmed::newest(connection, since, limit).await).await
    }

    async fn add_counts(&self, counts: Vec<(CountKey, u64)>) -> Result<()> {
        self.run(async |connection| counts::add(connection, &counts).await).await
    }

    async fn counts(&self, from: Date, to: Date, limit: u32) -> Result<Vec<(CountKey, u64)>> {
        self.run(async |connection| counts::read(connection, from, to, limit).await).await
    }
}

fn read(row: &Row) -> Result<TicketSuggestion> {
    Ok(TicketSuggestion {
        occasion: read_word(row, 0)?,
        suggested: Suggested {
            at: row.try_get(1)?,
            source: read_word(row, 2)?,
            model: row.try_get(3)?,
            model_version: row.try_get(4)?,
            prompt_version: row.try_get(5)?,
            category: read_word(row, 6)?,
            priority: read_word(row, 7)?,
            category_confidence: row.try_get(8)?,
            priority_confidence: row.try_get(9)?,
            latency_us: row.try_get(10)?,
            degraded: row.try_get(11)?,
            input_tokens: row.try_get(15)?,
            cached_tokens: row.try_get(16)?,
            output_tokens: row.try_get(17)?,
        },
        same_text: row.try_get(12)?,
        chosen_category: word_or_null::<Category>(row, 13)?,
        chosen_priority: word_or_null::<Priority>(row, 14)?,
        sent: row.try_get(18)?,
    })
}

fn read_outcome(row: &Row) -> Result<Outcome> {
    let end = End {
        category: read_word(row, 19)?,
        priority: read_word(row, 20)?,
        is_category_set: read_word::<Source>(row, 21)? == Source::Agent,
        is_priority_set: read_word::<Source>(row, 22)? == Source::Agent,
    };
    let is_done: bool = row.try_get(23)?;
    Ok(Outcome { suggestion: read(row)?, end: is_done.then_some(end) })
}

fn word_or_null<W: Word>(row: &Row, column: usize) -> Result<Option<W>> {
    let is_null = row.try_get::<_, Option<&str>>(column)?.is_none();
    if is_null { Ok(None) } else { read_word(row, column).map(Some) }
}
