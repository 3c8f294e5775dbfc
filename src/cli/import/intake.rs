//! Writes batches one after the other, each with how far it takes the import.

use futures_util::{StreamExt as _, future::BoxFuture, stream::FuturesOrdered};

use super::meter::{Meter, Taken};
use crate::{
    db::Store,
    error::Result,
    tickets::{ImportMark, ImportedTicket, SEGMENT_TICKETS},
};

/// Batches that the store has at a time: on PostgreSQL two that are written, and one that is made ready meanwhile.
const UNDER_WAY_MAX: usize = 3;

/// A batch, and where it ends.
pub struct Part {
    /// The tickets.
    pub batch: Vec<ImportedTicket>,
    /// Tickets that are only counted.
    pub counted: u64,
    /// The position of its last record.
    pub to: i64,
}

/// Takes parts in.
pub struct Intake<'a> {
    /// `None`: nothing is written.
    store: Option<&'a dyn Store>,
    /// `None`: the import cannot be recognised and has no progress.
    source_sha256: Option<[u8; 32]>,
    at: i64,
    under_way: FuturesOrdered<BoxFuture<'a, Result<u64>>>,
    /// The next piece of the search's index.
    indexing: Option<BoxFuture<'a, Result<u32>>>,
    meter: Meter,
}

impl<'a> Intake<'a> {
    /// For an import that is at `at`.
    pub fn new(
        store: Option<&'a dyn Store>,
        source_sha256: Option<[u8; 32]>,
        at: i64,
        meter: Meter,
    ) -> Self {
        let under_way = FuturesOrdered::new();
        Self { store, source_sha256, at, under_way, indexing: None, meter }
    }

    /// Writes one, or begins to.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn take(&mut self, part: Part) -> Result<()> {
        self.meter.add(part.counted);
        if let Some(store) = self.store
            && (part.to > self.at || !part.batch.is_empty())
        {
            let mark = self.source_sha256.map(|source_sha256| ImportMark {
                source_sha256,
                from: self.at,
                to: part.to,
            });
            self.under_way.push_back(store.import_tickets(part.batch, mark));
        }
        self.at = part.to;
        if let (Some(store), None) = (self.store, &self.indexing) {
            self.indexing = Some(store.index_search(SEGMENT_TICKETS));
        }
        self.settle(UNDER_WAY_MAX - 1).await
    }

    /// How many tickets came in, and how long that took. What no search's index has yet is indexed now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn finish(mut self) -> Result<Taken> {
        self.settle(0).await?;
        if let Some(indexing) = self.indexing.take() {
            indexing.await?;
        }
        let taken = self.meter.finish();
        if let Some(store) = self.store {
            while store.index_search(1).await? > 0 {}
        }
        Ok(taken)
    }

    /// Waits until no more than `left` batches are under way. The search's index is made beside that.
    async fn settle(&mut self, left: usize) -> Result<()> {
        while self.under_way.len() > left {
            let indexing = async {
                match &mut self.indexing {
                    Some(indexing) => indexing.await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some(written) = self.under_way.next() => self.meter.add(written?),
                indexed = indexing => {
                    indexed?;
                    self.indexing = None;
                }
            }
        }
        Ok(())
    }
}
