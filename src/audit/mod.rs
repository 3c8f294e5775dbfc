//! Security events: who did what, when, from where.

pub mod api;
pub mod postgres;
pub mod sqlite;
pub mod store;

use jiff::Timestamp;

/// Longest text of an event's actor or subject, in characters; what is longer is cut.
pub const TEXT_MAX_CHARS: usize = 300;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// Given by the database, one more each time.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// What: a word with dots, such as `session.created`.
    pub action: String,
    /// The account of who did it.
    pub actor_id: Option<i64>,
    /// Their address or name as it was then; the address that was tried, where nobody was known.
    pub actor: String,
    /// What it was done to.
    pub subject: String,
    /// Where they came from.
    pub address: String,
}

/// An event to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAuditEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: &'static str,
    /// The account of who did it.
    pub actor_id: Option<i64>,
    /// Who did it.
    pub actor: String,
    /// What it was done to.
    pub subject: String,
    /// Where they came from.
    pub address: String,
}

/// A text as it is kept: cut, and without U+0000, which a database may not keep.
pub fn kept(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(TEXT_MAX_CHARS).collect()
}

/// Which events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Actions that begin with this.
    pub action: Option<String>,
    /// By this account.
    pub actor_id: Option<i64>,
    /// Older than the event with this id.
    pub before: Option<i64>,
}
