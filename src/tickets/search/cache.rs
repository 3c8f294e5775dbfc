//! What a server remembers of the search's index, whatever database has it.
//!
//! A segment never changes, so its pieces are good for as long as it is there; and whether it is there
//! each search reads anew. So does it read which texts wait for a segment: each time that one is written
//! it gets another key. Nothing here can be stale, whichever server or process wrote last.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;

use super::{SegmentHead, waiting::Waiting};

/// Bytes of blocks that are remembered; the one not asked for the longest time goes first. At a million
/// tickets they are those of some hundred common grams, or of thousands of rare ones.
const BLOCKS_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of segments' ids that are remembered.
const IDS_MAX_BYTES: usize = 2 * 1024 * 1024;

/// Segments that are read of at once, so that a search needs little memory however many there are: each may
/// have forty kilobytes of the postings of common grams.
pub const READ_AT_ONCE: usize = 64;

/// What it takes to remember something, beside its own bytes; estimated.
const ENTRY_BYTES: usize = 128;

/// A segment, as a search finds it.
#[derive(Clone, Copy, Debug)]
pub struct FoundSegment {
    /// What a hunt has to know of it.
    pub head: SegmentHead,
    /// How many buckets it has, a power of two.
    pub buckets: i32,
    /// What no other segment ever had.
    pub key: u128,
}

/// Pieces of segments, and texts that wait for one. Small: some twenty megabytes at most.
#[derive(Default)]
pub struct SearchCache {
    blocks: Mutex<Recent<(u128, i32)>>,
    ids: Mutex<Recent<u128>>,
    waiting: Mutex<Arc<Waiting>>,
}

/// Blocks that were asked for, of which some may still have to be read.
pub struct Blocks {
    /// Empty ones for those that are not there, and for those not read yet.
    blocks: Vec<Arc<[u8]>>,
    missing: Vec<MissingBlock>,
}

/// A block that has to be read.
pub struct MissingBlock {
    /// The segment's id.
    pub segment: i64,
    /// Its bucket.
    pub bucket: i32,
    key: u128,
    place: usize,
}

impl Blocks {
    /// Those to read, if they are there at all.
    pub fn missing(&self) -> &[MissingBlock] {
        &self.missing
    }

    /// Takes in the one that is `n`th among those missing.
    pub fn put(&mut self, n: usize, block: &[u8]) {
        if let Some(missing) = self.missing.get(n) {
            self.blocks[missing.place] = Arc::from(block);
        }
    }
}

impl SearchCache {
    /// The blocks of these segments that may have these grams: for each segment one of each gram.
    pub fn blocks(&self, segments: &[FoundSegment], grams: &[i64]) -> Blocks {
        let mut found = Blocks {
            blocks: Vec::with_capacity(segments.len() * grams.len()),
            missing: Vec::new(),
        };
        let mut remembered = lock(&self.blocks);
        for FoundSegment { head, buckets, key } in segments {
            for gram in grams {
                let bucket = i32::try_from(gram & i64::from(buckets - 1)).unwrap_or(0);
                let block = remembered.get(&(*key, bucket));
                if block.is_none() {
                    let (segment, place) = (head.id, found.blocks.len());
                    found.missing.push(MissingBlock { segment, bucket, key: *key, place });
                }
                found.blocks.push(block.unwrap_or_default());
            }
        }
        found
    }

    /// Remembers those that were missing, and returns all in the order in which they were asked for.
    pub fn remember_blocks(&self, found: Blocks) -> Vec<Arc<[u8]>> {
        if !found.missing.is_empty() {
            let mut remembered = lock(&self.blocks);
            for MissingBlock { bucket, key, place, .. } in found.missing {
                remembered.put((key, bucket), found.blocks[place].clone(), BLOCKS_MAX_BYTES);
            }
        }
        found.blocks
    }

    /// The ids of a segment as they are stored, if they are remembered.
    pub fn ids(&self, segment: &FoundSegment) -> Option<Arc<[u8]>> {
        lock(&self.ids).get(&segment.key)
    }

    /// Remembers the ids of a segment.
    pub fn remember_ids(&self, segment: &FoundSegment, ids: &[u8]) -> Arc<[u8]> {
        let ids: Arc<[u8]> = Arc::from(ids);
        lock(&self.ids).put(segment.key, ids.clone(), IDS_MAX_BYTES);
        ids
    }

    /// The texts that wait, by their tickets and with the key of each: those that are remembered; others are to
    /// be read.
    pub fn waiting(&self, keys: Vec<(i64, i64)>) -> Arc<Waiting> {
        let before = Arc::clone(&lock(&self.waiting));
        Waiting::of(keys, &before)
    }

    /// Remembers the texts that wait, as many as there is room for, unless they are those that are remembered.
    pub fn remember_waiting(&self, waiting: &Arc<Waiting>) {
        if !Arc::ptr_eq(waiting, &lock(&self.waiting)) {
            let small = Waiting::small(waiting);
            *lock(&self.waiting) = small;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
    use jiff::Timestamp;

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

    #[test]
    fn only_blocks_that_were_not_read_before_are_missing() {
        let at = Timestamp::UNIX_EPOCH;
        let head = SegmentHead { id: 7, tickets: 1, newest: at, oldest: at, grams: 1 };
        let segment = FoundSegment { head, buckets: 4, key: 70 };
        let cache = SearchCache::default();
        let mut found = cache.blocks(&[segment], &[4, 5]);
        let place = |missing: &MissingBlock| (missing.segment, missing.bucket);
        assert_eq!(found.missing().iter().map(place).collect::<Vec<_>>(), [(7, 0), (7, 1)]);
        found.put(1, b"of five");
        assert_eq!(cache.remember_blocks(found), [Arc::from(*b""), Arc::from(*b"of five")]);

        // that there is none is remembered too
        let found = cache.blocks(&[segment, FoundSegment { key: 71, ..segment }], &[5, 8]);
        assert_eq!(found.missing().iter().map(|missing| missing.key).collect::<Vec<_>>(), [71, 71]);
    }
}
