//! The laws of storage. Each is one function over any store, run on SQLite and on PostgreSQL.

mod accounts;
mod auth;
mod constraints;
mod counts;
mod idempotency;
mod migrations;
mod model;
mod paging;
mod search;
mod tickets;

use frontdesk::{
    db::Store,
    tickets::{Category, Description, NewTicket, Priority, Source, Status, Ticket, Title},
};
use jiff::Timestamp;

/// The `n`th second of the tests' time.
pub fn second(n: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + n).expect("a time")
}

/// A ticket to be filed at `at`.
pub fn new_ticket(title: &str, description: &str, at: Timestamp) -> NewTicket {
    NewTicket {
        title: Title::parse(title).expect("a title"),
        description: Description::parse(description.into()).expect("a description"),
        category: (Category::General, Source::Requester),
        priority: (Priority::Medium, Source::Requester),
        status: Status::Open,
        created_at: at,
    }
}

/// Files a ticket that nothing is special about.
pub async fn file(store: &dyn Store, title: &str, at: Timestamp) -> Ticket {
    let new = new_ticket(title, "Something is wrong.", at);
    store.create_ticket(new, None).await.expect("it is filed").into_ticket()
}
