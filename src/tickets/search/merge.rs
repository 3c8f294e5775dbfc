//! Merging: 32 segments become one, so that a search of many tickets reads few of them.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    posting::{self, Posting},
    segment::{BUCKETS, Segment},
};
use crate::tickets::Position;

/// Segments that are merged into one. Its tickets' ordinals still have 16 bits.
pub const MERGED_SEGMENTS: usize = 32;

/// Blocks of a merged segment, which is never written again.
const MERGED_BUCKETS: u32 = 64 * BUCKETS;

/// Buckets that are merged at once.
const STEP: u32 = 16;

/// Several segments on their way into one.
pub struct Merge {
    positions: Vec<Position>,
    /// By the segment's id.
    parts: HashMap<i64, Part>,
}

/// A segment that goes into the merged one.
struct Part {
    /// Of each of its tickets the ordinal in the merged one, if it still exists.
    ordinals: Vec<Option<u16>>,
    /// The ordinal of the first that exists.
    first: Option<u16>,
}

/// Where a posting stands among those that are merged, in one number that is quick to compare: its bucket, its
/// gram, and the part with the newest ticket first. Most parts follow each other, so that their ordinals
/// ascend without being sorted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u64);

impl Place {
    /// The bits of a bucket's number, which are the low ones of its grams.
    const BUCKET_BITS: u32 = MERGED_BUCKETS.trailing_zeros();

    fn of(gram: u32, first: u16) -> Self {
        // with the bucket in front
        Self(u64::from(gram.rotate_right(Self::BUCKET_BITS)) << u16::BITS | u64::from(first))
    }

    fn gram(self) -> u32 {
        u32::try_from(self.0 >> u16::BITS).unwrap_or(0).rotate_left(Self::BUCKET_BITS)
    }

    fn bucket(self) -> u32 {
        self.gram() % MERGED_BUCKETS
    }
}

impl Merge {
    /// Which buckets of a segment are to be merged, one range after the other.
    pub fn steps() -> impl Iterator<Item = std::ops::Range<u32>> {
        (0..BUCKETS).step_by(STEP as usize).map(|start| start..start + STEP)
    }

    /// Of segments (id, number of tickets, ids) with [`Merge::buckets`] each, and when each of their
    /// tickets was filed that still exists.
    pub fn new(segments: &[(i64, u32, Vec<u8>)], created_at: &HashMap<i64, Timestamp>) -> Self {
        let ids: Vec<(i64, Vec<i64>)> = segments
            .iter()
            .map(|(segment, tickets, ids)| (*segment, posting::read_ids(ids, *tickets)))
            .collect();
        let at = |id: &i64| Some(Position { created_at: *created_at.get(id)?, id: *id });
        let mut positions: Vec<Position> =
            ids.iter().flat_map(|(_, ids)| ids.iter().filter_map(at)).collect();
        positions.sort_unstable_by(|a, b| b.cmp(a));
        positions.dedup();
        let new: HashMap<i64, u16> = positions
            .iter()
            .enumerate()
            .map(|(n, at)| (at.id, u16::try_from(n).unwrap_or(u16::MAX)))
            .collect();
        let part = |ids: &[i64]| {
            let ordinals: Vec<_> = ids.iter().map(|id| new.get(id).copied()).collect();
            Part { first: ordinals.iter().copied().flatten().next(), ordinals }
        };
        let parts = ids.iter().map(|(segment, ids)| (*segment, part(ids))).collect();
        Self { positions, parts }
    }

    /// How many blocks a segment has that is to be merged; one with another number is read as it is.
    pub const fn buckets() -> u32 {
        BUCKETS
    }

    /// The merged blocks of some buckets, by the segments' blocks (segment, bucket, postings) of them.
    pub fn blocks<'b>(
        &self,
        blocks: impl IntoIterator<Item = (i64, u32, &'b [u8])>,
    ) -> Vec<(u32, Vec<u8>)> {
        let mut blocks: Vec<_> = blocks.into_iter().collect();
        blocks.sort_unstable_by_key(|(_, bucket, _)| *bucket);
        let mut postings = Vec::new();
        let mut merged = Vec::new();
        // one bucket at a time, so that what is sorted stays near
        for bucket in blocks.chunk_by(|(_, a, _), (_, b, _)| a == b) {
            postings.clear();
            for (segment, _, block) in bucket {
                let Some(part) = self.parts.get(segment) else { continue };
                // a part without tickets says nothing
                let Some(first) = part.first else { continue };
                let of_part = |(gram, posting)| (Place::of(gram, first), part, posting);
                postings.extend(posting::each(block).map(of_part));
            }
            postings.sort_unstable_by_key(|(place, ..)| *place);
            self.append(&postings, &mut merged);
        }
        merged
    }

