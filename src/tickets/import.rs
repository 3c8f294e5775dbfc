//! Tickets that come from elsewhere, many at a time.

use std::time::Duration;

use jiff::Timestamp;

use super::{Category, Description, NewTicket, Priority, SEGMENT_TICKETS, Source, Status, Title};
use crate::error::{Error, Faults};

/// How large a batch of an import may be.
#[derive(Clone, Copy, Debug)]
pub struct BatchSize {
    /// Most tickets.
    pub tickets: usize,
    /// Most bytes of text, beyond the last ticket: few long tickets cost as much as many short ones.
    pub bytes: usize,
}

impl BatchSize {
    /// Where others wait for a batch: some tens of milliseconds of writing. What a piece of the search's index is
    /// about.
    pub const SHORT: Self = Self { tickets: SEGMENT_TICKETS as usize, bytes: 512 * 1024 };

    /// Where nobody does.
    pub const LONG: Self = Self { tickets: 4 * SEGMENT_TICKETS as usize, bytes: 4 * 1024 * 1024 };
}

/// Fewer tickets wait until there are enough for a piece of the search's index; more are one themselves.
pub const IMPORTED_SEGMENT_MIN: usize = SEGMENT_TICKETS as usize / 4;

/// What an import leaves a SQLite file free between two batches, so that a server on the same file, which
/// asks for it each millisecond, gets its turn.
pub const IMPORT_PAUSE: Duration = Duration::from_millis(2);

/// A ticket that was filed elsewhere, as it is taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTicket {
    /// What it is about.
    pub title: Title,
    /// What is wrong.
    pub description: Description,
    /// Which team has to act, and who said so.
    pub category: (Category, Source),
    /// How urgent it is, and who said so.
    pub priority: (Priority, Source),
    /// Where it stands.
    pub status: Status,
    /// When it was filed there, in whole microseconds.
    pub created_at: Timestamp,
}

impl From<ImportedTicket> for NewTicket {
    fn from(ticket: ImportedTicket) -> Self {
        Self {
            title: ticket.title,
            description: ticket.description,
            category: ticket.category,
            priority: ticket.priority,
            status: ticket.status,
            created_at: ticket.created_at,
            follow_sha256: None,
            suggestions: Vec::new(),
        }
    }
}

/// From where to where a batch takes an import: kept with its tickets, so that an import that ends half
/// way, however it ends, can go on behind the last ticket that it filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportMark {
    /// SHA-256 that tells what is imported from everything else that ever was.
    pub source_sha256: [u8; 32],
    /// Where the batch before ended; 0 for the first one.
    pub from: i64,
    /// Where this one ends.
    pub to: i64,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// Where its last batch ended.
    pub position: i64,
    /// How many tickets it filed.
    pub tickets: u64,
}

impl ImportMark {
    /// The fault of a batch whose import is not where the batch begins.
    pub fn misplaced() -> Error {
        Error::Conflict(Faults::of("import", "somebody else imports the same at this moment"))
    }
}

/// Gathers tickets into batches that an import may write at once.
#[derive(Debug)]
pub struct ImportBatch {
    size: BatchSize,
    tickets: Vec<ImportedTicket>,
    bytes: usize,
}

impl ImportBatch {
    /// An empty one that is full at this size.
    pub const fn new(size: BatchSize) -> Self {
        Self { size, tickets: Vec::new(), bytes: 0 }
    }

    /// Adds one.
    pub fn push(&mut self, ticket: ImportedTicket) {
        self.bytes += ticket.title.as_str().len() + ticket.description.as_str().len();
        self.tickets.push(ticket);
    }

    /// Whether it is time to write it.
    pub fn is_full(&self) -> bool {
        self.tickets.len() >= self.size.tickets || self.bytes >= self.size.bytes
    }

    /// What was gathered; an empty batch is left.
    pub fn take(&mut self) -> Vec<ImportedTicket> {
        self.bytes = 0;
        std::mem::take(&mut self.tickets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_full_by_number_or_by_size() {
        let ticket = |text: &str| ImportedTicket {
            title: Title::parse("t").unwrap(),
            description: Description::parse(text.into()).unwrap(),
            category: (Category::General, Source::Requester),
            priority: (Priority::Low, Source::Requester),
            status: Status::Open,
            created_at: Timestamp::UNIX_EPOCH,
        };
        let mut batch = ImportBatch::new(BatchSize::SHORT);
        for (text, expected) in [("short".to_owned(), 1024), ("x".repeat(50_000), 11)] {
            while !batch.is_full() {
                batch.push(ticket(&text));
            }
            assert_eq!(batch.take().len(), expected);
            assert!(!batch.is_full());
        }
    }
}
