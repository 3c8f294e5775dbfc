//! A ticket that is deleted leaves nothing behind.

use frontdesk::{
    error::Error,
    tickets::{
        Category, Filed, IdempotencyKey, PageRequest, Search, Status, TicketFilter, TicketPatch,
    },
};

use super::{agent, file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    a_deleted_ticket_is_gone_with_all_that_belongs_to_it,
    a_missing_or_stale_ticket_is_not_deleted,
    a_deleted_tickets_id_is_never_given_again,
    a_deleted_tickets_key_files_anew,
    of_many_deletions_at_once_one_deletes,
    counts_stay_exact_while_tickets_are_deleted,
);

fn status(status: Status) -> TicketPatch {
    TicketPatch { status: Some(status), ..TicketPatch::default() }
}

async fn a_deleted_ticket_is_gone_with_all_that_belongs_to_it(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("gone", "d", second(1));
    new.follow_sha256 = Some([1; 32]);
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let id = store.create_ticket(new, Some(key), requester()).await.unwrap().into_ticket().id;
    store.patch_ticket(id, status(Status::Closed), None, agent(), second(2)).await.unwrap();
    let kept = file(&*store, "kept", second(3)).await;
    assert!(store.delete_ticket(id, None).await.unwrap());
    assert_eq!(store.ticket(id).await.unwrap(), None);
    assert_eq!(store.ticket_events(id, None, 50).await.unwrap(), None);
    assert_eq!(store.followed_ticket(id, [1; 32]).await.unwrap(), None);
    let patched = store.patch_ticket(id, status(Status::Open), None, agent(), second(4)).await;
    assert_eq!(patched.unwrap(), None);
    let filter = TicketFilter { search: Search::parse("gone").unwrap(), ..TicketFilter::default() };
    let found = store.tickets(PageRequest { filter, cursor: None, limit: 50 }).await.unwrap();
    assert_eq!((found.count, found.tickets.len()), (Some(0), 0));
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.count(|_, _, s| s == Status::Closed)), (1, 0));
    for table in ["ticket_document", "ticket_event", "idempotency_key"] {
        // refused if anything were left of the ticket
        let left = format!(
            "create table left_behind (ticket_id integer check (ticket_id <> {id}));
             insert into left_behind select ticket_id from {table}; drop table left_behind"
        );
        database.sql(&left).unwrap_or_else(|e| panic!("{table}: {e}"));
    }
    assert_eq!(store.ticket(kept.id).await.unwrap(), Some(kept));
}

async fn a_missing_or_stale_ticket_is_not_deleted(database: TestDatabase) {
    let store = database.open().await;
    let ticket = file(&*store, "t", second(1)).await;
    for missing in [0, -1, ticket.id + 1, i64::MAX] {
        assert!(!store.delete_ticket(missing, None).await.unwrap());
        assert!(!store.delete_ticket(missing, Some(1)).await.unwrap());
    }
    let stale = store.delete_ticket(ticket.id, Some(2)).await;
    assert!(matches!(stale, Err(Error::Stale { current: 1 })), "{stale:?}");
    assert_eq!(store.ticket_counts().await.unwrap().total(), 1);
    assert!(store.delete_ticket(ticket.id, Some(1)).await.unwrap());
    assert!(!store.delete_ticket(ticket.id, Some(1)).await.unwrap());
}

async fn a_deleted_tickets_id_is_never_given_again(database: TestDatabase) {
    let store = database.open().await;
    let first = file(&*store, "first", second(1)).await.id;
    let event = store.ticket_events(first, None, 1).await.unwrap().unwrap().events[0].id;
    store.delete_ticket(first, None).await.unwrap();
    store.close().await;
    let store = database.open().await;
    let next = file(&*store, "next", second(2)).await.id;
    assert!(next > first);
    let page = store.ticket_events(next, None, 1).await.unwrap().unwrap();
    assert!(page.events[0].id > event, "nor is its event's");
}

async fn a_deleted_tickets_key_files_anew(database: TestDatabase) {
    let store = database.open().await;
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let create =
        || store.create_ticket(new_ticket("t", "d", second(1)), Some(key.clone()), requester());
    let first = create().await.unwrap().into_ticket().id;
    store.delete_ticket(first, None).await.unwrap();
    let Filed::New(again) = create().await.unwrap() else { panic!("it is filed anew") };
    assert_ne!(again.id, first);
}

async fn of_many_deletions_at_once_one_deletes(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let racers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.delete_ticket(id, Some(1)).await.unwrap() })
        })
        .collect();
    let mut deleted = 0;
    for racer in racers {
        deleted += u32::from(racer.await.unwrap());
    }
    assert_eq!((deleted, store.ticket_counts().await.unwrap().total()), (1, 0));
}

async fn counts_stay_exact_while_tickets_are_deleted(database: TestDatabase) {
    let store = database.open().await;
    let writers: Vec<_> = (0..8_usize)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut deleted = 0;
                for n in 0..16_usize {
                    let mut new = new_ticket("t", "d", second(1));
                    new.category.0 = Category::ALL[(writer + n) % 4];
                    let key = format!("{writer} {n}");
                    let key =
                        (n % 2 == 0).then_some(IdempotencyKey { key, request_sha256: [1; 32] });
                    let filed = store.create_ticket(new, key, requester()).await.unwrap();
                    let id = filed.into_ticket().id;
                    // others may have deleted these, or do so at this moment
                    for (id, step) in [(id, n), (id - 1, n + 1), (id - 2, n + 2)] {
                        let patch = status(Status::ALL[step % 4]);
                        store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
                    }
                    for id in [id - 1, id - 3] {
                        deleted += u64::from(store.delete_ticket(id, None).await.unwrap());
                    }
                }
                deleted
            })
        })
        .collect();
    let mut deleted = 0;
    for writer in writers {
        deleted += writer.await.unwrap();
    }
    let counts = store.ticket_counts().await.unwrap();
    assert!(deleted > 0);
    assert_eq!(counts.total(), 8 * 16 - deleted);
    let all = store.tickets(PageRequest { limit: 200, ..PageRequest::default() }).await.unwrap();
    assert_eq!(all.tickets.len() as u64, counts.total(), "the rows themselves");
    for category in Category::ALL {
        for status in Status::ALL {
            let expected =
                all.tickets.iter().filter(|t| (t.category, t.status) == (*category, *status));
            let counted = counts.count(|c, _, s| (c, s) == (*category, *status));
            assert_eq!(counted, expected.count() as u64);
        }
    }
}
