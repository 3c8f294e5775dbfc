//! Tickets: the types and the pure rules. Nothing here is async, knows HTTP or a database.

mod bulk;
mod cell;
mod day;
mod event;
pub mod exchange;
mod filing;
mod follow;
mod import;
mod page;
mod past;
mod refine;
mod search;
mod suggested;
mod tally;
mod text;
mod word;

pub mod api;
pub mod postgres;
pub mod sqlite;
pub mod store;

use jiff::Timestamp;

use crate::error::{Error, Result};

pub use bulk::{BULK_MAX, BulkChange, BulkItem, BulkOutcome};
pub use cell::Cell;
pub use day::{BOUNDS, DayCounts, DayKey, DaySum, LONGER, Measure, day_of};
pub use event::{
    ACTOR_NAME_MAX_CHARS, Actor, ActorKind, Changes, EVENT_LIMIT_DEFAULT, EVENT_LIMIT_MAX,
    EventKind, EventPage, TicketEvent,
};
pub use filing::Filing;
pub use follow::{FOLLOWED_STATUSES_MAX, FollowKey, FollowedTicket};
pub use import::{
    BatchSize, IMPORT_PAUSE, IMPORTED_SEGMENT_MIN, ImportBatch, ImportMark, ImportProgress,
    ImportedTicket,
};
pub use page::{Cursor, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, PageRequest, Position, TicketPage};
pub use past::{Past, PastEvent};
pub use refine::refinement;
pub use search::{
    CANDIDATES_MAX, FoundSegment, Hunt, MERGED_SEGMENTS, Merge, READ_AT_ONCE, SEARCH_MAX_CHARS,
    SEGMENT_TICKETS, Search, SearchCache, Segment, SegmentBuilder, SegmentHead, Step, WAITING_MAX,
    document, read_ids,
};
pub use suggested::{Occasion, SENT_MAX_CHARS, TicketSuggestion};
pub use tally::{CellSum, CellWords, Tally};
pub use text::{DESCRIPTION_MAX_CHARS, Description, TITLE_MAX_CHARS, Title};
pub use word::{Category, Decided, Priority, Source, Status, Word};

/// [`Ticket::is_decided`] is not so, for a database: where the columns are those of `$table`, with its dot.
/// Word for word the condition of an index (`ticket_undecided_idx`).
macro_rules! undecided {
    ($table:literal) => {
        concat!(
            "(",
            $table,
            "category_source not in ('requester', 'agent') or ",
            $table,
            "priority_source not in ('requester', 'agent'))"
        )
    };
}

pub(crate) use undecided;

/// A ticket as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Given by the database, never reused.
    pub id: i64,
    /// Trimmed, 1 to [`TITLE_MAX_CHARS`] characters.
    pub title: String,
    /// As it was sent, at most [`DESCRIPTION_MAX_CHARS`] characters.
    pub description: String,
    /// Which team has to act.
    pub category: Category,
    /// How much it hurts, and how soon.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Who set the category.
    pub category_source: Source,
    /// Who set the priority.
    pub priority_source: Source,
    /// When it was filed, in whole microseconds.
    pub created_at: Timestamp,
    /// When it was last changed; never before `created_at`.
    pub updated_at: Timestamp,
    /// 1 when filed, one more with each change. The ETag.
    pub version: i64,
}

impl Ticket {
    /// Its place in the list.
    pub fn position(&self) -> Position {
        Position { created_at: self.created_at, id: self.id }
    }

    /// Whether people chose both its category and its priority, or confirmed them.
    pub fn is_decided(&self) -> bool {
        !self.category_source.is_machine() && !self.priority_source.is_machine()
    }
}

/// Whether a ticket is still at the version that somebody knows, if they said which.
///
/// # Errors
/// `Stale` if it is not.
pub fn check_version(ticket: &Ticket, expected: Option<i64>) -> Result<()> {
    match expected {
        Some(version) if version != ticket.version => Err(Error::Stale { current: ticket.version }),
        _ => Ok(()),
    }
}

