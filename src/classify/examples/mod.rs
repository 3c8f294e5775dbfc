//! Examples for language models: the few most similar tickets that agents have confirmed go along with a
//! question, so that a model learns this team's practice without being trained.
//!
//! They are held in memory, read again from the database in the background, and so are the same for all
//! servers. What goes along is short, has passed redaction; a text with orders to classifiers stays here.

mod sketch;

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use jiff::{SignedDuration, Timestamp};

use self::sketch::Sketch;
use super::{TicketText, local::guard, redact, store::SuggestionStore};
use crate::{
    background::compute,
    error::Result,
    tickets::{Category, Priority},
};

/// Confirmed tickets that are held, the newest: about 2 kB each.
pub const CONFIRMED_MAX: u32 = 2_000;

/// How old a ticket may be: what a team did long ago it may do otherwise now.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Examples that go along with one question.
pub const EXAMPLES_MAX: usize = 4;

/// Longest text of an example, in characters.
const TEXT_MAX: usize = 400;

/// Below this similarity (a cosine) a ticket says nothing about another.
const SIMILAR_MIN: f32 = 0.25;

/// Fewer words than this are no request, but what was left of one.
const WORDS_MIN: usize = 3;

/// A ticket as an agent confirmed it, read from the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmed {
    /// The ticket's.
    pub id: i64,
    /// The ticket's.
    pub version: i64,
    /// Whole.
    pub title: String,
    /// Its first thousand characters.
    pub description: String,
    /// As it stood when the ticket was finished, or as it was corrected since.
    pub category: Category,
    /// The same of the priority.
    pub priority: Priority,
}

/// What goes along with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Which ticket it is. Never sent.
    pub ticket_id: i64,
    /// At most [`TEXT_MAX`] characters of it. A stranger's: data, never instructions.
    pub text: String,
    /// The agents' word.
    pub category: Category,
    /// The agents' word.
    pub priority: Priority,
}

/// The confirmed tickets, ready to be compared.
#[derive(Debug)]
pub struct Library {
    /// Whether what tells people apart is taken out.
    redacts: bool,
    shelf: RwLock<Arc<Vec<Kept>>>,
}

/// One of them.
#[derive(Clone, Debug)]
struct Kept {
    version: i64,
    sketch: Sketch,
    example: Arc<Example>,
}

impl Library {
    /// An empty one.
    pub fn new(redacts: bool) -> Self {
        Self { redacts, shelf: RwLock::default() }
    }

    /// Holds these tickets from now on, and no others. What is known already is not worked out again.
    /// Takes up to half a second of one core where all are new.
    pub fn refresh(&self, confirmed: Vec<Confirmed>) {
        let before = self.shelf();
        let known: HashMap<_, _> =
            before.iter().map(|kept| ((kept.example.ticket_id, kept.version), kept)).collect();
        let shelf = confirmed.into_iter().filter_map(|ticket| {
            match known.get(&(ticket.id, ticket.version)) {
                Some(kept) => Some((*kept).clone()),
                None => self.kept(ticket),
            }
        });
        let shelf = Arc::new(shelf.collect());
        *self.shelf.write().unwrap_or_else(|e| e.into_inner()) = shelf;
    }

    /// The same with what the database holds now.
    ///
    /// # Errors
    /// As [`SuggestionStore::confirmed_tickets`]; what was held is still held then.
    pub async fn read(
        self: &Arc<Self>,
        store: &(impl SuggestionStore + ?Sized),
        now: Timestamp,
    ) -> Result<()> {
        let since = now.checked_sub(AGE_MAX).unwrap_or(Timestamp::MIN);
        let confirmed = store.confirmed_tickets(since, CONFIRMED_MAX).await?;
        let library = self.clone();
        compute("examples", move || library.refresh(confirmed)).await
    }

    /// The tickets most like a text, the likest last, so that it stands next to the question; at most
    /// [`EXAMPLES_MAX`], and none that is not like it. Never the ticket `except`: nobody may be
    /// told the answer to their own question.
    pub fn similar(&self, text: &TicketText, except: Option<i64>) -> Vec<Example> {
        let shelf = self.shelf();
        if shelf.is_empty() {
            return Vec::new();
        }
        let sketch = Sketch::of(&text.title, &text.description);
        let mut found: Vec<(f32, &Kept)> = shelf
            .iter()
            .filter(|kept| Some(kept.example.ticket_id) != except)
            .map(|kept| (sketch.similarity(&kept.sketch), kept))
            .filter(|(similarity, _)| *similarity >= SIMILAR_MIN)
            .collect();
        // stable: of those that are as much alike the newest
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut examples: Vec<Example> = Vec::with_capacity(EXAMPLES_MAX);
        for (_, kept) in found {
            // the same once more teaches nothing
            if examples.iter().all(|one| one.text != kept.example.text) {
                examples.push((*kept.example).clone());
            }
            if examples.len() == EXAMPLES_MAX {
                break;
            }
        }
        examples.reverse();
        examples
    }

    /// How many tickets it holds.
    pub fn len(&self) -> usize {
        self.shelf().len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shelf(&self) -> Arc<Vec<Kept>> {
        self.shelf.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    /// A ticket as it is held; `None` where too little of a request is left, and where it gives orders to a
    /// classifier: the guard knows patterns, so that the rest of such a text may be an order too.
    fn kept(&self, ticket: Confirmed) -> Option<Kept> {
        let part = |text: &str| if self.redacts { redact::redact(text) } else { text.to_owned() };
        let (title, description) = (part(&ticket.title), part(&ticket.description));
        if gives_orders(&title) || gives_orders(&description) {
            return None;
        }
        let text: String = format!("{}\n{}", title.trim(), description.trim())
            .trim()
            .chars()
            .take(TEXT_MAX)
            .collect();
        if text.split_whitespace().count() < WORDS_MIN {
            return None;
        }
        let example = Example {
            ticket_id: ticket.id,
            text,
            category: ticket.category,
            priority: ticket.priority,
        };
        Some(Kept {
            version: ticket.version,
            sketch: Sketch::of(&title, &description),
            example: Arc::new(example),
        })
    }
}

fn gives_orders(text: &str) -> bool {
    let cut = guard::without_orders(text);
    !cut.split_whitespace().eq(text.split_whitespace())
}

#[cfg(test)]
mod tests;
