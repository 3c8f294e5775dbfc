//! The contract of keeping what was suggested. What people are shown is written with the tickets
//! ([`crate::tickets::store`]); here it is read, and what is said in the shadow is written too.

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};

use super::{examples::Confirmed, ledger::CountKey};
use crate::{
    error::Result,
    tickets::{Category, Priority, Source, Status, TicketFilter, TicketSuggestion},
};

/// Most suggestions that a report counts.
pub const OUTCOMES_MAX: u32 = 20_000;

/// Tickets that are done and looked at for confirmed ones.
pub const DONE_MAX: u32 = 8_000;

/// The tickets that are done and were filed at or after `since`.
pub fn done_since(since: Timestamp) -> TicketFilter {
    TicketFilter {
        statuses: vec![Status::Resolved, Status::Closed],
        created_from: Some(since),
        ..TicketFilter::default()
    }
}

/// Characters of a confirmed ticket's description that are read.
pub const CONFIRMED_CHARS: u32 = 1_000;

/// Most counts of days that a report reads.
pub const COUNTS_MAX: u32 = 20_000;

/// A suggestion and what became of its ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What was suggested, without what was sent.
    pub suggestion: TicketSuggestion,
    /// What the ticket ended as; `None`: it is not done.
    pub end: Option<End>,
}

/// The final labels of a ticket that is resolved or closed. Who finishes a ticket confirms what stands
/// there; one that was filed as finished has been confirmed by nobody and has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The ticket's category.
    pub category: Category,
    /// The ticket's priority.
    pub priority: Priority,
    /// Whether an agent set the category themselves.
    pub is_category_set: bool,
    /// Whether an agent set the priority themselves.
    pub is_priority_set: bool,
}

/// What was said in the shadow, and what became of the ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct ShadowOutcome {
    /// What was said, without what was sent.
    pub outcome: Outcome,
    /// What the source that serves had said of the same text; `None`: it was not asked, or its fallback
    /// answered.
    pub served: Option<Served>,
}

/// What the source that serves had said of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Which source.
    pub source: Source,
    /// Its model.
    pub model: String,
    /// Its category.
    pub category: Category,
    /// Its priority.
    pub priority: Priority,
}

/// Reads what was suggested. Errors as in [`crate::tickets::store::TicketStore`].
#[async_trait]
pub trait SuggestionStore: Send + Sync {
    /// What was suggested for a ticket, in the order of the occasions, what was said in the shadow last;
    /// `None` if there is no such ticket.
    async fn ticket_suggestions(&self, ticket_id: i64) -> Result<Option<Vec<TicketSuggestion>>>;

    /// The newest suggestions made at or after `from` and before `before`, at most `limit`, with what
    /// became of their tickets.
    async fn suggestion_outcomes(
        &self,
        from: Timestamp,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Outcome>>;

    /// Keeps what was said of a ticket in the shadow; the first stays. Nothing else of the ticket changes.
    /// `false`: it is not kept, since the ticket is gone or has one.
    async fn keep_shadow(&self, ticket_id: i64, suggestion: TicketSuggestion) -> Result<bool>;

    /// What was said in the shadow at or after `from` and before `before`, the newest, at most `limit`,
    /// with what became of the tickets and what the source that serves had said of them.
    async fn shadow_outcomes(
        &self,
        from: Timestamp,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ShadowOutcome>>;

    /// The key that receipts are signed with: random, made when it is first asked for, the same for all
    /// who use the database.
    async fn suggestion_key(&self) -> Result<[u8; 32]>;

    /// The newest tickets filed at or after `since` that somebody resolved or closed, at most `limit`, the
    /// newest first. Of those that are done the newest [`DONE_MAX`] are looked at: where many were imported as done,
    /// fewer may be found than there are.
    async fn confirmed_tickets(&self, since: Timestamp, limit: u32) -> Result<Vec<Confirmed>>;

    /// Adds to the counts of days, all of them or none. Whoever adds at the same time, here or on another
    /// server, loses nothing.
    async fn add_counts(&self, counts: Vec<(CountKey, u64)>) -> Result<()>;

    /// The counts of these days, the newest days first, at most `limit`.
    async fn counts(&self, from: Date, to: Date, limit: u32) -> Result<Vec<(CountKey, u64)>>;
}
