//! Two sources on the same tickets: the one in the shadow beside the one that served. Only so are they
//! comparable, since each alone may have had the easier ones.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    figures::{Share, Z, rounded},
    shipped,
};
use crate::{
    classify::store::{End, Served, ShadowOutcome},
    tickets::Source,
};

/// How one in the shadow did beside one that served, on the tickets that both judged.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Paired {
    /// Which source served.
    pub source: Source,
    /// Its model, without what it had learnt by then.
    #[schema(example = "frontdesk-ngrams-1")]
    pub model: String,
    /// How many tickets both judged.
    pub tickets: u64,
    /// Of the category.
    pub category: PairedField,
    /// Of the priority.
    pub priority: PairedField,
}

/// Both sources on one field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PairedField {
    /// Of all tickets that both judged: they said different words.
    pub differ: Share,
    /// Of those that are done: the source that served was right.
    pub served: Share,
    /// Of the same tickets: the source in the shadow was right.
    pub shadow: Share,
    /// How many of them only the source that served was right about.
    pub only_served: u64,
    /// How many of them only the source in the shadow was right about.
    pub only_shadow: u64,
    /// How much more often the source in the shadow was right; null where no ticket is done.
    #[schema(required)]
    pub difference: Option<Difference>,
}

/// A difference of two shares of the same sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Difference {
    /// From -1 to 1; above 0 the source in the shadow is better.
    pub share: f64,
    /// Where the interval of 95 % begins (Agresti and Min, 2005). Where it holds 0, the sample does not
    /// tell which is better.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

impl Difference {
    /// Of `n` tickets the second alone was right about `second`, the first alone about `first`. The
    /// interval adds half a ticket to each of the four cells, so that it holds for small samples.
    fn new(first: u64, second: u64, n: u64) -> Option<Self> {
        if n == 0 {
            return None;
        }
        let (first, second, n) = (first as f64, second as f64, n as f64);
        let (b, c, size) = (first + 0.5, second + 0.5, n + 2.0);
        let middle = (c - b) / size;
        let half = Z / size * (b + c - (c - b) * (c - b) / size).sqrt();
        Some(Self {
            share: rounded((second - first) / n),
            low: rounded((middle - half).max(-1.0)),
            high: rounded((middle + half).min(1.0)),
        })
    }
}

/// One for each source and model that served, those with the most tickets first.
pub fn paired(outcomes: &[&ShadowOutcome]) -> Vec<Paired> {
    let mut groups: BTreeMap<_, Vec<(&ShadowOutcome, &Served)>> = BTreeMap::new();
    for outcome in outcomes {
        let Some(served) = &outcome.served else { continue };
        let (model, _) = shipped(served.source, &served.model);
        groups.entry((served.source, model)).or_default().push((outcome, served));
    }
    let groups = groups.into_iter().map(|((source, model), group)| Paired {
        source,
        model: model.to_owned(),
        tickets: group.len() as u64,
        category: field(
            &group,
            |one| one.outcome.suggestion.suggested.category,
            |served| served.category,
            |end| end.category,
        ),
        priority: field(
            &group,
            |one| one.outcome.suggestion.suggested.priority,
            |served| served.priority,
            |end| end.priority,
        ),
    });
    let mut all: Vec<_> = groups.collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.tickets));
    all
}

fn field<W: PartialEq>(
    group: &[(&ShadowOutcome, &Served)],
    shadow: fn(&ShadowOutcome) -> W,
    served: fn(&Served) -> W,
    end: fn(&End) -> W,
) -> PairedField {
    let right: Vec<(bool, bool)> = group
        .iter()
        .filter_map(|(one, beside)| {
            let end = end(one.outcome.end.as_ref()?);
            Some((served(beside) == end, shadow(one) == end))
        })
        .collect();
    let only = |wanted| right.iter().filter(|both| **both == wanted).count() as u64;
    let (only_served, only_shadow) = (only((true, false)), only((false, true)));
    PairedField {
        differ: Share::of(group.iter().map(|(one, beside)| shadow(one) != served(beside))),
        served: Share::of(right.iter().map(|(served, _)| *served)),
        shadow: Share::of(right.iter().map(|(_, shadow)| *shadow)),
        only_served,
        only_shadow,
        difference: Difference::new(only_served, only_shadow, right.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        classify::{Suggested, scripted, store::Outcome},
        tickets::{Category, Occasion, Priority, TicketSuggestion},
    };

    fn outcome(
        shadow: Category,
        served: Option<(&str, Category)>,
        end: Option<Category>,
    ) -> ShadowOutcome {
        let suggestion = scripted::suggestion();
        let latency = std::time::Duration::ZERO;
        let answer = crate::classify::Answer { suggestion, degraded: false, latency, sent: None };
        let suggested =
            Suggested { category: shadow, ..Suggested::new(&answer, Timestamp::UNIX_EPOCH) };
        let suggestion = TicketSuggestion::new(Occasion::Shadow, suggested, None);
        let priority = Priority::High;
        let end = end.map(|category| End {
            category,
            priority,
            is_category_set: true,
            is_priority_set: false,
        });
        let served = served.map(|(model, category)| Served {
            source: Source::Local,
            model: model.into(),
            category,
            priority,
        });
        ShadowOutcome { outcome: Outcome { suggestion, end }, served }
    }

    #[test]
    fn the_interval_of_a_difference_is_that_of_the_formula() {
        // Agresti and Min, 2005: b = 8, c = 1, n = 20: (1.5 - 8.5) / 22 and 1.96 / 22 * sqrt(10 - 49 / 22)
        let difference = Difference::new(8, 1, 20).unwrap();
        assert_eq!(difference, Difference { share: -0.35, low: -0.5666, high: -0.0698 });
        let same = Difference::new(3, 3, 100).unwrap();
        assert_eq!((same.share, same.low), (0.0, -same.high));
        assert_eq!(Difference::new(0, 0, 0), None);
        assert!(Difference::new(0, 1, 1).unwrap().high <= 1.0);
    }

    #[test]
    fn only_tickets_that_both_judged_are_compared() {
        use Category::{Account, Billing, General};
        let outcomes = [
            outcome(Billing, Some(("m", Account)), Some(Billing)),
            outcome(Billing, Some(("m+40", Billing)), Some(Billing)),
            outcome(Billing, Some(("m+50", General)), Some(General)),
            outcome(Billing, Some(("m", General)), None),
            outcome(Billing, Some(("other", Billing)), None),
            outcome(Billing, None, Some(Billing)),
        ];
        let all: Vec<_> = outcomes.iter().collect();
        let paired = paired(&all);
        let names: Vec<_> = paired.iter().map(|one| (one.model.as_str(), one.tickets)).collect();
        assert_eq!(names, [("m", 4), ("other", 1)]);
        let category = &paired[0].category;
        assert_eq!((category.differ.k, category.differ.n), (3, 4));
        assert_eq!((category.served.k, category.served.n), (2, 3));
        assert_eq!((category.shadow.k, category.shadow.n), (2, 3));
        assert_eq!((category.only_served, category.only_shadow), (1, 1));
        assert_eq!(category.difference.unwrap().share, 0.0);
        assert_eq!((paired[0].priority.differ.k, paired[0].priority.served.k), (0, 3));
        assert_eq!(paired[1].category.difference, None);
    }
}
