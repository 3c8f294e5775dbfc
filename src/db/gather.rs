//! Work that comes at the same moment, done together.

use std::{
    collections::VecDeque,
    ops::Range,
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::sync::oneshot;

use super::unavailable;
use crate::error::{Error, Result};

/// Gathers what comes while earlier work is under way, and does it at once. Nothing waits for company:
/// what comes alone is done alone.
pub struct Gather<T, R> {
    state: Mutex<State<T, R>>,
    /// Most batches under way at the same time.
    at_once: usize,
    /// Most pieces of work in a batch.
    batch_max: usize,
    /// Most pieces that wait; more are refused.
    queue_max: usize,
}

struct State<T, R> {
    waiting: VecDeque<(T, oneshot::Sender<R>)>,
    under_way: usize,
}

impl<T: Send + 'static, R: Send + 'static> Gather<T, R> {
    /// Gathers up to `batch_max` pieces, and does up to `at_once` batches at the same time.
    pub fn new(at_once: usize, batch_max: usize, queue_max: usize) -> Self {
        let state = Mutex::new(State { waiting: VecDeque::new(), under_way: 0 });
        Self { state, at_once, batch_max, queue_max }
    }

    /// Has `piece` done by `work`, which gets `with` and one batch, and returns a result for each of its pieces
    /// in their order. A batch is done to its end also when a caller goes away.
    ///
    /// # Errors
    /// `Unavailable` when too much waits, or when the work panicked.
    pub async fn submit<C, F>(
        self: &Arc<Self>,
        piece: T,
        with: C,
        work: fn(C, Vec<T>) -> F,
    ) -> Result<R>
    where
        C: Clone + Send + 'static,
        F: Future<Output = Vec<R>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let leads = {
            let mut state = self.state();
            if state.waiting.len() >= self.queue_max {
                return Err(unavailable("too many requests wait for it"));
            }
            state.waiting.push_back((piece, reply));
            let leads = state.under_way < self.at_once;
            state.under_way += usize::from(leads);
            leads
        };
        if leads {
            let lead = Lead(Arc::clone(self));
            tokio::spawn(lead.work_off(with, work));
        }
        answer.await.map_err(|_| unavailable("the work was given up"))
    }

    /// How many pieces wait to be done.
    pub fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// One that works, batch after batch, until nothing waits.
struct Lead<T: Send + 'static, R: Send + 'static>(Arc<Gather<T, R>>);

impl<T: Send + 'static, R: Send + 'static> Lead<T, R> {
    async fn work_off<C: Clone, F>(self, with: C, work: fn(C, Vec<T>) -> F)
    where
        F: Future<Output = Vec<R>>,
    {
        loop {
            let (pieces, replies) = {
                let mut state = self.0.state();
                if state.waiting.is_empty() {
                    return;
                }
                let n = state.waiting.len().min(self.0.batch_max);
                let batch = state.waiting.drain(..n);
                // nobody waits for some of them any more
                batch.filter(|(_, reply)| !reply.is_closed()).unzip::<_, _, Vec<_>, Vec<_>>()
            };
            if pieces.is_empty() {
                continue;
            }
            for (reply, result) in replies.into_iter().zip(work(with.clone(), pieces).await) {
                let _ = reply.send(result);
            }
        }
    }
}

impl<T: Send + 'static, R: Send + 'static> Drop for Lead<T, R> {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

/// The results of a batch of `n` pieces that `work` does as one, or if that fails one by one, so that one that
/// is refused harms no other. `work` is given the places of those it is to do, and returns a result for each.
pub async fn together_or_each<R, F>(n: usize, work: impl Fn(Range<usize>) -> F) -> Vec<Result<R>>
where
    F: Future<Output = Result<Vec<R>>>,
{
    match work(0..n).await {
        Ok(results) => results.into_iter().map(Ok).collect(),
        Err(error) if n == 1 || matches!(error, Error::Unavailable { .. }) => {
            (0..n).map(|_| Err(error.clone())).collect()
        }
        Err(_) => {
            let mut results = Vec::with_capacity(n);
            for one in 0..n {
                match work(one..one + 1).await {
                    Ok(result) => results.extend(result.into_iter().map(Ok)),
                    Err(error) => results.push(Err(error)),
                }
            }
            results
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn what_comes_meanwhile_is_done_together() {
        let gather = Arc::new(Gather::<usize, usize>::new(1, 3, 100));
        let (gate, batches) = (Arc::new(Semaphore::new(0)), Arc::new(Mutex::new(Vec::new())));
        let submit = |n: usize| {
            let (gather, with) = (gather.clone(), (gate.clone(), batches.clone()));
            type With = (Arc<Semaphore>, Arc<Mutex<Vec<Vec<usize>>>>);
            tokio::spawn(async move {
                let work = |(gate, batches): With, pieces: Vec<usize>| async move {
                    batches.lock().unwrap().push(pieces.clone());
                    gate.acquire().await.unwrap().forget();
                    pieces.iter().map(|n| n * 10).collect()
                };
                gather.submit(n, with, work).await.unwrap()
            })
        };
        let mut answers = Vec::new();
        for n in 0..5 {
            answers.push(submit(n));
            tokio::task::yield_now().await; // in this order
            tokio::task::yield_now().await;
        }
        gate.add_permits(3);
        for (n, answer) in answers.into_iter().enumerate() {
            assert_eq!(answer.await.unwrap(), n * 10);
        }
        assert_eq!(*batches.lock().unwrap(), [vec![0], vec![1, 2, 3], vec![4]]);
    }

    #[tokio::test]
    async fn work_that_panics_harms_only_its_own_batch() {
        let gather = Arc::new(Gather::<bool, ()>::new(1, 8, 8));
        let work = |(), pieces: Vec<bool>| async move {
            assert!(!pieces[0], "as asked");
            vec![(); pieces.len()]
        };
        assert!(gather.submit(true, (), work).await.is_err());
        assert!(gather.submit(false, (), work).await.is_ok());
    }

    #[tokio::test]
    async fn more_than_can_wait_is_refused() {
        let gather = Arc::new(Gather::<(), ()>::new(1, 1, 2));
        let started = Arc::new(AtomicUsize::new(0));
        let mut waiting = Vec::new();
        for _ in 0..3 {
            let (gather, started) = (gather.clone(), started.clone());
            waiting.push(tokio::spawn(async move {
                let work = |started: Arc<AtomicUsize>, _: Vec<()>| {
                    started.fetch_add(1, Ordering::Relaxed);
                    std::future::pending()
                };
                gather.submit((), started, work).await
            }));
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        }
        assert!(gather.submit((), (), |(), _| std::future::pending()).await.is_err());
        assert_eq!(started.load(Ordering::Relaxed), 1);
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
