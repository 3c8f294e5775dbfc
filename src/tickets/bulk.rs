//! One change of many tickets, each with an outcome of its own.

use jiff::Timestamp;

use super::{Category, Priority, Source, Status, Ticket, TicketPatch, check_version};
use crate::error::Error;

/// Most tickets that one change may name.
pub const BULK_MAX: usize = 200;

/// What an agent makes of many tickets: only what is `Some` is written. Texts are each ticket's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkChange {
    /// A new category.
    pub category: Option<Category>,
    /// A new priority.
    pub priority: Option<Priority>,
    /// A new status.
    pub status: Option<Status>,
}

impl BulkChange {
    /// The change of each of the tickets.
    pub fn patch(self) -> TicketPatch {
        TicketPatch {
            category: self.category.map(|word| (word, Source::Agent)),
            priority: self.priority.map(|word| (word, Source::Agent)),
            status: self.status,
            ..TicketPatch::default()
        }
    }
}

/// A ticket that is to be changed with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkItem {
    /// The ticket's id.
    pub id: i64,
    /// Only if the ticket is still at this version.
    pub expected: Option<i64>,
}

/// What became of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkOutcome {
    /// It is as it was asked for, changed now or not.
    Done(Ticket),
    /// There is none with this id.
    Missing,
    /// It was changed meanwhile and is left alone.
    Stale {
        /// The version it has now.
        current: i64,
    },
}

impl BulkItem {
    /// What `change` makes of the ticket `before`: its outcome, and whether there is something to
    /// write.
    pub fn outcome(
        self,
        before: &Ticket,
        change: BulkChange,
        at: Timestamp,
    ) -> (BulkOutcome, bool) {
        if let Err(Error::Stale { current }) = check_version(before, self.expected) {
            return (BulkOutcome::Stale { current }, false);
        }
        match change.patch().apply(before, at) {
            Some(after) => (BulkOutcome::Done(after), true),
            None => (BulkOutcome::Done(before.clone()), false),
        }
    }
}
