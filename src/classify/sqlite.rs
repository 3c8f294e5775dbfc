//! Reading what was suggested, from SQLite.

mod confirmed;
mod counts;
mod shadow;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use rusqlite::{OptionalExtension as _, Row};

use super::{
    Suggested,
    examples::Confirmed,
    ledger::CountKey,
    store::{End, Outcome, ShadowOutcome, SuggestionStore},
};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::{
        Category, Priority, Source, TicketSuggestion, Word,
        sqlite::{micros, read_time, read_word},
    },
};

/// The columns in the order of [`read`], but for the last.
const COLUMNS: &str = "kept.occasion, kept.at, kept.source, kept.model, kept.model_version, \
     kept.prompt_version, kept.category, kept.priority, kept.category_confidence, \
     kept.priority_confidence, kept.latency_us, kept.degraded, kept.same_text, \
     kept.chosen_category, kept.chosen_priority, kept.input_tokens, kept.cached_tokens, \
     kept.output_tokens";

#[async_trait]
impl SuggestionStore for Sqlite {
    async fn ticket_suggestions(&self, ticket_id: i64) -> Result<Option<Vec<TicketSuggestion>>> {
        self.read(move |connection| {
            let ticket: Option<i64> = connection
                .prepare_cached("select id from ticket where id = ?1")?
                .query_row([ticket_id], |row| row.get(0))
                .optional()?;
            if ticket.is_none() {
                return Ok(None);
            }
            let mut kept = connection
                .prepare_cached(&format!(
                    "select {COLUMNS}, kept.sent from ticket_suggestion as kept
                     where ticket_id = ?1"
                ))?
                .query_map([ticket_id], read)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            kept.extend(shadow::of_ticket(connection, ticket_id)?);
            kept.sort_by_key(|suggestion| suggestion.occasion);
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
        self.read(move |connection| {
            connection
                .prepare_cached(&format!(
                    "select {COLUMNS}, null, ticket.category, ticket.priority,
                         ticket.category_source, ticket.priority_source,
                         ticket.status in ('resolved', 'closed') and ticket.version > 1
                     from ticket_suggestion as kept join ticket on ticket.id = kept.ticket_id
                     where kept.at >= ?1 and kept.at < ?2 order by kept.at desc limit ?3"
                ))?
                .query_map((micros(from), micros(before), limit), read_outcome)?
                .collect()
        })
        .await
    }

    async fn keep_shadow(&self, ticket_id: i64, suggestion: TicketSuggestion) -> Result<bool> {
        self.write(move |connection| Ok(shadow::keep(connection, ticket_id, &suggestion)?)).await
    }

    async fn shadow_outcomes(
        &self,
        from: Timestamp,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ShadowOutcome>> {
        self.read(move |connection| shadow::outcomes(connection, from, before, limit)).await
    }

    async fn suggestion_key(&self) -> Result<[u8; 32]> {
        let fresh: [u8; 32] = rand::random();
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "insert into suggestion_key (id, key) values (1, ?1)
                     on conflict (id) do nothing",
                )?
                .execute([fresh])?;
            Ok(connection
                .prepare_cached("select key from suggestion_key where id = 1")?
                .query_row((), |row| row.get(0))?)
        })
        .await
    }

    async fn confirmed_tickets(&self, since: Timestamp, limit: u32) -> Result<Vec<Confirmed>> {
        self.read(move |connection| confirmed::newest(connection, since, limit)).await
    }

    async fn add_counts(&self, counts: Vec<(CountKey, u64)>) -> Result<()> {
        self.write(move |connection| {
            for (key, n) in &counts {
                counts::add(connection, key, *n)?;
            }
            Ok(())
        })
        .await
    }

    async fn counts(&self, from: Date, to: Date, limit: u32) -> Result<Vec<(CountKey, u64)>> {
        self.read(move |connection| counts::read(connection, from, to, limit)).await
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<TicketSuggestion> {
    Ok(TicketSuggestion {
        occasion: read_word(row, 0)?,
        suggested: Suggested {
            at: read_time(row, 1)?,
            source: read_word(row, 2)?,
            model: row.get(3)?,
            model_version: row.get(4)?,
            prompt_version: row.get(5)?,
            category: read_word(row, 6)?,
            priority: read_word(row, 7)?,
            category_confidence: row.get(8)?,
            priority_confidence: row.get(9)?,
            latency_us: row.get(10)?,
            degraded: row.get(11)?,
            input_tokens: row.get(15)?,
            cached_tokens: row.get(16)?,
            output_tokens: row.get(17)?,
        },
        same_text: row.get(12)?,
        chosen_category: word_or_null::<Category>(row, 13)?,
        chosen_priority: word_or_null::<Priority>(row, 14)?,
        sent: row.get(18)?,
    })
}

fn read_outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    let end = End {
        category: read_word(row, 19)?,
        priority: read_word(row, 20)?,
        is_category_set: read_word::<Source>(row, 21)? == Source::Agent,
        is_priority_set: read_word::<Source>(row, 22)? == Source::Agent,
    };
    let is_done: bool = row.get(23)?;
    Ok(Outcome { suggestion: read(row)?, end: is_done.then_some(end) })
}

fn word_or_null<W: Word>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<W>> {
    let is_null = row.get_ref(column)? == rusqlite::types::ValueRef::Null;
    if is_null { Ok(None) } else { read_word(row, column).map(Some) }
}
