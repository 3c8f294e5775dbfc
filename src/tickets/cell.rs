//! How the newest tickets of a filter are found at a cost that does not depend on how many there are.
//!
//! Tickets are indexed in the order of the list, and once more inside each cell: a combination of category,
//! priority and status. Those that no agent has decided are indexed by cell for themselves. So the tickets of
//! any filter are those of one walk, or of 2 to 64 that are merged into one another: each goes only as far as
//! the page needs.

use super::{Category, Decided, Priority, Status, TicketFilter, Word};

/// A combination that tickets are indexed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Their category.
    pub category: Category,
    /// Their priority.
    pub priority: Priority,
    /// Their status.
    pub status: Status,
}

impl Cell {
    /// The columns that its tickets are told by, and their words.
    pub fn columns(self) -> [(&'static str, &'static str); 3] {
        [
            ("category", self.category.as_str()),
            ("priority", self.priority.as_str()),
            ("status", self.status.as_str()),
        ]
    }
}

impl TicketFilter {
    /// The cells that have the filter's tickets, each once: 1 to 64; `None` where tickets of all cells are asked
    /// for, be they decided or not.
    pub fn cells(&self) -> Option<Vec<Cell>> {
        let categories = chosen(&self.categories);
        let priorities = chosen(&self.priorities);
        let statuses = chosen(&self.statuses);
        let are_all = categories.len() == Category::ALL.len()
            && priorities.len() == Priority::ALL.len()
            && statuses.len() == Status::ALL.len();
        if are_all && !self.is_undecided() {
            return None;
        }
        let mut cells = Vec::with_capacity(categories.len() * priorities.len() * statuses.len());
        for category in &categories {
            for priority in &priorities {
                for status in &statuses {
                    let (category, priority, status) = (*category, *priority, *status);
                    cells.push(Cell { category, priority, status });
                }
            }
        }
        Some(cells)
    }

    /// Whether it asks for those alone that no agent has decided.
    pub fn is_undecided(&self) -> bool {
        self.decided == Some(Decided::No)
    }
}

/// The values that a field may have, each once.
fn chosen<W: Word>(words: &[W]) -> Vec<W> {
    let is_chosen = |word: &W| words.is_empty() || words.contains(word);
    W::ALL.iter().copied().filter(is_chosen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(
        categories: &[Category],
        priorities: &[Priority],
        statuses: &[Status],
        decided: Option<Decided>,
    ) -> Option<Vec<Cell>> {
        TicketFilter {
            categories: categories.to_vec(),
            priorities: priorities.to_vec(),
            statuses: statuses.to_vec(),
            decided,
            ..TicketFilter::default()
        }
        .cells()
    }

    #[test]
    fn every_value_of_a_field_is_no_condition() {
        assert_eq!(cells(&[], &[], Status::ALL, None), None);
        assert_eq!(cells(Category::ALL, Priority::ALL, Status::ALL, None), None);
    }

    #[test]
    fn a_value_that_is_named_twice_is_one() {
        let twice = [Priority::High, Priority::Low, Priority::High];
        assert_eq!(cells(&[], &twice, &[], None).unwrap().len(), 2 * 16);
    }

    #[test]
    fn all_fields_are_one_cell() {
        let one = cells(&[Category::Billing], &[Priority::Low], &[Status::Open], None).unwrap();
        let (category, priority) = (Category::Billing, Priority::Low);
        assert_eq!(one, [Cell { category, priority, status: Status::Open }]);
    }

    #[test]
    fn undecided_tickets_are_in_all_cells() {
        assert_eq!(cells(&[], &[], &[], Some(Decided::No)).unwrap().len(), 64);
        assert_eq!(cells(&[], &[], &[Status::Open], Some(Decided::No)).unwrap().len(), 16);
    }
}
