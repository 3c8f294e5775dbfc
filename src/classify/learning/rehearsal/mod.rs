//! Learning rehearsed on labelled tickets: in memory, one correction after the other, by what the server
//! itself predicts, learns and judges by. `frontdesk-train learn` shows it.

pub mod desks;

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Judged, caps,
    fit::fit,
    lesson::{Lesson, Studied},
    store::{Candidate, Correction, Labels, REFIT_EVERY, Step},
    trial::step,
};
use crate::{
    classify::{
        TicketText,
        local::{
            self,
            learnt::{Learnt, Weights},
        },
    },
    tickets::{Category, Priority},
};

/// A ticket as an agent leaves it.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its text.
    pub text: TicketText,
    /// Its final category.
    pub category: Category,
    /// Its final priority.
    pub priority: Priority,
    /// The agent's account.
    pub agent_id: i64,
    /// Whether the agent sets both words whatever stood there; else only those that are not the suggested
    /// ones.
    pub sets_all: bool,
}

/// A deployment that begins with nothing learnt.
#[derive(Default)]
pub struct Rehearsal {
    corrections: Vec<Correction>,
    lessons: Vec<Lesson>,
    weights: Option<(i64, Arc<Weights>)>,
}

impl Rehearsal {
    /// Takes a ticket as the server does: predicts it, keeps it, and learns with each tenth.
    pub fn finish(&mut self, finished: &Finished) {
        let Finished { text, category, priority, .. } = finished;
        let (category, priority) = (*category, *priority);
        let learnt = self.learnt();
        let suggested = local::suggest(text, learnt.as_ref());
        let differs = [suggested.category != category, suggested.priority != priority];
        let labels =
            Labels { category, priority, is_set: differs.map(|one| one || finished.sets_all) };
        let number = self.corrections.len() as i64 + 1;
        let candidate = Candidate {
            ticket_id: number,
            version: 1,
            text: text.clone(),
            labels,
            agent_id: Some(finished.agent_id),
            is_finished: true,
            known: None,
        };
        let Step::Learn(new) = step(candidate, learnt.as_ref()) else { return };
        let (agent_id, trial) = (new.agent_id, new.trial);
        self.corrections.push(Correction { number, ticket_id: number, labels, agent_id, trial });
        self.study(finished, labels.is_set);
        if number % REFIT_EVERY == 0 {
            self.weights = Some((number, Arc::new(self.refit())));
        }
    }

    /// Only takes a ticket to learn from; `is_set` says which words the agent set.
    pub fn study(&mut self, finished: &Finished, is_set: [bool; 2]) {
        self.lessons.push(Lesson {
            ticket_id: self.lessons.len() as i64 + 1,
            agent_id: Some(finished.agent_id),
            category: finished.category,
            priority: finished.priority,
            is_set,
            studied: Studied::of(&finished.text),
        });
    }

    /// Learns from all tickets that were taken.
    pub fn refit(&self) -> Weights {
        fit(&self.lessons)
    }

    /// Features of all tickets that were taken, of which the server learns from
    /// [`super::fit::FEATURES_MAX`] at most.
    pub fn features(&self) -> usize {
        let studied = self.lessons.iter().filter_map(|lesson| lesson.studied.as_ref());
        studied.map(|studied| studied.features.len()).sum()
    }

    /// What would be used to answer now; `None`: nothing was learnt so far.
    pub fn learnt(&self) -> Option<Learnt> {
        let (generation, weights) = self.weights.clone()?;
        Some(Judged::of(&self.corrections, generation).learnt(generation, weights))
    }

    /// What the corrections say of what was learnt.
    pub fn judged(&self) -> Judged {
        Judged::of(&self.corrections, self.corrections.len() as i64)
    }

    /// Corrections so far.
    pub fn len(&self) -> usize {
        self.corrections.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty()
    }

    /// The largest part of the whole weight that one agent has, and that one label has, of a head (0 the
    /// category, 1 the priority), as the caps left it: 0 to 1.
    pub fn largest_shares(&self, head: usize) -> (f64, f64) {
        let lessons: Vec<&Lesson> = self.lessons.iter().collect();
        let weights = caps::weights(&lessons, head);
        let whole = caps::PRIOR + weights.iter().sum::<f64>();
        let (mut agents, mut labels) = (BTreeMap::new(), BTreeMap::new());
        for (lesson, weight) in lessons.iter().zip(&weights) {
            *agents.entry(lesson.agent_id).or_insert(0.0) += weight;
            *labels.entry(lesson.class(head)).or_insert(0.0) += weight;
        }
        let largest = |sum: f64, of: &f64| sum.max(*of);
        (agents.values().fold(0.0, largest) / whole, labels.values().fold(0.0, largest) / whole)
    }
}
