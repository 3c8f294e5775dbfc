//! What the embedded classifier learns from: tickets that agents finished, each once, in an order that all
//! servers see.

use frontdesk::{
    classify::learning::store::{
        CORRECTIONS_MAX, Labels, NewCorrection, REFIT_EVERY, Step, Trial, Walked,
    },
    db::Store,
    tickets::{Category, Priority, Source, Status, TicketPatch},
};

use super::{agent, file, new_ticket, requester, second, suggested};
use crate::support::database::TestDatabase;

crate::laws!(
    only_what_an_agent_finished_is_learnt_from,
    the_log_is_walked_in_parts_and_to_its_end,
    a_ticket_is_learnt_once_whoever_comes_first,
    what_was_learnt_changes_with_its_ticket,
    a_deleted_ticket_takes_its_influence_along,
    the_oldest_are_forgotten_when_a_refit_is_due,
    a_reset_forgets_and_stops_who_knows_nothing_of_it,
    what_is_finished_while_it_is_off_is_not_learnt,
    the_database_refuses_what_no_correction_is,
);

/// Resolves a ticket as an agent who sets its category.
async fn resolve(store: &dyn Store, id: i64, category: Category) -> i64 {
    let patch = TicketPatch {
        category: Some((category, Source::Agent)),
        status: Some(Status::Resolved),
        ..TicketPatch::default()
    };
    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap().unwrap().version
}

async fn set_status(store: &dyn Store, id: i64, status: Status) -> i64 {
    let patch = TicketPatch { status: Some(status), ..TicketPatch::default() };
    store.patch_ticket(id, patch, None, agent(), second(3)).await.unwrap().unwrap().version
}

async fn walk(store: &dyn Store) -> Walked {
    let position = store.learning_state().await.unwrap().position;
    store.walk_finished(position, 1_000).await.unwrap()
}

fn new(ticket_id: i64, version: i64, category: Category) -> NewCorrection {
    let trial = Trial {
        shipped: (Category::General, Priority::Low),
        learnt: (category, Priority::High),
        probabilities: [0.5, 0.25, 0.125, 0.125, 1.0, 0.0, 0.0, 0.0],
        generation: Some(10),
    };
    let labels = Labels { category, priority: Priority::Medium, is_set: [true, false] };
    NewCorrection { ticket_id, version, fingerprint: [3; 32], labels, agent_id: Some(7), trial }
}

/// Learns from a ticket, as it is now.
async fn learn(store: &dyn Store, id: i64) {
    let ticket = store.ticket(id).await.unwrap().unwrap();
    let state = store.learning_state().await.unwrap();
    let step = Step::Learn(new(id, ticket.version, ticket.category));
    assert!(store.take_steps(state.epoch, state.position, vec![step]).await.unwrap());
}

async fn numbers(store: &dyn Store) -> Vec<(i64, i64)> {
    let corrections = store.corrections().await.unwrap();
    corrections.iter().map(|one| (one.number, one.ticket_id)).collect()
}

async fn only_what_an_agent_finished_is_learnt_from(database: TestDatabase) {
    let store = database.open().await;
    file(&*store, "open", second(1)).await;
    let mut finished = new_ticket("filed as finished", "d", second(1));
    finished.status = Status::Resolved;
    finished.category.1 = Source::Local;
    let by_machine = store.create_ticket(finished, None, requester()).await.unwrap().into_ticket();
    let late = suggested(Source::Gemini, Category::Billing, Priority::High);
    store.refine_ticket(by_machine.id, late, second(2)).await.unwrap();
    let worked_on = file(&*store, "not finished", second(1)).await.id;
    set_status(&*store, worked_on, Status::InProgress).await;
    assert_eq!(walk(&*store).await.candidates, []);

    let id = file(&*store, "finished", second(1)).await.id;
    let version = resolve(&*store, id, Category::Account).await;
    let walked = walk(&*store).await;
    let [one] = walked.candidates.as_slice() else { panic!("{walked:?}") };
    assert_eq!((one.ticket_id, one.version, one.agent_id), (id, version, Some(7)));
    assert_eq!((one.is_finished, one.known), (true, None));
    assert_eq!(one.text.title, "finished");
    let labels =
        Labels { category: Category::Account, priority: Priority::Medium, is_set: [true, false] };
    assert_eq!(one.labels, labels);
}

