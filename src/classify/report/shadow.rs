//! What became of the questions in the shadow.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::FailuresOfKind;
use crate::{
    classify::ledger::{CountKey, Measure},
    tickets::Source,
};

/// What became of the tickets that one model was to be asked about in the shadow, by all servers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ShadowAsked {
    /// Which source.
    pub source: Source,
    /// The model that was to be asked; another name may have answered.
    #[schema(example = "gemini-3.5-flash-lite")]
    pub model: String,
    /// Tickets in all: those below together.
    pub tickets: u64,
    /// An answer was kept.
    pub answered: u64,
    /// It was asked and gave none, by kind.
    pub failures: Vec<FailuresOfKind>,
    /// It was not asked, or its answer came to nothing, by reason: `queue_full`, `budget_spent`,
    /// `circuit_open`, `shutdown`, `deleted` or `changed` (the ticket, meanwhile), `database`.
    pub dropped: Vec<FailuresOfKind>,
}

/// Sums the counts for each source and model.
pub fn asked(counts: &[(CountKey, u64)]) -> Vec<ShadowAsked> {
    let mut groups: BTreeMap<_, [BTreeMap<&str, u64>; 3]> = BTreeMap::new();
    for (key, n) in counts {
        let place = match key.measure {
            Measure::Shadow => 0,
            Measure::ShadowFailure => 1,
            Measure::ShadowDrop => 2,
            _ => continue,
        };
        let group = groups.entry((key.source, key.model.as_str())).or_default();
        *group[place].entry(&key.word).or_default() += n;
    }
    let listed = |all: &BTreeMap<&str, u64>| {
        let one = |(kind, n): (&&str, &u64)| FailuresOfKind { kind: (*kind).to_owned(), n: *n };
        all.iter().map(one).collect()
    };
    let groups = groups.into_iter().map(|((source, model), [answered, failures, dropped])| {
        let sum = |all: &BTreeMap<&str, u64>| all.values().sum::<u64>();
        ShadowAsked {
            source,
            model: model.to_owned(),
            tickets: sum(&answered) + sum(&failures) + sum(&dropped),
            answered: sum(&answered),
            failures: listed(&failures),
            dropped: listed(&dropped),
        }
    });
    groups.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_became_of_tickets_is_summed_over_the_days() {
        let count = |day: i8, measure, word: &str, n: u64| {
            let (day, source) = (date(2026, 11, day), Source::Gemini);
            (CountKey { day, source, model: "a".into(), measure, word: word.into() }, n)
        };
        let counts = [
            count(23, Measure::Call, "", 90),
            count(23, Measure::Shadow, "", 5),
            count(24, Measure::Shadow, "", 2),
            count(23, Measure::ShadowFailure, "timed_out", 1),
            count(24, Measure::ShadowFailure, "timed_out", 2),
            count(24, Measure::ShadowDrop, "queue_full", 4),
        ];
        let kind = |kind: &str, n| FailuresOfKind { kind: kind.into(), n };
        let expected = ShadowAsked {
            source: Source::Gemini,
            model: "a".into(),
            tickets: 14,
            answered: 7,
            failures: vec![kind("timed_out", 3)],
            dropped: vec![kind("queue_full", 4)],
        };
        assert_eq!(asked(&counts), [expected]);
        assert_eq!(asked(&counts[..1]), []);
    }
}
