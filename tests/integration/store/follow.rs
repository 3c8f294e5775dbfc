//! A follow link opens its ticket and nothing else, and only as long as it is the ticket's.

use frontdesk::{
    db::Store,
    tickets::{
        FOLLOWED_STATUSES_MAX, IdempotencyKey, Priority, Source, Status, TicketPatch, Title,
    },
};

use super::{agent, events, file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    a_link_opens_its_own_ticket_only,
    a_link_tells_when_the_ticket_got_which_status,
    a_link_tells_the_newest_of_very_many,
    a_repeated_request_replaces_the_link,
    a_new_link_is_no_change_of_the_ticket,
);

const LINK: [u8; 32] = [1; 32];

async fn file_linked(store: &dyn Store, link: [u8; 32]) -> i64 {
    let mut new = new_ticket("linked", "d", second(1));
    new.follow_sha256 = Some(link);
    store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id
}

fn status(status: Status) -> TicketPatch {
    TicketPatch { status: Some(status), ..TicketPatch::default() }
}

async fn a_link_opens_its_own_ticket_only(database: TestDatabase) {
    let store = database.open().await;
    let unlinked = file(&*store, "t", second(1)).await.id;
    let id = file_linked(&*store, LINK).await;
    let other = file_linked(&*store, [2; 32]).await;
    let ticket = store.followed_ticket(id, LINK).await.unwrap().expect("it opens");
    assert_eq!((ticket.id, ticket.title.as_str()), (id, "linked"));
    assert_eq!((ticket.created_at, ticket.updated_at), (second(1), second(1)));
    for (id, link) in
        [(id, [2; 32]), (other, LINK), (unlinked, LINK), (unlinked, [0; 32]), (99, LINK)]
    {
        assert_eq!(store.followed_ticket(id, link).await.unwrap(), None, "{id}");
    }
}

async fn a_link_tells_when_the_ticket_got_which_status(database: TestDatabase) {
    let store = database.open().await;
    let id = file_linked(&*store, LINK).await;
    store.patch_ticket(id, status(Status::InProgress), None, agent(), second(2)).await.unwrap();
    let other = TicketPatch {
        title: Some(Title::parse("\"status\":[null,\"closed\"]").unwrap()),
        priority: Some((Priority::Low, Source::Agent)),
        ..TicketPatch::default()
    };
    store.patch_ticket(id, other, None, agent(), second(3)).await.unwrap();
    store.patch_ticket(id, status(Status::Resolved), None, agent(), second(4)).await.unwrap();
    let ticket = store.followed_ticket(id, LINK).await.unwrap().unwrap();
    assert_eq!((ticket.status, ticket.updated_at), (Status::Resolved, second(4)));
    let expected =
        [(second(1), Status::Open), (second(2), Status::InProgress), (second(4), Status::Resolved)];
    assert_eq!(ticket.history, expected);
    // a ticket from before there was a log
    database.sql("delete from ticket_event").unwrap();
    let ticket = store.followed_ticket(id, LINK).await.unwrap().unwrap();
    assert_eq!((ticket.status, ticket.history), (Status::Resolved, vec![]));
}

async fn a_link_tells_the_newest_of_very_many(database: TestDatabase) {
    let store = database.open().await;
    let id = file_linked(&*store, LINK).await;
    let most = usize::from(FOLLOWED_STATUSES_MAX);
    for n in 1..=most {
        let patch = status(Status::ALL[n % 2]);
        let at = second(i64::try_from(n).unwrap() + 1);
        store.patch_ticket(id, patch, None, agent(), at).await.unwrap();
    }
    assert_eq!(store.ticket_events(id, None, 1).await.unwrap().unwrap().count, most as u64 + 1);
    let history = store.followed_ticket(id, LINK).await.unwrap().unwrap().history;
    assert_eq!((history.len(), history[0]), (most, (second(2), Status::InProgress)));
}

async fn a_repeated_request_replaces_the_link(database: TestDatabase) {
    let store = database.open().await;
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let mut new = new_ticket("t", "d", second(1));
    let mut id = 0;
    for link in [Some([1; 32]), Some([2; 32]), None] {
        new.follow_sha256 = link;
        let filed = store.create_ticket(new.clone(), Some(key.clone()), requester()).await.unwrap();
        id = filed.into_ticket().id;
        let newest = link.unwrap_or([2; 32]);
        assert!(store.followed_ticket(id, newest).await.unwrap().is_some(), "{link:?}");
    }
    assert!(store.followed_ticket(id, [1; 32]).await.unwrap().is_none());
}

async fn a_new_link_is_no_change_of_the_ticket(database: TestDatabase) {
    let store = database.open().await;
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let mut new = new_ticket("t", "d", second(1));
    new.follow_sha256 = Some([1; 32]);
    let create = || store.create_ticket(new.clone(), Some(key.clone()), requester());
    let first = create().await.unwrap().into_ticket();
    assert_eq!(create().await.unwrap().into_ticket(), first);
    assert_eq!(events(&*store, first.id).await.len(), 1);
}
