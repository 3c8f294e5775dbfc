//! The counts of days are what a recount of all tickets and their events comes to, whatever was
//! written and however much at once.

use frontdesk::{
    db::{Store, migrate},
    stats::{Agreement, Days, Trends},
    tickets::{
        BulkChange, BulkItem, Category, Description, ImportedTicket, Measure, Priority, Source,
        Status, TicketPatch, Title, day_of,
    },
};
use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

use super::{agent, new_ticket, requester, second, suggested};
use crate::support::database::TestDatabase;

crate::laws!(
    trends_equal_a_recount_after_random_writes,
    a_ticket_that_is_resolved_again_counts_again,
    what_agents_left_of_a_choice_is_counted,
    a_past_that_was_not_kept_is_told_by_the_events,
    a_deleted_ticket_was_never_counted,
    a_ticket_moves_with_its_category,
);

/// The `n`th day of the tests' time, around noon.
fn noon(n: i64) -> Timestamp {
    second(n * 86_400)
}

async fn trends(store: &dyn Store) -> Trends {
    let days = Days { from: day_of(noon(-3)), to: day_of(noon(30)) };
    store.trends(days).await.unwrap()
}

/// Counts all over again, by the migration that counted what was there before it.
fn recount(database: &TestDatabase) {
    let steps = match database {
        TestDatabase::Sqlite(_) => migrate::SQLITE,
        TestDatabase::Postgres(_) => migrate::POSTGRES,
    };
    let step = steps.iter().find(|step| step.name == "ticket_day").unwrap();
    database.sql(&format!("drop table ticket_day; {}", step.sql)).unwrap();
}

fn status(status: Status) -> TicketPatch {
    TicketPatch { status: Some(status), ..TicketPatch::default() }
}

/// One of few, so that what is written at once meets.
fn one_of<T: Copy>(random: &mut StdRng, all: &[T]) -> T {
    all[random.random_range(0..all.len())]
}

async fn write_something(store: &dyn Store, random: &mut StdRng, ids: &[i64]) {
    let category = one_of(random, Category::ALL);
    let priority = one_of(random, Priority::ALL);
    let source = one_of(random, Source::ALL);
    let model = one_of(random, &[Source::Gemini, Source::Local, Source::Openai]);
    let at = noon(random.random_range(0..4))
        + jiff::SignedDuration::from_secs(random.random_range(-50_000..50_000));
    let later = at + jiff::SignedDuration::from_secs(random.random_range(0..3_000_000));
    let id = one_of(random, ids);
    match random.random_range(0..12) {
        0 | 1 => {
            let mut new = new_ticket("t", "d", at);
            (new.category, new.priority) = ((category, source), (priority, source));
            new.status = one_of(random, Status::ALL);
            store.create_ticket(new, None, requester()).await.unwrap();
        }
        2 => {
            let batch = (0..random.random_range(1..5)).map(|n| ImportedTicket {
                title: Title::parse("imported").unwrap(),
                description: Description::parse("d".into()).unwrap(),
                category: (one_of(random, Category::ALL), model),
                priority: (priority, source),
                status: one_of(random, Status::ALL),
                created_at: at + jiff::SignedDuration::from_hours(n * 20),
            });
            store.import_tickets(batch.collect(), None).await.unwrap();
        }
        3 => {
            store.delete_ticket(id, None).await.unwrap();
        }
        4 => {
            store.refine_ticket(id, suggested(model, category, priority), later).await.unwrap();
        }
        5 | 6 => {
            let mut items: Vec<BulkItem> = Vec::new();
            for _ in 0..random.random_range(1..8) {
                let id = one_of(random, ids);
                if items.iter().all(|item| item.id != id) {
                    items.push(BulkItem { id, expected: None });
                }
            }
            let change = BulkChange {
                category: random.random_bool(0.3).then_some(category),
                priority: random.random_bool(0.3).then_some(priority),
                status: random.random_bool(0.7).then(|| one_of(random, Status::ALL)),
            };
            store.change_tickets(items, change, agent(), later).await.unwrap();
        }
        n => {
            let patch = TicketPatch {
                title: (n == 7).then(|| Title::parse("another").unwrap()),
                category: random.random_bool(0.3).then_some((category, Source::Agent)),
                priority: random.random_bool(0.3).then_some((priority, Source::Agent)),
                status: random.random_bool(0.7).then(|| one_of(random, Status::ALL)),
                ..TicketPatch::default()
            };
            let actor = if n == 8 { requester() } else { agent() };
            store.patch_ticket(id, patch, None, actor, later).await.unwrap();
        }
    }
}