async fn the_log_is_walked_in_parts_and_to_its_end(database: TestDatabase) {
    let store = database.open().await;
    let mut ids = Vec::new();
    for n in 0..7 {
        let id = file(&*store, &n.to_string(), second(1)).await.id;
        resolve(&*store, id, Category::Billing).await;
        ids.push(id);
    }
    let mut position = store.learning_state().await.unwrap().position;
    let (mut found, mut parts) = (Vec::new(), 0);
    loop {
        let walked = store.walk_finished(position, 4).await.unwrap();
        found.extend(walked.candidates.iter().map(|one| one.ticket_id));
        position = walked.position;
        parts += 1;
        if !walked.has_more {
            break;
        }
    }
    found.dedup();
    assert_eq!(found, ids);
    assert!(parts >= 4, "{parts} parts of 14 events");
    let rest = store.walk_finished(position, 4).await.unwrap();
    assert_eq!((rest.candidates, rest.has_more), (vec![], false));
    let id = file(&*store, "later", second(1)).await.id;
    resolve(&*store, id, Category::Billing).await;
    let later = store.walk_finished(position, 4).await.unwrap();
    assert_eq!(later.candidates.len(), 1, "nothing is missed");
}

async fn a_ticket_is_learnt_once_whoever_comes_first(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let version = resolve(&*store, id, Category::Billing).await;
    let steps = |learnt| {
        let mut one = new(id, version, Category::Billing);
        one.trial.learnt.0 = learnt;
        vec![Step::Learn(one)]
    };
    let (one, other) = tokio::join!(
        store.take_steps(0, 50, steps(Category::Billing)),
        store.take_steps(0, 60, steps(Category::General)),
    );
    assert!(one.unwrap() && other.unwrap());
    let kept = store.corrections().await.unwrap();
    assert_eq!(kept.len(), 1);
    let mut expected = new(id, version, Category::Billing);
    expected.trial.learnt.0 = kept[0].trial.learnt.0;
    assert_eq!(kept[0].trial, expected.trial, "read back as it was");
    assert_eq!((kept[0].labels, kept[0].agent_id), (expected.labels, expected.agent_id));
    let state = store.learning_state().await.unwrap();
    assert_eq!((state.last_number, state.kept, state.due), (1, 1, 0));
    assert!(store.take_steps(0, 70, steps(Category::Account)).await.unwrap());
    assert_eq!(store.corrections().await.unwrap(), kept);
    // at a version that it has no more, and one that there never was
    let gone = vec![
        Step::Learn(new(id, version - 1, Category::Account)),
        Step::Learn(new(999, 1, Category::Account)),
    ];
    assert!(store.take_steps(0, 80, gone).await.unwrap());
    assert_eq!(store.corrections().await.unwrap(), kept);
    assert_eq!(store.learning_state().await.unwrap().position, 80);
}

