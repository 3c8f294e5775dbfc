use frontdesk::tickets::{
    Category, PageRequest, Priority, Source, Status, TicketFilter, TicketPatch,
};

use super::{agent, file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    an_empty_database_counts_nothing,
    counts_follow_every_write,
    counts_are_exact_under_concurrent_writers,
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
                    new.category.0 = Category::ALL[(writer + n) % 4];
                    let id =
                        store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
                    // every writer moves tickets both ways, its own and the others'
                    for (id, step) in [(id, n), (id - 1, n + 1), (id - 2, n + 2)] {
                        let patch = TicketPatch {
                            status: Some(Status::ALL[step % 4]),
                            priority: Some((Priority::ALL[(writer + step) % 4], Source::Agent)),
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
