//! The classifier inside the program: needs no network and no key.
//!
//! A linear model over hashed words and parts of words, trained on the tickets in `data/training`
//! (`make train`) and built into the binary. `docs/classifier.md` says how it was measured.
//!
//! A text passes [`normalise::excerpt`], [`guard`], [`normalise::normalise`], [`features`] and
//! [`model`], in this order.

mod evidence;
pub mod features;
pub mod guard;
pub mod learnt;
mod lexicon;
pub mod model;
pub mod normalise;
pub mod train;

use std::sync::{LazyLock, OnceLock};

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};

use self::{
    features::Feature,
    learnt::Learnt,
    model::{BOTH, CLASSES, Model, Probabilities, likeliest, safest},
};
use super::{Classifier, ClassifyError, Confidence, Reasons, Suggestion, TicketText};
use crate::tickets::{Category, Priority, Source};

/// The name that answers carry; a new one with each change of what is answered.
pub const MODEL: &str = "frontdesk-ngrams-1";

/// The model that is built in.
pub const BYTES: &[u8] = include_bytes!("../../../data/model/frontdesk-ngrams-1.bin");

static BUILT_IN: LazyLock<Model<'static>> = LazyLock::new(|| {
    let instead = INSTEAD.get_or_init(|| None).as_deref();
    Model::read(instead.unwrap_or(BYTES)).expect("the model that is built in can be read")
});

/// Answers instead; once one was asked, that stays so.
static INSTEAD: OnceLock<Option<Vec<u8>>> = OnceLock::new();

/// Has this process answer by another model than the one that is built in: by one that has not seen the
/// tickets that it is to be measured on. `false`: these bytes are no model, or one was asked already.
pub fn answer_by(bytes: Vec<u8>) -> bool {
    Model::read(&bytes).is_some() && INSTEAD.set(Some(bytes)).is_ok()
}

/// Tells two models of one name apart: the first twelve digits of the built-in one's SHA-256.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        Sha256::digest(BYTES)[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    });
    &VERSION
}

/// What is answered for a text without a request in it (empty, gibberish, nothing but orders to
/// the classifier): `general` / `low`, and hardly sure.
const NOTHING_SAID: Reading = Reading {
    category: [0.15, 0.15, 0.15, 0.55],
    priority: [0.55, 0.25, 0.15, 0.05],
    title: String::new(),
    description: String::new(),
};

/// Where something was cut out, fewer words than this are no request but its remains.
const REQUEST_MIN_WORDS: usize = 3;

/// No order to a classifier is shorter.
const CUT_MIN_BYTES: usize = 10;

/// Sorts by a trained model.
#[derive(Debug, Default)]
pub struct LocalClassifier;

/// An answer with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every category with its probability, the likeliest first.
    pub category: [(Category, f32); CLASSES],
    /// Every priority with its probability: the suggested one, then the likeliest first. The
    /// suggested one is the likeliest, but for about one ticket in sixty, where a level more costs
    /// less than to be wrong by two.
    pub priority: [(Priority, f32); CLASSES],
    /// Up to three phrases of the person's own text, word for word, that weighed most for the
    /// likeliest category or priority; none if no phrase stands out.
    pub evidence: Vec<String>,
}

impl LocalClassifier {
    /// Sorts one text. Any text: it never fails.
    pub fn suggest(text: &TicketText) -> Suggestion {
        suggest(text, None)
    }

    /// Sorts one text and says why. Its first values are those of [`LocalClassifier::suggest`].
    pub fn explain(text: &TicketText) -> Explanation {
        explain(text, None)
    }
}

#[async_trait]
impl Classifier for LocalClassifier {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        Ok(suggest_with_reasons(text, None))
    }

    async fn choose(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        Ok(suggest(text, None))
    }
}

/// Sorts one text by the model that is built in, and by what was learnt besides.
pub fn suggest(text: &TicketText, learnt: Option<&Learnt>) -> Suggestion {
    let reading = Reading::by(&BUILT_IN, learnt, &text.title, &text.description);
    let (category, priority) = reading.chosen();
    Suggestion {
        category: Category::ALL[category],
        priority: Priority::ALL[priority],
        confidence: Some(Confidence {
            category: reading.category[category],
            priority: reading.priority[priority],
        }),
        source: Source::Local,
        model: name(learnt),
        reasons: None,
        usage: None,
        prompt_version: None,
    }
}

/// The same with reasons.
pub fn suggest_with_reasons(text: &TicketText, learnt: Option<&Learnt>) -> Suggestion {
    let Explanation { category, priority, evidence } = explain(text, learnt);
    Suggestion {
        category: category[0].0,
        priority: priority[0].0,
        confidence: Some(Confidence { category: category[0].1, priority: priority[0].1 }),
        source: Source::Local,
        model: name(learnt),
        reasons: Some(Reasons {
            evidence,
            next_category: category[1].0,
            next_priority: priority[1].0,
        }),
        usage: None,
        prompt_version: None,
    }
}

