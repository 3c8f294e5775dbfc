//! What is said in the shadow is kept with its ticket, changes nothing of it, and is never taken for
//! something that people were shown.

use frontdesk::{
    classify::store::{End, Served},
    tickets::{Category, Occasion, Priority, Source, Status, TicketPatch, TicketSuggestion},
};

use super::{agent, events, file, new_ticket, requester, second, suggested};
use crate::support::database::TestDatabase;

crate::laws!(
    what_was_said_is_read_back_and_changes_nothing,
    the_first_that_was_said_stays,
    a_ticket_takes_it_along,
    who_deletes_while_it_is_kept_wins,
    it_stands_beside_the_last_word_of_who_served,
    it_is_never_among_what_was_shown,
    a_report_reads_the_newest_of_its_time,
    the_database_refuses_what_was_never_said,
    a_table_of_counts_from_before_is_kept,
);

fn said(category: Category) -> TicketSuggestion {
    let one = suggested(Source::Gemini, category, Priority::High);
    TicketSuggestion { occasion: Occasion::Shadow, ..one }
}

fn without_sent(one: TicketSuggestion) -> TicketSuggestion {
    TicketSuggestion { sent: None, ..one }
}

async fn what_was_said_is_read_back_and_changes_nothing(database: TestDatabase) {
    let store = database.open().await;
    let mut new = new_ticket("t", "d", second(1));
    let shown = TicketSuggestion {
        occasion: Occasion::Form,
        ..suggested(Source::Local, Category::Account, Priority::Low)
    };
    new.suggestions = vec![shown.clone()];
    let ticket = store.create_ticket(new, None, requester()).await.unwrap().into_ticket();
    let before = events(&*store, ticket.id).await;
    assert!(store.keep_shadow(ticket.id, said(Category::Billing)).await.unwrap());
    let kept = store.ticket_suggestions(ticket.id).await.unwrap().unwrap();
    assert_eq!(kept, [shown, said(Category::Billing)]);
    assert_eq!(store.ticket(ticket.id).await.unwrap(), Some(ticket.clone()));
    assert_eq!(events(&*store, ticket.id).await, before);

    let mut bare = said(Category::General);
    bare.suggested.source = Source::Local;
    bare.suggested.model_version = Some("v".into());
    bare.suggested.prompt_version = None;
    bare.suggested.category_confidence = None;
    bare.suggested.priority_confidence = Some(0.5);
    bare.suggested.input_tokens = None;
    bare.suggested.cached_tokens = None;
    bare.suggested.output_tokens = None;
    bare.sent = None;
    let other = file(&*store, "alone", second(1)).await.id;
    assert!(store.keep_shadow(other, bare.clone()).await.unwrap());
    assert_eq!(store.ticket_suggestions(other).await.unwrap().unwrap(), [bare]);
    assert_eq!(store.deviations().await.unwrap(), []);
}

async fn the_first_that_was_said_stays(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    assert!(store.keep_shadow(id, said(Category::Billing)).await.unwrap());
    assert!(!store.keep_shadow(id, said(Category::Account)).await.unwrap());
    let kept = store.ticket_suggestions(id).await.unwrap().unwrap();
    assert_eq!(kept, [said(Category::Billing)]);
    for missing in [0, -1, id + 1, i64::MAX] {
        assert!(!store.keep_shadow(missing, said(Category::Billing)).await.unwrap());
    }
}

async fn a_ticket_takes_it_along(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    assert!(store.keep_shadow(id, said(Category::Billing)).await.unwrap());
    assert!(store.delete_ticket(id, None).await.unwrap());
    assert_eq!(store.shadow_outcomes(second(0), second(9), 10).await.unwrap(), []);
    assert!(!store.keep_shadow(id, said(Category::Billing)).await.unwrap(), "it is gone");
}

/// However the two meet: nobody gets an error, and nothing is left.
async fn who_deletes_while_it_is_kept_wins(database: TestDatabase) {
    let (one, other) = (database.open().await, database.open().await);
    for _ in 0..40 {
        let id = file(&*one, "race", second(1)).await.id;
        let (kept, deleted) = tokio::join!(
            one.keep_shadow(id, said(Category::Billing)),
            other.delete_ticket(id, None)
        );
        kept.unwrap();
        assert!(deleted.unwrap());
        assert_eq!(one.ticket_suggestions(id).await.unwrap(), None);
    }
    assert_eq!(one.shadow_outcomes(second(0), second(9), 99).await.unwrap(), []);
    assert_eq!(one.deviations().await.unwrap(), []);
}

