//! Those who ask the same at the same time share one call.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Shared, WeakShared},
};

use super::{Classifier, ClassifyError, Suggestion, TicketText, fingerprint::Fingerprint};

type Call = BoxFuture<'static, Result<Suggestion, ClassifyError>>;

/// A classifier that asks the one inside it once for all who wait for the same answer. The call is
/// cancelled when the last of them has gone.
pub struct SingleFlight {
    inner: Arc<dyn Classifier>,
    // weak: only those who wait keep a call alive
    calls: Mutex<HashMap<Fingerprint, WeakShared<Call>>>,
}

impl SingleFlight {
    /// Shares the calls to `inner`.
    pub fn new(inner: Arc<dyn Classifier>) -> Self {
        Self { inner, calls: Mutex::default() }
    }

    fn join(&self, text: &TicketText) -> Shared<Call> {
        let key = text.question();
        let mut calls = self.calls.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(call) = calls.get(&key).and_then(WeakShared::upgrade) {
            return call;
        }
        let (inner, text) = (self.inner.clone(), text.clone());
        let call = async move { inner.classify(&text).await }.boxed().shared();
        // few calls are under way at a time, so that looking at each costs nothing
        calls.retain(|_, call| call.upgrade().is_some());
        if let Some(weak) = call.downgrade() {
            calls.insert(key, weak);
        }
        call
    }
}

#[async_trait]
impl Classifier for SingleFlight {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        self.join(text).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::scripted::{Scripted, suggestion, text};

    #[tokio::test]
    async fn those_who_ask_the_same_share_a_call() {
        let inner = Scripted::new(|_| Ok(suggestion())).held();
        let flight = SingleFlight::new(inner.clone());
        let (a, b, c) = (text("a"), text(" a "), text("c"));
        let ask = |text| flight.classify(text);
        let (first, second, other, ()) =
            tokio::join!(ask(&a), ask(&b), ask(&c), inner.let_go_after(2));
        assert!(first.is_ok() && second.is_ok() && other.is_ok());
        assert_eq!(inner.calls(), 2);
        assert!(flight.classify(&a).await.is_ok());
        assert_eq!(inner.calls(), 3, "what is over is not shared");
        assert_eq!(flight.calls.lock().unwrap().len(), 1, "and not kept");
    }

    #[tokio::test]
    async fn a_call_ends_with_the_last_who_waits_for_it() {
        let inner = Scripted::new(|_| Ok(suggestion())).held();
        let flight = Arc::new(SingleFlight::new(inner.clone()));
        let ask = || {
            let flight = flight.clone();
            tokio::spawn(async move { flight.classify(&text("a")).await })
        };
        let (first, second) = (ask(), ask());
        inner.begun(1).await;
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        assert_eq!(inner.cancelled(), 0, "one still waits");
        second.abort();
        assert!(second.await.unwrap_err().is_cancelled());
        assert_eq!((inner.calls(), inner.cancelled()), (1, 1));
    }
}