/// A ticket to be filed.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// What it is about.
    pub title: Title,
    /// What is wrong.
    pub description: Description,
    /// Which team has to act, and who says so.
    pub category: (Category, Source),
    /// How urgent it is, and who says so.
    pub priority: (Priority, Source),
    /// Where it stands from the start.
    pub status: Status,
    /// When it is filed.
    pub created_at: Timestamp,
    /// [`FollowKey::sha256`] of the link to it; `None`: nobody gets one.
    pub follow_sha256: Option<[u8; 32]>,
    /// What was suggested so far, at most one for each [`Occasion`].
    pub suggestions: Vec<TicketSuggestion>,
}

impl NewTicket {
    /// The texts of its row: title, description, category, priority, status, and who says so of the category and of
    /// the priority.
    pub fn texts(&self) -> [&str; 7] {
        [
            self.title.as_str(),
            self.description.as_str(),
            self.category.0.as_str(),
            self.priority.0.as_str(),
            self.status.as_str(),
            self.category.1.as_str(),
            self.priority.1.as_str(),
        ]
    }

    /// The ticket as it stands once it was filed under its id.
    pub fn filed(&self, id: i64) -> Ticket {
        Ticket {
            id,
            title: self.title.as_str().to_owned(),
            description: self.description.as_str().to_owned(),
            category: self.category.0,
            priority: self.priority.0,
            status: self.status,
            category_source: self.category.1,
            priority_source: self.priority.1,
            created_at: self.created_at,
            updated_at: self.created_at,
            version: 1,
        }
    }
}

/// A change of a ticket: only what is `Some` is written.
#[derive(Clone, Debug, Default)]
pub struct TicketPatch {
    /// A new title.
    pub title: Option<Title>,
    /// A new description.
    pub description: Option<Description>,
    /// A new category, and who says so.
    pub category: Option<(Category, Source)>,
    /// A new priority, and who says so.
    pub priority: Option<(Priority, Source)>,
    /// A new status.
    pub status: Option<Status>,
}

impl TicketPatch {
    /// The ticket with the change made, or `None` if that changes nothing.
    pub fn apply(&self, ticket: &Ticket, at: Timestamp) -> Option<Ticket> {
        let mut changed = ticket.clone();
        if let Some(title) = &self.title {
            title.as_str().clone_into(&mut changed.title);
        }
        if let Some(description) = &self.description {
            description.as_str().clone_into(&mut changed.description);
        }
        if let Some((category, source)) = self.category {
            (changed.category, changed.category_source) = (category, source);
        }
        if let Some((priority, source)) = self.priority {
            (changed.priority, changed.priority_source) = (priority, source);
        }
        if let Some(status) = self.status {
            changed.status = status;
        }
        if changed == *ticket {
            return None;
        }
        changed.version += 1;
        changed.updated_at = at.max(ticket.updated_at);
        Some(changed)
    }
}

/// Which tickets: all conditions hold (AND); inside one list any value does (OR); an empty list is
/// no condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketFilter {
    /// Any of these.
    pub categories: Vec<Category>,
    /// Any of these.
    pub priorities: Vec<Priority>,
    /// Any of these.
    pub statuses: Vec<Status>,
    /// Only those that agents have decided so far, or have not.
    pub decided: Option<Decided>,
    /// Title or description contains this.
    pub search: Option<Search>,
    /// Filed at or after this instant.
    pub created_from: Option<Timestamp>,
    /// Filed before this instant.
    pub created_before: Option<Timestamp>,
}

impl TicketFilter {
    /// Whether the counters alone can tell how many tickets match.
    pub fn is_counted(&self) -> bool {
        self.search.is_none() && self.created_from.is_none() && self.created_before.is_none()
    }

    /// Whether a ticket needs no more than to match the search.
    pub fn is_of_search_alone(&self) -> bool {
        Self { search: None, ..self.clone() } == Self::default()
    }
}

/// A client's name for one request to file a ticket, so that a repeated request files it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 of what was asked, to tell a repetition from another request under the same key.
    pub request_sha256: [u8; 32],
}

/// How long an idempotency key is remembered.
pub const IDEMPOTENCY_KEY_LIFE: std::time::Duration = std::time::Duration::from_hours(24);

/// The outcome of filing a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// It was filed now.
    New(Ticket),
    /// The same request had filed it before; the ticket as it is now.
    Before(Ticket),
}

impl Filed {
    /// The ticket, new or not.
    pub fn into_ticket(self) -> Ticket {
        match self {
            Self::New(ticket) | Self::Before(ticket) => ticket,
        }
    }
}
