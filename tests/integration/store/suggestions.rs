//! What was suggested is kept with its ticket, and never overwrites what a person chose.

use frontdesk::{
    classify::store::End,
    tickets::{Category, Occasion, Priority, Source, Status, TicketPatch, TicketSuggestion},
};

use super::{
    agent, connected, file, new_ticket, requester, second, suggested, until_a_lock_is_waited_for,
};
use crate::support::database::TestDatabase;

crate::laws!(
    what_was_suggested_is_read_back_as_it_was,
    tickets_filed_at_once_keep_each_its_own,
    a_late_suggestion_is_kept_once_whether_it_changes_anything_or_not,
    a_person_who_chooses_while_a_machine_does_wins,
    only_a_ticket_that_somebody_finished_has_an_end,
    a_report_reads_the_newest_of_its_time,
    the_key_is_made_once_for_all,
    a_ticket_takes_its_suggestions_along,
    the_database_refuses_what_no_suggestion_is,
);

/// A suggestion that comes while its ticket is deleted is none.
#[tokio::test]
async fn a_late_suggestion_may_meet_a_deletion() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let store = frontdesk::db::open(&database.url().parse().unwrap()).await.unwrap();
    let id = file(&*store, "t", second(1)).await.id;
    let deleter = connected(&database.url()).await;
    deleter.batch_execute("begin; delete from ticket").await.unwrap();
    let late = suggested(Source::Local, Category::Billing, Priority::High);
    let refining = tokio::spawn({
        let store = store.clone();
        async move { store.refine_ticket(id, late, second(2)).await }
    });
    until_a_lock_is_waited_for(&deleter).await;
    deleter.batch_execute("commit").await.unwrap();
    refining.await.unwrap().unwrap();
}

fn shown(source: Source) -> TicketSuggestion {
    let one = suggested(source, Category::Billing, Priority::High);
    TicketSuggestion { occasion: Occasion::Form, same_text: false, ..one }
        .beside(Some(Category::Account), None)
}

async fn what_was_suggested_is_read_back_as_it_was(database: TestDatabase) {
    let store = database.open().await;
    let mut at_filing = suggested(Source::Local, Category::General, Priority::Critical);
    at_filing.occasion = Occasion::Filing;
    at_filing.suggested.prompt_version = None;
    at_filing.suggested.model_version = Some("v".into());
    at_filing.suggested.degraded = true;
    at_filing.sent = None;
    at_filing.suggested.input_tokens = None;
    at_filing.suggested.cached_tokens = None;
    at_filing.suggested.output_tokens = None;
    let mut new = new_ticket("t", "d", second(1));
    new.suggestions = vec![at_filing.clone(), shown(Source::Gemini)];
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    let kept = store.ticket_suggestions(id).await.unwrap().unwrap();
    assert_eq!(kept, [shown(Source::Gemini), at_filing]);
    let plain = file(&*store, "without", second(1)).await.id;
    assert_eq!(store.ticket_suggestions(plain).await.unwrap(), Some(vec![]));
    for missing in [0, -1, plain + 1, i64::MAX] {
        assert_eq!(store.ticket_suggestions(missing).await.unwrap(), None);
    }
}

async fn tickets_filed_at_once_keep_each_its_own(database: TestDatabase) {
    let store = database.open().await;
    let filings = (0..40_i64).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut new = new_ticket(&n.to_string(), "d", second(1));
            let mut one = shown(Source::Openai);
            one.suggested.latency_us = n;
            new.suggestions = if n % 3 == 0 { vec![] } else { vec![one] };
            (n, store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id)
        })
    });
    for filing in filings.collect::<Vec<_>>() {
        let (n, id) = filing.await.unwrap();
        let kept = store.ticket_suggestions(id).await.unwrap().unwrap();
        let latencies: Vec<i64> = kept.iter().map(|one| one.suggested.latency_us).collect();
        assert_eq!(latencies, if n % 3 == 0 { vec![] } else { vec![n] });
    }
}

async fn a_late_suggestion_is_kept_once_whether_it_changes_anything_or_not(database: TestDatabase) {
    let store = database.open().await;
    let ticket = file(&*store, "a person chose", second(1)).await;
    let late = suggested(Source::Gemini, Category::Billing, Priority::High);
    let after = store.refine_ticket(ticket.id, late.clone(), second(2)).await.unwrap();
    assert_eq!(after, Some(ticket.clone()), "nothing that a person chose");
    let other = suggested(Source::Openai, Category::Account, Priority::Low);
    store.refine_ticket(ticket.id, other.clone(), second(3)).await.unwrap();
    let kept = store.ticket_suggestions(ticket.id).await.unwrap().unwrap();
    assert_eq!(kept, [late]);
    assert_eq!(store.refine_ticket(i64::MAX, other, second(3)).await.unwrap(), None);
}

async fn a_person_who_chooses_while_a_machine_does_wins(database: TestDatabase) {
    let store = database.open().await;
    for _ in 0..20 {
        let mut new = new_ticket("race", "d", second(1));
        new.category.1 = Source::Local;
        new.priority.1 = Source::Local;
        let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
        let late = suggested(Source::Gemini, Category::Billing, Priority::High);
        let by_agent = TicketPatch {
            category: Some((Category::Account, Source::Agent)),
            ..TicketPatch::default()
        };
        let (machine, person) = tokio::join!(
            store.refine_ticket(id, late.clone(), second(2)),
            store.patch_ticket(id, by_agent, None, agent(), second(2)),
        );
        assert!(machine.unwrap().is_some() && person.unwrap().is_some());
        let ticket = store.ticket(id).await.unwrap().unwrap();
        assert_eq!((ticket.category, ticket.category_source), (Category::Account, Source::Agent));
        assert_eq!((ticket.priority, ticket.priority_source), (Priority::High, Source::Gemini));
        assert_eq!(store.ticket_suggestions(id).await.unwrap().unwrap(), [late]);
    }
}

