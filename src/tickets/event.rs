//! The log of what happened to tickets. An event is written by whatever writes the ticket, in the
//! same transaction, and never changed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{NewTicket, Source, Ticket};
use crate::word::words;

/// Longest name of an actor, in Unicode scalar values.
pub const ACTOR_NAME_MAX_CHARS: usize = 200;

/// Most events of a ticket on a page.
pub const EVENT_LIMIT_MAX: u16 = 200;

/// Events on a page where no number is asked for.
pub const EVENT_LIMIT_DEFAULT: u16 = 50;

words! {
    /// What happened to a ticket.
    EventKind {
        /// It was filed.
        Created = "created",
        /// Some of its fields became others.
        Changed = "changed",
    }
}

words! {
    /// In which role somebody acted.
    ActorKind {
        /// The person who filed the ticket.
        Requester = "requester",
        /// Somebody who works on the ticket.
        Agent = "agent",
        /// A classifier that answered late.
        Classifier = "classifier",
    }
}

/// Who did something to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// In which role.
    pub kind: ActorKind,
    /// The account, at least 1, where there is one. It may have been deleted since.
    pub account_id: Option<i64>,
    /// The name as it was then, 1 to [`ACTOR_NAME_MAX_CHARS`] characters, where it is known.
    pub name: Option<String>,
}

impl Actor {
    /// Somebody in a role of whom nothing else is known.
    pub fn unknown(kind: ActorKind) -> Self {
        Self { kind, account_id: None, name: None }
    }

    /// A classifier, called like its source.
    pub fn classifier(source: Source) -> Self {
        Self { name: Some(source.as_str().to_owned()), ..Self::unknown(ActorKind::Classifier) }
    }
}

/// One thing that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketEvent {
    /// Its place in the log of all tickets: increasing for each ticket, never reused.
    pub id: i64,
    /// When, in whole microseconds; what is changed later in a ticket has no earlier time.
    pub at: Timestamp,
    /// The ticket's version after it.
    pub version: i64,
    /// What happened.
    pub kind: EventKind,
    /// Who did it.
    pub actor: Actor,
    /// What is different since.
    pub changes: Changes,
}

/// From a field's name to what it was (`None`: there was no ticket yet) and what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Changes(BTreeMap<String, (Option<String>, String)>);

impl Changes {
    /// What a new ticket starts with: its category, priority and status. The rest is the ticket.
    pub fn of_new(new: &NewTicket) -> Self {
        let fields = [
            ("category", new.category.0.as_str()),
            ("priority", new.priority.0.as_str()),
            ("status", new.status.as_str()),
        ];
        Self(fields.map(|(name, value)| (name.to_owned(), (None, value.to_owned()))).into())
    }

    /// Every field that a person can tell the two by, texts in full.
    pub fn between(before: &Ticket, after: &Ticket) -> Self {
        let fields = |ticket: &Ticket| {
            [
                ("title", ticket.title.clone()),
                ("description", ticket.description.clone()),
                ("category", ticket.category.as_str().to_owned()),
                ("priority", ticket.priority.as_str().to_owned()),
                ("status", ticket.status.as_str().to_owned()),
                ("category_source", ticket.category_source.as_str().to_owned()),
                ("priority_source", ticket.priority_source.as_str().to_owned()),
            ]
        };
        let pairs = fields(before).into_iter().zip(fields(after));
        let different = pairs.filter(|((_, was), (_, is))| was != is);
        Self(different.map(|((name, was), (_, is))| (name.to_owned(), (Some(was), is))).collect())
    }

    /// Each field with what it was and what it is, in the fields' alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>, &str)> {
        self.0.iter().map(|(name, (was, is))| (name.as_str(), was.as_deref(), is.as_str()))
    }

    /// As it is stored: `{"status": ["open", "closed"]}`.
    pub fn to_json(&self) -> String {
        // a map of texts has a spelling, always
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The opposite of [`Self::to_json`].
    ///
    /// # Errors
    /// What is wrong with the text, for the log.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|e| format!("the changes of an event: {e}"))
    }
}

/// The newer part of a ticket's events, or a part further back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPage {
    /// How many events the ticket has.
    pub count: u64,
    /// Newest first.
    pub events: Vec<TicketEvent>,
    /// The id that older events lie before, if there are any.
    pub older: Option<i64>,
}

impl EventPage {
    /// Makes the page from up to `limit + 1` events. The one too many only tells that there are more.
    pub fn new(count: u64, mut events: Vec<TicketEvent>, limit: u16) -> Self {
        let more = events.len() > usize::from(limit);
        events.truncate(usize::from(limit));
        let older = events.last().filter(|_| more).map(|event| event.id);
        Self { count, events, older }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_survive_their_own_spelling() {
        let text = r#"{"category":[null,"billing"],"title":["a \"b\"","\u0007"]}"#;
        let changes = Changes::from_json(text).unwrap();
        assert_eq!(changes.to_json(), text);
        let read: Vec<_> = changes.iter().collect();
        assert_eq!(read[0], ("category", None, "billing"));
        assert_eq!(read[1], ("title", Some("a \"b\""), "\u{7}"));
    }

    #[test]
    fn the_longest_change_fits_the_column() {
        // \u0001 is the character that JSON makes the most of
        let longest = |c: char, n: usize| (Some(c.to_string().repeat(n)), "\u{1}".repeat(n));
        let changes = Changes(
            [
                ("description".to_owned(), longest('\u{2}', 50_000)),
                ("title".to_owned(), longest('\u{2}', 200)),
            ]
            .into(),
        );
        assert!((600_000..690_000).contains(&changes.to_json().chars().count()));
    }
}
