//! How long the embedded classifier takes, and its learning: `cargo bench --bench classifier`, in microseconds.
//!
//! No framework: what matters is the slowest of many calls, and that is sorting and counting.

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use frontdesk::{
    classify::{
        TicketText,
        learning::rehearsal::{Finished, Rehearsal},
        local::{self, train::Row},
    },
    error::Result,
};

const CALLS: usize = 4_000;

/// Corrections that something is learnt from where a deployment is not new, and the most that are kept.
const CORRECTIONS: usize = 200;
const CORRECTIONS_MAX: usize = 2_000;

/// Agents who make them.
const AGENTS: usize = 7;

/// Refits that are timed.
const REFITS: usize = 5;

fn main() -> Result<()> {
    let mut out = std::io::stdout().lock();
    let rows = local::train::rows(Path::new("data/training"))?;
    let rows: Vec<Row> = rows.into_iter().filter(|row| !row.title.is_empty()).collect();
    let texts = texts(&rows, 1);
    let mut desk = Rehearsal::default();
    for finished in texts.iter().step_by(texts.len() / CORRECTIONS).take(CORRECTIONS) {
        desk.finish(finished);
    }
    let learnt = desk.learnt();
    head(&mut out, "one call, in microseconds");
    for characters in [100, 500, 1_000, 4_000, 50_000] {
        let text = joined(&rows, characters);
        for learnt in [None, learnt.as_ref()] {
            let with = if learnt.is_some() { ", with what was learnt" } else { "" };
            // the first call reads the model and builds the guard's tables
            black_box(local::explain(&text, learnt));
            let suggest =
                times(CALLS, || drop(black_box(local::suggest(black_box(&text), learnt))));
            row(&mut out, &format!("suggest, {characters} characters{with}"), &suggest);
            let explain =
                times(CALLS, || drop(black_box(local::explain(black_box(&text), learnt))));
            row(&mut out, &format!("explain, {characters} characters{with}"), &explain);
        }
    }
    head(&mut out, "one refit, in microseconds");
    // of three in one text the sum of the features is about the most that is learnt from
    for (name, of_text) in [("tickets", 1), ("long tickets", 3)] {
        let texts: Vec<_> = self::texts(&rows, of_text).into_iter().take(CORRECTIONS_MAX).collect();
        let mut features = 0;
        let refit = times(REFITS, || {
            let mut desk = Rehearsal::default();
            texts.iter().for_each(|finished| desk.study(finished, [true; 2]));
            black_box(desk.refit());
            features = desk.features();
        });
        row(&mut out, &format!("{} {name}, {features} features", texts.len()), &refit);
    }
    Ok(())
}

/// Tickets that agents finished, each of so many texts.
fn texts(rows: &[Row], of_text: usize) -> Vec<Finished> {
    let finished = |at: usize| {
        let texts =
            (0..of_text).map(|n| rows[(at * of_text + n) % rows.len()].description.as_str());
        let row = &rows[at % rows.len()];
        let text = TicketText {
            title: row.title.clone(),
            description: texts.collect::<Vec<_>>().join("\n"),
            ..TicketText::default()
        };
        let (category, priority) = (row.category, row.priority);
        Finished { text, category, priority, agent_id: (at % AGENTS) as i64, sets_all: true }
    };
    (0..rows.len()).map(finished).collect()
}

/// So many characters of tickets one after the other, so that hardly a sentence is the same as another.
fn joined(rows: &[Row], characters: usize) -> TicketText {
    let mut description = String::new();
    for row in rows.iter().filter(|row| row.lang.as_deref().is_none_or(|lang| lang == "en")) {
        if description.len() > 4 * characters {
            break;
        }
        description.push_str(&row.description);
        description.push('\n');
    }
    TicketText {
        title: "Several things do not work".to_owned(),
        description: description.chars().take(characters).collect(),
        ..TicketText::default()
    }
}

/// The sorted times of so many calls.
fn times(calls: usize, mut call: impl FnMut()) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..calls)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn head(out: &mut impl std::io::Write, name: &str) {
    let _ = writeln!(
        out,
        "{name:<50} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "min", "p50", "p95", "p99", "max"
    );
}

fn row(out: &mut impl std::io::Write, name: &str, times: &[Duration]) {
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_micros();
    let _ = writeln!(
        out,
        "{name:<50} {:>9} {:>9} {:>9} {:>9} {:>9}",
        at(0.0),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
