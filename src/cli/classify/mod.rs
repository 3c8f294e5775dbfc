//! `frontdesk classify`: what a source suggests, and how often it is right.

mod labelled;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicU64},
};

use clap::Args;
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use self::labelled::{Labelled, of_file, of_store};
use super::{
    import::meter::{Meter, named},
    say, with_runtime, with_store,
};
use crate::{
    classify::{
        Classification, Ledger, Mode, Suggested, TicketText,
        local::LocalClassifier,
        report::{self, ModelReport},
        store::Outcome,
    },
    clock::Clock,
    config::{DatabaseSettings, LlmSettings},
    error::{Error, Result},
    tickets::{Occasion, TicketSuggestion},
};

/// Tickets that are asked about at the same time.
const AT_ONCE: usize = 8;

/// What a source suggests, and how often it is right
#[derive(Args)]
#[command(after_help = "\
With --text it prints one suggestion. With --labelled or --replay it asks about each ticket, compares with \
the labels, and prints the report that GET /api/classifier/report/ has. Nothing is stored, but with \
--replay what it took is added to the days' calls, tokens and cost that the report has. A language \
model is asked for every ticket that the bounds on its use let through; redaction and budget hold as in \
`frontdesk serve`. With --replay a language model gets the examples that it has there, of which a ticket is \
never its own; --llm-examples off leaves them out, to compare.")]
pub struct Classify {
    /// A description
    #[arg(long, required_unless_present_any = ["labelled", "replay"])]
    text: Option<String>,

    /// Its title
    #[arg(long, requires = "text")]
    title: Option<String>,

    /// Tickets with their labels: a JSON object a line with title, description, category, priority
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "replay"])]
    labelled: Option<PathBuf>,

    /// The newest so many tickets whose labels an agent confirmed by resolving or closing them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "text")]
    replay: Option<u32>,

    /// Who is asked
    #[arg(long, env = "FRONTDESK_CLASSIFIER", value_enum, default_value_t = Mode::Auto)]
    source: Mode,

    /// JSON for programs
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    llm: LlmSettings,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Asks, and prints what comes of it.
pub fn run(classify: &Classify) -> Result<()> {
    let settings = classify.llm.resolve(classify.source)?;
    let clock = Clock::system();
    let local = Arc::new(LocalClassifier);
    let ledger = Arc::new(Ledger::new(classify.llm.prices()?, clock.clone()));
    let asked = Classification::new(classify.source, settings.as_ref(), local, ledger)?;
    if let Some(text) = &classify.text {
        let title = classify.title.clone().unwrap_or_default();
        let text = TicketText { title, description: text.clone(), ..TicketText::default() };
        return with_runtime(one(&asked, &text, &clock, classify.json));
    }
    if let Some(file) = &classify.labelled {
        let tickets = of_file(file)?;
        return with_runtime(all(&asked, tickets, &clock, classify.json));
    }
    let most = classify.replay.unwrap_or_default() as usize;
    with_store(&classify.database, async |store, clock| {
        let tickets = of_store(store, most).await?;
        if let Some(library) = asked.library() {
            library.read(store, clock.now()).await?;
        }
        let done = all(&asked, tickets, clock, classify.json).await;
        // what it took is spent, whatever came of it
        asked.ledger().write(store).await?;
        done
    })
}

async fn one(asked: &Classification, text: &TicketText, clock: &Clock, json: bool) -> Result<()> {
    let answer = asked.classify(text).await.map_err(|e| Error::Internal(e.to_string()))?;
    let suggested = Suggested::new(&answer, clock.now());
    if json {
        let text = serde_json::to_string(&suggested);
        return say(&text.map_err(|e| Error::Internal(e.to_string()))?);
    }
    let sure = |confidence: Option<f64>| {
        confidence.map_or(String::new(), |sure| format!(" ({:.0} %)", sure * 100.0))
    };
    let check = if answer.suggestion.needs_check() { ", please check" } else { "" };
    let degraded = if answer.degraded { ", instead of the language model" } else { "" };
    say(&format!("category  {}{}", suggested.category, sure(suggested.category_confidence)))?;
    say(&format!(
        "priority  {}{}{check}",
        suggested.priority,
        sure(suggested.priority_confidence)
    ))?;
    say(&format!("by        {} {}{degraded}", suggested.source, suggested.model))?;
    if let Some(reasons) = answer.suggestion.reasons.filter(|why| !why.evidence.is_empty()) {
        say(&format!("because   {}", reasons.evidence.join("; ")))?;
    }
    Ok(())
}

async fn all(
    asked: &Classification,
    tickets: Vec<Labelled>,
    clock: &Clock,
    json: bool,
) -> Result<()> {
    if tickets.is_empty() {
        return Err(Error::Internal("there is no ticket with labels to compare with".to_owned()));
    }
    let whole = tickets.len();
    let done = Arc::new(AtomicU64::new(0));
    let mut meter = Meter::new(done.clone(), Some(whole as u64));
    let mut outcomes = Vec::with_capacity(whole);
    let mut answers = stream::iter(tickets)
        .map(async |ticket| {
            let answer = match ticket.id {
                Some(id) => asked.choose_again(&ticket.text, id).await,
                None => asked.choose(&ticket.text).await,
            };
            (answer, ticket.end)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((answer, end)) = answers.next().await {
        done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        meter.add(1);
        // a failure is counted where it happened
        let Ok(answer) = answer else { continue };
        let suggested = Suggested::new(&answer, clock.now());
        let suggestion = TicketSuggestion::new(Occasion::Filing, suggested, None);
        outcomes.push(Outcome { suggestion, end: Some(end) });
    }
    meter.finish();
    print(asked, &report::models(&outcomes, asked.ledger().prices()), whole, json)
}

fn print(asked: &Classification, models: &[ModelReport], whole: usize, json: bool) -> Result<()> {
    let (_, failures) = asked.failures();
    if json {
        let report = json!({"tickets": whole, "models": models, "failures": failures});
        return say(&report.to_string());
    }
    say(&named(whole as u64))?;
    for model in models {
        say(format!("\n{model}").trim_end())?;
    }
    for failure in failures {
        say(&format!("\n{} gave no answer {} times: {}", failure.source, failure.n, failure.kind))?;
    }
    Ok(())
}
