//! How often each classifier is right: counted from what was suggested and what became of it.

mod days;
mod figures;
mod paired;
mod shadow;
mod table;

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

pub use self::{
    days::{FailuresOfKind, UsageOfDay, UsageSums, usage},
    figures::{Bin, Calibration, Histogram, Latency, Share},
    paired::{Difference, Paired, PairedField},
    shadow::{ShadowAsked, asked},
};
use super::{
    ModelRole, Prices, Usage,
    store::{End, Outcome, ShadowOutcome},
};
use crate::tickets::{Category, Occasion, Priority, Source, Word};

/// What is counted of one source, model and version. What a model had learnt by then makes no other: each
/// state of it lasts for ten tickets.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ModelReport {
    /// `shown`: people saw what it says, or it was set on their tickets. `shadow`: it was asked for a
    /// comparison alone.
    pub role: ModelRole,
    /// Which classifier.
    pub source: Source,
    /// The model as its maker names it; of one that learns without the plus sign and what it had learnt.
    #[schema(example = "gemini-3.5-flash-lite")]
    pub model: String,
    /// Of one that learns: how many states of learning these suggestions come from, each of which has its
    /// own name in the tickets' suggestions (`frontdesk-ngrams-1+40`). Null where nothing was learnt.
    #[schema(required)]
    pub refits: Option<u64>,
    /// Where the name alone does not tell models apart.
    #[schema(required)]
    pub model_version: Option<String>,
    /// Of a language model.
    #[schema(required)]
    pub prompt_version: Option<String>,
    /// Of one in the shadow: how it did beside who served, on the tickets that both judged; one for each
    /// source and model that served.
    pub paired: Vec<Paired>,
    /// How many suggestions were kept with a ticket.
    pub suggestions: u64,
    /// How many of them a fallback gave, because the preferred source failed.
    pub degraded: Share,
    /// Of the category.
    pub category: FieldReport,
    /// Of the priority.
    pub priority: FieldReport,
    /// What those waited who asked, answers from memory included.
    #[schema(required)]
    pub latency_ms: Option<Latency>,
    /// Tokens that these suggestions took, read and written; null where none tells any. What was asked
    /// besides is in `usage`.
    #[schema(required)]
    pub tokens: Option<u64>,
    /// How many of them were read.
    #[schema(required)]
    pub input_tokens: Option<u64>,
    /// How many of them were written.
    #[schema(required)]
    pub output_tokens: Option<u64>,
    /// What they cost by the prices that are set now; null where the model has none.
    #[schema(required)]
    pub cost: Option<f64>,
}

/// What is counted of one field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FieldReport {
    /// Of the suggestions that requesters saw and chose beside: the same word chosen. Null in the shadow,
    /// where nobody sees any.
    #[schema(required)]
    pub accepted: Option<Share>,
    /// Of the suggestions for the text as it was filed, on tickets that are done: the ticket's final word.
    pub accuracy: Share,
    /// How many of these final words an agent set; the others were confirmed by being left.
    pub set_by_agents: u64,
    /// Final words by suggested words.
    pub confusion: Confusion,
    /// Null where the source gives no confidence, or no ticket is done.
    #[schema(required)]
    pub calibration: Option<Calibration>,
}

/// How often what was suggested for what it should have been.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Confusion {
    /// The words of rows and columns.
    #[schema(example = json!(["billing", "technical", "account", "general"]))]
    pub words: Vec<&'static str>,
    /// A row for each final word, in it a number for each suggested word.
    #[schema(example = json!([[9, 1, 0, 0], [0, 12, 0, 1], [0, 0, 7, 0], [1, 0, 0, 8]]))]
    pub counts: Vec<Vec<u64>>,
}

/// Counts outcomes, for each source, model and version; those with the most suggestions first.
/// `prices` say what their tokens cost.
pub fn models(outcomes: &[Outcome], prices: &Prices) -> Vec<ModelReport> {
    let groups = grouped(outcomes, |outcome| outcome);
    let models = groups.values().map(|group| model(group, ModelRole::Shown, prices));
    by_suggestions(models.collect())
}

/// The same of what was said in the shadow, beside what was said by who served.
pub fn shadows(outcomes: &[ShadowOutcome], prices: &Prices) -> Vec<ModelReport> {
    let groups = grouped(outcomes, |one| &one.outcome);
    let models = groups.values().map(|group| {
        let said: Vec<_> = group.iter().map(|one| &one.outcome).collect();
        ModelReport { paired: paired::paired(group), ..model(&said, ModelRole::Shadow, prices) }
    });
    by_suggestions(models.collect())
}

