//! Which of the person's own words weighed most.

use std::collections::HashMap;

use super::{
    features::Extractor,
    learnt::Learnt,
    model::{CLASSES, Model},
    normalise,
};

/// So many phrases at most.
const PHRASES: usize = 3;

/// So many words in one phrase at most.
const PHRASE_WORDS: usize = 4;

/// In Latin letters a shorter phrase tells nobody anything.
const LETTERS: usize = 4;

/// A longer word is no word but data, and is never shown.
const WORD_MAX_CHARS: usize = 40;

/// What a phrase must say for the chosen class, in logits, to be worth showing: less is noise.
const WORTH: f32 = 0.25;

/// Up to three phrases of `text`, word for word, that weighed most for the chosen category or
/// priority (their places in the lists). The heaviest first.
pub fn evidence(
    model: &Model<'_>,
    learnt: Option<&Learnt>,
    texts: [&str; 2],
    category: usize,
    priority: usize,
) -> Vec<String> {
    let mut scales = Scales {
        model,
        learnt,
        chosen: [category, priority],
        extractor: Extractor::default(),
        plain: String::new(),
        weights: HashMap::new(),
    };
    let mut phrases: Vec<(f32, &str)> = Vec::new();
    for text in texts {
        for line in text.lines() {
            of_line(&mut scales, line, &mut phrases);
        }
    }
    phrases.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut shown: Vec<String> = Vec::new();
    for (_, phrase) in phrases {
        if shown.len() < PHRASES && !shown.iter().any(|other| other.eq_ignore_ascii_case(phrase)) {
            shown.push(phrase.to_owned());
        }
    }
    shown
}

/// Appends phrases of one line that do not overlap.
fn of_line<'t>(scales: &mut Scales<'_, 't>, line: &'t str, phrases: &mut Vec<(f32, &'t str)>) {
    let words: Vec<(usize, &str)> = tokens(line).collect();
    let weights: Vec<f32> = words.iter().map(|(_, word)| scales.weight_of(word)).collect();
    let mut first = 0;
    while first < words.len() {
        if weights[first] < WORTH / 2.0 {
            first += 1;
            continue;
        }
        // as long as the words go on to speak for it, and no further than a mark
        let mut last = first;
        while last + 1 < words.len()
            && last + 1 < first + PHRASE_WORDS
            && weights[last + 1] >= WORTH / 4.0
            && !words[last].1.ends_with(['.', ',', ';', ':', '!', '?', ')', '"'])
        {
            last += 1;
        }
        let sum: f32 = weights[first..=last].iter().sum();
        let phrase = &line[words[first].0..words[last].0 + words[last].1.len()];
        let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = phrase.chars().filter(|c| c.is_alphabetic());
        let is_telling =
            if phrase.is_ascii() { letters.count() >= LETTERS } else { letters.count() > 0 };
        if sum >= WORTH && is_telling {
            phrases.push((sum, phrase));
        }
        first = last + 1;
    }
}

/// The tokens of a line, each with its place; one that is too long counts as none.
fn tokens(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split_whitespace()
        .map(|token| (token.as_ptr() as usize - line.as_ptr() as usize, token))
        .filter(|(_, token)| token.chars().count() <= WORD_MAX_CHARS)
}

/// Weighs words, one after the other in the same memory.
struct Scales<'m, 't> {
    model: &'m Model<'m>,
    learnt: Option<&'m Learnt>,
    /// The places of the category and of the priority.
    chosen: [usize; 2],
    extractor: Extractor,
    plain: String,
    /// What was weighed: people say most words more than once.
    weights: HashMap<&'t str, f32>,
}

impl<'t> Scales<'_, 't> {
    fn weight_of(&mut self, word: &'t str) -> f32 {
        if let Some(weight) = self.weights.get(word) {
            return *weight;
        }
        let weight = self.weight(word);
        self.weights.insert(word, weight);
        weight
    }

    /// What a word says for the chosen classes against the others of their lists: the larger of both.
    fn weight(&mut self, word: &str) -> f32 {
        self.plain.clear();
        normalise::normalise_into(&mut self.plain, word);
        let features = self.extractor.features("", &self.plain);
        let mut says = self.model.says(features);
        if let Some(learnt) = self.learnt {
            learnt.say(&mut says, features);
        }
        let for_class = |list: usize| {
            let (of_list, class) = (&says[list * CLASSES..][..CLASSES], self.chosen[list]);
            let all: f32 = of_list.iter().sum();
            of_list[class] - (all - of_list[class]) / (CLASSES - 1) as f32
        };
        for_class(0).max(for_class(1))
    }
}
