//! What was written is found by whoever follows the log, once, and whenever it was committed.

use frontdesk::{
    db::Store,
    live::{LogKind, LogPart, Snapshot},
    tickets::{Status, TicketPatch},
};

use super::{agent, connected, file, second};
use crate::support::{database::TestDatabase, wire::soon};

crate::laws!(
    what_was_written_is_told_in_its_order,
    more_than_is_asked_for_says_so,
    a_moment_to_come_is_none,
);

async fn since(store: &dyn Store, seen: &Snapshot) -> LogPart {
    store.log_since(seen, 100).await.unwrap().expect("a moment of this database")
}

fn told(part: &LogPart) -> Vec<(LogKind, i64, i64)> {
    assert!(!part.is_too_much);
    part.entries.iter().map(|entry| (entry.kind, entry.ticket_id, entry.version)).collect()
}

async fn what_was_written_is_told_in_its_order(database: TestDatabase) {
    let store = database.open().await;
    let before = store.log_end().await.unwrap();
    assert_eq!(told(&since(&*store, &before).await), []);
    for n in 1..4 {
        file(&*store, "t", second(n)).await;
    }
    let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
    store.patch_ticket(2, patch.clone(), None, agent(), second(5)).await.unwrap();
    let first = since(&*store, &before).await;
    let created = |id| (LogKind::Created, id, 1);
    assert_eq!(told(&first), [created(1), created(2), created(3), (LogKind::Changed, 2, 2)]);
    assert_eq!(first.entries[1].ticket.as_ref().unwrap().status, Status::Closed, "as it is now");
    store.delete_ticket(2, None).await.unwrap();
    store.patch_ticket(3, patch, None, agent(), second(5)).await.unwrap();
    let then = since(&*store, &first.now).await;
    assert_eq!(told(&then), [(LogKind::Deleted, 2, 2), (LogKind::Changed, 3, 2)]);
    assert_eq!(then.entries[0].ticket, None);
    assert_eq!(told(&since(&*store, &then.now).await), []);
    // of what was deleted only that is left
    let all = told(&since(&*store, &before).await);
    let deleted = (LogKind::Deleted, 2, 2);
    assert_eq!(all, [created(1), created(3), deleted, (LogKind::Changed, 3, 2)]);
}

async fn more_than_is_asked_for_says_so(database: TestDatabase) {
    let store = database.open().await;
    let before = store.log_end().await.unwrap();
    for n in 1..5 {
        file(&*store, "t", second(n)).await;
    }
    let part = async |limit| store.log_since(&before, limit).await.unwrap().unwrap();
    assert!(!part(4).await.is_too_much);
    assert!(part(3).await.is_too_much);
}

async fn a_moment_to_come_is_none(database: TestDatabase) {
    let store = database.open().await;
    let future = Snapshot::up_to(1_000_000_000_000);
    assert!(store.log_since(&future, 100).await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_committed_late_is_told_once_and_then() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let store = frontdesk::db::open(&database.url().parse().unwrap()).await.unwrap();
    file(&*store, "t", second(1)).await;
    let before = store.log_end().await.unwrap();
    let late = connected(&database.url()).await;
    late.batch_execute(
        "begin; insert into ticket_event (ticket_id, at, version, kind, actor_kind, changes)
         values (1, now(), 2, 'changed', 'agent', '{}')",
    )
    .await
    .unwrap();
    file(&*store, "t", second(2)).await;
    let first = since(&*store, &before).await;
    assert_eq!(told(&first), [(LogKind::Created, 2, 1)]);
    late.batch_execute("commit").await.unwrap();
    file(&*store, "t", second(3)).await;
    let then = since(&*store, &first.now).await;
    assert_eq!(told(&then), [(LogKind::Changed, 1, 2), (LogKind::Created, 3, 1)]);
    assert!(then.entries[0].id < first.entries[0].id, "its number is the older one");
    assert_eq!(told(&since(&*store, &then.now).await), []);
}

/// Without any reading in turns: what is heard came by a message, also after the connection broke.
#[tokio::test]
async fn servers_hear_each_other() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let url: frontdesk::db::DatabaseUrl = database.url().parse().unwrap();
    let (here, there) =
        (frontdesk::db::open(&url).await.unwrap(), frontdesk::db::open(&url).await.unwrap());
    let mut growth = here.log_growth();
    let listener = here.clone();
    let hearing = tokio::spawn(async move { listener.hear_others().await });
    for n in 0..3 {
        soon("it listens", growth.changed()).await.unwrap();
        file(&*there, "t", second(n)).await;
        soon("it hears", growth.changed()).await.unwrap();
        let end = "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and query ilike 'listen%'";
        assert!(database.psql(end).status.success());
    }
    hearing.abort();
}