/// Source, shipped model, whether it had learnt something, and versions.
type ModelKey<'a> = (Source, &'a str, bool, Option<&'a str>, Option<&'a str>);

fn grouped<T>(all: &[T], outcome: fn(&T) -> &Outcome) -> BTreeMap<ModelKey<'_>, Vec<&T>> {
    let mut groups: BTreeMap<_, Vec<&T>> = BTreeMap::new();
    for one in all {
        let suggested = &outcome(one).suggestion.suggested;
        let (version, prompt) = (&suggested.model_version, &suggested.prompt_version);
        let (model, learnt) = shipped(suggested.source, &suggested.model);
        let key =
            (suggested.source, model, learnt.is_some(), version.as_deref(), prompt.as_deref());
        groups.entry(key).or_default().push(one);
    }
    groups
}

/// A model's name, and apart from it what it had learnt.
fn shipped(source: Source, model: &str) -> (&str, Option<&str>) {
    match model.split_once('+') {
        Some((model, learnt)) if source == Source::Local => (model, Some(learnt)),
        _ => (model, None),
    }
}

fn by_suggestions(mut models: Vec<ModelReport>) -> Vec<ModelReport> {
    models.sort_by_key(|model| std::cmp::Reverse(model.suggestions));
    models
}

/// Everything of one group, which is not empty.
fn model(group: &[&Outcome], role: ModelRole, prices: &Prices) -> ModelReport {
    let suggested = &group[0].suggestion.suggested;
    let mut latencies = Histogram::default();
    for outcome in group {
        latencies.add(outcome.suggestion.suggested.latency_us);
    }
    let usage = group.iter().filter_map(|outcome| outcome.suggestion.suggested.usage());
    let usage = usage.reduce(|one, other| Usage {
        input: one.input + other.input,
        cached: one.cached + other.cached,
        output: one.output + other.output,
    });
    ModelReport {
        role,
        paired: Vec::new(),
        source: suggested.source,
        model: shipped(suggested.source, &suggested.model).0.to_owned(),
        refits: refits(group),
        model_version: suggested.model_version.clone(),
        prompt_version: suggested.prompt_version.clone(),
        suggestions: group.len() as u64,
        degraded: Share::of(group.iter().map(|outcome| outcome.suggestion.suggested.degraded)),
        category: field(
            group,
            role,
            &Field::<Category> {
                said: |outcome| outcome.suggestion.suggested.category,
                confidence: |outcome| outcome.suggestion.suggested.category_confidence,
                chosen: |outcome| outcome.suggestion.chosen_category,
                end: |end| (end.category, end.is_category_set),
            },
        ),
        priority: field(
            group,
            role,
            &Field::<Priority> {
                said: |outcome| outcome.suggestion.suggested.priority,
                confidence: |outcome| outcome.suggestion.suggested.priority_confidence,
                chosen: |outcome| outcome.suggestion.chosen_priority,
                end: |end| (end.priority, end.is_priority_set),
            },
        ),
        latency_ms: latencies.latency(),
        tokens: usage.map(|usage| usage.total()),
        input_tokens: usage.map(|usage| usage.input),
        output_tokens: usage.map(|usage| usage.output),
        cost: usage.and_then(|usage| prices.cost(&suggested.model, &usage)),
    }
}

/// How many states of learning are in a group, if it is of a model that learns.
fn refits(group: &[&Outcome]) -> Option<u64> {
    let learnt = group.iter().filter_map(|outcome| {
        let suggested = &outcome.suggestion.suggested;
        shipped(suggested.source, &suggested.model).1
    });
    let states = learnt.collect::<std::collections::BTreeSet<_>>().len() as u64;
    (states > 0).then_some(states)
}

/// Where a field's parts are found.
struct Field<W> {
    said: fn(&Outcome) -> W,
    confidence: fn(&Outcome) -> Option<f64>,
    chosen: fn(&Outcome) -> Option<W>,
    end: fn(&End) -> (W, bool),
}

