//! What happens to a ticket is in the log, once, and nothing else is.

use frontdesk::tickets::{
    Actor, ActorKind, Category, Description, EventKind, IdempotencyKey, Priority, Source, Status,
    TicketPatch, Title,
};

use super::{agent, changes, events, file, new_ticket, requester, second, suggested};
use crate::support::database::TestDatabase;

crate::laws!(
    a_filed_ticket_has_one_event,
    a_change_is_an_event_with_what_was_and_what_is,
    what_changes_nothing_is_no_event,
    a_late_suggestion_is_an_event_of_its_classifier,
    a_repeated_request_is_no_event,
    an_event_has_the_time_of_the_ticket,
    a_history_is_walked_newest_first,
    events_are_numbered_across_tickets,
    concurrent_changes_leave_one_event_for_each_version,
);

fn status(status: Status) -> TicketPatch {
    TicketPatch { status: Some(status), ..TicketPatch::default() }
}

async fn a_filed_ticket_has_one_event(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", second(1));
    new.status = Status::InProgress;
    let filer = Actor { kind: ActorKind::Requester, account_id: None, name: Some("Zoë".into()) };
    let id = store.create_ticket(new, None, filer.clone()).await.unwrap().into_ticket().id;
    let page = store.ticket_events(id, None, 50).await.unwrap().unwrap();
    assert_eq!((page.count, page.events.len(), page.older), (1, 1, None));
    let event = &page.events[0];
    assert_eq!((event.kind, event.version, event.at), (EventKind::Created, 1, second(1)));
    assert_eq!(event.actor, filer);
    let expected =
        r#"{"category":[null,"general"],"priority":[null,"medium"],"status":[null,"in_progress"]}"#;
    assert_eq!(event.changes, changes(expected));
    for missing in [0, -1, id + 1, i64::MAX, i64::MIN] {
        assert_eq!(store.ticket_events(missing, None, 50).await.unwrap(), None);
    }
}

async fn a_change_is_an_event_with_what_was_and_what_is(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "before", second(1)).await.id;
    let text = " \"quotes\" \\ \u{7} \u{1f600} \u{202e}\r\n ";
    let patch = TicketPatch {
        title: Some(Title::parse("after").unwrap()),
        description: Some(Description::parse(text.into()).unwrap()),
        category: Some((Category::Account, Source::Agent)),
        priority: Some((Priority::Medium, Source::Agent)),
        status: Some(Status::Closed),
    };
    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
    let events = events(&*store, id).await;
    assert_eq!(events.len(), 2);
    let event = &events[0];
    assert_eq!((event.kind, event.version, event.at), (EventKind::Changed, 2, second(2)));
    assert_eq!(event.actor, agent());
    let read: Vec<_> = event.changes.iter().collect();
    assert_eq!(
        read,
        [
            ("category", Some("general"), "account"),
            ("category_source", Some("requester"), "agent"),
            ("description", Some("Something is wrong."), text),
            ("priority_source", Some("requester"), "agent"),
            ("status", Some("open"), "closed"),
            ("title", Some("before"), "after"),
        ]
    );
}

async fn what_changes_nothing_is_no_event(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    for patch in [TicketPatch::default(), status(Status::Open)] {
        store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
    }
    let stale = store.patch_ticket(id, status(Status::Closed), Some(9), agent(), second(2)).await;
    assert!(stale.is_err());
    assert_eq!(events(&*store, id).await.len(), 1);
}

async fn a_late_suggestion_is_an_event_of_its_classifier(database: TestDatabase) {
    let store = database.open().await;
    let suggestion = suggested(Source::Gemini, Category::Billing, Priority::High);
    let mut new = new_ticket("t", "d", second(1));
    new.category.1 = Source::Default;
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    store.refine_ticket(id, suggestion.clone(), second(2)).await.unwrap();
    store.refine_ticket(id, suggestion, second(3)).await.unwrap();
    let events = events(&*store, id).await;
    assert_eq!(events.len(), 2, "the second time changes nothing");
    assert_eq!(events[0].actor, Actor::classifier(Source::Gemini));
    assert_eq!(events[0].actor.name.as_deref(), Some("gemini"));
    let expected = r#"{"category":["general","billing"],"category_source":["default","gemini"]}"#;
    assert_eq!(events[0].changes, changes(expected));
}

async fn a_repeated_request_is_no_event(database: TestDatabase) {
    let store = database.open().await;
    let key = IdempotencyKey { key: "k".into(), request_sha256: [1; 32] };
    let new = new_ticket("t", "d", second(1));
    for _ in 0..2 {
        let filed = store.create_ticket(new.clone(), Some(key.clone()), requester()).await.unwrap();
        assert_eq!(events(&*store, filed.into_ticket().id).await.len(), 1);
    }
}

async fn an_event_has_the_time_of_the_ticket(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "the clock was set back", second(9)).await.id;
    let after = store.patch_ticket(id, status(Status::Closed), None, agent(), second(1)).await;
    assert_eq!(events(&*store, id).await[0].at, after.unwrap().unwrap().updated_at);
}

async fn a_history_is_walked_newest_first(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(0)).await.id;
    for n in 1..8_i64 {
        let word = Status::ALL[usize::try_from(n).unwrap() % 4];
        store.patch_ticket(id, status(word), None, agent(), second(n)).await.unwrap();
    }
    let (mut before, mut versions) = (None, Vec::new());
    loop {
        let page = store.ticket_events(id, before, 3).await.unwrap().unwrap();
        assert_eq!(page.count, 8 + u64::from(before.is_some()));
        versions.extend(page.events.iter().map(|event| event.version));
        if before.is_none() {
            let title = Some(Title::parse("meanwhile").unwrap());
            let patch = TicketPatch { title, ..TicketPatch::default() };
            store.patch_ticket(id, patch, None, agent(), second(9)).await.unwrap();
        }
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(versions, [8, 7, 6, 5, 4, 3, 2, 1]);
    let page = store.ticket_events(id, Some(1), 3).await.unwrap().unwrap();
    assert_eq!((page.count, page.events.len(), page.older), (9, 0, None));
}

async fn events_are_numbered_across_tickets(database: TestDatabase) {
    let store = database.open().await;
    let first = file(&*store, "first", second(1)).await.id;
    let other = file(&*store, "second", second(2)).await.id;
    store.patch_ticket(first, status(Status::Closed), None, agent(), second(3)).await.unwrap();
    let of_first = events(&*store, first).await;
    let of_other = events(&*store, other).await;
    assert!(of_first[1].id < of_other[0].id && of_other[0].id < of_first[0].id);
}

async fn concurrent_changes_leave_one_event_for_each_version(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..10 {
                    let patch = status(Status::ALL[(writer + n) % 4]);
                    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let version = store.ticket(id).await.unwrap().unwrap().version;
    let mut versions: Vec<i64> = events(&*store, id).await.iter().map(|e| e.version).collect();
    versions.reverse();
    assert_eq!(versions, (1..=version).collect::<Vec<_>>());
}
