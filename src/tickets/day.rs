//! What is counted of each UTC day, and what a ticket adds to it. Whatever writes a ticket writes this
//! with it, so that trends cost the days asked for and not the tickets.
//!
//! - A ticket counts as created on the day of its `created_at`, by the category and priority it has now.
//! - A resolution is a change from `open` or `in_progress` into `resolved` or `closed`. A ticket that is
//!   opened again and resolved again counts again, on that day: it was work again. A step from
//!   `resolved` to `closed` or back is none, nor is a ticket that was filed (or imported) as done.
//! - The first change is the first one that an agent made; a late suggestion is none.
//! - At each resolution, a category or priority that a model had set either was left by the agents
//!   (confirmed or not touched), or is another now.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    ActorKind, Category, EventKind, Priority, Source, Status, Ticket, Word,
    past::{Past, PastEvent, Stand, is_model, stands},
};
use crate::word::words;

/// Upper bounds of the times that are counted together, in seconds: 5 minutes to 30 days. What took
/// longer is counted under [`LONGER`].
pub const BOUNDS: [i64; 13] = [
    300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 259_200, 604_800, 1_209_600,
    2_592_000,
];

/// The word for a time beyond the last bound.
pub const LONGER: &str = "more";

words! {
    /// What is counted.
    Measure {
        /// Tickets, by category and priority.
        Created = "created",
        /// First changes by an agent, by the time since the filing.
        FirstChange = "first_change",
        /// Resolutions, by the time since the filing.
        Resolved = "resolved",
        /// Resolutions with the category that a model had set, by its source.
        CategoryKept = "category_kept",
        /// Resolutions with another.
        CategoryChanged = "category_changed",
        /// Resolutions with the priority that a model had set, by its source.
        PriorityKept = "priority_kept",
        /// Resolutions with another.
        PriorityChanged = "priority_changed",
    }
}

/// One count, in the order in which they are written: as counts of tickets, always the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayKey {
    /// In UTC.
    pub day: Date,
    /// What.
    pub measure: Measure,
    /// `category/priority`, a bound or [`LONGER`], or a source.
    pub word: String,
}

/// By how much a count changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySum {
    /// How many.
    pub n: i64,
    /// How long they took together, in whole seconds each.
    pub seconds: i64,
}

/// What one write changes of the counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayCounts(BTreeMap<DayKey, DaySum>);

impl DayCounts {
    /// What changes, each count once, in the order in which it is to be written.
    pub fn iter(&self) -> impl Iterator<Item = (&DayKey, DaySum)> {
        self.0.iter().filter(|(_, sum)| **sum != DaySum::default()).map(|(key, sum)| (key, *sum))
    }

    /// A ticket is filed.
    pub fn file(&mut self, category: Category, priority: Priority, created_at: Timestamp) {
        self.cell(category, priority, created_at, 1);
    }

    /// `before` becomes `after`.
    pub fn change(&mut self, before: &Ticket, after: &Ticket, actor: ActorKind, mut past: Past) {
        if (before.category, before.priority) != (after.category, after.priority) {
            self.cell(before.category, before.priority, before.created_at, -1);
            self.cell(after.category, after.priority, after.created_at, 1);
        }
        let (was, is) = (Stand::of(before), Stand::of(after));
        self.step(&mut past, was, is, (before.created_at, after.updated_at), actor, 1);
    }

    /// A ticket is deleted, with this past, oldest first.
    pub fn delete(&mut self, ticket: &Ticket, steps: &[PastEvent]) {
        self.cell(ticket.category, ticket.priority, ticket.created_at, -1);
        let mut past = Past::default();
        for (step, (was, is)) in steps.iter().zip(stands(ticket, steps)) {
            if step.kind == EventKind::Changed {
                let times = (ticket.created_at, step.at);
                self.step(&mut past, was, is, times, step.actor, -1);
            }
        }
    }

    fn step(
        &mut self,
        past: &mut Past,
        was: Stand,
        is: Stand,
        (created_at, at): (Timestamp, Timestamp),
        actor: ActorKind,
        n: i64,
    ) {
        let day = day_of(at);
        let seconds = at.duration_since(created_at).as_secs().max(0);
        if actor == ActorKind::Agent && !past.is_touched {
            self.add(day, Measure::FirstChange, bound_of(seconds), n, seconds);
        }
        past.step(was, actor);
        if !is_resolution(was.status, is.status) {
            return;
        }
        self.add(day, Measure::Resolved, bound_of(seconds), n, seconds);
        if let Some((model, is_kept)) = agreement(past.category, is.category) {
            let measure = if is_kept { Measure::CategoryKept } else { Measure::CategoryChanged };
            self.add(day, measure, model.as_str().to_owned(), n, 0);
        }
        if let Some((model, is_kept)) = agreement(past.priority, is.priority) {
            let measure = if is_kept { Measure::PriorityKept } else { Measure::PriorityChanged };
            self.add(day, measure, model.as_str().to_owned(), n, 0);
        }
    }

    fn cell(&mut self, category: Category, priority: Priority, created_at: Timestamp, n: i64) {
        let word = format!("{category}/{priority}");
        self.add(day_of(created_at), Measure::Created, word, n, 0);
    }

    fn add(&mut self, day: Date, measure: Measure, word: String, n: i64, seconds: i64) {
        let sum = self.0.entry(DayKey { day, measure, word }).or_default();
        sum.n += n;
        sum.seconds += n * seconds;
    }
}

/// Whether a change of the status is a resolution.
fn is_resolution(was: Status, is: Status) -> bool {
    !was.is_done() && is.is_done()
}

/// The UTC day of an instant.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The model whose choice is known, and whether it stands.
fn agreement<W: Word>(chosen: Option<(Source, W)>, is: (Source, W)) -> Option<(Source, bool)> {
    if is_model(is.0) {
        return Some((is.0, true));
    }
    let (model, choice) = chosen?;
    Some((model, choice == is.1))
}

fn bound_of(seconds: i64) -> String {
    let bound = BOUNDS.iter().find(|bound| seconds <= **bound);
    bound.map_or(LONGER.to_owned(), i64::to_string)
}