fn field<W: Word>(group: &[&Outcome], role: ModelRole, field: &Field<W>) -> FieldReport {
    let shown = group.iter().filter(|outcome| outcome.suggestion.occasion == Occasion::Form);
    let accepted =
        shown.filter_map(|one| (field.chosen)(one).map(|chosen| chosen == (field.said)(one)));
    // what was said of another text tells nothing about this ticket
    let done: Vec<_> = group
        .iter()
        .filter(|outcome| outcome.suggestion.same_text)
        .filter_map(|outcome| {
            let (word, is_set) = outcome.end.as_ref().map(field.end)?;
            Some(((field.said)(outcome), word, is_set, (field.confidence)(outcome)))
        })
        .collect();
    let mut counts = vec![vec![0; W::ALL.len()]; W::ALL.len()];
    let place = |word: W| W::ALL.iter().position(|other| *other == word).unwrap_or_default();
    for (said, word, ..) in &done {
        counts[place(*word)][place(*said)] += 1;
    }
    FieldReport {
        accepted: (role == ModelRole::Shown).then(|| Share::of(accepted)),
        accuracy: Share::of(done.iter().map(|(said, word, ..)| said == word)),
        set_by_agents: done.iter().filter(|(_, _, is_set, _)| *is_set).count() as u64,
        confusion: Confusion { words: W::ALL.iter().map(|word| word.as_str()).collect(), counts },
        calibration: Calibration::new(
            done.iter().filter_map(|(said, word, _, sure)| sure.map(|sure| (sure, said == word))),
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{classify::Suggested, tickets::TicketSuggestion};

    fn outcome(model: &str, said: Category, sure: Option<f64>, end: Option<Category>) -> Outcome {
        let suggested = Suggested {
            at: Timestamp::UNIX_EPOCH,
            source: Source::Local,
            model: model.into(),
            model_version: None,
            prompt_version: None,
            category: said,
            priority: Priority::Low,
            category_confidence: sure,
            priority_confidence: None,
            latency_us: 1_000,
            degraded: model == "b",
            input_tokens: (model == "a").then_some(1_000),
            cached_tokens: None,
            output_tokens: (model == "a").then_some(20),
        };
        let suggestion = TicketSuggestion::new(Occasion::Form, suggested, None);
        let end = end.map(|category| End {
            category,
            priority: Priority::High,
            is_category_set: category == Category::Account,
            is_priority_set: false,
        });
        Outcome { suggestion, end }
    }

    #[test]
    fn each_model_is_counted_by_itself() {
        use Category::{Account, Billing, General};
        let mut outcomes = vec![
            outcome("b", General, None, None),
            outcome("a", Billing, Some(0.9), Some(Billing)),
            outcome("a", Billing, Some(0.7), Some(Account)),
            outcome("a", General, None, None),
            outcome("a", Billing, Some(0.9), Some(General)),
        ];
        outcomes[1].suggestion.chosen_category = Some(Billing);
        outcomes[2].suggestion.chosen_category = Some(General);
        outcomes[4].suggestion.same_text = false;
        let models = models(&outcomes, &Prices::parse("a=1/2").unwrap());
        assert_eq!((models.len(), models[0].model.as_str()), (2, "a"));
        let category = &models[0].category;
        assert_eq!(models[0].suggestions, 4);
        let accepted = category.accepted.unwrap();
        assert_eq!((accepted.k, accepted.n), (1, 2));
        assert_eq!((category.accuracy.k, category.accuracy.n), (1, 2), "of the same text");
        assert_eq!(category.set_by_agents, 1);
        assert_eq!(category.confusion.counts[0], [1, 0, 0, 0]);
        assert_eq!(category.confusion.counts[2], [1, 0, 0, 0]);
        // |0.9 - 1| / 2 + |0.7 - 0| / 2
        assert_eq!(category.calibration.as_ref().unwrap().error, 0.4);
        let priority = &models[0].priority;
        assert_eq!((priority.accuracy.k, priority.accuracy.n), (0, 2));
        assert_eq!(priority.calibration, None);
        assert_eq!((models[1].degraded.k, models[1].degraded.n), (1, 1));
        assert_eq!(models[1].category.accuracy.share, None);
        let (a, b) = (&models[0], &models[1]);
        assert_eq!(
            (a.tokens, a.input_tokens, a.output_tokens),
            (Some(4_080), Some(4_000), Some(80))
        );
        assert_eq!(a.cost, Some(0.00416));
        assert_eq!((b.tokens, b.input_tokens, b.output_tokens, b.cost), (None, None, None, None));
    }
    #[test]
    fn states_of_learning_are_one_row_beside_what_was_shipped() {
        use Category::{Billing, General};
        let outcomes = [
            outcome("m", Billing, None, Some(Billing)),
            outcome("m+40", Billing, None, Some(Billing)),
            outcome("m+50", Billing, None, Some(General)),
            outcome("m+50", Billing, None, None),
        ];
        let rows = models(&outcomes, &Prices::default());
        let names: Vec<_> =
            rows.iter().map(|row| (row.model.as_str(), row.refits, row.suggestions)).collect();
        assert_eq!(names, [("m", Some(2), 3), ("m", None, 1)]);
        assert_eq!((rows[0].category.accuracy.k, rows[0].category.accuracy.n), (1, 2));
        let named = shipped(Source::Openai, "qwen+lora");
        assert_eq!(named, ("qwen+lora", None), "whatever others call their models");
    }
}
