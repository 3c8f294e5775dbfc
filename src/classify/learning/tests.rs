//! What learning does to the shipped model, measured on labelled tickets.

use std::sync::Arc;

use super::{
    anchors::anchors,
    fit::fit,
    lesson::{Lesson, Studied},
};
use crate::{
    classify::{
        TicketText,
        local::{
            self,
            learnt::{CLIP, Learnt},
            model::likeliest,
        },
    },
    tickets::{Category, Priority},
};

fn text(description: &str) -> TicketText {
    TicketText {
        title: String::new(),
        description: description.to_owned(),
        ..TicketText::default()
    }
}

fn lesson(ticket_id: i64, agent: i64, description: &str, category: Category) -> Lesson {
    Lesson {
        ticket_id,
        agent_id: Some(agent),
        category,
        priority: Priority::High,
        is_set: [true; 2],
        studied: Studied::of(&text(description)),
    }
}

fn learnt(lessons: &[Lesson]) -> Learnt {
    let weights = Arc::new(fit(lessons));
    Learnt { generation: 10, weights, temperatures: [1.0; 2], used: [true; 2] }
}

/// What a deployment calls its products is new to the model.
fn on_a_new_word(many: usize) -> Vec<Lesson> {
    let say = |n: usize| {
        let sentence = [
            "The zorblax does not work.",
            "My zorblax is broken, please help.",
            "The zorblax shows an error.",
            "Error on the zorblax since today.",
            "Our zorblax crashes.",
        ][n % 5];
        format!("{sentence} ({n})")
    };
    (0..many).map(|n| lesson(n as i64 + 1, 1, &say(n), Category::Account)).collect()
}

const ASKED: &str = "zorblax broken";

/// How many of the anchors are sorted as they are labelled.
fn held(learnt: &Learnt) -> usize {
    let is_held = |anchor: &&Lesson| {
        let Some(studied) = &anchor.studied else { return false };
        let mut logits = studied.logits;
        learnt.correct(&mut logits, &studied.features);
        likeliest(&[logits[0], logits[1], logits[2], logits[3]]) == anchor.class(0)
    };
    anchors().iter().filter(is_held).count()
}

#[test]
fn a_new_word_is_learnt_and_the_rest_stays() {
    assert_eq!(local::suggest(&text(ASKED), None).category, Category::General);
    let learnt = learnt(&on_a_new_word(10));
    let suggestion = local::suggest(&text(ASKED), Some(&learnt));
    assert_eq!(suggestion.category, Category::Account, "{:?}", suggestion.confidence);
    assert_eq!(suggestion.model, "frontdesk-ngrams-1+10");
    assert!(held(&learnt) >= 198, "{}", held(&learnt));
    let reasons = local::suggest_with_reasons(&text(ASKED), Some(&learnt)).reasons.unwrap();
    assert!(reasons.evidence.iter().any(|phrase| phrase.contains("zorblax")), "{reasons:?}");
    assert!(learnt.weights.largest() <= CLIP && !learnt.weights.is_empty());
    for unchanged in [
        "My card was charged twice, please refund one.",
        "The app crashes with an error when I export.",
        "How do I export? It would be nice to know.",
    ] {
        let shipped = local::suggest(&text(unchanged), None);
        let now = local::suggest(&text(unchanged), Some(&learnt));
        assert_eq!(now.category, shipped.category, "{unchanged}");
    }
}

#[test]
fn the_order_changes_nothing_and_what_is_taken_away_leaves_no_trace() {
    let lessons = on_a_new_word(7);
    let whole = fit(&lessons);
    let mut backwards = lessons.clone();
    backwards.reverse();
    assert!(fit(&backwards) == whole, "bit for bit");
    let few = fit(&lessons[..4]);
    assert!(few != whole);
    assert!(
        fit(&[lessons[2].clone(), lessons[0].clone(), lessons[3].clone(), lessons[1].clone()])
            == few
    );
}

#[test]
fn what_the_shipped_model_says_already_hardly_changes_it() {
    // the ridge pulls towards it: without corrections only the anchors' rest is learnt
    let nothing = learnt(&[]);
    assert!(nothing.weights.largest() < 0.2, "{}", nothing.weights.largest());
    let agreeing: Vec<_> = (0..10)
        .map(|n| {
            lesson(n + 1, n, "My card was charged twice, please refund one.", Category::Billing)
        })
        .collect();
    let learnt = learnt(&agreeing);
    assert!((learnt.weights.largest() - nothing.weights.largest()).abs() < 0.1);
}

/// Somebody who calls everything general does not make the model do so.
#[test]
fn fifty_poisoned_corrections_of_one_agent_do_little() {
    let rows: Vec<_> = include_str!("../../../data/training/plain.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<local::train::Row>(line).unwrap())
        .collect();
    let whole = |row: &local::train::Row| TicketText {
        title: row.title.clone(),
        description: row.description.clone(),
        ..TicketText::default()
    };
    let (poisoned, others) = rows.split_at(50);
    let lessons: Vec<_> = (1_i64..)
        .zip(poisoned)
        .map(|(id, row)| Lesson {
            ticket_id: id,
            agent_id: Some(1),
            category: Category::General,
            priority: Priority::Low,
            is_set: [true; 2],
            studied: Studied::of(&whole(row)),
        })
        .collect();
    let learnt = learnt(&lessons);
    let right = |learnt: Option<&Learnt>| {
        let is_right =
            |row: &&local::train::Row| local::suggest(&whole(row), learnt).category == row.category;
        others.iter().filter(is_right).count()
    };
    let (before, after) = (right(None), right(Some(&learnt)));
    assert!(after * 100 >= before * 97, "{before} -> {after} of {}", others.len());
    assert!(held(&learnt) >= 198);
}
