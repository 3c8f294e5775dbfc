//! Segments: the index of a search, piece by piece.
//!
//! A segment says for up to 1,024 tickets which of them have which gram. It is written once, when that
//! many tickets wait for it, and never changed; 32 of them are later merged into one (`merge.rs`). A
//! ticket whose text changes waits again and is in two
//! segments then; one that is deleted stays in its own. Both only make a candidate that is none, since
//! a segment never says more than where to look.

use std::{
    cmp::Reverse,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use jiff::Timestamp;

use super::{
    gram::{self, Gram, PLACES},
    posting,
};
use crate::tickets::Position;

/// Most tickets of a segment, and so of those whose text waits for one and is read by every search.
pub const SEGMENT_TICKETS: u32 = 1024;

/// Bytes of text after which a segment is closed before it has all its tickets, so that long texts do
/// not need much memory at once.
const SEGMENT_BYTES: usize = 2 * 1024 * 1024;

/// Blocks that a segment's postings are spread over: a search reads only those of its grams. A power of
/// two; each is a row to write and, once the segment is merged, to delete.
pub const BUCKETS: u32 = 256;

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
    /// Of these texts, no more of them than [`SEGMENT_TICKETS`]; `None` of none.
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = (Position, &'t str)>) -> Option<Self> {
        let mut texts: Vec<_> = texts.into_iter().collect();
        texts.sort_unstable_by_key(|(at, _)| Reverse(*at));
        let mut segment = SegmentBuilder::default();
        for (at, document) in texts {
            segment.push(at, document);
        }
        segment.build()
    }

    /// The same of tickets whose ids are all higher by `first`, for texts that are not written yet.
    pub fn with_ids_from(mut self, first: i64) -> Self {
        let ids = posting::read_ids(&self.ids, self.tickets);
        self.ids = posting::write_ids(&ids.iter().map(|id| first + id).collect::<Vec<_>>());
        self
    }

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
    entries: Entries,
    /// The tickets of each gram that has a place, by that.
    placed: Vec<List>,
    /// The tickets of other grams, by their number.
    others: HashMap<u32, List, BuildHasherDefault<MixedAlready>>,
    bytes: usize,
}

/// Which gram is in which ticket, in the order in which that was found: so adding one writes behind the one before,
/// and no gram asks for memory of its own.
#[derive(Debug, Default)]
struct Entries {
    lists: Vec<u32>,
    ordinals: Vec<u16>,
    /// How many lists there are.
    n: u32,
}

/// The tickets of a gram.
#[derive(Clone, Copy, Debug, Default)]
struct List {
    /// Its number among all lists.
    number: u32,
    /// How many there are; 0: it has no number yet.
    tickets: u16,
    /// The ordinal of the last, which tells of a gram that comes again.
    last: u16,
}

impl Entries {
    fn add(&mut self, list: &mut List, ordinal: u16) {
        if list.tickets == 0 {
            list.number = self.n;
            self.n += 1;
        } else if list.last == ordinal {
            return;
        }
        self.lists.push(list.number);
        self.ordinals.push(ordinal);
        list.tickets += 1;
        list.last = ordinal;
    }

    /// The ordinals of these lists, which are all there are, one list behind the other.
    fn sorted<'l>(&self, lists: impl IntoIterator<Item = &'l List>) -> Vec<u16> {
        let mut starts = vec![0; self.n as usize];
        let mut start = 0;
        for list in lists {
            starts[list.number as usize] = start;
            start += usize::from(list.tickets);
        }
        let mut sorted = vec![0; self.ordinals.len()];
        for (list, ordinal) in self.lists.iter().zip(&self.ordinals) {
            let place = &mut starts[*list as usize];
            sorted[*place] = *ordinal;
            *place += 1;
        }
        sorted
    }
}

impl Default for SegmentBuilder {
    fn default() -> Self {
        Self {
            positions: Vec::new(),
            entries: Entries::default(),
            placed: vec![List::default(); PLACES],
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
        let ordinal = u16::try_from(self.positions.len()).unwrap_or(u16::MAX - 1);
        self.positions.push(position);
        self.bytes += document.len();
        gram::for_each(document, |gram| {
            let list = match gram {
                Gram::Placed(place) => &mut self.placed[place as usize],
                Gram::Other(number) => self.others.entry(number).or_default(),
            };
            self.entries.add(list, ordinal);
        });
    }

    /// What is to be stored; `None` of no ticket.
    pub fn build(self) -> Option<Segment> {
        let tickets = u32::try_from(self.positions.len()).ok()?;
        let placed = (0..).map(Gram::Placed).zip(self.placed);
        let placed = placed.filter(|(_, list)| list.tickets > 0);
        let mut lists: Vec<(u32, List)> = self.others.into_iter().collect();
        lists.extend(placed.map(|(gram, list)| (gram.number(), list)));
        lists.sort_unstable_by_key(|(gram, _)| (gram % BUCKETS, *gram));
        let sorted = self.entries.sorted(lists.iter().map(|(_, list)| list));
        let mut rest = &sorted[..];
        let blocks = lists
            .chunk_by(|(a, _), (b, _)| a % BUCKETS == b % BUCKETS)
            .map(|bucket| {
                let mut block = Vec::new();
                for same in bucket.chunk_by(|(a, _), (b, _)| a == b) {
                    let n = same.iter().map(|(_, list)| usize::from(list.tickets)).sum();
                    let (ordinals, others) = rest.split_at(n);
                    rest = others;
                    append(&mut block, same[0].0, ordinals, same.len() > 1, tickets);
                }
                (bucket[0].0 % BUCKETS, block)
            })
            .collect();
        Segment::of(&self.positions, gram::GRAMS_VERSION, BUCKETS, blocks)
    }
}

/// Appends the posting of a gram; where two grams share its number, their tickets are one behind the other.
fn append(block: &mut Vec<u8>, gram: u32, ordinals: &[u16], is_shared: bool, tickets: u32) {
    if is_shared {
        let mut all = ordinals.to_vec();
        all.sort_unstable();
        all.dedup();
        posting::append(block, gram, &all, tickets);
    } else {
        posting::append(block, gram, ordinals, tickets);
    }
}
