//! What waits to be asked about: numbers of tickets and hashes of their texts, so that it is small.

use std::sync::{Mutex, PoisonError};

use tokio::sync::mpsc::{self, error::TrySendError};

use crate::classify::fingerprint::Fingerprint;

/// Tickets that wait; one more is dropped. A provider that answers in a second is through with them in
/// about four minutes.
pub const WAITING_MAX: usize = 500;

/// A ticket to be asked about.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// Which.
    pub ticket_id: i64,
    /// Of the text as it was filed: one that was changed meanwhile is another.
    pub text: Fingerprint,
}

/// What waits.
pub struct Queue {
    sender: mpsc::Sender<Job>,
    /// Until somebody works on them.
    jobs: Mutex<Option<mpsc::Receiver<Job>>>,
}

impl Default for Queue {
    fn default() -> Self {
        let (sender, jobs) = mpsc::channel(WAITING_MAX);
        Self { sender, jobs: Mutex::new(Some(jobs)) }
    }
}

impl Queue {
    /// Adds one, or tells why not.
    pub fn put(&self, job: Job) -> Result<(), &'static str> {
        self.sender.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => "queue_full",
            TrySendError::Closed(_) => "shutdown",
        })
    }

    /// What to work on; `None`: somebody does already.
    pub fn jobs(&self) -> Option<mpsc::Receiver<Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.sender.max_capacity() - self.sender.capacity()
    }
}