/// Sorts one text and says why.
pub fn explain(text: &TicketText, learnt: Option<&Learnt>) -> Explanation {
    let reading = Reading::by(&BUILT_IN, learnt, &text.title, &text.description);
    let (category, priority) = reading.chosen();
    Explanation {
        category: ranked(Category::ALL, &reading.category, category),
        priority: ranked(Priority::ALL, &reading.priority, priority),
        evidence: evidence::evidence(
            &BUILT_IN,
            learnt,
            [&reading.title, &reading.description],
            category,
            priority,
        ),
    }
}

/// What the model that is built in makes of a text, with what was learnt besides.
pub fn reading(text: &TicketText, learnt: Option<&Learnt>) -> Reading {
    Reading::by(&BUILT_IN, learnt, &text.title, &text.description)
}

/// The features of a text, and the logits of the model that is built in; `None` for a text without a
/// request in it, from which nothing can be learnt.
pub fn studied(text: &TicketText) -> Option<(Vec<Feature>, [f32; BOTH])> {
    let (_, _, mut features) = read_features(&BUILT_IN, &text.title, &text.description)?;
    // they are kept while others are read
    features.shrink_to_fit();
    let logits = BUILT_IN.logits(&features);
    Some((features, logits))
}

/// The name that an answer carries: [`MODEL`], and after a plus sign what was learnt besides.
fn name(learnt: Option<&Learnt>) -> String {
    match learnt {
        Some(learnt) if learnt.is_used() => name_of(learnt.generation),
        _ => MODEL.to_owned(),
    }
}

/// The name of what was learnt from the corrections up to this one.
pub fn name_of(generation: i64) -> String {
    format!("{MODEL}+{generation}")
}

/// What a model makes of a text.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Of the categories, in the order of their list.
    pub category: Probabilities,
    /// Of the priorities, in the order of their list.
    pub priority: Probabilities,
    /// What was read of the title: the person's own words, without orders to a classifier.
    title: String,
    /// What was read of the description.
    description: String,
}

impl Reading {
    /// Reads a ticket.
    pub fn of(model: &Model<'_>, title: &str, description: &str) -> Self {
        Self::by(model, None, title, description)
    }

    /// Reads a ticket by what was learnt besides.
    fn by(model: &Model<'_>, learnt: Option<&Learnt>, title: &str, description: &str) -> Self {
        let Some((title, description, features)) = read_features(model, title, description) else {
            return NOTHING_SAID;
        };
        let (category, priority) = model.probabilities_with(&features, learnt);
        Self { category, priority, title, description }
    }

    /// The places of the category and of the priority to suggest.
    pub fn chosen(&self) -> (usize, usize) {
        (likeliest(&self.category), safest(&self.priority))
    }
}

/// What is read of title and description, and its features; `None` for a text without a request in it.
fn read_features(
    model: &Model<'_>,
    title: &str,
    description: &str,
) -> Option<(String, String, Vec<Feature>)> {
    let typed = title.len() + description.len();
    let (title, description) = read(title, description);
    let was_cut = title.len() + description.len() + CUT_MIN_BYTES < typed;
    let plain = (normalise::normalise(&title), normalise::normalise(&description));
    let words = features::words(&plain.0).chain(features::words(&plain.1)).count();
    if (was_cut && words < REQUEST_MIN_WORDS) || !says_something(model, &plain.0, &plain.1) {
        return None;
    }
    let features = features::features(&plain.0, &plain.1);
    Some((title, description, features))
}

/// The parts of a ticket that are read.
pub fn read(title: &str, description: &str) -> (String, String) {
    let part = |text: &str| guard::without_orders(&normalise::excerpt(text));
    (part(title), part(description))
}

/// Whether there is a word that can be sorted by. Where words are not divided by spaces, or the
/// script is one with few examples, any letter is enough.
fn says_something(model: &Model<'_>, title: &str, description: &str) -> bool {
    let mut words = features::words(title).chain(features::words(description));
    words.any(|word| {
        let is_latin = word.chars().all(|c| c < '\u{250}');
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if is_latin { letters > 1 && model.knows(word) } else { letters > 0 }
    })
}

/// The values with their probabilities: the chosen one first, then the likeliest.
fn ranked<W: Copy>(all: &[W], probabilities: &Probabilities, chosen: usize) -> [(W, f32); CLASSES] {
    let mut classes: [usize; CLASSES] = std::array::from_fn(|class| class);
    classes.sort_by(|one, other| probabilities[*other].total_cmp(&probabilities[*one]));
    // stable: the others stay by probability
    classes.sort_by_key(|class| *class != chosen);
    classes.map(|class| (all[class], probabilities[class]))
}

#[cfg(test)]
mod tests;