    /// Appends the blocks of these postings, which are in order.
    fn append(&self, postings: &[(Place, &Part, Posting<'_>)], merged: &mut Vec<(u32, Vec<u8>)>) {
        let tickets = self.tickets();
        let mut ordinals = Vec::new();
        for bucket in postings.chunk_by(|(a, ..), (b, ..)| a.bucket() == b.bucket()) {
            let mut block = Vec::new();
            for of_gram in bucket.chunk_by(|(a, ..), (b, ..)| a.gram() == b.gram()) {
                ordinals.clear();
                for (_, part, posting) in of_gram {
                    posting.for_each(|old| {
                        ordinals.extend(part.ordinals.get(old).copied().flatten());
                    });
                }
                if !ordinals.is_sorted() {
                    ordinals.sort_unstable();
                }
                ordinals.dedup();
                posting::append(&mut block, of_gram[0].0.gram(), &ordinals, tickets);
            }
            merged.push((bucket[0].0.bucket(), block));
        }
    }

    /// The merged segment but for its blocks, of segments that all have the grams of this version; `None` if
    /// none of the tickets exists.
    pub fn segment(&self, grams: i16) -> Option<Segment> {
        Segment::of(&self.positions, grams, MERGED_BUCKETS, Vec::new())
    }

    fn tickets(&self) -> u32 {
        u32::try_from(self.positions.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::{SegmentBuilder, search::gram};

    fn at(id: i64) -> Position {
        Position { created_at: Timestamp::from_second(id % 50).unwrap(), id }
    }

    #[test]
    fn a_merged_segment_says_what_its_parts_said() {
        let text = |id: i64| format!("nr{id}x {}", if id % 3 == 0 { "third" } else { "other" });
        let mut stored = Vec::new();
        let mut blocks: Vec<(i64, u32, Vec<u8>)> = Vec::new();
        for segment in 1..=3 {
            let mut ids: Vec<i64> = (1..=120).filter(|id| id % 3 == segment - 1).collect();
            ids.push(7); // is in all of them
            ids.sort_unstable_by_key(|id| std::cmp::Reverse(at(*id)));
            let mut builder = SegmentBuilder::default();
            for id in ids {
                builder.push(at(id), &text(id));
            }
            let built = builder.build().unwrap();
            stored.push((segment, built.tickets, built.ids));
            blocks.extend(built.blocks.into_iter().map(|(bucket, block)| (segment, bucket, block)));
        }
        // 30 was deleted
        let created_at =
            (1..=120).filter(|id| *id != 30).map(|id| (id, at(id).created_at)).collect();
        let merge = Merge::new(&stored, &created_at);
        let mut merged = HashMap::new();
        for step in Merge::steps() {
            let of_step = blocks.iter().filter(|(_, bucket, _)| step.contains(bucket));
            let of_step = of_step.map(|(segment, bucket, block)| (*segment, *bucket, &block[..]));
            merged.extend(merge.blocks(of_step));
        }
        let segment = merge.segment(1).unwrap();
        let ids = posting::read_ids(&segment.ids, segment.tickets);
        assert_eq!(ids.len(), 119);
        assert!(ids.is_sorted_by_key(|id| std::cmp::Reverse(at(*id))));
        let find = |gram: u32| {
            posting::find(&merged[&(gram % segment.buckets)], gram, segment.tickets).unwrap()
        };
        for id in (1..=120).filter(|id| *id != 30) {
            gram::for_each(&text(id), |gram| {
                let gram = gram.number();
                assert!(find(gram).iter().any(|ordinal| ids[ordinal] == id), "{id}");
            });
        }
        let mut exact = Vec::new();
        gram::for_each("third", |gram| exact.push(find(gram.number())));
        let all = exact.into_iter().reduce(|mut all, more| {
            all.intersect(&more);
            all
        });
        assert!(all.unwrap().iter().all(|ordinal| ids[ordinal] % 3 == 0));
    }
}
