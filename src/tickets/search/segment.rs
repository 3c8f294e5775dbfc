//! Segments: the index of a search, piece by piece.
//!
//! A segment says for up to 4,096 tickets which of them have which gram. It is written once, when that
//! many tickets wait for it, and never changed; eight of them are later merged into one (`merge.rs`). A
//! ticket whose text changes waits again and is in two
//! segments then; one that is deleted stays in its own. Both only make a candidate that is none, since
//! a segment never says more than where to look.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use jiff::Timestamp;

use super::{
    gram::{self, Gram, SHORT_GRAMS},
    posting,
};
use crate::tickets::Position;

/// Most tickets of a segment, and so of those whose text waits for one and is read by every search.
pub const SEGMENT_TICKETS: u32 = 4096;

/// Bytes of text after which a segment is closed before it has all its tickets, so that long texts do
/// not need much memory at once.
const SEGMENT_BYTES: usize = 8 * 1024 * 1024;

/// Blocks that a segment's postings are spread over: a search reads only those of its grams. A power of
/// two; each is a row to write and, once the segment is merged, to delete.
pub const BUCKETS: u32 = 1024;

/// A segment as it is stored.
#[derive(Debug)]
pub struct Segment {
    /// How many tickets it is about.
    pub tickets: u32,
    /// Their ids, the newest ticket first ([`posting::write_ids`]).
    pub ids: Vec<u8>,
    /// When the newest was filed.
    pub newest: Timestamp,
    /// When the oldest was filed.
    pub oldest: Timestamp,
    /// The version of the grams that it has.
    pub grams: i16,
    /// A gram's bucket is the rest of its number by this.
    pub buckets: u32,
    /// The postings, by bucket; empty ones are left out.
    pub blocks: Vec<(u32, Vec<u8>)>,
}

impl Segment {
    /// Of the tickets at these positions, the newest first; `None` of no ticket.
    pub fn of(
        positions: &[Position],
        grams: i16,
        buckets: u32,
        blocks: Vec<(u32, Vec<u8>)>,
    ) -> Option<Self> {
        let (newest, oldest) = (positions.first()?, positions.last()?);
        let ids: Vec<i64> = positions.iter().map(|at| at.id).collect();
        Some(Self {
            tickets: u32::try_from(positions.len()).ok()?,
            ids: posting::write_ids(&ids),
            newest: newest.created_at,
            oldest: oldest.created_at,
            grams,
            buckets,
            blocks,
        })
    }
}

/// Makes a segment of documents.
#[derive(Debug)]
pub struct SegmentBuilder {
    positions: Vec<Position>,
    /// The tickets of each short gram, by its place.
    short: Vec<Vec<u16>>,
    /// The last of them, which tells of a gram that comes again without a look at the others.
    last: Vec<u16>,
    /// The tickets of other grams, by their number.
    others: HashMap<u32, Vec<u16>, BuildHasherDefault<MixedAlready>>,
    bytes: usize,
}

/// No ticket's place in a segment.
const NONE: u16 = u16::MAX;

impl Default for SegmentBuilder {
    fn default() -> Self {
        Self {
            positions: Vec::new(),
            short: vec![Vec::new(); SHORT_GRAMS],
            last: vec![NONE; SHORT_GRAMS],
            others: HashMap::default(),
            bytes: 0,
        }
    }
}

/// The hash of a gram's number is the number: its bits are mixed already ([`gram`]).
#[derive(Default)]
struct MixedAlready(u64);

impl Hasher for MixedAlready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        // the table takes the place from the low bits and a tag from the top ones
        self.0 = u64::from(number) << 32 | u64::from(number);
    }
}

impl SegmentBuilder {
    /// Whether no further ticket should be added.
    pub fn is_full(&self) -> bool {
        self.positions.len() >= SEGMENT_TICKETS as usize || self.bytes >= SEGMENT_BYTES
    }

    /// Adds a ticket, which is older than those before.
    pub fn push(&mut self, position: Position, document: &str) {
        let ordinal = u16::try_from(self.positions.len()).unwrap_or(NONE);
        self.positions.push(position);
        self.bytes += document.len();
        gram::for_each(document, |gram| match gram {
            Gram::Short(place) => {
                let place = usize::from(place);
                if self.last[place] != ordinal {
                    self.last[place] = ordinal;
                    self.short[place].push(ordinal);
                }
            }
            Gram::Other(number) => {
                let ordinals = self.others.entry(number).or_default();
                if ordinals.last() != Some(&ordinal) {
                    ordinals.push(ordinal);
                }
            }
        });
    }

    /// What is to be stored; `None` of no ticket.
    pub fn build(self) -> Option<Segment> {
        let tickets = u32::try_from(self.positions.len()).ok()?;
        // two grams may share a number
        let mut others = self.others;
        for (place, ordinals) in (0..).zip(self.short).filter(|(_, tickets)| !tickets.is_empty()) {
            add(others.entry(Gram::Short(place).number()).or_default(), ordinals);
        }
        let mut postings: Vec<_> = others.into_iter().collect();
        postings.sort_unstable_by_key(|(gram, _)| (gram % BUCKETS, *gram));
        let blocks = postings
            .chunk_by(|(a, _), (b, _)| a % BUCKETS == b % BUCKETS)
            .map(|grams| {
                let mut block = Vec::new();
                for (gram, ordinals) in grams {
                    posting::append(&mut block, *gram, ordinals, tickets);
                }
                (grams[0].0 % BUCKETS, block)
            })
            .collect();
        Segment::of(&self.positions, gram::GRAMS_VERSION, BUCKETS, blocks)
    }
}

/// Adds ascending ordinals to others.
fn add(all: &mut Vec<u16>, ordinals: Vec<u16>) {
    if all.is_empty() {
        *all = ordinals;
    } else {
        all.extend(ordinals);
        all.sort_unstable();
        all.dedup();
    }
}
