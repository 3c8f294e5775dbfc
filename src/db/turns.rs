//! Work that begins and ends in the order of its calls, and goes on at the same time between.

use std::convert::Infallible;

use tokio::sync::{Mutex, MutexGuard, oneshot};

/// Where the work's order is kept.
#[derive(Default)]
pub struct Turns(Mutex<Option<oneshot::Receiver<Infallible>>>);

/// While this lives, nothing else begins.
pub struct Start<'a>(MutexGuard<'a, Option<oneshot::Receiver<Infallible>>>);

/// The place of work that has begun; it ends when this is dropped.
pub struct Turn {
    before: Option<oneshot::Receiver<Infallible>>,
    /// Dropped with the turn, which is what the next one waits for.
    _after: oneshot::Sender<Infallible>,
}

impl Turns {
    /// Waits until what was called before has begun.
    pub async fn start(&self) -> Start<'_> {
        Start(self.0.lock().await)
    }
}

impl Start<'_> {
    /// Lets the next one begin.
    pub fn begun(mut self) -> Turn {
        let (after, next) = oneshot::channel();
        Turn { before: self.0.replace(next), _after: after }
    }
}

impl Turn {
    /// Waits until what began before has ended, however it did.
    pub async fn come(&mut self) {
        if let Some(before) = &mut self.before {
            let _ = before.await;
            self.before = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::poll;

    use super::*;

    #[tokio::test]
    async fn each_waits_for_the_end_of_the_one_before() {
        let turns = Turns::default();
        let first = turns.start().await;
        assert!(poll!(Box::pin(turns.start())).is_pending(), "the first has not begun");
        let mut first = first.begun();
        let mut second = turns.start().await.begun();
        let mut third = turns.start().await.begun();

        first.come().await;
        assert!(poll!(Box::pin(second.come())).is_pending());
        assert!(poll!(Box::pin(third.come())).is_pending());
        drop(first);
        second.come().await;
        assert!(poll!(Box::pin(third.come())).is_pending());
        drop(second); // as one that failed
        third.come().await;
    }
}
