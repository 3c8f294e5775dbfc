use frontdesk::{
    error::Error,
    tickets::{
        Actor, Category, Description, Filed, PageRequest, Priority, Search, Source, Status,
        TicketFilter, TicketPatch, Title,
    },
};

use super::{
    agent, connected, events, file, new_ticket, refuse_tickets_of_title, requester, second,
    suggested, until_a_lock_is_waited_for,
};
use crate::support::database::TestDatabase;

crate::laws!(
    a_filed_ticket_is_read_back_as_it_was_sent,
    a_missing_ticket_is_none,
    a_patch_writes_what_it_names_and_nothing_else,
    a_patch_that_changes_nothing_leaves_no_trace,
    a_stale_patch_is_refused_and_changes_nothing,
    of_two_patches_at_once_on_one_version_one_wins,
    a_late_suggestion_replaces_machines_and_never_people,
    acknowledged_tickets_survive_a_restart,
    an_update_never_lies_before_the_creation,
    tickets_filed_at_once_are_each_filed_whole,
    changes_of_one_ticket_at_once_all_happen,
    tickets_changed_at_once_are_each_changed_whole,
    changes_through_two_servers_at_once_all_happen,
);

async fn a_filed_ticket_is_read_back_as_it_was_sent(database: TestDatabase) {
    let store = database.open().await;
    let text = " tabs\tquotes ' \" % _ \\ \u{1f600} \u{202e}\r\nend ";
    let mut new = new_ticket("  Zoë's 'ticket'  ", text, second(1));
    new.category = (Category::Billing, Source::Local);
    new.priority = (Priority::Critical, Source::Gemini);
    new.status = Status::InProgress;
    let Filed::New(ticket) = store.create_ticket(new, None, requester()).await.unwrap() else {
        panic!("it is new");
    };
    assert!(ticket.id > 0);
    assert_eq!(ticket.title, "Zoë's 'ticket'");
    assert_eq!(ticket.description, text);
    assert_eq!((ticket.category, ticket.category_source), (Category::Billing, Source::Local));
    assert_eq!((ticket.priority, ticket.priority_source), (Priority::Critical, Source::Gemini));
    assert_eq!(ticket.status, Status::InProgress);
    assert_eq!((ticket.created_at, ticket.updated_at), (second(1), second(1)));
    assert_eq!(ticket.version, 1);
    assert_eq!(store.ticket(ticket.id).await.unwrap(), Some(ticket));
}

async fn a_missing_ticket_is_none(database: TestDatabase) {
    let store = database.open().await;
    for id in [0, 1, -1, i64::MAX, i64::MIN] {
        assert_eq!(store.ticket(id).await.unwrap(), None);
        let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
        assert_eq!(store.patch_ticket(id, patch, None, agent(), second(1)).await.unwrap(), None);
    }
}

async fn a_patch_writes_what_it_names_and_nothing_else(database: TestDatabase) {
    let store = database.open().await;
    let before = file(&*store, "before", second(1)).await;
    let patch = TicketPatch { status: Some(Status::Resolved), ..TicketPatch::default() };
    let after =
        store.patch_ticket(before.id, patch, None, agent(), second(2)).await.unwrap().unwrap();
    let mut expected = before.clone();
    expected.status = Status::Resolved;
    expected.updated_at = second(2);
    expected.version = 2;
    assert_eq!(after, expected);
    assert_eq!(store.ticket(before.id).await.unwrap(), Some(expected));

    let patch = TicketPatch {
        title: Some(Title::parse("after").unwrap()),
        description: Some(Description::parse("other".into()).unwrap()),
        category: Some((Category::Account, Source::Agent)),
        priority: Some((Priority::Low, Source::Agent)),
        status: Some(Status::Closed),
    };
    let after =
        store.patch_ticket(before.id, patch, Some(2), agent(), second(3)).await.unwrap().unwrap();
    assert_eq!((after.title.as_str(), after.description.as_str()), ("after", "other"));
    assert_eq!((after.category, after.category_source), (Category::Account, Source::Agent));
    assert_eq!((after.priority, after.priority_source), (Priority::Low, Source::Agent));
    assert_eq!((after.status, after.version), (Status::Closed, 3));
    assert_eq!(store.ticket(before.id).await.unwrap(), Some(after));
}

