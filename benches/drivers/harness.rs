//! What both programs share: the tickets, the clients and the measuring.

use std::{
    error::Error,
    hint::black_box,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike as _,
};

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const CLIENTS: u64 = 64;
const WARM_UP: Duration = Duration::from_secs(1);

/// The tickets on a page.
pub const PAGE_SIZE: usize = 50;

/// A ticket read from the database; `T` is a moment.
#[allow(dead_code, reason = "read whole, as a server would")]
pub struct Ticket<T> {
    pub id: i64,
    pub title: String,
    pub description: String,
    pub category: String,
    pub priority: String,
    pub status: String,
    pub created_at: T,
    pub updated_at: T,
    pub version: i64,
}

/// A ticket to create.
pub struct NewTicket {
    pub title: String,
    pub description: String,
    pub category: &'static str,
    pub priority: &'static str,
    pub created_at: time::OffsetDateTime,
}

#[allow(dead_code, reason = "SQLite's form of a moment")]
impl NewTicket {
    pub fn created_micros(&self) -> i64 {
        (self.created_at.unix_timestamp_nanos() / 1000) as i64
    }
}

pub fn new_ticket(client: u64, turn: u64) -> NewTicket {
    let n = client * 1_000_000 + turn;
    NewTicket {
        title: format!("Cannot sign in after the password was reset, attempt {n:06}"),
        description: {
            let mut text =
                format!("Since this morning the page answers with an error, report {n}. ")
                    .repeat(5);
            text.truncate(300);
            text
        },
        category: ["billing", "technical", "account", "general"][n as usize % 4],
        priority: ["low", "medium", "high", "critical"][n as usize / 4 % 4],
        created_at: time::OffsetDateTime::now_utc(),
    }
}

const WARMING: u8 = 0;
const MEASURING: u8 = 1;
const OVER: u8 = 2;

/// Lets 64 clients send one request after the other and prints, separated by tabs: requests per
/// second, the median and the 99th percentile of their latency in milliseconds, and this process's
/// CPU time per request in microseconds.
pub async fn measure<F, R, T>(seconds: u64, request: F) -> Result<()>
where
    F: Fn(u64, u64) -> R + Send + Sync + 'static,
    R: Future<Output = Result<T>> + Send + 'static,
    T: Send + 'static,
{
    let request = Arc::new(request);
    let phase = Arc::new(AtomicU8::new(WARMING));
    let clients: Vec<_> = (1..=CLIENTS)
        .map(|client| tokio::spawn(run_client(client, Arc::clone(&request), Arc::clone(&phase))))
        .collect();

    tokio::time::sleep(WARM_UP).await;
    let (started, cpu_before) = (Instant::now(), cpu_micros()?);
    phase.store(MEASURING, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    phase.store(OVER, Ordering::Relaxed);
    let (elapsed, cpu) = (started.elapsed(), cpu_micros()? - cpu_before);

    let mut latencies = Vec::new();
    for client in clients {
        latencies.extend(client.await??);
    }
    latencies.sort_unstable();
    let count = latencies.len();
    let percentile = |p: usize| {
        let at = (count * p / 100).min(count.saturating_sub(1));
        latencies.get(at).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1000.0)
    };
    println!(
        "{:.1}\t{:.3}\t{:.3}\t{:.1}",
        count as f64 / elapsed.as_secs_f64(),
        percentile(50),
        percentile(99),
        cpu as f64 / count as f64,
    );
    Ok(())
}

async fn run_client<F, R, T>(
    client: u64,
    request: Arc<F>,
    phase: Arc<AtomicU8>,
) -> Result<Vec<Duration>>
where
    F: Fn(u64, u64) -> R,
    R: Future<Output = Result<T>>,
{
    let mut latencies = Vec::new();
    for turn in 0.. {
        let started = Instant::now();
        black_box(request(client, turn).await?);
        match phase.load(Ordering::Relaxed) {
            WARMING => {}
            MEASURING => latencies.push(started.elapsed()),
            _ => break,
        }
    }
    Ok(latencies)
}

fn cpu_micros() -> Result<i64> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok((usage.user_time() + usage.system_time()).num_microseconds())
}
