//! Sorts records into tickets that may be filed, gathered in batches, and refusals.

use jiff::Timestamp;

use super::{intake::Part, refusals::Refusals};
use crate::{
    error::{Faults, Result},
    tickets::{BatchSize, ImportBatch, exchange::RawTicket},
};

/// Takes records one after the other, in order of their positions.
pub struct Sieve {
    /// When tickets without a time were filed.
    now: Timestamp,
    /// Records up to this position were filed before: they are checked, for the report, and left out.
    filed_before: i64,
    /// Whether the tickets are only counted.
    dry_run: bool,
    batch: ImportBatch,
    /// Tickets of a dry run.
    counted: u64,
    reached: i64,
    refusals: Refusals,
}

impl Sieve {
    /// For an import that has come as far as `filed_before`, in batches of this size; `None`: the tickets are
    /// only counted.
    pub fn new(
        now: Timestamp,
        filed_before: i64,
        size: Option<BatchSize>,
        refusals: Refusals,
    ) -> Self {
        let dry_run = size.is_none();
        let (batch, counted) = (ImportBatch::new(size.unwrap_or(BatchSize::SHORT)), 0);
        Self { now, filed_before, dry_run, batch, counted, reached: filed_before, refusals }
    }

    /// Takes the record at `position`, called `name`. Returns a part once it is full.
    ///
    /// # Errors
    /// A refused record cannot be written.
    pub fn take(
        &mut self,
        position: i64,
        record: Result<RawTicket, Faults>,
        name: impl FnOnce() -> String,
        head: impl FnOnce() -> Vec<u8>,
        refused: impl FnOnce(&str) -> Vec<u8>,
    ) -> Result<Option<Part>> {
        let is_new = position > self.filed_before;
        match record.and_then(|raw| raw.check(self.now)) {
            Ok(_) if self.dry_run => self.counted += u64::from(is_new),
            Ok(ticket) if is_new => self.batch.push(ticket.sorted()),
            Ok(_) => {}
            Err(faults) => self.refusals.add(&name(), &faults, head, refused)?,
        }
        self.reached = self.reached.max(position);
        Ok(self.batch.is_full().then(|| self.part()))
    }

    /// What is left at the end, and what was refused.
    pub fn finish(mut self) -> (Part, Refusals) {
        (self.part(), self.refusals)
    }

    fn part(&mut self) -> Part {
        let counted = std::mem::take(&mut self.counted);
        Part { batch: self.batch.take(), counted, to: self.reached }
    }
}
