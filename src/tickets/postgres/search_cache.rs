//! What a server remembers of the search's index.
//!
//! A segment never changes, so its pieces are good for as long as it is there; and whether it is there
//! each search reads anew. So does it read which texts wait for a segment: each time that one is written
//! it gets another key. Nothing here can be stale, whichever server wrote last.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use deadpool_postgres::GenericClient;
use lru::LruCache;
use tokio_postgres::Row;

use crate::{
    error::Result,
    tickets::{Position, Search, SegmentHead},
};

/// Bytes of blocks that are remembered; the one not asked for the longest time goes first. At a million
/// tickets they are those of some hundred common grams, or of thousands of rare ones.
const BLOCKS_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of segments' ids that are remembered.
const IDS_MAX_BYTES: usize = 2 * 1024 * 1024;

/// Bytes of waiting texts that are remembered.
const TEXTS_MAX_BYTES: usize = 8 * 1024 * 1024;

/// What it takes to remember something, beside its own bytes; estimated.
const ENTRY_BYTES: usize = 128;

/// Most texts that wait and are compared here; there are more only after an upgrade or a repair.
const WAITING_MAX: usize = 8_192;

const SEGMENTS: &str = "select id, tickets, newest, oldest, grams, buckets, uuid_send(key)
     from search_segment order by id";

/// `offset 0`: each is looked up by its key, whatever the planner knows or guesses of the table.
const BLOCKS: &str = "select wanted.n, block.postings
     from unnest($1::bigint[], $2::integer[]) with ordinality as wanted (segment, bucket, n)
     cross join lateral (select postings from search_block where segment = wanted.segment
         and bucket = wanted.bucket offset 0) as block";

const IDS: &str = "select id, ids from search_segment where id = any($1)";

const WAITING: &str = "select coalesce(array_agg(ticket_id), '{}'), coalesce(array_agg(key), '{}')
     from (select ticket_id, key from search_pending limit $1) as waiting";

const TEXTS: &str = "select wanted.id, ticket.created_at, text.document
     from unnest($1::bigint[]) as wanted (id)
     cross join lateral (select created_at from ticket where ticket.id = wanted.id offset 0) as ticket
     cross join lateral (select document from ticket_document
         where ticket_id = wanted.id offset 0) as text";

/// A segment, as a search finds it.
#[derive(Clone, Copy, Debug)]
pub struct FoundSegment {
    /// What a hunt has to know of it.
    pub head: SegmentHead,
    /// How many buckets it has, a power of two.
    buckets: i32,
    key: u128,
}

/// Pieces of segments, and texts that wait for one. Small: some ten megabytes at most.
#[derive(Default)]
pub struct SearchCache {
    blocks: Mutex<Recent<(u128, i32)>>,
    ids: Mutex<Recent<u128>>,
    texts: Mutex<HashMap<i64, Text>>,
}

struct Text {
    key: i64,
    at: Position,
    document: Arc<str>,
}

impl SearchCache {
    /// The segments that there are.
    pub async fn segments(&self, client: &impl GenericClient) -> Result<Vec<FoundSegment>> {
        let statement = client.prepare_cached(SEGMENTS).await?;
        client.query(&statement, &[]).await?.iter().map(read_segment).collect()
    }

    /// The blocks of these segments that may have these grams: for each segment one of each gram, empty
    /// where there is none.
    pub async fn blocks(
        &self,
        client: &impl GenericClient,
        segments: &[FoundSegment],
        grams: &[i64],
    ) -> Result<Vec<Arc<[u8]>>> {
        let place = |segment: &FoundSegment, gram: &i64| {
            let bucket = gram & i64::from(segment.buckets - 1);
            (segment.key, i32::try_from(bucket).unwrap_or(0))
        };
        let (mut blocks, mut wanted) = (Vec::new(), Vec::new());
        let (mut ids, mut buckets) = (Vec::new(), Vec::new());
        {
            let mut remembered = lock(&self.blocks);
            for segment in segments {
                for gram in grams {
                    let key = place(segment, gram);
                    let block = remembered.get(&key);
                    if block.is_none() {
                        wanted.push((blocks.len(), key));
                        ids.push(segment.head.id);
                        buckets.push(key.1);
                    }
                    blocks.push(block.unwrap_or_default());
                }
            }
        }
        if wanted.is_empty() {
            return Ok(blocks);
        }
        let statement = client.prepare_cached(BLOCKS).await?;
        for row in client.query(&statement, &[&ids, &buckets]).await? {
            let n = usize::try_from(row.try_get::<_, i64>(0)?).unwrap_or(usize::MAX);
            if let Some((place, _)) = wanted.get(n.wrapping_sub(1)) {
                blocks[*place] = Arc::from(row.try_get::<_, &[u8]>(1)?);
            }
        }
        let mut remembered = lock(&self.blocks);
        for (place, key) in wanted {
            remembered.put(key, blocks[place].clone(), BLOCKS_MAX_BYTES);
        }
        Ok(blocks)
    }

