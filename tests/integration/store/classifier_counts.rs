//! What language models took is one sum over all who ask them.

use frontdesk::{
    classify::ledger::{CountKey, Measure},
    tickets::Source,
};
use jiff::civil::date;

use crate::support::database::TestDatabase;

crate::laws!(
    counts_of_all_servers_are_one_sum,
    counts_are_read_by_day_newest_first,
    the_database_refuses_what_no_count_is,
);

fn count(day: i8, model: &str, measure: Measure, word: &str, n: u64) -> (CountKey, u64) {
    let (day, source) = (date(2026, 11, day), Source::Gemini);
    (CountKey { day, source, model: model.into(), measure, word: word.into() }, n)
}

async fn counts_of_all_servers_are_one_sum(database: TestDatabase) {
    let (one, other) = (database.open().await, database.open().await);
    let writes = (0..20).map(|n| {
        let store = if n % 2 == 0 { one.clone() } else { other.clone() };
        let mut counts = vec![
            count(23, "a", Measure::Call, "", 1),
            count(23, "a", Measure::Input, "", 100),
            count(23, "b", Measure::Failure, "timed_out", 2),
        ];
        if n % 3 == 0 {
            counts.reverse();
        }
        tokio::spawn(async move { store.add_counts(counts).await.unwrap() })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.unwrap();
    }
    one.add_counts(Vec::new()).await.unwrap();
    let (from, to) = (date(2026, 11, 23), date(2026, 11, 23));
    let expected = [
        count(23, "a", Measure::Call, "", 20),
        count(23, "a", Measure::Input, "", 2_000),
        count(23, "b", Measure::Failure, "timed_out", 40),
    ];
    assert_eq!(other.counts(from, to, 10).await.unwrap(), expected);
    one.close().await;
    other.close().await;
    assert_eq!(database.open().await.counts(from, to, 10).await.unwrap(), expected);
}

async fn counts_are_read_by_day_newest_first(database: TestDatabase) {
    let store = database.open().await;
    let counts = (20..26).map(|day| count(day, "a", Measure::Output, "", 1)).collect();
    store.add_counts(counts).await.unwrap();
    let found = store.counts(date(2026, 11, 21), date(2026, 11, 24), 3).await.unwrap();
    let days: Vec<i8> = found.iter().map(|(key, _)| key.day.day()).collect();
    assert_eq!(days, [24, 23, 22]);
    let all = store.counts(date(1, 1, 1), date(9999, 12, 31), 100).await.unwrap();
    assert_eq!(all.len(), 6);
}

async fn the_database_refuses_what_no_count_is(database: TestDatabase) {
    let store = database.open().await;
    let row = |column: &str, value: &str| {
        let row = vec![
            ("day", "'2026-11-23'"),
            ("source", "'gemini'"),
            ("model", "'m'"),
            ("measure", "'call'"),
            ("word", "''"),
            ("n", "1"),
        ];
        super::insert_with("classifier_day", row, (column, value))
    };
    let long = format!("'{}'", "x".repeat(41));
    for (rule, column, value) in [
        ("classifier_day_source_check", "source", "'agent'"),
        ("classifier_day_model_check", "model", "''"),
        ("classifier_day_measure_check", "measure", "'money'"),
        ("classifier_day_word_check", "word", &long),
        ("classifier_day_n_check", "n", "-1"),
    ] {
        let refused = database.sql(&row(column, value));
        assert!(refused.as_ref().is_err_and(|e| e.contains(rule)), "{rule}: {refused:?}");
    }
    database.sql(&row("n", "1")).unwrap();
    drop(store);
}
