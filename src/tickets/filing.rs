//! A ticket on its way into the database.

use super::{Actor, ActorKind, Changes, ImportedTicket, NewTicket, Position, document};

/// A ticket that is to be filed.
pub struct Filing {
    /// The ticket.
    pub new: NewTicket,
    /// What is searched of it.
    pub document: String,
    /// What its first event says ([`Changes::to_json`]).
    pub changes: String,
    /// Who files it.
    pub actor: Actor,
}

impl Filing {
    /// Of a ticket that this one files.
    pub fn new(new: NewTicket, actor: Actor) -> Self {
        let document = document(new.title.as_str(), new.description.as_str());
        let changes = Changes::of_new(&new).to_json();
        Self { new, document, changes, actor }
    }

    /// What a piece of the search's index is made of, once it has this id.
    pub fn searched(&self, id: i64) -> (Position, &str) {
        (Position { created_at: self.new.created_at, id }, &self.document)
    }

    /// Of tickets that an import files.
    pub fn of_import(tickets: Vec<ImportedTicket>) -> Vec<Self> {
        let actor = Actor::unknown(ActorKind::Requester);
        let filing = |ticket| Self::new(NewTicket::from(ticket), actor.clone());
        tickets.into_iter().map(filing).collect()
    }
}
