//! What a write changes of all counts: those of cells, which lists and statistics show, and those of days.
//! Whatever writes tickets writes it with them.

use std::collections::BTreeMap;

use super::{ActorKind, DayCounts, Filing, NewTicket, Past, PastEvent, Ticket};

/// The words of a cell: a category, a priority and a status.
pub type CellWords = [&'static str; 3];

/// By how much the counts of a cell change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellSum {
    /// How many tickets.
    pub n: i64,
    /// How many of them no agent has decided.
    pub undecided: i64,
}

/// What one write changes of all counts.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    cells: BTreeMap<CellWords, CellSum>,
    days: DayCounts,
}

impl Tally {
    /// Of tickets that are filed together.
    pub fn of(filings: &[Filing]) -> Self {
        let mut tally = Self::default();
        filings.iter().for_each(|filing| tally.file(&filing.new));
        tally
    }

    /// A ticket is filed.
    pub fn file(&mut self, new: &NewTicket) {
        let ((category, by), (priority, and_by)) = (new.category, new.priority);
        let words = [category.as_str(), priority.as_str(), new.status.as_str()];
        self.add(words, 1, !by.is_machine() && !and_by.is_machine());
        self.days.file(category, priority, new.created_at);
    }

    /// `before` becomes `after`.
    pub fn change(&mut self, before: &Ticket, after: &Ticket, actor: ActorKind, past: Past) {
        self.add(words_of(before), -1, before.is_decided());
        self.add(words_of(after), 1, after.is_decided());
        self.days.change(before, after, actor, past);
    }

    /// A ticket is deleted, with this past, oldest first.
    pub fn delete(&mut self, ticket: &Ticket, steps: &[PastEvent]) {
        self.add(words_of(ticket), -1, ticket.is_decided());
        self.days.delete(ticket, steps);
    }

    /// What changes of cells, each once, in the order in which it is to be written: that of the words, the same
    /// for all who write.
    pub fn cells(&self) -> impl Iterator<Item = (CellWords, CellSum)> {
        let cells = self.cells.iter().map(|(words, sum)| (*words, *sum));
        cells.filter(|(_, sum)| *sum != CellSum::default())
    }

    /// What changes of days; to be written after the cells.
    pub fn days(&self) -> &DayCounts {
        &self.days
    }

    fn add(&mut self, words: CellWords, n: i64, is_decided: bool) {
        let sum = self.cells.entry(words).or_default();
        sum.n += n;
        sum.undecided += if is_decided { 0 } else { n };
    }
}

fn words_of(ticket: &Ticket) -> CellWords {
    [ticket.category.as_str(), ticket.priority.as_str(), ticket.status.as_str()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::{Category, Priority, Source, Status};

    fn ticket(status: Status, source: Source) -> Ticket {
        let at = "2026-01-02T03:04:05Z".parse().unwrap();
        Ticket {
            id: 1,
            title: "t".to_owned(),
            description: "d".to_owned(),
            category: Category::Billing,
            priority: Priority::Low,
            status,
            category_source: source,
            priority_source: Source::Agent,
            created_at: at,
            updated_at: at,
            version: 1,
        }
    }

    fn change(tally: &mut Tally, before: &Ticket, after: &Ticket) {
        tally.change(before, after, ActorKind::Agent, Past::default());
    }

    #[test]
    fn a_ticket_that_moves_leaves_one_cell_for_another() {
        let mut tally = Tally::default();
        let (open, closed) = (Status::Open, Status::Closed);
        change(&mut tally, &ticket(open, Source::Agent), &ticket(closed, Source::Agent));
        let cells: Vec<_> = tally.cells().map(|([.., status], sum)| (status, sum.n)).collect();
        assert_eq!(cells, [("closed", 1), ("open", -1)]);
    }

    #[test]
    fn two_that_change_places_are_none() {
        let mut tally = Tally::default();
        let (open, closed) = (Status::Open, Status::Closed);
        change(&mut tally, &ticket(open, Source::Agent), &ticket(closed, Source::Agent));
        change(&mut tally, &ticket(closed, Source::Agent), &ticket(open, Source::Agent));
        assert_eq!(tally.cells().count(), 0);
    }

    #[test]
    fn a_decision_is_counted_where_the_ticket_stays() {
        let mut tally = Tally::default();
        let open = Status::Open;
        change(&mut tally, &ticket(open, Source::Local), &ticket(open, Source::Agent));
        let cells: Vec<_> = tally.cells().collect();
        assert_eq!(cells, [(["billing", "low", "open"], CellSum { n: 0, undecided: -1 })]);
    }
}
