//! What a classifier that answers late may still change.

use super::{Ticket, TicketPatch};
use crate::classify::Suggested;

/// The part of `suggestion` that may be written to `ticket`: never over a person's choice, and
/// never on a ticket that somebody already works on or finished.
pub fn refinement(ticket: &Ticket, suggestion: &Suggested) -> TicketPatch {
    let untouched = ticket.status == super::Status::Open;
    let source = suggestion.source;
    TicketPatch {
        category: (untouched && ticket.category_source.is_machine())
            .then_some((suggestion.category, source)),
        priority: (untouched && ticket.priority_source.is_machine())
            .then_some((suggestion.unseen_priority(), source)),
        ..TicketPatch::default()
    }
}
