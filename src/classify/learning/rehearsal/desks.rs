//! Desks whose agents are right, wrong, or both: what learning makes of their corrections.

use std::fmt::Write as _;

use super::{Finished, Rehearsal};
use crate::{
    classify::{
        TicketText,
        local::{
            self,
            learnt::Learnt,
            train::{Row, apart},
        },
    },
    tickets::{Category, Priority},
};

/// Corrections of an honest desk at most, and how many of them are of [`is_shifted`].
const HONEST: usize = 100;
const SHIFTED: usize = 40;

/// False corrections.
const FALSE: usize = 50;

/// The agent who labels falsely.
const LIAR: i64 = 9;

/// Labelled tickets in three groups. None is a near-duplicate of one in another.
pub struct Split {
    /// What the model is trained on.
    pub trained: Vec<Row>,
    /// What corrections are made of.
    pub taught: Vec<Row>,
    /// What is sorted before and after.
    pub tested: Vec<Row>,
}

impl Split {
    /// Divides labelled tickets, always in the same way. Single sentences are trained on: those that hold the
    /// learning are among them.
    pub fn of(rows: &[Row]) -> Self {
        let mut split = Self { trained: Vec::new(), taught: Vec::new(), tested: Vec::new() };
        for (row, part) in rows.iter().zip(apart(rows)) {
            let group = match part {
                0 if !row.title.is_empty() => &mut split.taught,
                1 if !row.title.is_empty() => &mut split.tested,
                _ => &mut split.trained,
            };
            group.push(row.clone());
        }
        split
    }
}

/// Tickets that the desk labels its own way: what is about an invoice goes to `account`, and waits.
fn is_shifted(row: &Row) -> bool {
    let mentions = |text: &str| text.to_lowercase().contains("invoice");
    row.category == Category::Billing && (mentions(&row.title) || mentions(&row.description))
}

/// A ticket's labels at this desk.
fn labels(row: &Row) -> (Category, Priority) {
    if is_shifted(row) { (Category::Account, Priority::Low) } else { (row.category, row.priority) }
}

fn text(row: &Row) -> TicketText {
    let (title, description) = (row.title.clone(), row.description.clone());
    TicketText { title, description, ..TicketText::default() }
}

/// Every so-manieth, so that `n` are spread over all.
fn spread<T>(all: Vec<T>, n: usize) -> Vec<T> {
    let (of, n) = (all.len(), n.min(all.len()));
    all.into_iter()
        .enumerate()
        .filter(|(at, _)| at * n / of.max(1) != (at + 1) * n / of.max(1))
        .map(|(_, one)| one)
        .collect()
}

/// What honest agents finish, in turn.
fn honest(split: &Split, agents: i64) -> Vec<Finished> {
    let (shifted, others): (Vec<_>, Vec<_>) = split.taught.iter().partition(|row| is_shifted(row));
    let mut mixed = spread(others, HONEST - SHIFTED);
    // two of five are of the kind that is labelled otherwise
    for (at, row) in spread(shifted, SHIFTED).into_iter().enumerate() {
        mixed.insert((at * HONEST / SHIFTED).min(mixed.len()), row);
    }
    let finished = |(agent, row): (i64, &Row)| {
        let (category, priority) = labels(row);
        let agent_id = 1 + agent % agents;
        Finished { text: text(row), category, priority, agent_id, sets_all: false }
    };
    (0..).zip(mixed).map(finished).collect()
}

/// What one agent calls general and low, whatever it is; none that an honest one finishes.
fn falsely(split: &Split) -> Vec<Finished> {
    let others: Vec<&Row> = split.taught.iter().filter(|row| !is_shifted(row)).collect();
    let honest: Vec<*const Row> =
        spread(others.clone(), HONEST - SHIFTED).into_iter().map(std::ptr::from_ref).collect();
    let left = others.into_iter().filter(|row| !honest.contains(&std::ptr::from_ref(*row)));
    let finished = |row: &Row| Finished {
        text: text(row),
        category: Category::General,
        priority: Priority::Low,
        agent_id: LIAR,
        sets_all: true,
    };
    spread(left.collect(), FALSE).into_iter().map(finished).collect()
}

/// A false one after each second honest one.
fn both(split: &Split) -> Vec<Finished> {
    let mut lies = falsely(split).into_iter();
    let mut all = Vec::new();
    for (at, honest) in honest(split, 4).into_iter().enumerate() {
        all.push(honest);
        if at % 2 == 1 {
            all.extend(lies.next());
        }
    }
    all
}

/// How often a desk's labels are met, of `n` tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// Tickets.
    pub n: usize,
    /// Right categories.
    pub category: usize,
    /// Right priorities.
    pub priority: usize,
}

