//! One reader of the log for all who listen to this server. While nobody does, nothing is read.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, OwnedSemaphorePermit, Semaphore, broadcast},
    time::{Instant, MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{LogEntry, Snapshot};
use crate::{
    db::Store,
    error::{Error, Result},
};

/// Most entries that are told one by one. More at once, and everybody loads what they show again.
pub const ENTRIES_MAX: u32 = 1_000;

/// Parts of the log that wait for the slowest listener. They are kept once for all; who is further
/// behind is cut off.
const PARTS_KEPT: usize = 64;

/// How often the log is read though nothing was heard: others may write, and not be heard.
const READ_EVERY: Duration = Duration::from_secs(1);

/// Shortest time between two reads.
const PACE: Duration = Duration::from_millis(20);

/// Shortest time between two hints that statistics have changed, and after more than can be told.
const HINT_EVERY: Duration = Duration::from_secs(1);

/// What is new, for all who listen.
#[derive(Debug)]
pub struct News {
    /// All that the log had at `now` and not at `since`, unless it is too much.
    pub entries: Vec<LogEntry>,
    /// Where it begins.
    pub since: Snapshot,
    /// Where it ends.
    pub now: Snapshot,
    /// More happened than is told: what is shown is to be loaded again.
    pub is_reset: bool,
    /// Statistics are others than at the last hint.
    pub is_hint: bool,
}

/// Those who listen to this server.
pub struct Live {
    store: Arc<dyn Store>,
    /// Where the reader tells; `None` while there is no reader.
    reader: Mutex<Option<broadcast::Sender<Arc<News>>>>,
    places: Arc<Semaphore>,
    /// Ends with the server.
    pub ending: CancellationToken,
}

impl Live {
    /// Nobody so far. A quarter of the server's connections may be streams: the rest is for requests.
    pub fn new(store: Arc<dyn Store>, connections: usize, ending: CancellationToken) -> Self {
        let places = Arc::new(Semaphore::new((connections / 4).max(1)));
        Self { store, reader: Mutex::new(None), places, ending }
    }

    /// A place for a stream, kept until it is dropped.
    ///
    /// # Errors
    /// `Unavailable` when all are taken.
    pub fn place(&self) -> Result<OwnedSemaphorePermit> {
        self.places.clone().try_acquire_owned().map_err(|_| Error::Unavailable {
            what: "live events",
            retry_after: Some(Duration::from_secs(30)),
            detail: "every stream that may be open is open".to_owned(),
        })
    }

    /// Begins to listen: all that is committed from now on comes, and perhaps some from just before.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn listen(self: &Arc<Self>) -> Result<broadcast::Receiver<Arc<News>>> {
        let mut reader = self.reader.lock().await;
        if let Some(sender) = &*reader {
            return Ok(sender.subscribe());
        }
        let begin = self.store.log_end().await?;
        let (sender, receiver) = broadcast::channel(PARTS_KEPT);
        *reader = Some(sender.clone());
        tokio::spawn(self.clone().read(sender, begin));
        Ok(receiver)
    }

    /// Reads the log for as long as somebody listens.
    async fn read(self: Arc<Self>, sender: broadcast::Sender<Arc<News>>, mut seen: Snapshot) {
        let mut growth = self.store.log_growth();
        let mut turns = interval(READ_EVERY);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut hearing = self.store.hear_others();
        let mut hint = Hint::default();
        loop {
            tokio::select! {
                () = self.ending.cancelled() => break,
                _ = turns.tick() => {}
                changed = growth.changed() => if changed.is_err() { break },
                () = &mut hearing => {}
            }
            if sender.receiver_count() == 0 {
                let mut reader = self.reader.lock().await;
                // nobody begins while this is locked
                if sender.receiver_count() == 0 {
                    *reader = None;
                    return;
                }
            }
            match self.news(&seen, &mut hint).await {
                Ok(Some(news)) => {
                    seen = news.now.clone();
                    let pause = if news.is_reset { HINT_EVERY } else { PACE };
                    let _ = sender.send(Arc::new(news)); // to nobody, if all have just left
                    sleep(pause).await;
                }
                Ok(None) => sleep(PACE).await,
                Err(error) => {
                    // what happens meanwhile is told once it can be read again
                    tracing::debug!(%error, "cannot read the log");
                    sleep(READ_EVERY).await;
                }
            }
        }
        *self.reader.lock().await = None;
    }

    /// `None`: nothing is new.
    async fn news(&self, seen: &Snapshot, hint: &mut Hint) -> Result<Option<News>> {
        let since = seen.clone();
        let Some(part) = self.store.log_since(seen, ENTRIES_MAX).await? else {
            // another database than a moment ago: restored from a backup, perhaps
            let now = self.store.log_end().await?;
            let entries = Vec::new();
            return Ok(Some(News { entries, since, now, is_reset: true, is_hint: true }));
        };
        let is_reset = part.is_too_much;
        let is_hint = hint.is_due(!part.entries.is_empty());
        if part.entries.is_empty() && !is_hint {
            return Ok(None);
        }
        if is_reset {
            let now = self.store.log_end().await?;
            return Ok(Some(News { entries: Vec::new(), since, now, is_reset, is_hint }));
        }
        Ok(Some(News { entries: part.entries, since, now: part.now, is_reset, is_hint }))
    }
}

/// When to tell that statistics have changed: at once, and then each second at most.
#[derive(Default)]
struct Hint {
    is_owed: bool,
    last: Option<Instant>,
}

impl Hint {
    fn is_due(&mut self, has_changed: bool) -> bool {
        self.is_owed |= has_changed;
        let is_due = self.is_owed && self.last.is_none_or(|last| last.elapsed() >= HINT_EVERY);
        if is_due {
            *self = Self { is_owed: false, last: Some(Instant::now()) };
        }
        is_due
    }
}
