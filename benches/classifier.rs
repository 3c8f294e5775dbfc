//! How long the embedded classifier takes: `cargo bench --bench classifier`.
//!
//! No framework: what matters is the slowest of many calls, and that is sorting and counting.

use std::{
    hint::black_box,
    io::Write as _,
    time::{Duration, Instant},
};

use frontdesk::classify::{TicketText, local::LocalClassifier};

const CALLS: usize = 4_000;

/// Stands between the repetitions, so that no two sentences are the same.
const SENTENCE: &str = "Since the update of Monday our invoices can't be sent, the export says \
    \"Fehler 500 – impossible d'exporter\", and two of my colleagues are locked out of their accounts; ";

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<34} {:>9} {:>9} {:>9} {:>9}", "one call", "p50", "p95", "p99", "max")?;
    for characters in [100, 500, 1_000, 4_000, 50_000] {
        let text = text(characters);
        // the first call reads the model and builds the guard's tables
        black_box(LocalClassifier::explain(&text));
        let suggest = times(|| drop(black_box(LocalClassifier::suggest(black_box(&text)))));
        row(&mut out, &format!("suggest, {characters} characters"), &suggest)?;
        let explain = times(|| drop(black_box(LocalClassifier::explain(black_box(&text)))));
        row(&mut out, &format!("explain, {characters} characters"), &explain)?;
    }
    Ok(())
}

fn text(characters: usize) -> TicketText {
    let mut description = String::new();
    for number in 0.. {
        if description.chars().count() >= characters {
            break;
        }
        description.push_str(SENTENCE);
        description.push_str(&format!("case {number}, word{number}x. "));
    }
    let description = description.chars().take(characters).collect();
    TicketText {
        title: "Several things do not work".to_owned(),
        description,
        ..TicketText::default()
    }
}

/// The sorted times of many calls.
fn times(call: impl Fn()) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..CALLS)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn row(out: &mut impl std::io::Write, name: &str, times: &[Duration]) -> std::io::Result<()> {
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    writeln!(
        out,
        "{name:<34} {:>9.0?} {:>9.0?} {:>9.0?} {:>9.0?}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    )
}