async fn trends_equal_a_recount_after_random_writes(database: TestDatabase) {
    let store = database.open().await;
    let mut ids = Vec::new();
    for n in 0..40 {
        let mut new = new_ticket("t", "d", noon(n % 4));
        new.category.1 = Source::Anthropic;
        new.priority.1 = if n % 3 == 0 { Source::Default } else { Source::Local };
        ids.push(store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id);
    }
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let (store, ids) = (store.clone(), ids.clone());
            tokio::spawn(async move {
                let mut random = StdRng::seed_from_u64(writer);
                for _ in 0..40 {
                    write_something(&*store, &mut random, &ids).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let kept = trends(&*store).await;
    recount(&database);
    let counted = trends(&*store).await;
    assert_eq!(kept, counted);
    // all that is counted happened
    for measure in Measure::ALL {
        assert!(kept.count(*measure, |_, _| true) > 0, "{measure}");
    }
    let tickets = store.ticket_counts().await.unwrap().total();
    assert_eq!(kept.count(Measure::Created, |_, _| true), tickets);
    let days = Days { from: day_of(noon(-3)), to: day_of(noon(30)) };
    let by_day: u64 = days.iter().map(|day| kept.count_on(day, Measure::Created)).sum();
    assert_eq!(by_day, tickets);
    assert_eq!(kept.created(|_, _| true), tickets);
    for measure in [Measure::FirstChange, Measure::Resolved] {
        let durations = kept.durations(measure);
        assert_eq!(durations.histogram.iter().map(|(_, n)| n).sum::<u64>(), durations.count);
    }
}

async fn a_ticket_that_is_resolved_again_counts_again(database: TestDatabase) {
    let store = database.open().await;
    let id = super::file(&*store, "t", noon(0)).await.id;
    let steps = [
        (Status::InProgress, noon(0) + jiff::SignedDuration::from_secs(300)),
        (Status::Resolved, noon(1)),
        (Status::Closed, noon(2)), // no work
        (Status::Resolved, noon(2)),
        (Status::Open, noon(3)),
        (Status::Closed, noon(4)),
    ];
    for (to, at) in steps {
        store.patch_ticket(id, status(to), None, agent(), at).await.unwrap();
    }
    let trends = trends(&*store).await;
    let resolved: Vec<u64> =
        (0..6).map(|n| trends.count_on(day_of(noon(n)), Measure::Resolved)).collect();
    assert_eq!(resolved, [0, 1, 0, 0, 1, 0]);
    let durations = trends.durations(Measure::Resolved);
    assert_eq!((durations.count, durations.sum_seconds), (2, 5 * 86_400));
    let first = trends.durations(Measure::FirstChange);
    assert_eq!((first.count, first.sum_seconds, first.histogram[0]), (1, 300, (Some(300), 1)));
}

async fn what_agents_left_of_a_choice_is_counted(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", noon(0));
    new.category = (Category::Billing, Source::Gemini);
    new.priority = (Priority::Low, Source::Default);
    let mut ids = Vec::new();
    for _ in 0..4 {
        let filed = store.create_ticket(new.clone(), None, requester()).await.unwrap();
        ids.push(filed.into_ticket().id);
    }
    let choose = |category| TicketPatch {
        category: Some((category, Source::Agent)),
        ..TicketPatch::default()
    };
    let patch = async |id, patch| {
        store.patch_ticket(id, patch, None, agent(), noon(1)).await.unwrap();
    };
    patch(ids[0], choose(Category::Account)).await; // another
    patch(ids[1], choose(Category::Account)).await; // and back again
    patch(ids[1], choose(Category::Billing)).await;
    // the last model counts, and what it was when it was resolved
    let late = suggested(Source::Local, Category::Technical, Priority::High);
    store.refine_ticket(ids[2], late, noon(1)).await.unwrap();
    for id in &ids {
        patch(*id, status(Status::Resolved)).await;
    }
    patch(ids[2], choose(Category::General)).await;
    let trends = trends(&*store).await;
    let of = |source| {
        let (kept, changed) = (Measure::CategoryKept, Measure::CategoryChanged);
        trends.agreement(kept, changed, source)
    };
    assert_eq!(of(Source::Gemini), Agreement { kept: 2, changed: 1 });
    assert_eq!(of(Source::Local), Agreement { kept: 1, changed: 0 });
    let (kept, changed) = (Measure::PriorityKept, Measure::PriorityChanged);
    assert_eq!(trends.agreement(kept, changed, Source::Local), Agreement { kept: 1, changed: 0 });
    assert_eq!(trends.count(Measure::PriorityKept, |_, _| true), 1, "nobody chose the others");
}

/// As servers of a version leave it that keep none: absent, or that of the ticket before they changed it.
async fn a_past_that_was_not_kept_is_told_by_the_events(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", noon(0));
    new.category = (Category::Billing, Source::Gemini);
    for (n, left) in (1..).zip(["null", "'1 - - -'", "''"]) {
        let id =
            store.create_ticket(new.clone(), None, requester()).await.unwrap().into_ticket().id;
        let choice = Some((Category::Account, Source::Agent));
        let patches = [
            TicketPatch { category: choice, ..TicketPatch::default() },
            status(Status::InProgress),
            status(Status::Resolved),
        ];
        for patch in patches {
            store.patch_ticket(id, patch, None, agent(), noon(1)).await.unwrap();
            database.sql(&format!("update ticket set past = {left} where id = {id}")).unwrap();
        }
        let trends = trends(&*store).await;
        assert_eq!(trends.durations(Measure::FirstChange).count, n, "{left}");
        assert_eq!(trends.count(Measure::CategoryChanged, |_, _| true), n, "{left}");
    }
}

async fn a_deleted_ticket_was_never_counted(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", noon(0));
    new.category = (Category::Billing, Source::Gemini);
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    for to in [Status::Resolved, Status::Open, Status::Closed] {
        store.patch_ticket(id, status(to), None, agent(), noon(1)).await.unwrap();
    }
    assert_ne!(trends(&*store).await, Trends::default());
    assert!(store.delete_ticket(id, None).await.unwrap());
    assert_eq!(trends(&*store).await, Trends::default());
}

async fn a_ticket_moves_with_its_category(database: TestDatabase) {
    let store = database.open().await;
    let id = super::file(&*store, "t", noon(0)).await.id;
    let change = BulkChange {
        category: Some(Category::Account),
        priority: Some(Priority::Critical),
        status: None,
    };
    let items = vec![BulkItem { id, expected: None }];
    store.change_tickets(items, change, agent(), noon(2)).await.unwrap();
    let trends = trends(&*store).await;
    assert_eq!(trends.created(|c, p| (c, p) == (Category::Account, Priority::Critical)), 1);
    assert_eq!(trends.created(|_, _| true), 1);
    assert_eq!(trends.count_on(day_of(noon(0)), Measure::Created), 1);
}
