//! The contract of ticket storage. Each adapter is whole; `tests/store` holds one suite of laws that
//! runs against both.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Actor, BatchSize, BulkChange, BulkItem, BulkOutcome, EventPage, Filed, FollowedTicket,
    IdempotencyKey, ImportMark, ImportProgress, ImportedTicket, NewTicket, PageRequest, Position,
    Ticket, TicketFilter, TicketPage, TicketPatch, TicketSuggestion,
};
use crate::error::Result;

/// Most tickets of a time range that are counted; beyond it a page's count is `None`. Of a search it is
/// [`super::CANDIDATES_MAX`].
pub const COUNT_MAX: u64 = 10_000;

/// Keeps tickets. Each method is one use case and one transaction: it happens whole or not at all,
/// and when it returns `Ok` it survives a crash. What happens to a ticket and the event that says so
/// are written together: a ticket's newest event has the ticket's version and `updated_at`.
///
/// Every method may fail with `Unavailable` (the database cannot be reached, is overloaded or did
/// not answer in time), `StorageFull` or `Internal`.
#[async_trait]
pub trait TicketStore: Send + Sync {
    /// Files a ticket at version 1, `updated_at` = `created_at`, with what was suggested for it.
    ///
    /// With a key: the first request under it files; the same request again, within
    /// [`super::IDEMPOTENCY_KEY_LIFE`] by the tickets' `created_at`, returns that ticket and files
    /// nothing, also when both run at once. The link of the repeated request replaces the first one's,
    /// whose answer may have been lost.
    ///
    /// # Errors
    /// `IdempotencyMismatch` if the key was used with another request.
    async fn create_ticket(
        &self,
        new: NewTicket,
        key: Option<IdempotencyKey>,
        actor: Actor,
    ) -> Result<Filed>;

    /// How large batches of an import are best.
    fn import_size(&self) -> BatchSize;

    /// Takes over tickets that were filed elsewhere, at most [`Self::import_size`], in their order,
    /// all of them or none. They are then as if each had been filed by itself, by a requester of whom
    /// nothing is known, at its own `created_at` and with its own status. Returns how many.
    ///
    /// Other writes wait for one batch at most, so many tickets are many batches. With a mark, how far
    /// the import has come is written with them, and a batch may be empty. The next one may be handed over
    /// before this one is written; they are written in their order.
    ///
    /// # Errors
    /// `Conflict`, and nothing is written, if the import is not where the mark begins.
    async fn import_tickets(
        &self,
        batch: Vec<ImportedTicket>,
        mark: Option<ImportMark>,
    ) -> Result<u64>;

    /// How far the import of what has this SHA-256 has come; `None` if it has not begun.
    async fn import_progress(&self, source_sha256: [u8; 32]) -> Result<Option<ImportProgress>>;

    /// Forgets how far an import has come, so that it begins again. Its tickets stay.
    async fn forget_import(&self, source_sha256: [u8; 32]) -> Result<()>;

    /// One ticket; `None` if there is none with this id.
    async fn ticket(&self, id: i64) -> Result<Option<Ticket>>;

    /// One page, newest first. Its count is exact and of the same moment as its rows as far as the
    /// database allows; `None` only beyond [`COUNT_MAX`] hits of a search or time range.
    async fn tickets(&self, request: PageRequest) -> Result<TicketPage>;

    /// The tickets of a filter from `after` (`None`: from the newest) towards the oldest, newest first,
    /// at most `limit`. Nothing is counted, so that a walk along all of them costs no more than they do.
    async fn walk_tickets(
        &self,
        filter: TicketFilter,
        after: Option<Position>,
        limit: u16,
    ) -> Result<Vec<Ticket>>;

    /// Changes a ticket and returns it whole; `None` if there is none with this id. A patch that
    /// changes nothing leaves version and `updated_at` as they are and is no event. With `expected`, only if the
    /// ticket is still at that version.
    ///
    /// # Errors
    /// `Stale` if it is not.
    async fn patch_ticket(
        &self,
        id: i64,
        patch: TicketPatch,
        expected: Option<i64>,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Option<Ticket>>;

    /// Changes many tickets, each as [`Self::patch_ticket`] would, and returns what became of each, in
    /// the order of `items`, which name each ticket once, at most [`super::BULK_MAX`]. Changes of the
    /// same tickets at once, in whatever order, never wait for each other for ever.
    async fn change_tickets(
        &self,
        items: Vec<BulkItem>,
        change: BulkChange,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Vec<BulkOutcome>>;

    /// Lets a classifier that answered late improve a ticket: a category or priority that a machine
    /// set is replaced, one that a person set never is. `None` if there is no such ticket. The event
    /// names the suggestion's source. The suggestion is kept, whether it changes anything or not.
    async fn refine_ticket(
        &self,
        id: i64,
        suggestion: TicketSuggestion,
        at: Timestamp,
    ) -> Result<Option<Ticket>>;

    /// Deletes a ticket, its events and its idempotency keys; `false` if there is none with this id.
    /// With `expected`, only if the ticket is still at that version.
    ///
    /// # Errors
    /// `Stale` if it is not.
    async fn delete_ticket(&self, id: i64, expected: Option<i64>) -> Result<bool>;

    /// What happened to a ticket, newest first, at most `limit` events and only those before the
    /// event with the id `before`; `None` if there is no such ticket. A ticket from before there was
    /// a log may have fewer events than versions.
    async fn ticket_events(
        &self,
        ticket_id: i64,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Option<EventPage>>;

    /// What the holder of a link may see of the ticket `id`; `None` if there is no such ticket, or
    /// `follow_sha256` is not what is kept of its link.
    async fn followed_ticket(
        &self,
        id: i64,
        follow_sha256: [u8; 32],
    ) -> Result<Option<FollowedTicket>>;

    /// Makes a piece of the search's index of the tickets that wait for one, at most
    /// [`super::SEGMENT_TICKETS`], if there are at least `at_least`; or else one piece of several small
    /// ones. Returns how many tickets that is about: 0 where there is nothing to do.
    ///
    /// Searches find the same before and after; they are faster the fewer tickets wait.
    async fn index_search(&self, at_least: u32) -> Result<u32>;

    /// Forgets idempotency keys older than their life. Returns how many.
    async fn forget_idempotency_keys(&self, now: Timestamp) -> Result<u64>;
}