async fn what_was_learnt_changes_with_its_ticket(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let other = file(&*store, "u", second(1)).await.id;
    for id in [id, other] {
        resolve(&*store, id, Category::Billing).await;
        learn(&*store, id).await;
    }
    let before = store.walk_finished(0, 1_000).await.unwrap().candidates;
    assert_eq!(before, [], "nothing is to be done");
    let version = set_status(&*store, id, Status::Closed).await;
    let one = &store.walk_finished(0, 1_000).await.unwrap().candidates[0];
    let known = Labels { priority: Priority::Medium, ..one.labels };
    assert_eq!((one.is_finished, one.known), (true, Some((known, [3; 32]))));
    let texts = store.taught_texts(i64::MAX, 10).await.unwrap();
    assert_eq!(texts.len(), 1, "nobody knows yet what the first one says now");
    store.take_steps(0, 0, vec![Step::Keep { ticket_id: id, version }]).await.unwrap();
    assert_eq!(numbers(&*store).await, [(1, id), (2, other)]);
    let texts = store.taught_texts(i64::MAX, 10).await.unwrap();
    let texts: Vec<_> = texts.iter().map(|one| (one.number, one.text.title.as_str())).collect();
    assert_eq!(texts, [(2, "u"), (1, "t")], "the newest first");

    // another label: as if it were learnt now
    resolve(&*store, id, Category::Account).await;
    learn(&*store, id).await;
    assert_eq!(numbers(&*store).await, [(2, other), (3, id)]);
    let version = set_status(&*store, id, Status::Open).await;
    let one = &store.walk_finished(0, 1_000).await.unwrap().candidates[0];
    assert!(!one.is_finished && one.known.is_some());
    store.take_steps(0, 0, vec![Step::Forget { ticket_id: id, version }]).await.unwrap();
    assert_eq!(numbers(&*store).await, [(2, other)]);
    let late = Step::Forget { ticket_id: other, version: 1 };
    store.take_steps(0, 0, vec![late]).await.unwrap();
    assert_eq!(numbers(&*store).await, [(2, other)], "somebody who is behind changes nothing");
}

async fn a_deleted_ticket_takes_its_influence_along(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..REFIT_EVERY {
        let id = file(&*store, &n.to_string(), second(1)).await.id;
        resolve(&*store, id, Category::Billing).await;
        learn(&*store, id).await;
    }
    let state = store.learning_state().await.unwrap();
    assert_eq!((state.generation(), state.due), (10, 10));
    assert!(store.delete_ticket(4, None).await.unwrap());
    let after = store.learning_state().await.unwrap();
    assert_eq!((after.generation(), after.due, after.kept), (10, 9, 9), "a refit is due");
    assert!(store.taught_texts(11, 20).await.unwrap().iter().all(|one| one.ticket_id != 4));
}

async fn the_oldest_are_forgotten_when_a_refit_is_due(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..30 {
        let id = file(&*store, &n.to_string(), second(1)).await.id;
        resolve(&*store, id, Category::Billing).await;
    }
    // as if there had been some two thousand before
    for id in 1..=9 {
        learn(&*store, id).await;
    }
    let far = CORRECTIONS_MAX + 100;
    database.sql(&format!("update learning set last_number = {far}")).unwrap();
    let rest = CORRECTIONS_MAX - REFIT_EVERY - 9;
    let filler = match &database {
        TestDatabase::Sqlite(_) => {
            "with recursive n (n) as (select 1 union all select n + 1 from n where n < 3000) select"
        }
        TestDatabase::Postgres(_) => "with n (n) as (select generate_series(1, 3000)) select",
    };
    let ticket = "title, description, category, priority, status, category_source, priority_source, created_at, updated_at";
    let correction = "number, version, text_sha256, category, priority, is_category_set, is_priority_set, shipped_category, shipped_priority, learnt_category, learnt_priority, probabilities";
    database
        .sql(&format!(
            "insert into ticket (id, {ticket}) {filler} 10000 + n, {ticket} from n, ticket
                 where ticket.id = 1 and n <= {rest};
             insert into correction (ticket_id, {correction}) {filler} 10000 + n,
                 100 + n, {} from n, correction where ticket_id = 1 and n <= {rest}",
            correction.trim_start_matches("number, ")
        ))
        .unwrap();
    // 9 old ones, 1,981 newer ones, and 9 that come
    for id in 10..=18 {
        learn(&*store, id).await;
    }
    assert_eq!(store.learning_state().await.unwrap().kept, CORRECTIONS_MAX - 1, "not yet");
    learn(&*store, 19).await;
    let state = store.learning_state().await.unwrap();
    assert_eq!((state.kept, state.due), (CORRECTIONS_MAX - REFIT_EVERY, state.kept));
    let kept = numbers(&*store).await;
    assert_eq!(kept.last(), Some(&(far + 10, 19)));
    assert!(kept.iter().all(|(number, _)| *number > 9), "the oldest");
}

