//! What was asked of language models on each day, and what it cost.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    classify::{
        Prices, Usage,
        ledger::{CountKey, Measure},
    },
    tickets::Source,
};

/// What one model was asked on one day, by all servers of the database.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct UsageOfDay {
    /// In UTC.
    #[schema(value_type = String, format = Date, example = "2026-11-23")]
    pub day: Date,
    /// Which source.
    pub source: Source,
    /// The model that answered, as its maker names it; where none answered, the one that was asked.
    #[schema(example = "gemini-3.5-flash-lite")]
    pub model: String,
    /// What it was asked and what it took.
    #[serde(flatten)]
    pub sums: UsageSums,
}

/// What was asked and what it took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct UsageSums {
    /// Requests that were sent, second tries included, whatever came of them.
    pub calls: u64,
    /// Questions that were answered from memory instead.
    pub cache_hits: u64,
    /// Tokens read, of all answers that told them.
    pub input_tokens: u64,
    /// How many of them the provider had kept from an earlier call.
    pub cached_input_tokens: u64,
    /// Tokens written, thoughts included.
    pub output_tokens: u64,
    /// What the tokens cost by the prices that are set now; null where one that took some has no price.
    #[schema(required)]
    pub cost: Option<f64>,
    /// Questions that got no answer, by kind.
    pub failures: Vec<FailuresOfKind>,
    /// How often the circuit breaker opened.
    pub breaker_opened: u64,
}

/// How often a question failed in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FailuresOfKind {
    /// In which way, as in the metrics.
    #[schema(example = "timed_out")]
    pub kind: String,
    /// How often.
    pub n: u64,
}

/// Sums the counts for each day, source and model, the newest days first, and all of them together.
pub fn usage(counts: &[(CountKey, u64)], prices: &Prices) -> (Vec<UsageOfDay>, UsageSums) {
    let mut groups: BTreeMap<_, Vec<(&CountKey, u64)>> = BTreeMap::new();
    for (key, n) in counts.iter().filter(|(key, _)| !is_of_shadow(key)) {
        let group = (std::cmp::Reverse(key.day), key.source, &key.model);
        groups.entry(group).or_default().push((key, *n));
    }
    let days: Vec<_> = groups
        .into_iter()
        .map(|((day, source, model), group)| {
            let mut sums = sums(&group);
            sums.cost = prices.cost(model, &sums.tokens());
            UsageOfDay { day: day.0, source, model: model.clone(), sums }
        })
        .collect();
    let all: Vec<_> = counts.iter().map(|(key, n)| (key, *n)).collect();
    let mut total = sums(&all);
    let spent = days.iter().filter(|day| day.sums.tokens().total() > 0);
    total.cost = spent.map(|day| day.sums.cost).sum();
    (days, total)
}

/// What became of tickets, and not what was used.
const fn is_of_shadow(key: &CountKey) -> bool {
    matches!(key.measure, Measure::Shadow | Measure::ShadowFailure | Measure::ShadowDrop)
}

impl UsageSums {
    fn tokens(&self) -> Usage {
        let (input, cached) = (self.input_tokens, self.cached_input_tokens);
        Usage { input, cached, output: self.output_tokens }
    }
}

/// All but the cost.
fn sums(counts: &[(&CountKey, u64)]) -> UsageSums {
    let of = |measure| -> u64 {
        counts.iter().filter(|(key, _)| key.measure == measure).map(|(_, n)| n).sum()
    };
    let mut failures: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, n) in counts.iter().filter(|(key, _)| key.measure == Measure::Failure) {
        *failures.entry(&key.word).or_default() += n;
    }
    let failures = failures.into_iter().map(|(kind, n)| FailuresOfKind { kind: kind.into(), n });
    UsageSums {
        calls: of(Measure::Call),
        cache_hits: of(Measure::CacheHit),
        input_tokens: of(Measure::Input),
        cached_input_tokens: of(Measure::CachedInput),
        output_tokens: of(Measure::Output),
        cost: None,
        failures: failures.collect(),
        breaker_opened: of(Measure::Opened),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn count(day: i8, model: &str, measure: Measure, word: &str, n: u64) -> (CountKey, u64) {
        let (day, source) = (date(2026, 11, day), Source::Gemini);
        (CountKey { day, source, model: model.into(), measure, word: word.into() }, n)
    }

    #[test]
    fn each_day_and_model_is_a_row_and_all_are_one_sum() {
        let counts = [
            count(23, "a", Measure::Call, "", 3),
            count(23, "a", Measure::Input, "", 1_000_000),
            count(23, "a", Measure::CachedInput, "", 500_000),
            count(23, "a", Measure::Output, "", 100_000),
            count(23, "a", Measure::Failure, "timed_out", 2),
            count(24, "a", Measure::CacheHit, "", 4),
            count(24, "a", Measure::Failure, "timed_out", 1),
            count(24, "a", Measure::Failure, "refused", 1),
            count(24, "b", Measure::Opened, "", 1),
            count(24, "c", Measure::ShadowDrop, "queue_full", 1),
        ];
        let prices = Prices::parse("a=1/2/0.5").unwrap();
        let (days, total) = usage(&counts, &prices);
        let row = |row: &UsageOfDay| (row.day.day(), row.model.clone(), row.sums.cost);
        let rows: Vec<_> = days.iter().map(row).collect();
        assert_eq!(
            rows,
            [
                (24, "a".into(), Some(0.0)),
                (24, "b".into(), None),
                (23, "a".into(), Some(0.5 + 0.25 + 0.2))
            ]
        );
        assert_eq!((days[2].sums.calls, days[2].sums.cached_input_tokens), (3, 500_000));
        let failures: Vec<_> = total.failures.iter().map(|f| (f.kind.as_str(), f.n)).collect();
        assert_eq!(failures, [("refused", 1), ("timed_out", 3)]);
        assert_eq!((total.calls, total.cache_hits, total.breaker_opened), (3, 4, 1));
        assert_eq!(total.cost, Some(0.95), "b took nothing");
    }

    #[test]
    fn a_sum_in_which_a_price_is_missing_is_none() {
        let counts =
            [count(23, "a", Measure::Input, "", 1), count(23, "b", Measure::Output, "", 1)];
        let (_, total) = usage(&counts, &Prices::parse("a=1/2").unwrap());
        assert_eq!((total.cost, total.input_tokens, total.output_tokens), (None, 1, 1));
        let (_, nothing) = usage(&[], &Prices::default());
        assert_eq!(nothing, UsageSums { cost: Some(0.0), ..UsageSums::default() });
    }
}
