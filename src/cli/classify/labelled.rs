//! Tickets whose labels are known.

use std::path::Path;

use crate::{
    classify::{TicketText, local::train::rows, store::End},
    db::Store,
    error::Result,
    tickets::{Source, Status, Ticket, TicketFilter},
};

/// Tickets that are read at once.
const PAGE: u16 = 200;

/// A ticket and its labels.
pub struct Labelled {
    /// Of a ticket that is kept.
    pub id: Option<i64>,
    pub text: TicketText,
    pub end: End,
}

/// Those of a file; whoever labelled them, set them.
pub fn of_file(file: &Path) -> Result<Vec<Labelled>> {
    let rows = rows(file)?.into_iter();
    Ok(rows
        .map(|row| Labelled {
            id: None,
            text: TicketText {
                title: row.title,
                description: row.description,
                ..TicketText::default()
            },
            end: End {
                category: row.category,
                priority: row.priority,
                is_category_set: true,
                is_priority_set: true,
            },
        })
        .collect())
}

/// The newest that somebody finished, at most `most`. One that was filed as finished, as imported ones
/// are, has been confirmed by nobody here.
pub async fn of_store(store: &dyn Store, most: usize) -> Result<Vec<Labelled>> {
    let statuses = vec![Status::Resolved, Status::Closed];
    let filter = TicketFilter { statuses, ..TicketFilter::default() };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.walk_tickets(filter.clone(), after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.position());
        found.extend(page.into_iter().filter(|ticket| ticket.version > 1).map(labelled));
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

fn labelled(ticket: Ticket) -> Labelled {
    Labelled {
        id: Some(ticket.id),
        text: TicketText {
            title: ticket.title,
            description: ticket.description,
            ..TicketText::default()
        },
        end: End {
            category: ticket.category,
            priority: ticket.priority,
            is_category_set: ticket.category_source == Source::Agent,
            is_priority_set: ticket.priority_source == Source::Agent,
        },
    }
}
