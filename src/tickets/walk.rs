//! How the newest tickets of a filter are found at a cost that does not depend on how many there are.
//!
//! Each index of tickets has the order of the list inside one value of one field, or inside one
//! combination of all three; so has one of the tickets alone that no agent has decided. So a filter is one or several walks along one of them, each as long as
//! what is asked for, and the first of what they meet together.

use super::{Category, Decided, Priority, Status, TicketFilter, Word};

/// One walk: the tickets with these values, where there is one. All walks of a filter have values for
/// the same fields: none, one, or all; those of undecided tickets for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Only with this category.
    pub category: Option<Category>,
    /// Only with this priority.
    pub priority: Option<Priority>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only those that no agent has decided.
    pub undecided: bool,
}

impl TicketFilter {
    /// The walks that together meet each ticket with the filter's categories, priorities and statuses
    /// exactly once: 1 to 64.
    pub fn walks(&self) -> Vec<Walk> {
        let categories = chosen(&self.categories);
        let priorities = chosen(&self.priorities);
        let statuses = chosen(&self.statuses);
        let one = Walk::default();
        let undecided = self.decided == Some(Decided::No);
        match (categories, priorities, statuses) {
            (None, None, None) if !undecided => vec![one],
            (Some(few), None, None) if !undecided => {
                few.iter().map(|category| Walk { category: Some(*category), ..one }).collect()
            }
            (None, Some(few), None) if !undecided => {
                few.iter().map(|priority| Walk { priority: Some(*priority), ..one }).collect()
            }
            (None, None, Some(few)) if !undecided => {
                few.iter().map(|status| Walk { status: Some(*status), ..one }).collect()
            }
            (categories, priorities, statuses) => {
                let mut walks = Vec::new();
                for category in categories.as_deref().unwrap_or(Category::ALL) {
                    for priority in priorities.as_deref().unwrap_or(Priority::ALL) {
                        for status in statuses.as_deref().unwrap_or(Status::ALL) {
                            walks.push(Walk {
                                category: Some(*category),
                                priority: Some(*priority),
                                status: Some(*status),
                                undecided,
                            });
                        }
                    }
                }
                walks
            }
        }
    }
}

/// The values that a field may have, each once; `None` where it may have any.
fn chosen<W: Word>(words: &[W]) -> Option<Vec<W>> {
    let few: Vec<W> = W::ALL.iter().copied().filter(|word| words.contains(word)).collect();
    (!few.is_empty() && few.len() < W::ALL.len()).then_some(few)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walks(categories: &[Category], priorities: &[Priority], statuses: &[Status]) -> Vec<Walk> {
        TicketFilter {
            categories: categories.to_vec(),
            priorities: priorities.to_vec(),
            statuses: statuses.to_vec(),
            ..TicketFilter::default()
        }
        .walks()
    }

    #[test]
    fn every_value_of_a_field_is_no_condition() {
        assert_eq!(walks(&[], &[], Status::ALL), [Walk::default()]);
    }

    #[test]
    fn one_field_is_a_walk_for_each_value() {
        let twice = [Priority::High, Priority::Low, Priority::High];
        let found = walks(&[], &twice, &[]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|walk| walk.category.is_none() && walk.status.is_none()));
    }

    #[test]
    fn undecided_tickets_are_all_combinations() {
        let decided = Some(Decided::No);
        let found = TicketFilter { decided, ..TicketFilter::default() }.walks();
        assert_eq!(found.len(), 64);
        let statuses = vec![Status::Open];
        let found = TicketFilter { decided, statuses, ..TicketFilter::default() }.walks();
        assert_eq!(found.len(), 16);
        assert!(found.iter().all(|walk| walk.undecided && walk.category.is_some()));
    }

    #[test]
    fn two_fields_are_all_combinations_with_the_third() {
        let found = walks(&[Category::Billing], &[], &[Status::Open, Status::Closed]);
        assert_eq!(found.len(), 8);
        assert!(found.iter().all(|walk| walk.priority.is_some()));
    }
}