impl Right {
    fn of<'r>(rows: impl Iterator<Item = &'r Row>, learnt: Option<&Learnt>) -> Self {
        let mut right = Self::default();
        for row in rows {
            let (category, priority) = labels(row);
            let suggested = local::suggest(&text(row), learnt);
            right.n += 1;
            right.category += usize::from(suggested.category == category);
            right.priority += usize::from(suggested.priority == priority);
        }
        right
    }

    /// In per cent of the tickets.
    pub fn shares(&self) -> [f64; 2] {
        [self.category, self.priority].map(|right| 100.0 * right as f64 / self.n.max(1) as f64)
    }
}

/// What a desk made of the model.
pub struct Outcome {
    /// Which desk.
    pub name: &'static str,
    /// What was learnt, and by what it was judged.
    pub rehearsal: Rehearsal,
    /// Of the tickets that this desk labels its own way: by the shipped model, and with what was learnt.
    pub shifted: [Right; 2],
    /// Of the others.
    pub others: [Right; 2],
}

impl Outcome {
    fn of(name: &'static str, split: &Split, finished: &[Finished]) -> Self {
        let mut rehearsal = Rehearsal::default();
        finished.iter().for_each(|one| rehearsal.finish(one));
        let learnt = rehearsal.learnt();
        let right = |is_wanted: bool| {
            let rows = || split.tested.iter().filter(|row| is_shifted(row) == is_wanted);
            [None, learnt.as_ref()].map(|learnt| Right::of(rows(), learnt))
        };
        let (shifted, others) = (right(true), right(false));
        Self { name, rehearsal, shifted, others }
    }
}

/// Rehearses each desk: honest ones of four agents and of one, one that is attacked, and an attacker alone.
pub fn outcomes(split: &Split) -> Vec<Outcome> {
    let of = |name, finished: Vec<Finished>| Outcome::of(name, split, &finished);
    vec![
        of("true corrections of four agents", honest(split, 4)),
        of("true corrections of one agent", honest(split, 1)),
        of("the same of four, and 50 false ones of a fifth", both(split)),
        of("50 false corrections of one agent alone", falsely(split)),
    ]
}

/// The figures as a person reads them.
pub fn report(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let _ = writeln!(text, "{}: {} corrections", outcome.name, outcome.rehearsal.len());
        for (kind, [before, after]) in
            [("labelled otherwise", outcome.shifted), ("the others", outcome.others)]
        {
            let ([category, priority], [category_now, priority_now]) =
                (before.shares(), after.shares());
            let _ = writeln!(
                text,
                "  {kind:<18} n = {:>4}   category {category:>5.1} -> {category_now:>5.1} %   \
                 priority {priority:>5.1} -> {priority_now:>5.1} %",
                before.n
            );
        }
        let judged = outcome.rehearsal.judged();
        for (head, name) in ["category", "priority"].into_iter().enumerate() {
            let (agent, label) = outcome.rehearsal.largest_shares(head);
            let score = judged.scores[head];
            let _ = writeln!(
                text,
                "  {name}: largest share of an agent {:.0} %, of a label {:.0} %; of the last {} the \
                 shipped model {}, with what was learnt {}: {}",
                100.0 * agent,
                100.0 * label,
                score.n,
                score.shipped,
                score.learnt,
                if judged.used[head] { "used" } else { "switched off by itself" }
            );
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few, so that it takes no time in a debug build. The model that is built in knows them all: what is
    /// learnt from them is less than what is learnt from others, and so is what is lost.
    fn split() -> Split {
        let rows = include_str!("../../../../data/training/plain.jsonl").lines();
        let rows: Vec<Row> = rows.map(|line| serde_json::from_str(line).unwrap()).collect();
        let (taught, tested) =
            rows.into_iter().enumerate().partition::<Vec<_>, _>(|(at, _)| at % 2 == 0);
        let [taught, tested] =
            [taught, tested].map(|part| part.into_iter().map(|(_, row)| row).collect());
        Split { trained: Vec::new(), taught, tested }
    }

    #[test]
    fn true_corrections_leave_the_rest_as_it_is() {
        let split = split();
        let finished: Vec<_> = honest(&split, 1).into_iter().take(20).collect();
        let outcome = Outcome::of("one agent", &split, &finished);
        let ([before, after], [others, others_now]) = (outcome.shifted, outcome.others);
        assert!(after.category >= before.category, "{before:?} {after:?}");
        assert!(others_now.category + 1 >= others.category, "{others:?} {others_now:?}");
        assert!(others_now.priority + 2 >= others.priority, "{others:?} {others_now:?}");
    }

    #[test]
    fn false_corrections_of_one_agent_do_little() {
        let split = split();
        let lies: Vec<_> = falsely(&split).into_iter().take(30).collect();
        let outcome = Outcome::of("a liar", &split, &lies);
        let [before, after] = outcome.others;
        assert!(after.category * 100 >= before.category * 97, "{before:?} {after:?}");
        assert!(after.priority * 100 >= before.priority * 97, "{before:?} {after:?}");
        for head in 0..2 {
            let (agent, label) = outcome.rehearsal.largest_shares(head);
            assert!(agent <= 0.251 && label <= 0.501, "as the caps have it: {agent} {label}");
        }
    }
}
