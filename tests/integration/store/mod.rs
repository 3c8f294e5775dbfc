//! The laws of storage. Each is one function over any store, run on SQLite and on PostgreSQL.

mod accounts;
mod auth;
mod bulk;
mod check;
mod classifier_counts;
mod confirmed;
mod constraints;
mod counts;
mod deletes;
mod events;
mod follow;
mod idempotency;
pub mod import;
mod learning;
mod live;
mod migrations;
mod model;
mod paging;
mod plans;
mod search;
mod search_index;
mod shadow;
mod suggestions;
mod tickets;
mod trends;
mod views;

use frontdesk::{
    classify::Suggested,
    db::Store,
    tickets::{
        Actor, ActorKind, Category, Changes, Description, NewTicket, Occasion, Priority, Source,
        Status, Ticket, TicketEvent, TicketSuggestion, Title,
    },
};
use jiff::Timestamp;

use crate::support::database::TestDatabase;

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
        follow_sha256: None,
        suggestions: Vec::new(),
    }
}

/// A statement that writes a row, one of its columns said otherwise: around the program, as an operator
/// could.
pub fn insert_with<'a>(
    table: &str,
    mut row: Vec<(&'a str, &'a str)>,
    otherwise: (&'a str, &'a str),
) -> String {
    row.retain(|(name, _)| *name != otherwise.0);
    row.push(otherwise);
    let (names, values): (Vec<&str>, Vec<&str>) = row.into_iter().unzip();
    format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "))
}

/// Somebody who files tickets.
pub fn requester() -> Actor {
    Actor::unknown(ActorKind::Requester)
}

/// Somebody who works on tickets.
pub fn agent() -> Actor {
    Actor { kind: ActorKind::Agent, account_id: Some(7), name: Some("Ada".into()) }
}

/// Everything that happened to a ticket, newest first.
pub async fn events(store: &dyn Store, ticket_id: i64) -> Vec<TicketEvent> {
    let page = store.ticket_events(ticket_id, None, 200).await.expect("an answer");
    page.expect("the ticket is there").events
}

/// Changes as they are stored.
pub fn changes(json: &str) -> Changes {
    Changes::from_json(json).expect("changes")
}

/// Files a ticket that nothing is special about.
pub async fn file(store: &dyn Store, title: &str, at: Timestamp) -> Ticket {
    let new = new_ticket(title, "Something is wrong.", at);
    store.create_ticket(new, None, requester()).await.expect("it is filed").into_ticket()
}

/// Gives the database a rule of its own, since what the program refuses never comes to it.
pub fn refuse_tickets_of_title(database: &TestDatabase, title: &str) {
    let rule = match database {
        TestDatabase::Sqlite(_) => format!(
            "create trigger no_such_title before insert on ticket when new.title = '{title}'
             begin select raise(abort, 'refused'); end"
        ),
        TestDatabase::Postgres(_) => {
            format!("alter table ticket add constraint no_such_title check (title <> '{title}')")
        }
    };
    database.sql(&rule).expect("the rule");
}

/// A late suggestion of some model.
pub fn suggested(source: Source, category: Category, priority: Priority) -> TicketSuggestion {
    let suggested = Suggested {
        at: second(5),
        source,
        model: "m".into(),
        model_version: None,
        prompt_version: Some("p".into()),
        category,
        priority,
        category_confidence: Some(0.875),
        priority_confidence: None,
        latency_us: 1_234,
        degraded: false,
        input_tokens: Some(1_200),
        cached_tokens: Some(1_000),
        output_tokens: Some(20),
    };
    TicketSuggestion::new(Occasion::Late, suggested, Some("<ticket> \"\\ \u{1f600}".into()))
}

/// A connection of its own, beside those of any store.
pub async fn connected(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Waits until somebody waits for a lock that `holder` has.
pub async fn until_a_lock_is_waited_for(holder: &tokio_postgres::Client) {
    let waiting = "select count(*) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'";
    while holder.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}