async fn it_stands_beside_the_last_word_of_who_served(database: TestDatabase) {
    let store = database.open().await;
    let at = |occasion, category| TicketSuggestion {
        occasion,
        ..suggested(Source::Local, category, Priority::Low)
    };
    let changed = |one| TicketSuggestion { same_text: false, ..one };
    let fallback = |mut one: TicketSuggestion| {
        one.suggested.degraded = true;
        one
    };
    use Category::{Account, Billing, General, Technical};
    use Occasion::{Filing, Form};
    for (shown, late, expected) in [
        (vec![], None, None),
        (vec![at(Form, Billing)], None, Some(Billing)),
        (vec![changed(at(Form, Billing))], None, None),
        (vec![at(Form, Billing), at(Filing, Account)], None, Some(Account)),
        (vec![at(Form, Billing), fallback(at(Filing, Account))], None, Some(Billing)),
        (vec![fallback(at(Filing, Account))], Some(General), Some(General)),
        (vec![at(Form, Billing)], Some(Technical), Some(Technical)),
    ] {
        let mut new = new_ticket("t", "d", second(1));
        new.suggestions = shown;
        let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
        if let Some(category) = late {
            let late = at(Occasion::Late, category);
            store.refine_ticket(id, late, second(2)).await.unwrap();
        }
        assert!(store.keep_shadow(id, said(Billing)).await.unwrap());
        let outcomes = store.shadow_outcomes(second(0), second(9), 10).await.unwrap();
        let [only] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        assert_eq!(only.outcome.suggestion, without_sent(said(Billing)));
        let served = expected.map(|category| Served {
            source: Source::Local,
            model: "m".into(),
            category,
            priority: Priority::Low,
        });
        assert_eq!((&only.served, only.outcome.end), (&served, None));
        let patch = TicketPatch {
            category: Some((Technical, Source::Agent)),
            status: Some(Status::Resolved),
            ..TicketPatch::default()
        };
        store.patch_ticket(id, patch, None, agent(), second(3)).await.unwrap();
        let outcomes = store.shadow_outcomes(second(0), second(9), 10).await.unwrap();
        let end = End {
            category: Technical,
            priority: Priority::Medium,
            is_category_set: true,
            is_priority_set: false,
        };
        assert_eq!(outcomes[0].outcome.end, Some(end));
        assert!(store.delete_ticket(id, None).await.unwrap());
    }
}

async fn it_is_never_among_what_was_shown(database: TestDatabase) {
    let store = database.open().await;
    let id = file(&*store, "t", second(1)).await.id;
    assert!(store.keep_shadow(id, said(Category::Billing)).await.unwrap());
    assert_eq!(store.suggestion_outcomes(second(0), second(9), 10).await.unwrap(), []);
    let mut new = new_ticket("t", "d", second(1));
    new.suggestions = vec![said(Category::Billing)];
    assert!(store.create_ticket(new, None, requester()).await.is_err(), "and cannot get there");
}

async fn a_report_reads_the_newest_of_its_time(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..6 {
        let id = file(&*store, "t", second(1)).await.id;
        let mut one = said(Category::Billing);
        one.suggested.at = second(n);
        assert!(store.keep_shadow(id, one).await.unwrap());
    }
    let outcomes = store.shadow_outcomes(second(1), second(5), 3).await.unwrap();
    let times: Vec<_> = outcomes.iter().map(|one| one.outcome.suggestion.suggested.at).collect();
    assert_eq!(times, [second(4), second(3), second(2)]);
}

async fn the_database_refuses_what_was_never_said(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(file(&*store, "t", second(1)).await.id, 1);
    let at = match database {
        TestDatabase::Sqlite(_) => "1",
        TestDatabase::Postgres(_) => "now()",
    };
    let row = |column: &str, value: &str| {
        let row = vec![
            ("ticket_id", "1"),
            ("at", at),
            ("source", "'local'"),
            ("model", "'m'"),
            ("category", "'billing'"),
            ("priority", "'low'"),
            ("latency_us", "0"),
        ];
        super::insert_with("ticket_shadow", row, (column, value))
    };
    let long = format!("'{}'", "x".repeat(30_001));
    for (rule, column, value) in [
        ("ticket_shadow_source_check", "source", "'agent'"),
        ("ticket_shadow_model_check", "model", "''"),
        ("ticket_shadow_model_version_check", "model_version", "''"),
        ("ticket_shadow_prompt_version_check", "prompt_version", "''"),
        ("ticket_shadow_category_check", "category", "'sales'"),
        ("ticket_shadow_priority_check", "priority", "'urgent'"),
        ("ticket_shadow_category_confidence_check", "category_confidence", "1.01"),
        ("ticket_shadow_priority_confidence_check", "priority_confidence", "-0.1"),
        ("ticket_shadow_latency_check", "latency_us", "-1"),
        ("ticket_shadow_sent_check", "sent", &long),
        ("ticket_shadow_input_tokens_check", "input_tokens", "-1"),
        ("ticket_shadow_cached_tokens_check", "cached_tokens", "-1"),
        ("ticket_shadow_output_tokens_check", "output_tokens", "-1"),
    ] {
        let refused = database.sql(&row(column, value));
        assert!(refused.as_ref().is_err_and(|e| e.contains(rule)), "{rule}: {refused:?}");
    }
    assert!(database.sql(&row("ticket_id", "99")).is_err(), "of no ticket");
    database.sql(&row("ticket_id", "1")).unwrap();
    assert!(database.sql(&row("ticket_id", "1")).is_err(), "a second one");
    drop(store);
}

/// The step that adds measures makes the table of counts anew on SQLite.
async fn a_table_of_counts_from_before_is_kept(database: TestDatabase) {
    let count = "insert into classifier_day (day, source, model, measure, word, n)
         values ('2026-11-23', 'gemini', 'm', 'call', '', 7)";
    super::migrations::before_the_step(&database, "shadow", count);
    let store = database.open().await;
    let day = jiff::civil::date(2026, 11, 23);
    let counts = store.counts(day, day, 10).await.unwrap();
    assert_eq!(
        counts.iter().map(|(key, n)| (key.model.as_str(), *n)).collect::<Vec<_>>(),
        [("m", 7)]
    );
}
