//! `frontdesk demo`: made-up tickets, to try things out with as many as one likes.

mod dice;
mod ticket;
mod times;
mod words;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use clap::Args;
use jiff::Timestamp;
use tokio::sync::mpsc;

use self::ticket::Maker;
use super::{
    import::{
        intake::{Intake, Part},
        meter::Meter,
    },
    say, with_store,
};
use crate::{
    config::DatabaseSettings,
    error::{Error, Result},
    tickets::{BatchSize, ImportBatch},
};

/// Most tickets of one call.
const TICKETS_MAX: u64 = 10_000_000;

/// Batches that wait to be written.
const PARTS_MAX: usize = 4;

/// Made-up tickets, for trying things out
#[derive(Args)]
pub struct Demo {
    /// How many, at most 10,000,000
    #[arg(value_parser = clap::value_parser!(u64).range(1..=TICKETS_MAX))]
    tickets: u64,

    /// Other tickets with another number; the same ones with the same
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// When the newest was filed (RFC 3339), by default now; they are spread over the two years before
    #[arg(long)]
    until: Option<Timestamp>,

    /// Add them to the tickets that are there
    #[arg(long)]
    add: bool,

    #[command(flatten)]
    database: DatabaseSettings,
}

/// Makes them.
pub fn run(demo: &Demo) -> Result<()> {
    with_store(&demo.database, async |store, clock| {
        let there = store.ticket_counts().await?.total();
        if there > 0 && !demo.add {
            return Err(Error::Internal(format!(
                "the database has {there} tickets; --add adds made-up ones to them"
            )));
        }
        let until = demo.until.unwrap_or_else(|| clock.now());
        let maker = Maker::new(demo.seed, demo.tickets, until)?;
        let made = Arc::new(AtomicU64::new(0));
        let meter = Meter::new(made.clone(), Some(demo.tickets));
        let mut intake = Intake::new(Some(store), None, 0, meter);
        let (sender, mut parts) = mpsc::channel(PARTS_MAX);
        let (tickets, size) = (demo.tickets, store.import_size());
        let thread = std::thread::spawn(move || make(&maker, tickets, size, &made, &sender));
        while let Some(part) = parts.recv().await {
            intake.take(part).await?;
        }
        thread.join().map_err(|_| Error::Internal("making tickets failed".to_owned()))??;
        say(&format!("made {}", intake.finish().await?))
    })
}

/// Makes all of them, or until nobody writes any more.
fn make(
    maker: &Maker,
    tickets: u64,
    size: BatchSize,
    made: &AtomicU64,
    parts: &mpsc::Sender<Part>,
) -> Result<()> {
    let mut batch = ImportBatch::new(size);
    for n in 0..tickets {
        batch.push(maker.ticket(n)?);
        let is_last = n + 1 == tickets;
        if batch.is_full() || is_last {
            made.store(n + 1, Ordering::Relaxed);
            let part = Part { batch: batch.take(), counted: 0, to: 0 };
            if parts.blocking_send(part).is_err() {
                break; // the writer failed, and says why
            }
        }
    }
    Ok(())
}