async fn a_patch_that_changes_nothing_leaves_no_trace(database: TestDatabase) {
    let store = database.open().await;
    let before = file(&*store, "same", second(1)).await;
    let same = TicketPatch {
        title: Some(Title::parse("same").unwrap()),
        status: Some(Status::Open),
        ..TicketPatch::default()
    };
    for patch in [TicketPatch::default(), same] {
        let after =
            store.patch_ticket(before.id, patch, Some(1), agent(), second(2)).await.unwrap();
        assert_eq!(after.as_ref(), Some(&before));
    }
}

async fn a_stale_patch_is_refused_and_changes_nothing(database: TestDatabase) {
    let store = database.open().await;
    let before = file(&*store, "stale", second(1)).await;
    let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
    let refused = store.patch_ticket(before.id, patch, Some(7), agent(), second(2)).await;
    assert!(matches!(refused, Err(Error::Stale { current: 1 })), "{refused:?}");
    assert_eq!(store.ticket(before.id).await.unwrap(), Some(before));
}

async fn of_two_patches_at_once_on_one_version_one_wins(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "race", second(1)).await.id;
    let racers = [Status::Resolved, Status::Closed, Status::InProgress].map(|status| {
        let store = store.clone();
        tokio::spawn(async move {
            let patch = TicketPatch { status: Some(status), ..TicketPatch::default() };
            store.patch_ticket(id, patch, Some(1), agent(), second(2)).await
        })
    });
    let mut winners = 0;
    for racer in racers {
        match racer.await.unwrap() {
            Ok(Some(_)) => winners += 1,
            Err(Error::Stale { current: 2 }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(winners, 1);
}

async fn a_late_suggestion_replaces_machines_and_never_people(database: TestDatabase) {
    let store = database.open().await;
    let suggestion = suggested(Source::Gemini, Category::Billing, Priority::High);
    let mut new = new_ticket("half", "by a machine", second(1));
    new.category = (Category::General, Source::Default);
    let id = store.create_ticket(new.clone(), None, requester()).await.unwrap().into_ticket().id;
    let refined = store.refine_ticket(id, suggestion.clone(), second(2)).await.unwrap().unwrap();
    assert_eq!((refined.category, refined.category_source), (Category::Billing, Source::Gemini));
    assert_eq!((refined.priority, refined.priority_source), (Priority::Medium, Source::Requester));

    // somebody works on it already
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    let patch = TicketPatch { status: Some(Status::InProgress), ..TicketPatch::default() };
    let taken = store.patch_ticket(id, patch, None, agent(), second(3)).await.unwrap();
    assert_eq!(store.refine_ticket(id, suggestion.clone(), second(4)).await.unwrap(), taken);
    assert_eq!(store.refine_ticket(i64::MAX, suggestion, second(4)).await.unwrap(), None);
}

async fn acknowledged_tickets_survive_a_restart(database: TestDatabase) {
    let store = database.open().await;
    let ticket = file(&*store, "kept", second(1)).await;
    store.close().await;
    assert!(store.ticket(ticket.id).await.is_err(), "a closed store answers nothing");
    let store = database.open().await;
    assert_eq!(store.ticket(ticket.id).await.unwrap(), Some(ticket));
    assert_eq!(store.ticket_counts().await.unwrap().total(), 1);
}

async fn an_update_never_lies_before_the_creation(database: TestDatabase) {
    let store = database.open().await;
    let ticket = file(&*store, "the clock was set back", second(9)).await;
    let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
    let after =
        store.patch_ticket(ticket.id, patch, None, agent(), second(1)).await.unwrap().unwrap();
    assert_eq!(after.updated_at, second(9));
}

async fn tickets_filed_at_once_are_each_filed_whole(database: TestDatabase) {
    let store = database.open().await;
    refuse_tickets_of_title(&database, "number 7");
    let filing: Vec<_> = (0..40)
        .map(|n: u8| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut new = new_ticket(&format!("number {n}"), "text", second(n.into()));
                new.category = (Category::ALL[usize::from(n) % 4], Source::Local);
                new.follow_sha256 = Some([n; 32]);
                let actor = if n.is_multiple_of(2) { requester() } else { agent() };
                store.create_ticket(new, None, actor).await.map(Filed::into_ticket)
            })
        })
        .collect();
    for (n, filed) in (0u8..).zip(filing) {
        let filed = filed.await.unwrap();
        if n == 7 {
            assert!(filed.is_err(), "it breaks the rule, and none of the others does");
            continue;
        }
        let ticket = filed.unwrap();
        assert_eq!((ticket.title.as_str(), ticket.version), (&*format!("number {n}"), 1));
        assert_eq!(store.ticket(ticket.id).await.unwrap().as_ref(), Some(&ticket));
        let history = events(&*store, ticket.id).await;
        let actor = if n.is_multiple_of(2) { requester() } else { agent() };
        assert_eq!((history.len(), &history[0].actor), (1, &actor));
        assert!(store.followed_ticket(ticket.id, [n; 32]).await.unwrap().is_some());
        assert!(store.followed_ticket(ticket.id, [n + 1; 32]).await.unwrap().is_none());
    }
    assert_eq!(store.ticket_counts().await.unwrap().total(), 39);
    let of = |wanted| move |category, _, _| category == wanted;
    assert_eq!(store.ticket_counts().await.unwrap().count(of(Category::Billing)), 10);
}

