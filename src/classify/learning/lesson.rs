//! A ticket as it is learnt from.

use crate::{
    classify::{
        TicketText,
        local::{self, features::Feature, model::BOTH},
    },
    tickets::{Category, Priority},
};

/// A word that an agent set themselves, and one that they left as it stood: people click through.
pub const SET_WEIGHT: f64 = 1.0;
pub const LEFT_WEIGHT: f64 = 0.2;

/// A text as the solver sees it.
#[derive(Clone, Debug)]
pub struct Studied {
    /// Its features.
    pub features: Vec<Feature>,
    /// The logits of the model that is built in.
    pub logits: [f32; BOTH],
}

impl Studied {
    /// Of a text; `None` where there is no request in it.
    pub fn of(text: &TicketText) -> Option<Self> {
        local::studied(text).map(|(features, logits)| Self { features, logits })
    }
}

/// A ticket with its final labels.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The ticket.
    pub ticket_id: i64,
    /// The account of the agent who set or confirmed the labels; all of whom nobody knows are one.
    pub agent_id: Option<i64>,
    /// The final category.
    pub category: Category,
    /// The final priority.
    pub priority: Priority,
    /// Whether an agent set the category, and the priority, themselves.
    pub is_set: [bool; 2],
    /// `None`: nothing can be learnt from its text.
    pub studied: Option<Studied>,
}

impl Lesson {
    /// The place of the label of a head: 0 the category, 1 the priority.
    pub fn class(&self, head: usize) -> usize {
        if head == 0 { self.category as usize } else { self.priority as usize }
    }

    /// What the label of a head weighs before the caps.
    pub fn weight(&self, head: usize) -> f64 {
        if self.is_set[head] { SET_WEIGHT } else { LEFT_WEIGHT }
    }
}
