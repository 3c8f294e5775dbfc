//! Requests for the same that come at the same moment, answered once: after something happened to a
//! ticket, everybody who looks at the list asks for its first page.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::body::Bytes;
use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// Answers by what is asked. Whoever asks gets one that was begun after they asked, as if they had been
/// alone; so those who come while one is made wait together for the next.
#[derive(Default)]
pub struct Coalescer {
    /// Who waits for an answer that is not begun yet; also where nobody does, while one is made.
    waiting: Mutex<HashMap<String, Vec<Reply>>>,
}

type Reply = oneshot::Sender<Result<Bytes>>;

impl Coalescer {
    /// The answer to `question`, which tells it from every other; made by `make`, for one or for many. It is
    /// made to its end also when whoever asked goes away.
    ///
    /// # Errors
    /// Those of `make`; `Internal` if it panicked.
    pub async fn answer<M, F>(self: &Arc<Self>, question: String, make: M) -> Result<Bytes>
    where
        M: Fn() -> F + Send + 'static,
        F: Future<Output = Result<Bytes>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let first = match self.waiting().entry(question.clone()) {
            Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(reply);
                None
            }
            Entry::Vacant(place) => {
                place.insert(vec![reply]);
                Some(Turn { coalescer: Arc::clone(self), question, is_over: false })
            }
        };
        if let Some(turn) = first {
            tokio::spawn(turn.answer(make));
        }
        answer.await.map_err(|_| Error::Internal("the answer was given up".to_owned()))?
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, Vec<Reply>>> {
        self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Answers one question, again and again until nobody waits for it.
struct Turn {
    coalescer: Arc<Coalescer>,
    question: String,
    is_over: bool,
}

impl Turn {
    async fn answer<M, F>(mut self, make: M)
    where
        M: Fn() -> F,
        F: Future<Output = Result<Bytes>>,
    {
        while let Some(replies) = self.next() {
            let answer = make().await;
            let is_unavailable = matches!(answer, Err(Error::Unavailable { .. }));
            // nobody is to wait for one deadline after the other
            let late = if is_unavailable { self.end() } else { Vec::new() };
            for reply in replies.into_iter().chain(late) {
                let _ = reply.send(answer.clone());
            }
            if is_unavailable {
                return;
            }
        }
    }

    /// Ends the turn; returns those who wait still.
    fn end(&mut self) -> Vec<Reply> {
        self.is_over = true;
        self.coalescer.waiting().remove(&self.question).unwrap_or_default()
    }

    /// Those who wait; if nobody does, the turn is over.
    fn next(&mut self) -> Option<Vec<Reply>> {
        let mut waiting = self.coalescer.waiting();
        let replies = waiting.get_mut(&self.question).map(std::mem::take).unwrap_or_default();
        if replies.is_empty() {
            waiting.remove(&self.question);
            self.is_over = true;
            return None;
        }
        Some(replies)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.is_over {
            self.end(); // which tells them
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn those_who_come_meanwhile_get_the_next_answer_together() {
        let coalescer = Arc::new(Coalescer::default());
        let (gate, made) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
        let ask = |question: &str| {
            let (coalescer, question) = (coalescer.clone(), question.to_owned());
            let (gate, made) = (gate.clone(), made.clone());
            tokio::spawn(async move {
                let make = move || {
                    let n = made.fetch_add(1, Ordering::Relaxed);
                    let gate = gate.clone();
                    async move {
                        gate.acquire().await.unwrap().forget();
                        Ok(Bytes::from(n.to_string()))
                    }
                };
                coalescer.answer(question, make).await.unwrap()
            })
        };
        let mut answers = Vec::new();
        for question in ["a", "a", "b", "a"] {
            answers.push(ask(question));
            tokio::task::yield_now().await; // in this order
            tokio::task::yield_now().await;
        }
        gate.add_permits(10);
        let mut got = Vec::new();
        for answer in answers {
            got.push(answer.await.unwrap());
        }
        assert_eq!(got, ["0", "2", "1", "2"]);
        assert!(coalescer.waiting().is_empty());
        assert_eq!(ask("a").await.unwrap(), "3", "nothing is remembered");
    }

    #[tokio::test]
    async fn what_is_unavailable_is_so_for_all_who_wait() {
        let coalescer = Arc::new(Coalescer::default());
        let gate = Arc::new(Semaphore::new(0));
        let ask = || {
            let (coalescer, gate) = (coalescer.clone(), gate.clone());
            tokio::spawn(async move {
                let make = move || {
                    let gate = gate.clone();
                    async move {
                        gate.acquire().await.unwrap().forget();
                        let detail = "as asked".to_owned();
                        Err(Error::Unavailable { what: "it", retry_after: None, detail })
                    }
                };
                coalescer.answer("a".to_owned(), make).await
            })
        };
        let mut answers = Vec::new();
        for waiting in [0, 1] {
            answers.push(ask());
            while coalescer.waiting().get("a").is_none_or(|replies| replies.len() != waiting) {
                tokio::task::yield_now().await;
            }
        }
        gate.add_permits(1);
        for answer in answers {
            assert!(matches!(answer.await.unwrap(), Err(Error::Unavailable { .. })));
        }
        assert!(coalescer.waiting().is_empty());
    }

    #[tokio::test]
    async fn an_answer_that_panics_harms_only_those_who_wait_for_it() {
        let coalescer = Arc::new(Coalescer::default());
        let fails = || async { panic!("as asked") };
        assert!(coalescer.answer("a".to_owned(), fails).await.is_err());
        let works = || async { Ok(Bytes::new()) };
        assert!(coalescer.answer("a".to_owned(), works).await.is_ok());
    }
}
