//! Merging: eight segments become one, so that a search of many tickets reads few of them.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{
    posting,
    segment::{BUCKETS, Segment},
};
use crate::tickets::Position;

/// Segments that are merged into one. Its tickets' ordinals still have 16 bits.
pub const MERGED_SEGMENTS: usize = 8;

/// Blocks of a merged segment.
const MERGED_BUCKETS: u32 = 4 * BUCKETS;

/// Buckets that are merged at once.
const STEP: u32 = 256;

/// Several segments on their way into one.
pub struct Merge {
    positions: Vec<Position>,
    /// Of each of a segment's tickets its ordinal in the merged one, if it still exists; by the
    /// segment's id.
    ordinals: HashMap<i64, Vec<Option<u16>>>,
    /// How many tickets each was about.
    tickets: HashMap<i64, u32>,
}

impl Merge {
    /// Which buckets of a segment are to be merged, one range after the other.
    pub fn steps() -> impl Iterator<Item = std::ops::Range<u32>> {
        (0..BUCKETS).step_by(STEP as usize).map(|start| start..start + STEP)
    }

    /// Of segments (id, number of tickets, ids) with [`Merge::buckets`] each, and when each of their
    /// tickets was filed that still exists.
    pub fn new(segments: &[(i64, u32, Vec<u8>)], created_at: &HashMap<i64, Timestamp>) -> Self {
        let ids: Vec<(i64, u32, Vec<i64>)> = segments
            .iter()
            .map(|(segment, tickets, ids)| (*segment, *tickets, posting::read_ids(ids, *tickets)))
            .collect();
        let at = |id: &i64| Some(Position { created_at: *created_at.get(id)?, id: *id });
        let mut positions: Vec<Position> =
            ids.iter().flat_map(|(_, _, ids)| ids.iter().filter_map(at)).collect();
        positions.sort_unstable_by(|a, b| b.cmp(a));
        positions.dedup();
        let new: HashMap<i64, u16> = positions
            .iter()
            .enumerate()
            .map(|(n, at)| (at.id, u16::try_from(n).unwrap_or(u16::MAX)))
            .collect();
        let ordinals = ids
            .iter()
            .map(|(segment, _, ids)| {
                (*segment, ids.iter().map(|id| new.get(id).copied()).collect())
            })
            .collect();
        let tickets = ids.iter().map(|(segment, tickets, _)| (*segment, *tickets)).collect();
        Self { positions, ordinals, tickets }
    }

    /// How many blocks a segment has that is to be merged.
    pub const fn buckets() -> u32 {
        BUCKETS
    }

    /// The merged blocks of some of the segments' (segment, postings): of all of a bucket, or of
    /// several.
    pub fn blocks<'b>(
        &self,
        blocks: impl IntoIterator<Item = (i64, &'b [u8])>,
    ) -> Vec<(u32, Vec<u8>)> {
        let mut postings: BTreeMap<(u32, u32), Vec<u16>> = BTreeMap::new();
        for (segment, block) in blocks {
            let (Some(new), Some(tickets)) =
                (self.ordinals.get(&segment), self.tickets.get(&segment))
            else {
                continue;
            };
            for (gram, ordinals) in posting::all(block, *tickets) {
                let ordinals = ordinals.iter().filter_map(|old| *new.get(old)?);
                postings.entry((gram % MERGED_BUCKETS, gram)).or_default().extend(ordinals);
            }
        }
        let tickets = self.tickets();
        let mut merged: Vec<(u32, Vec<u8>)> = Vec::new();
        for ((bucket, gram), mut ordinals) in postings {
            ordinals.sort_unstable();
            ordinals.dedup();
            if merged.last().is_none_or(|(last, _)| *last != bucket) {
                merged.push((bucket, Vec::new()));
            }
            if let Some((_, block)) = merged.last_mut() {
                posting::append(block, gram, &ordinals, tickets);
            }
        }
        merged
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
            let of_step = of_step.map(|(segment, _, block)| (*segment, &block[..]));
            merged.extend(merge.blocks(of_step));
        }
        let segment = merge.segment(1).unwrap();
        let ids = posting::read_ids(&segment.ids, segment.tickets);
        assert_eq!(ids.len(), 119);
        assert!(ids.is_sorted_by_key(|id| std::cmp::Reverse(at(*id))));
        let mut grams = Vec::new();
        for id in (1..=120).filter(|id| *id != 30) {
            gram::of_document(&text(id), &mut grams);
            for gram in &grams {
                let block = &merged[&(gram % segment.buckets)];
                let found = posting::find(block, *gram, segment.tickets).expect("the gram");
                assert!(found.iter().any(|ordinal| ids[ordinal] == id), "{id}");
            }
        }
        gram::of_document("third", &mut grams);
        let exact = grams.iter().map(|gram| {
            posting::find(&merged[&(gram % segment.buckets)], *gram, segment.tickets).unwrap()
        });
        let all = exact.reduce(|mut all, more| {
            all.intersect(&more);
            all
        });
        assert!(all.unwrap().iter().all(|ordinal| ids[ordinal] % 3 == 0));
    }
}
