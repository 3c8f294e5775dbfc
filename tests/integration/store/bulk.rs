//! One change of many tickets is that change of each.

use frontdesk::{
    db::Store,
    tickets::{
        BULK_MAX, BulkChange, BulkItem, BulkOutcome, Category, EventKind, Priority, Source, Status,
    },
};

use super::{agent, events, file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    each_ticket_has_its_own_outcome,
    a_bulk_change_writes_what_a_change_of_each_would,
    nothing_to_change_leaves_no_trace,
    as_many_as_may_be_are_changed_at_once,
    bulk_changes_in_opposite_orders_do_not_block_each_other,
    bulk_changes_of_different_tickets_do_not_block_each_other,
);

const CLOSED: BulkChange =
    BulkChange { status: Some(Status::Closed), category: None, priority: None };

fn any_version(ids: impl IntoIterator<Item = i64>) -> Vec<BulkItem> {
    ids.into_iter().map(|id| BulkItem { id, expected: None }).collect()
}

async fn each_ticket_has_its_own_outcome(database: TestDatabase) {
    let store = database.open().await;
    let first = file(&*store, "first", second(1)).await;
    let other = file(&*store, "other", second(1)).await;
    let last = file(&*store, "last", second(1)).await;
    let items = vec![
        BulkItem { id: last.id, expected: Some(1) },
        BulkItem { id: 99, expected: None },
        BulkItem { id: other.id, expected: Some(7) },
        BulkItem { id: first.id, expected: None },
        BulkItem { id: i64::MAX, expected: Some(1) },
    ];
    let outcomes = store.change_tickets(items, CLOSED, agent(), second(2)).await.unwrap();
    let closed = async |id| BulkOutcome::Done(store.ticket(id).await.unwrap().unwrap());
    assert_eq!(
        outcomes,
        [
            closed(last.id).await,
            BulkOutcome::Missing,
            BulkOutcome::Stale { current: 1 },
            closed(first.id).await,
            BulkOutcome::Missing,
        ]
    );
    assert_eq!(store.ticket(first.id).await.unwrap().unwrap().status, Status::Closed);
    assert_eq!(store.ticket(other.id).await.unwrap(), Some(other));
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.count(|_, _, s| s == Status::Closed)), (3, 2));
    assert_eq!(store.change_tickets(vec![], CLOSED, agent(), second(3)).await.unwrap(), []);
}

async fn a_bulk_change_writes_what_a_change_of_each_would(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", second(1));
    new.category = (Category::Billing, Source::Gemini);
    let mut pairs = Vec::new();
    for priority in Priority::ALL {
        new.priority = (*priority, Source::Requester);
        let file = async || {
            store.create_ticket(new.clone(), None, requester()).await.unwrap().into_ticket().id
        };
        pairs.push((file().await, file().await));
    }
    let change = BulkChange {
        category: Some(Category::Billing),
        priority: Some(Priority::High),
        status: Some(Status::Resolved),
    };
    let items = any_version(pairs.iter().map(|(id, _)| *id));
    let outcomes = store.change_tickets(items, change, agent(), second(2)).await.unwrap();
    for ((bulk, alone), outcome) in pairs.into_iter().zip(outcomes) {
        let patched = store.patch_ticket(alone, change.patch(), None, agent(), second(2)).await;
        let mut expected = patched.unwrap().unwrap();
        expected.id = bulk;
        assert_eq!(outcome, BulkOutcome::Done(expected.clone()));
        assert_eq!(store.ticket(bulk).await.unwrap(), Some(expected));
        let of_bulk = events(&*store, bulk).await;
        let of_alone = events(&*store, alone).await;
        assert_eq!((of_bulk.len(), of_bulk[0].kind), (2, EventKind::Changed));
        assert_eq!((&of_bulk[0].actor, of_bulk[0].at), (&agent(), second(2)));
        assert_eq!(of_bulk[0].changes, of_alone[0].changes);
        assert_eq!(of_bulk[0].version, 2);
    }
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!(
        counts.count(|c, p, s| (c, p, s) == (Category::Billing, Priority::High, Status::Resolved)),
        8
    );
    assert_eq!(counts.total(), 8);
}

