//! Tickets whose labels are known, which every refit is held by: the sentences that the model that is
//! built in was begun with.

use std::sync::LazyLock;

use serde::Deserialize;

use super::lesson::{Lesson, Studied};
use crate::{
    classify::TicketText,
    tickets::{Category, Priority},
};

/// So many anchors.
pub const ANCHORS: usize = 200;

/// What an anchor weighs.
pub const ANCHOR_WEIGHT: f64 = 2.0;

const BANK: &str = include_str!("../../../data/training/bank.jsonl");

#[derive(Deserialize)]
struct Line {
    text: String,
    category: Category,
    priority: Priority,
}

/// The anchors, with as many of each category and priority as there are.
pub fn anchors() -> &'static [Lesson] {
    static ANCHORS: LazyLock<Vec<Lesson>> = LazyLock::new(chosen);
    &ANCHORS
}

fn lesson(line: &str) -> Lesson {
    let line: Line = serde_json::from_str(line).expect("the bank can be read");
    let text = TicketText { title: String::new(), description: line.text, ..TicketText::default() };
    Lesson {
        ticket_id: 0,
        agent_id: None,
        category: line.category,
        priority: line.priority,
        is_set: [true; 2],
        studied: Studied::of(&text),
    }
}

/// From each category with each priority in turn, spread over its sentences.
fn chosen() -> Vec<Lesson> {
    let mut cells = vec![Vec::new(); Category::ALL.len() * Priority::ALL.len()];
    for lesson in BANK.lines().map(lesson).filter(|lesson| lesson.studied.is_some()) {
        cells[lesson.class(0) * Priority::ALL.len() + lesson.class(1)].push(lesson);
    }
    let mut wanted = vec![0; cells.len()];
    let mut missing = ANCHORS;
    while missing > 0 {
        for (wanted, cell) in wanted.iter_mut().zip(&cells) {
            if missing > 0 && *wanted < cell.len() {
                *wanted += 1;
                missing -= 1;
            }
        }
    }
    let mut chosen = Vec::with_capacity(ANCHORS);
    for (cell, wanted) in cells.iter().zip(wanted) {
        chosen.extend((0..wanted).map(|n| cell[n * cell.len() / wanted].clone()));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_its_anchors() {
        let anchors = anchors();
        assert_eq!(anchors.len(), ANCHORS);
        for category in Category::ALL {
            let of_it = anchors.iter().filter(|anchor| anchor.category == *category).count();
            assert!((25..=75).contains(&of_it), "{category}: {of_it}");
        }
        for priority in Priority::ALL {
            let of_it = anchors.iter().filter(|anchor| anchor.priority == *priority).count();
            assert!((25..=75).contains(&of_it), "{priority}: {of_it}");
        }
        assert!(anchors.iter().all(|anchor| anchor.studied.is_some()), "each says something");
    }
}
