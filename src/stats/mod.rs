//! Live statistics: counted by the database, at a cost that does not grow with the tickets.

pub mod api;
pub mod postgres;
pub mod sqlite;
pub mod store;
mod trends;

use jiff::{Timestamp, tz::TimeZone};

pub use trends::{Agreement, Days, Durations, TREND_DAYS_DEFAULT, TREND_DAYS_MAX, Trends};

use crate::tickets::{Category, Priority, Status};

/// How many tickets there are, by everything that is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketCounts {
    cells: Vec<(Category, Priority, Status, u64)>,
    /// When the first ticket was filed.
    pub first_created_at: Option<Timestamp>,
}

impl TicketCounts {
    /// From the counted cells; the same cell may come more than once and is added up.
    pub fn new(
        cells: Vec<(Category, Priority, Status, u64)>,
        first_created_at: Option<Timestamp>,
    ) -> Self {
        Self { cells, first_created_at }
    }

    /// How many tickets satisfy `holds`.
    pub fn count(&self, holds: impl Fn(Category, Priority, Status) -> bool) -> u64 {
        self.cells.iter().filter(|(c, p, s, _)| holds(*c, *p, *s)).map(|(.., n)| n).sum()
    }

    /// All tickets.
    pub fn total(&self) -> u64 {
        self.count(|_, _, _| true)
    }

    /// Tickets per UTC day from the first ticket's day to the day of `now`, both included, rounded
    /// to one decimal; 0 without a ticket.
    pub fn average_per_day(&self, now: Timestamp) -> f64 {
        let Some(first) = self.first_created_at else { return 0.0 };
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        let span = day(now).duration_since(day(first)).as_hours() / 24;
        let days = span.max(0) + 1;
        #[expect(clippy::cast_precision_loss, reason = "2^53 tickets are out of reach")]
        let average = self.total() as f64 / days as f64;
        (average * 10.0).round() / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(n: u64, first: &str) -> TicketCounts {
        let cell = (Category::Billing, Priority::Low, Status::Open, n);
        TicketCounts::new(vec![cell], Some(first.parse().unwrap()))
    }

    #[test]
    fn both_the_first_day_and_today_count() {
        let counts = counts(25, "2026-11-21T23:59:59Z");
        assert_eq!(counts.average_per_day("2026-11-23T00:00:00Z".parse().unwrap()), 8.3);
        assert_eq!(counts.average_per_day("2026-11-21T23:59:59Z".parse().unwrap()), 25.0);
    }

    #[test]
    fn a_first_ticket_in_the_future_does_not_divide_by_nothing() {
        let counts = counts(3, "2026-11-25T00:00:00Z");
        assert_eq!(counts.average_per_day("2026-11-23T00:00:00Z".parse().unwrap()), 3.0);
    }

    #[test]
    fn no_ticket_is_no_average() {
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        assert_eq!(TicketCounts::default().average_per_day(now), 0.0);
    }
}