async fn changes_of_one_ticket_at_once_all_happen(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "wanted by many", second(1)).await.id;
    let changing: Vec<_> = (0..24)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let title = Some(Title::parse(&format!("title {n}")).unwrap());
                let status = Some(Status::ALL[n % 4]);
                let patch = TicketPatch { title, status, ..TicketPatch::default() };
                store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap().unwrap()
            })
        })
        .collect();
    for changed in changing {
        changed.await.unwrap();
    }
    let ticket = store.ticket(id).await.unwrap().unwrap();
    assert_eq!(ticket.version, 25);
    let history = events(&*store, id).await;
    assert_eq!(history.len(), 25);
    assert!(history.windows(2).all(|pair| pair[0].version == pair[1].version + 1));
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.count(|_, _, s| s == ticket.status)), (1, 1));
}

async fn tickets_changed_at_once_are_each_changed_whole(database: TestDatabase) {
    let store = database.open().await;
    let mut ids = Vec::new();
    for n in 0..40 {
        ids.push(file(&*store, &format!("number {n}"), second(n)).await.id);
    }
    let rule = match database {
        TestDatabase::Sqlite(_) => {
            "create trigger none_of_it before update on ticket when new.title = 'rewritten 7'
             begin select raise(abort, 'refused'); end"
        }
        TestDatabase::Postgres(_) => {
            "alter table ticket add constraint none_of_it check (title <> 'rewritten 7')"
        }
    };
    database.sql(rule).unwrap();
    let changing: Vec<_> = (0..40_usize)
        .map(|n| {
            let (store, id) = (store.clone(), ids[n]);
            tokio::spawn(async move {
                // every third is rewritten, the others are closed or given another category
                let patch = match n % 3 {
                    1 => TicketPatch {
                        title: Some(Title::parse(&format!("rewritten {n}")).unwrap()),
                        ..TicketPatch::default()
                    },
                    0 => TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() },
                    _ => TicketPatch {
                        category: Some((Category::Billing, Source::Agent)),
                        ..TicketPatch::default()
                    },
                };
                let (id, expected) = match n {
                    9 => (id, Some(5)),
                    12 => (i64::MAX, None),
                    _ => (id, Some(1)),
                };
                let actor = Actor { name: Some(format!("Agent {n}")), ..agent() };
                store.patch_ticket(id, patch, expected, actor, second(100)).await
            })
        })
        .collect();
    for (n, changed) in changing.into_iter().enumerate() {
        let changed = changed.await.unwrap();
        match n {
            7 => assert!(changed.is_err(), "it breaks the rule, and none of the others does"),
            9 => assert!(matches!(changed, Err(Error::Stale { current: 1 })), "{changed:?}"),
            12 => assert_eq!(changed.unwrap(), None),
            _ => {
                let after = changed.unwrap().unwrap();
                assert_eq!((after.id, after.version, after.updated_at), (ids[n], 2, second(100)));
                assert_eq!(after.title == format!("rewritten {n}"), n % 3 == 1);
                assert_eq!(after.status == Status::Closed, n % 3 == 0);
                assert_eq!(after.category == Category::Billing, n % 3 == 2);
                assert_eq!(store.ticket(ids[n]).await.unwrap(), Some(after));
                let history = events(&*store, ids[n]).await;
                let name = format!("Agent {n}");
                assert_eq!((history.len(), history[0].actor.name.as_ref()), (2, Some(&name)));
            }
        }
    }
    let counts = store.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.count(|_, _, s| s == Status::Closed)), (40, 12));
    assert_eq!(counts.count(|c, _, _| c == Category::Billing), 13);
    let search = Search::parse("rewritten").unwrap();
    let filter = TicketFilter { search, ..TicketFilter::default() };
    let page = store.tickets(PageRequest::older(filter, None, 50)).await.unwrap();
    assert_eq!(page.count, Some(12));
}