    /// The ids of each of these segments as they are stored; empty of one that is not there.
    pub async fn ids(
        &self,
        client: &impl GenericClient,
        segments: &[FoundSegment],
    ) -> Result<Vec<Arc<[u8]>>> {
        let mut found: Vec<Option<Arc<[u8]>>> = {
            let mut remembered = lock(&self.ids);
            segments.iter().map(|segment| remembered.get(&segment.key)).collect()
        };
        let is_missing = |(ids, segment): (&Option<Arc<[u8]>>, &FoundSegment)| {
            ids.is_none().then_some(segment.head.id)
        };
        let missing: Vec<i64> = found.iter().zip(segments).filter_map(is_missing).collect();
        if !missing.is_empty() {
            let statement = client.prepare_cached(IDS).await?;
            for row in client.query(&statement, &[&missing]).await? {
                let id: i64 = row.try_get(0)?;
                if let Some(n) = segments.iter().position(|segment| segment.head.id == id) {
                    let ids: Arc<[u8]> = Arc::from(row.try_get::<_, &[u8]>(1)?);
                    lock(&self.ids).put(segments[n].key, ids.clone(), IDS_MAX_BYTES);
                    found[n] = Some(ids);
                }
            }
        }
        Ok(found.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The tickets whose texts wait for a segment and have the search in them; `None` if too many wait to
    /// be compared here.
    pub async fn waiting(
        &self,
        client: &impl GenericClient,
        search: &Search,
    ) -> Result<Option<Vec<Position>>> {
        let statement = client.prepare_cached(WAITING).await?;
        let most = i64::try_from(WAITING_MAX + 1).unwrap_or(i64::MAX);
        let row = client.query_one(&statement, &[&most]).await?;
        let (ids, keys): (Vec<i64>, Vec<i64>) = (row.try_get(0)?, row.try_get(1)?);
        if ids.len() > WAITING_MAX {
            return Ok(None);
        }
        let waiting: HashMap<i64, i64> = ids.into_iter().zip(keys).collect();
        let mut texts: Vec<(Position, Arc<str>)> = Vec::with_capacity(waiting.len());
        let missing: Vec<i64> = {
            let mut remembered = lock(&self.texts);
            // what is in a segment now, or has changed
            remembered.retain(|id, text| waiting.get(id) == Some(&text.key));
            texts.extend(remembered.values().map(|text| (text.at, text.document.clone())));
            waiting.keys().filter(|id| !remembered.contains_key(id)).copied().collect()
        };
        if !missing.is_empty() {
            let statement = client.prepare_cached(TEXTS).await?;
            let read = texts.len();
            for row in client.query(&statement, &[&missing]).await? {
                let at = Position { created_at: row.try_get(1)?, id: row.try_get(0)? };
                texts.push((at, Arc::from(row.try_get::<_, &str>(2)?)));
            }
            self.remember(&texts[read..], &waiting);
        }
        let finder = memchr::memmem::Finder::new(search.as_str());
        let hits = texts.iter().filter(|(_, text)| finder.find(text.as_bytes()).is_some());
        Ok(Some(hits.map(|(at, _)| *at).collect()))
    }

    fn remember(&self, texts: &[(Position, Arc<str>)], waiting: &HashMap<i64, i64>) {
        let mut remembered = lock(&self.texts);
        let mut bytes: usize =
            remembered.values().map(|text| text.document.len() + ENTRY_BYTES).sum();
        for (at, document) in texts {
            bytes += document.len() + ENTRY_BYTES;
            if bytes > TEXTS_MAX_BYTES {
                break;
            }
            if let Some(key) = waiting.get(&at.id) {
                let text = Text { key: *key, at: *at, document: document.clone() };
                remembered.insert(at.id, text);
            }
        }
    }
}

fn read_segment(row: &Row) -> Result<FoundSegment> {
    let key: &[u8] = row.try_get(6)?;
    Ok(FoundSegment {
        head: SegmentHead {
            id: row.try_get(0)?,
            tickets: u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(0),
            newest: row.try_get(2)?,
            oldest: row.try_get(3)?,
            grams: row.try_get(4)?,
        },
        buckets: row.try_get(5)?,
        key: key.try_into().map_or(0, u128::from_be_bytes),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes by key; the ones not asked for the longest time go first.
struct Recent<K: Hash + Eq> {
    entries: LruCache<K, Arc<[u8]>>,
    bytes: usize,
}

impl<K: Hash + Eq> Default for Recent<K> {
    fn default() -> Self {
        Self { entries: LruCache::unbounded(), bytes: 0 }
    }
}

impl<K: Hash + Eq> Recent<K> {
    fn get(&mut self, key: &K) -> Option<Arc<[u8]>> {
        self.entries.get(key).cloned()
    }

    fn put(&mut self, key: K, value: Arc<[u8]>, most: usize) {
        self.bytes += value.len() + ENTRY_BYTES;
        if let Some((_, before)) = self.entries.push(key, value) {
            self.bytes -= before.len() + ENTRY_BYTES;
        }
        while self.bytes > most {
            let Some((_, oldest)) = self.entries.pop_lru() else { break };
            self.bytes -= oldest.len() + ENTRY_BYTES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_goes_first() {
        let mut recent = Recent::default();
        let bytes: Arc<[u8]> = Arc::from([0; 100].as_slice());
        for key in 0..3 {
            recent.put(key, bytes.clone(), 3 * (100 + ENTRY_BYTES));
        }
        recent.put(1, bytes.clone(), 3 * (100 + ENTRY_BYTES));
        assert!(recent.get(&0).is_some());
        recent.put(3, bytes, 3 * (100 + ENTRY_BYTES));
        assert!([0, 1, 3].iter().all(|key| recent.get(key).is_some()));
        assert!(recent.get(&2).is_none());
        assert_eq!(recent.bytes, 3 * (100 + ENTRY_BYTES));
    }
}
