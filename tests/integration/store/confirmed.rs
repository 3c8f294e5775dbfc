//! Which tickets agents have confirmed.

use frontdesk::{
    classify::examples::Confirmed,
    tickets::{Category, Priority, Source, Status, TicketPatch},
};

use super::{agent, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(only_what_somebody_finished_is_confirmed, the_newest_are_read_and_no_more);

async fn only_what_somebody_finished_is_confirmed(database: TestDatabase) {
    let store = database.open().await;
    let mut ids = Vec::new();
    for (n, end) in [None, Some(Status::Resolved), Some(Status::Closed), Some(Status::InProgress)]
        .into_iter()
        .enumerate()
    {
        let new = new_ticket("title", &"x".repeat(3_000), second(n as i64));
        let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
        if let Some(status) = end {
            let category = Some((Category::Billing, Source::Agent));
            let patch = TicketPatch { status: Some(status), category, ..TicketPatch::default() };
            store.patch_ticket(id, patch, None, agent(), second(9)).await.unwrap();
        }
        ids.push(id);
    }
    let mut imported = new_ticket("filed as finished", "by nobody here", second(5));
    imported.status = Status::Closed;
    store.create_ticket(imported, None, requester()).await.unwrap();
    let confirmed = |id| Confirmed {
        id,
        version: 2,
        title: "title".into(),
        description: "x".repeat(1_000),
        category: Category::Billing,
        priority: Priority::Medium,
    };
    let found = store.confirmed_tickets(second(0), 10).await.unwrap();
    assert_eq!(found, [confirmed(ids[2]), confirmed(ids[1])]);
    assert!(store.delete_ticket(ids[2], None).await.unwrap());
    assert_eq!(store.confirmed_tickets(second(0), 10).await.unwrap(), [confirmed(ids[1])]);
}

async fn the_newest_are_read_and_no_more(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..6 {
        let new = new_ticket(&n.to_string(), "d", second(n));
        let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
        let status = if n % 2 == 0 { Status::Resolved } else { Status::Closed };
        let patch = TicketPatch { status: Some(status), ..TicketPatch::default() };
        store.patch_ticket(id, patch, None, agent(), second(9)).await.unwrap();
    }
    let titles = async |since, limit| {
        let found = store.confirmed_tickets(second(since), limit).await.unwrap();
        found.into_iter().map(|ticket| ticket.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(0, 3).await, ["5", "4", "3"]);
    assert_eq!(titles(4, 10).await, ["5", "4"]);
    assert_eq!(titles(7, 10).await, [""; 0]);
}
