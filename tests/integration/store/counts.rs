use frontdesk::{
    db::Store,
    tickets::{
        BulkChange, BulkItem, Category, Decided, PageRequest, Priority, Source, Status,
        TicketFilter, TicketPatch,
    },
};

use super::{agent, file, new_ticket, requester, second, suggested};
use crate::support::database::TestDatabase;

crate::laws!(
    an_empty_database_counts_nothing,
    counts_follow_every_write,
    counts_are_exact_under_concurrent_writers,
    what_no_agent_has_decided_is_found_and_counted_through_every_write,
);

async fn an_empty_database_counts_nothing(database: TestDatabase) {
    let store = database.open().await;
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.first_created_at), (0, None));
}

async fn counts_follow_every_write(database: TestDatabase) {
    let store = database.open().await;
    let first = file(&*store, "first", second(5)).await;
    file(&*store, "earlier, as an import may be", second(2)).await;
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.first_created_at), (2, Some(second(2))));
    assert_eq!(counts.count(|_, _, s| s == Status::Open), 2);

    let patch = TicketPatch {
        category: Some((Category::Technical, Source::Agent)),
        priority: Some((Priority::High, Source::Agent)),
        status: Some(Status::Closed),
        ..TicketPatch::default()
    };
    store.patch_ticket(first.id, patch, None, agent(), second(6)).await.unwrap();
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!(
        counts.count(|c, p, s| (c, p, s) == (Category::Technical, Priority::High, Status::Closed)),
        1
    );
    assert_eq!(counts.count(|_, _, s| s == Status::Open), 1);
    assert_eq!(counts.total(), 2);
}

async fn counts_are_exact_under_concurrent_writers(database: TestDatabase) {
    let store = database.open().await;
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..12_usize {
                    let mut new = new_ticket("t", "d", second(1));
                    new.category = (Category::ALL[(writer + n) % 4], Source::Local);
                    new.priority.1 = Source::Gemini;
                    let id =
                        store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
                    // every writer moves tickets both ways, its own and the others'
                    for (id, step) in [(id, n), (id - 1, n + 1), (id - 2, n + 2)] {
                        let patch = TicketPatch {
                            status: Some(Status::ALL[step % 4]),
                            priority: Some((Priority::ALL[(writer + step) % 4], Source::Agent)),
                            category: (step % 3 == 0).then_some((Category::Account, Source::Agent)),
                            ..TicketPatch::default()
                        };
                        store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!(counts.total(), 16 * 12);
    assert_eq!(store.deviations().await.unwrap(), []);
    for (category, priority, status) in [
        (Category::Billing, Priority::Low, Status::Open),
        (Category::General, Priority::High, Status::Resolved),
    ] {
        let filter = TicketFilter {
            categories: vec![category],
            priorities: vec![priority],
            statuses: vec![status],
            ..TicketFilter::default()
        };
        let counted = counts.count(|c, p, s| (c, p, s) == (category, priority, status));
        let page = store.tickets(PageRequest { filter, cursor: None, limit: 200 }).await.unwrap();
        assert_eq!(page.count, Some(counted));
        assert_eq!(page.tickets.len() as u64, counted, "the rows themselves");
    }
}

/// The ids of the tickets that no agent has decided, as the page and its count have them.
async fn waiting(store: &dyn Store, statuses: &[Status]) -> Vec<i64> {
    let filter = TicketFilter {
        decided: Some(Decided::No),
        statuses: statuses.to_vec(),
        ..TicketFilter::default()
    };
    let page = store.tickets(PageRequest { filter, cursor: None, limit: 50 }).await.unwrap();
    assert_eq!(page.count, Some(page.tickets.len() as u64));
    assert_eq!(store.deviations().await.unwrap(), []);
    page.tickets.iter().map(|ticket| ticket.id).collect()
}

async fn what_no_agent_has_decided_is_found_and_counted_through_every_write(
    database: TestDatabase,
) {
    let store = database.open().await;
    file(&*store, "a person's", second(0)).await;
    for (n, category, priority) in [
        (1, Source::Local, Source::Gemini),
        (2, Source::Requester, Source::Default),
        (3, Source::Openai, Source::Requester),
        (4, Source::Agent, Source::Agent),
    ] {
        let mut new = new_ticket("t", "d", second(n));
        (new.category.1, new.priority.1) = (category, priority);
        store.create_ticket(new, None, requester()).await.unwrap();
    }
    assert_eq!(waiting(&*store, &[]).await, [4, 3, 2]);

    // a better machine is a machine
    let better = suggested(Source::Anthropic, Category::Billing, Priority::Low);
    store.refine_ticket(2, better, second(6)).await.unwrap();
    assert_eq!(waiting(&*store, &[]).await, [4, 3, 2]);
    let patch = |category: Option<Category>, priority: Option<Priority>| TicketPatch {
        category: category.map(|word| (word, Source::Agent)),
        priority: priority.map(|word| (word, Source::Agent)),
        ..TicketPatch::default()
    };
    let change = async |id, patch| {
        store.patch_ticket(id, patch, None, agent(), second(7)).await.unwrap();
    };
    change(2, patch(Some(Category::Billing), None)).await;
    assert_eq!(waiting(&*store, &[]).await, [4, 3, 2], "one of two");
    change(2, patch(None, Some(Priority::Low))).await;
    assert_eq!(waiting(&*store, &[]).await, [4, 3], "confirmed as it stood");

    let closed = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
    change(3, closed).await;
    assert_eq!(waiting(&*store, &[Status::Open, Status::InProgress]).await, [4]);
    assert_eq!(waiting(&*store, &[Status::Closed]).await, [3]);
    let items = |ids: &[i64]| ids.iter().map(|id| BulkItem { id: *id, expected: None }).collect();
    let bulk = BulkChange { category: Some(Category::General), priority: None, status: None };
    store.change_tickets(items(&[4, 3, 1]), bulk, agent(), second(8)).await.unwrap();
    assert_eq!(waiting(&*store, &[]).await, [3], "its priority is a machine's");
    store.delete_ticket(3, None).await.unwrap();
    assert_eq!(waiting(&*store, &[]).await, [0_i64; 0]);

    database.sql("update ticket_count set undecided = undecided + 1").unwrap();
    assert!(!store.deviations().await.unwrap().is_empty());
    store.repair().await.unwrap();
    assert_eq!(waiting(&*store, &[]).await, [0_i64; 0]);
}
