//! What it brings to commit together what comes at once: `cargo bench --bench filing`.
//!
//! Files and changes tickets in SQLite (`synchronous=FULL`), first one after the other, each with a
//! commit of its own, then by many at the same time; without HTTP. With `DATABASE_URL` of a PostgreSQL
//! database that may be filled, there too.

use std::{
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use frontdesk::{
    db::{self, Store},
    tickets::{
        Actor, ActorKind, Category, Description, NewTicket, Priority, Source, Status, TicketPatch,
        Title,
    },
};
use jiff::Timestamp;

const ROUNDS: usize = 7;

/// How long each measurement runs at most.
const TIME: Duration = Duration::from_secs(2);

const AT_ONCE: usize = 64;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("bench.db").display());
    measure("SQLite", &file).await?;
    if let Ok(url) = std::env::var("DATABASE_URL") {
        measure("PostgreSQL", &url).await?;
    }
    Ok(())
}

async fn measure(name: &str, url: &str) -> Outcome<()> {
    let store = db::open(&url.parse()?).await?;
    let mut rates: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        // side by side, so that what else the machine does meets all alike
        rates[0].push(rate(&store, 1, Deed::File).await?);
        rates[1].push(rate(&store, AT_ONCE, Deed::File).await?);
        rates[2].push(rate(&store, 1, Deed::Change).await?);
        rates[3].push(rate(&store, AT_ONCE, Deed::Change).await?);
    }
    let mut out = std::io::stdout().lock();
    for (what, at) in [("filed", 0), ("changed", 2)] {
        let ratios = rates[at].iter().zip(&rates[at + 1]).map(|(one, many)| many / one).collect();
        writeln!(
            out,
            "{name}: {what} a second: {:>6.0} one by one, {:>6.0} by {AT_ONCE} at once, ratio {:.1}",
            median(rates[at].clone()),
            median(rates[at + 1].clone()),
            median(ratios),
        )?;
    }
    store.close().await;
    Ok(())
}

#[derive(Clone, Copy)]
enum Deed {
    File,
    Change,
}

/// How often a second the deed is done by so many at once.
async fn rate(store: &Arc<dyn Store>, at_once: usize, deed: Deed) -> Outcome<f64> {
    let started = Instant::now();
    let mut doing = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let store = Arc::clone(store);
        doing.spawn(async move {
            let filed = store.create_ticket(ticket(), None, agent()).await?.into_ticket();
            let mut done = 0_u32;
            while started.elapsed() < TIME {
                match deed {
                    Deed::File => drop(store.create_ticket(ticket(), None, agent()).await?),
                    Deed::Change => {
                        let status = Some(Status::ALL[done as usize % 4]);
                        let patch = TicketPatch { status, ..TicketPatch::default() };
                        store
                            .patch_ticket(filed.id, patch, None, agent(), Timestamp::UNIX_EPOCH)
                            .await?;
                    }
                }
                done += 1;
            }
            Ok::<_, frontdesk::error::Error>(done)
        });
    }
    let mut done = 0;
    while let Some(one) = doing.join_next().await {
        done += one??;
    }
    Ok(f64::from(done) / started.elapsed().as_secs_f64())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn agent() -> Actor {
    Actor { kind: ActorKind::Agent, account_id: None, name: None }
}

fn ticket() -> NewTicket {
    let title = Title::parse("Cannot sign in since the update");
    let description = Description::parse(
        "Since this morning the page stays white after I enter my password. I tried two browsers \
         and another network, and a colleague sees the same. Please help, we cannot work."
            .to_owned(),
    );
    let (Ok(title), Ok(description)) = (title, description) else { unreachable!("both are short") };
    NewTicket {
        title,
        description,
        category: (Category::Account, Source::Agent),
        priority: (Priority::High, Source::Agent),
        status: Status::Open,
        created_at: Timestamp::UNIX_EPOCH,
        follow_sha256: None,
        suggestions: Vec::new(),
    }
}