async fn nothing_to_change_leaves_no_trace(database: TestDatabase) {
    let store = database.open().await;
    let before = file(&*store, "t", second(1)).await;
    let same = BulkChange { status: Some(Status::Open), ..BulkChange::default() };
    for change in [same, BulkChange::default()] {
        let items = any_version([before.id]);
        let outcomes = store.change_tickets(items, change, agent(), second(2)).await.unwrap();
        assert_eq!(outcomes, [BulkOutcome::Done(before.clone())]);
    }
    assert_eq!(events(&*store, before.id).await.len(), 1);
}

async fn file_many(store: &dyn Store, n: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for n in 0..n {
        let mut new = new_ticket("t", "d", second(1));
        new.category.0 = Category::ALL[n % 4];
        new.priority.0 = Priority::ALL[n / 4 % 4];
        ids.push(store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id);
    }
    ids
}

async fn as_many_as_may_be_are_changed_at_once(database: TestDatabase) {
    let store = database.open().await;
    let ids = file_many(&*store, BULK_MAX).await;
    let items = any_version(ids);
    let outcomes = store.change_tickets(items, CLOSED, agent(), second(2)).await.unwrap();
    assert!(
        outcomes.iter().all(|outcome| matches!(outcome, BulkOutcome::Done(t) if t.version == 2))
    );
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!(counts.count(|_, _, s| s == Status::Closed), BULK_MAX as u64);
    assert_eq!(counts.total(), BULK_MAX as u64);
}

async fn bulk_changes_in_opposite_orders_do_not_block_each_other(database: TestDatabase) {
    let store = database.open().await;
    let ids = file_many(&*store, 32).await;
    let writers: Vec<_> = (0..8_usize)
        .map(|writer| {
            let (store, mut ids) = (store.clone(), ids.clone());
            if writer % 2 == 1 {
                ids.reverse();
            }
            tokio::spawn(async move {
                for n in 0..12_usize {
                    let change = BulkChange {
                        category: Some(Category::ALL[(writer + n) % 4]),
                        priority: Some(Priority::ALL[(writer + n / 2) % 4]),
                        status: Some(Status::ALL[(3 * writer + n) % 4]),
                    };
                    let items = any_version(ids.iter().copied().skip(n));
                    store.change_tickets(items, change, agent(), second(2)).await.unwrap();
                    // and among those who change one, file and delete
                    let patch = CLOSED.patch();
                    let id = ids[(5 * writer + n) % ids.len()];
                    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
                    let id = file(&*store, "t", second(1)).await.id;
                    store.delete_ticket(id, None).await.unwrap();
                    if n == 6 {
                        store.delete_ticket(ids[writer], None).await.unwrap();
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let counts = store.ticket_counts().await.unwrap();
    let mut left = Vec::new();
    for id in ids {
        left.extend(store.ticket(id).await.unwrap());
    }
    assert_eq!((left.len(), counts.total()), (24, 24));
    for ticket in &left {
        let cell = (ticket.category, ticket.priority, ticket.status);
        let expected = left.iter().filter(|t| (t.category, t.priority, t.status) == cell).count();
        assert_eq!(counts.count(|c, p, s| (c, p, s) == cell), expected as u64);
        let newest = store.ticket_events(ticket.id, None, 1).await.unwrap().unwrap();
        assert_eq!(newest.events[0].version, ticket.version);
        assert_eq!(newest.count, ticket.version.cast_unsigned());
    }
}

/// They have nothing in common but the counts.
async fn bulk_changes_of_different_tickets_do_not_block_each_other(database: TestDatabase) {
    let store = database.open().await;
    let mut writers = Vec::new();
    for writer in 0..12_usize {
        let (store, ids) = (store.clone(), file_many(&*store, 16).await);
        writers.push(tokio::spawn(async move {
            for n in 0..40_usize {
                let change = BulkChange {
                    status: Some(Status::ALL[(writer + n) % 4]),
                    ..BulkChange::default()
                };
                let items = any_version(ids.iter().copied());
                store.change_tickets(items, change, agent(), second(2)).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!(counts.total(), 12 * 16);
    for status in Status::ALL {
        assert_eq!(counts.count(|_, _, s| s == *status), 3 * 16);
    }
}
