//! What was suggested for a ticket, beside what its requester chose. What it ended as is the ticket.

use serde::{Deserialize, Serialize};

use super::{Category, Priority};
use crate::{
    classify::{Shown, Suggested},
    word::words,
};

/// Longest text that is kept of what was sent, in Unicode scalar values: more than
/// [`crate::classify::prompt::user`] ever makes.
pub const SENT_MAX_CHARS: usize = 30_000;

words! {
    /// On which occasion a suggestion was made. A ticket has at most one of each.
    Occasion {
        /// Shown to the requester while they wrote.
        Form = "form",
        /// Asked for by the server when the ticket came without category or priority.
        Filing = "filing",
        /// Come after the ticket was filed.
        Late = "late",
        /// Asked for silently after the filing, of a source that does not serve: shown to nobody, and
        /// kept apart from the others.
        Shadow = "shadow",
    }
}

/// A suggestion that goes with a ticket. The names are those of the database's columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketSuggestion {
    /// When it was made in the ticket's life.
    pub occasion: Occasion,
    /// What was suggested, by whom.
    #[serde(flatten)]
    pub suggested: Suggested,
    /// Whether for the text that was filed.
    pub same_text: bool,
    /// The requester's word, or the suggested one that they left as it stood; `None`: left to the
    /// server.
    pub chosen_category: Option<Category>,
    /// The same of the priority.
    pub chosen_priority: Option<Priority>,
    /// The ticket as it may have left for a provider, word for word, at most [`SENT_MAX_CHARS`];
    /// `None`: it did not, or nobody knows any more.
    pub sent: Option<String>,
}

impl TicketSuggestion {
    /// A suggestion for the very text of the ticket, whose requester chose nothing.
    pub fn new(occasion: Occasion, suggested: Suggested, sent: Option<String>) -> Self {
        let shown = Shown { suggested, same_text: true, sent };
        Self { occasion, ..Self::shown(shown) }
    }

    /// One that the form had shown.
    pub fn shown(Shown { suggested, same_text, sent }: Shown) -> Self {
        Self {
            occasion: Occasion::Form,
            suggested,
            same_text,
            chosen_category: None,
            chosen_priority: None,
            sent: sent.filter(|sent| sent.chars().count() <= SENT_MAX_CHARS),
        }
    }

    /// The same, beside what the requester chose.
    pub fn beside(self, category: Option<Category>, priority: Option<Priority>) -> Self {
        Self { chosen_category: category, chosen_priority: priority, ..self }
    }

    /// As PostgreSQL reads it (`json_to_record`).
    pub fn json(&self) -> String {
        // plain fields have a spelling, always
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// Several as PostgreSQL reads them (`json_to_recordset`).
    pub fn to_json(all: &[Self]) -> String {
        // plain fields have a spelling, always
        serde_json::to_string(all).unwrap_or_else(|_| "[]".to_owned())
    }
}