async fn changes_through_two_servers_at_once_all_happen(database: TestDatabase) {
    let stores = [database.open().await, database.open().await];
    let mut ids = Vec::new();
    for n in 0..8 {
        ids.push(file(&*stores[0], "shared", second(n)).await.id);
    }
    // many changes of few tickets, in both orders of the ids, so that batches of the two meet
    let changing: Vec<_> = (0..160_usize)
        .map(|n| {
            let store = stores[n % 2].clone();
            let id = if n % 2 == 0 { ids[n / 2 % 8] } else { ids[7 - n / 2 % 8] };
            tokio::spawn(async move {
                let title = Some(Title::parse(&format!("change {n}")).unwrap());
                let status = Some(Status::ALL[n % 4]);
                let patch = TicketPatch { title, status, ..TicketPatch::default() };
                store.patch_ticket(id, patch, None, agent(), second(20)).await.unwrap().unwrap()
            })
        })
        .collect();
    for changed in changing {
        changed.await.unwrap();
    }
    for id in ids {
        assert_eq!(stores[0].ticket(id).await.unwrap().unwrap().version, 21);
        let history = events(&*stores[0], id).await;
        assert!(history.windows(2).all(|pair| pair[0].version == pair[1].version + 1));
    }
    assert_eq!(stores[1].ticket_counts().await.unwrap().total(), 8);
}

/// That of many tickets one was changed by somebody else meanwhile does not cost the others a transaction each.
#[tokio::test]
async fn changes_that_one_came_too_late_for_are_made_together_again() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let store = frontdesk::db::open(&database.url().parse().unwrap()).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..10 {
        ids.push(file(&*store, "t", second(n)).await.id);
    }
    let other = connected(&database.url()).await;
    let change = format!("begin; update ticket set version = 2 where id = {}", ids[3]);
    other.batch_execute(&change).await.unwrap();
    let changing = ids.iter().map(|id| {
        let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
        store.patch_ticket(*id, patch, None, agent(), second(20))
    });
    let meanwhile = async {
        until_a_lock_is_waited_for(&other).await;
        other.batch_execute("commit").await.unwrap();
    };
    let (changed, ()) = tokio::join!(futures_util::future::join_all(changing), meanwhile);
    let versions: Vec<i64> = changed.into_iter().map(|one| one.unwrap().unwrap().version).collect();
    assert_eq!(versions, [2, 2, 2, 3, 2, 2, 2, 2, 2, 2]);
    let transactions =
        "select count(distinct transaction_id) from ticket_event where kind = 'changed'";
    assert_eq!(other.query_one(transactions, &[]).await.unwrap().get::<_, i64>(0), 1);
}