async fn only_a_ticket_that_somebody_finished_has_an_end(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", second(1));
    new.suggestions = vec![shown(Source::Gemini)];
    new.status = Status::Resolved;
    store.create_ticket(new.clone(), None, requester()).await.unwrap();
    new.status = Status::Open;
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    let ends = async || {
        let outcomes = store.suggestion_outcomes(second(0), second(9), 10).await.unwrap();
        let mut expected = shown(Source::Gemini);
        expected.sent = None;
        assert!(outcomes.iter().all(|outcome| outcome.suggestion == expected), "{outcomes:?}");
        outcomes.iter().filter_map(|outcome| outcome.end).collect::<Vec<_>>()
    };
    assert_eq!(ends().await, []);
    let patch = TicketPatch {
        category: Some((Category::Technical, Source::Agent)),
        status: Some(Status::Closed),
        ..TicketPatch::default()
    };
    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
    let end = End {
        category: Category::Technical,
        priority: Priority::Medium,
        is_category_set: true,
        is_priority_set: false,
    };
    assert_eq!(ends().await, [end]);
}

async fn a_report_reads_the_newest_of_its_time(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..6 {
        let mut one = shown(Source::Local);
        one.suggested.at = second(n);
        let mut new = new_ticket("t", "d", second(1));
        new.suggestions = vec![one];
        store.create_ticket(new, None, requester()).await.unwrap();
    }
    let outcomes = store.suggestion_outcomes(second(1), second(5), 3).await.unwrap();
    let times: Vec<_> = outcomes.iter().map(|outcome| outcome.suggestion.suggested.at).collect();
    assert_eq!(times, [second(4), second(3), second(2)]);
}

async fn the_key_is_made_once_for_all(database: TestDatabase) {
    let store = database.open().await;
    let (one, other) = tokio::join!(store.suggestion_key(), store.suggestion_key());
    let key = one.unwrap();
    assert_eq!(key, other.unwrap());
    assert_ne!(key, [0; 32]);
    store.close().await;
    assert_eq!(database.open().await.suggestion_key().await.unwrap(), key);
}

async fn a_ticket_takes_its_suggestions_along(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", second(1));
    new.suggestions = vec![shown(Source::Gemini)];
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    assert!(store.delete_ticket(id, None).await.unwrap());
    assert_eq!(store.suggestion_outcomes(second(0), second(9), 10).await.unwrap(), []);
}

async fn the_database_refuses_what_no_suggestion_is(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(file(&*store, "t", second(1)).await.id, 1);
    let (at, no) = match database {
        TestDatabase::Sqlite(_) => ("1", "0"),
        TestDatabase::Postgres(_) => ("now()", "false"),
    };
    let row = |column: &str, value: &str| {
        let row = vec![
            ("ticket_id", "1"),
            ("occasion", "'form'"),
            ("at", at),
            ("source", "'local'"),
            ("model", "'m'"),
            ("category", "'billing'"),
            ("priority", "'low'"),
            ("latency_us", "0"),
            ("degraded", no),
            ("same_text", no),
        ];
        super::insert_with("ticket_suggestion", row, (column, value))
    };
    let long = format!("'{}'", "x".repeat(30_001));
    for (rule, column, value) in [
        ("ticket_suggestion_occasion_check", "occasion", "'never'"),
        ("ticket_suggestion_source_check", "source", "'agent'"),
        ("ticket_suggestion_model_check", "model", "''"),
        ("ticket_suggestion_model_version_check", "model_version", "''"),
        ("ticket_suggestion_prompt_version_check", "prompt_version", "''"),
        ("ticket_suggestion_category_check", "category", "'sales'"),
        ("ticket_suggestion_priority_check", "priority", "'urgent'"),
        ("ticket_suggestion_category_confidence_check", "category_confidence", "1.01"),
        ("ticket_suggestion_priority_confidence_check", "priority_confidence", "-0.1"),
        ("ticket_suggestion_latency_check", "latency_us", "-1"),
        ("ticket_suggestion_chosen_category_check", "chosen_category", "'sales'"),
        ("ticket_suggestion_chosen_priority_check", "chosen_priority", "'urgent'"),
        ("ticket_suggestion_sent_check", "sent", &long),
        ("ticket_suggestion_input_tokens_check", "input_tokens", "-1"),
        ("ticket_suggestion_cached_tokens_check", "cached_tokens", "-1"),
        ("ticket_suggestion_output_tokens_check", "output_tokens", "-1"),
    ] {
        let refused = database.sql(&row(column, value));
        assert!(refused.as_ref().is_err_and(|e| e.contains(rule)), "{rule}: {refused:?}");
    }
    assert!(database.sql(&row("ticket_id", "99")).is_err(), "of no ticket");
    database.sql(&row("occasion", "'form'")).unwrap();
    assert!(database.sql(&row("occasion", "'form'")).is_err(), "a second of one occasion");
    drop(store);
}
