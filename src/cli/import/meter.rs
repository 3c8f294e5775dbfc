//! How far a long command has come, for whoever looks on: one line that changes on a terminal, a line
//! now and then elsewhere.

use std::{
    fmt,
    io::{IsTerminal as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Between two pictures on a terminal.
const PICTURE_EVERY: Duration = Duration::from_millis(100);

/// Between two lines elsewhere.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Characters of the bar.
const BAR: u64 = 24;

/// Shows progress on standard error.
pub struct Meter {
    start: Instant,
    last: Instant,
    is_terminal: bool,
    done: Arc<AtomicU64>,
    whole: Option<u64>,
    tickets: u64,
}

impl Meter {
    /// `done` grows up to `whole`, where that is known.
    pub fn new(done: Arc<AtomicU64>, whole: Option<u64>) -> Self {
        let now = Instant::now();
        let is_terminal = std::io::stderr().is_terminal();
        let whole = whole.filter(|whole| *whole > 0);
        Self { start: now, last: now, is_terminal, done, whole, tickets: 0 }
    }

    /// Counts tickets, and shows where it is from time to time.
    pub fn add(&mut self, tickets: u64) {
        self.tickets += tickets;
        let every = if self.is_terminal { PICTURE_EVERY } else { LINE_EVERY };
        if self.last.elapsed() < every {
            return;
        }
        self.last = Instant::now();
        let line = line(self.tickets, self.seconds(), self.share());
        // progress that nobody can see is no reason to stop
        let _ = match self.is_terminal {
            true => write!(std::io::stderr(), "\r{line}\x1b[K"),
            false => writeln!(std::io::stderr(), "{line}"),
        };
    }

    /// How many tickets it was, and how long it took. The terminal's line is free again.
    pub fn finish(self) -> Taken {
        if self.is_terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
        Taken { tickets: self.tickets, seconds: self.seconds() }
    }

    fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// In thousandths.
    fn share(&self) -> Option<u64> {
        let done = u128::from(self.done.load(Ordering::Relaxed)) * 1000;
        u64::try_from(done / u128::from(self.whole?)).ok().map(|share| share.min(1000))
    }
}

/// Tickets, and how long they took. For people: `500 tickets in 0.5 s (1000 a second)`.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// How many.
    pub tickets: u64,
    seconds: f64,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tickets, seconds } = *self;
        write!(f, "{} in {seconds:.1} s ({:.0} a second)", named(tickets), rate(tickets, seconds))
    }
}

/// `1 ticket`, `2 tickets`.
pub fn named(tickets: u64) -> String {
    format!("{tickets} ticket{}", if tickets == 1 { "" } else { "s" })
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn rate(tickets: u64, seconds: f64) -> f64 {
    tickets as f64 / seconds.max(0.001)
}

fn line(tickets: u64, seconds: f64, share: Option<u64>) -> String {
    let numbers = format!("{}, {:.0} a second", named(tickets), rate(tickets, seconds));
    let Some(share) = share else { return numbers };
    let full = usize::try_from(share * BAR / 1000).unwrap_or_default();
    let rest = usize::try_from(BAR).unwrap_or_default() - full;
    let (full, rest) = ("#".repeat(full), ".".repeat(rest));
    format!("[{full}{rest}] {:3}% {numbers}", share / 10)
}

#[cfg(test)]
mod tests {
    use super::{Taken, line};

    #[test]
    fn a_line_says_how_far_and_how_fast() {
        assert_eq!(line(500, 0.5, None), "500 tickets, 1000 a second");
        let half = line(10, 10.0, Some(500));
        assert_eq!(half, "[############............]  50% 10 tickets, 1 a second");
        let whole = line(1, 0.0, Some(1000));
        assert!(whole.starts_with("[########################] 100% 1 ticket, "), "{whole}");
        let taken = Taken { tickets: 500, seconds: 0.5 };
        assert_eq!(taken.to_string(), "500 tickets in 0.5 s (1000 a second)");
    }
}
