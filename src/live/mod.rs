//! Live events: what happens to tickets, told to whoever listens, by whichever server it happened.

pub mod api;
pub mod follow;
mod position;
pub mod postgres;
pub mod sqlite;
pub mod store;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

pub use position::{LogPosition, Snapshot};

use crate::{
    tickets::{Category, Priority, Source, Status},
    word::words,
};

words! {
    /// What the log says of a ticket.
    LogKind {
        /// It was filed.
        Created = "created",
        /// It was changed.
        Changed = "changed",
        /// It is no more.
        Deleted = "deleted",
    }
}

/// A ticket without its description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TicketHead {
    /// As everywhere.
    pub id: i64,
    /// At most 200 characters.
    pub title: String,
    /// Which team has to act.
    pub category: Category,
    /// How urgent it is.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Who set the category.
    pub category_source: Source,
    /// Who set the priority.
    pub priority_source: Source,
    /// When it was filed.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// One more with each change.
    pub version: i64,
}

/// One thing that happened, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Whose transaction it was part of; on SQLite the entry's own number.
    pub transaction: u64,
    /// Its number in the log.
    pub id: i64,
    /// To which ticket.
    pub ticket_id: i64,
    /// The ticket's version after it.
    pub version: i64,
    /// What.
    pub kind: LogKind,
    /// The ticket as it is now, perhaps at a later version; `None` once it is deleted.
    pub ticket: Option<TicketHead>,
}

/// What is new since a snapshot.
#[derive(Clone, Debug)]
pub struct LogPart {
    /// By their numbers; at most as many as were asked for.
    pub entries: Vec<LogEntry>,
    /// The moment until which these are all; without a meaning if there are more.
    pub now: Snapshot,
    /// Whether there are more than were asked for.
    pub is_too_much: bool,
}