async fn a_reset_forgets_and_stops_who_knows_nothing_of_it(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let version = resolve(&*store, id, Category::Billing).await;
    learn(&*store, id).await;
    let before = store.learning_state().await.unwrap();
    assert_eq!(store.reset_learning(second(5)).await.unwrap(), 1);
    let after = store.learning_state().await.unwrap();
    assert_eq!((after.kept, after.reset_at, after.last_number), (0, Some(second(5)), REFIT_EVERY));
    assert!(after.epoch > before.epoch && after.is_on);
    let late = vec![Step::Learn(new(id, version, Category::Billing))];
    assert!(!store.take_steps(before.epoch, 0, late).await.unwrap());
    assert_eq!(store.corrections().await.unwrap(), []);
    assert_eq!(walk(&*store).await.candidates, [], "nor is it found again");
    resolve(&*store, id, Category::Account).await;
    assert_eq!(walk(&*store).await.candidates.len(), 1, "but by what happens later");
}

async fn what_is_finished_while_it_is_off_is_not_learnt(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    let epoch = store.learning_state().await.unwrap().epoch;
    store.switch_learning(true).await.unwrap();
    assert_eq!(store.learning_state().await.unwrap().epoch, epoch, "it was on");
    store.switch_learning(false).await.unwrap();
    let state = store.learning_state().await.unwrap();
    assert!(!state.is_on && state.epoch > epoch);
    let version = resolve(&*store, id, Category::Billing).await;
    let steps = vec![Step::Learn(new(id, version, Category::Billing))];
    assert!(!store.take_steps(state.epoch, 0, steps).await.unwrap());
    store.switch_learning(true).await.unwrap();
    assert_eq!(walk(&*store).await.candidates, []);
}

async fn the_database_refuses_what_no_correction_is(database: TestDatabase) {
    let store = database.open().await;
    file(&*store, "t", second(1)).await;
    let (no, hash, bytes) = match database {
        TestDatabase::Sqlite(_) => ("0", "zeroblob(32)", "zeroblob(31)"),
        TestDatabase::Postgres(_) => {
            ("false", "decode(repeat('00', 32), 'hex')", "decode(repeat('00', 31), 'hex')")
        }
    };
    let row = |column: &str, value: &str| {
        let row = vec![
            ("ticket_id", "1"),
            ("number", "1"),
            ("version", "1"),
            ("text_sha256", hash),
            ("category", "'billing'"),
            ("priority", "'low'"),
            ("is_category_set", no),
            ("is_priority_set", no),
            ("shipped_category", "'billing'"),
            ("shipped_priority", "'low'"),
            ("learnt_category", "'billing'"),
            ("learnt_priority", "'low'"),
            ("probabilities", hash),
        ];
        super::insert_with("correction", row, (column, value))
    };
    for (rule, column, value) in [
        ("correction_number_check", "number", "0"),
        ("correction_version_check", "version", "0"),
        ("correction_text_sha256_check", "text_sha256", bytes),
        ("correction_category_check", "category", "'sales'"),
        ("correction_priority_check", "priority", "'urgent'"),
        ("correction_agent_id_check", "agent_id", "0"),
        ("correction_shipped_category_check", "shipped_category", "'sales'"),
        ("correction_shipped_priority_check", "shipped_priority", "'urgent'"),
        ("correction_learnt_category_check", "learnt_category", "'sales'"),
        ("correction_learnt_priority_check", "learnt_priority", "'urgent'"),
        ("correction_probabilities_check", "probabilities", bytes),
        ("correction_generation_check", "generation", "-1"),
    ] {
        let refused = database.sql(&row(column, value));
        assert!(refused.as_ref().is_err_and(|e| e.contains(rule)), "{rule}: {refused:?}");
    }
    assert!(database.sql(&row("ticket_id", "99")).is_err(), "of no ticket");
    database.sql(&row("ticket_id", "1")).unwrap();
    let second_state = "insert into learning (id, is_on, epoch, position, last_number) select 2, is_on, 0, 0, 0 from learning";
    let refused = database.sql(second_state);
    assert!(refused.is_err_and(|e| e.contains("learning_id_check")));
    let refused = database.sql("update learning set last_number = -1");
    assert!(refused.is_err_and(|e| e.contains("learning_last_number_check")));
}
