//! How a page of a search is found: which steps, in which order, whatever database takes them.
//!
//! The index tells how many candidates there are, and that decides:
//! - Few: all are compared with the search. The page's count is exact.
//! - Many: they are compared some at a time in the list's order, until none that is left can add to the
//!   page.
//! - Where nearly each ticket is a candidate, or those of the filter are few among all candidates, the
//!   newest tickets of the filter are walked through first, a bounded way.
//!
//! So no search costs more than some thousand comparisons, but one whose hits lie far behind candidates
//! that are none. Texts that no segment has yet are compared in any case.

use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;

use super::{
    cache::FoundSegment,
    gram::{self, SearchGram},
    posting::{self, Ordinals},
};
use crate::tickets::{Cursor, PageRequest, Position, Ticket, TicketPage};

/// Most candidates that are all compared, and so the most hits of a search that are counted.
pub const CANDIDATES_MAX: usize = 1_000;

/// Candidates that are compared without looking up further grams, however few segments there are. Where there
/// are more segments, about as many as there would be blocks to read, up to [`CANDIDATES_MAX`].
const FEW_CANDIDATES: usize = 400;

/// Most tickets that are walked through in the hope of a common word.
const WALK_ROWS_MAX: u64 = 1_000;

/// What is known of a segment before its postings are read.
#[derive(Clone, Copy, Debug)]
pub struct SegmentHead {
    /// Its id.
    pub id: i64,
    /// How many tickets it is about.
    pub tickets: u32,
    /// When the newest was filed.
    pub newest: Timestamp,
    /// When the oldest was filed.
    pub oldest: Timestamp,
    /// The version of the grams that it has.
    pub grams: i16,
}

/// What the database is to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Walk through the newest tickets of the filter (from the cursor on), at most so many, and give
    /// [`Hunt::walked`] those that match, at most a page and one more.
    Walk(u32),
    /// Read the ids of these segments for [`Hunt::candidates`], in this order, compare what comes out, and,
    /// if asked to, all whose text no segment has; give [`Hunt::compared`] those that match the whole
    /// filter.
    Compare {
        /// The segments.
        segments: Vec<i64>,
        /// Whether those without a segment are to be compared too.
        pending: bool,
    },
    /// Give [`Hunt::page`] these tickets in this order.
    Read(Vec<i64>),
    /// Give [`Hunt::page`] what the walk found.
    Done(Vec<Ticket>),
}

/// One search on its way.
pub struct Hunt<'a> {
    request: &'a PageRequest,
    grams: Vec<SearchGram>,
    /// Those with candidates; later those not compared yet, the next one last.
    segments: Vec<Trail>,
    /// What is compared now of the segment that comes next, if that has more.
    begun: HashSet<i64>,
    /// The next step, once the index was read.
    stage: Stage,
    hits: Vec<Position>,
    count: Option<u64>,
    /// Tickets of all segments that were read of.
    indexed: u64,
    /// Most candidates to compare at once: few at first, since they may fill the page.
    round: usize,
}

struct Trail {
    head: SegmentHead,
    candidates: Ordinals,
    /// Whether it has all of the search's grams.
    has_all: bool,
    /// How many candidates are to be compared next.
    wanted: usize,
    /// Whether some were.
    is_begun: bool,
}

enum Stage {
    Indexed,
    Walked(Vec<Ticket>),
    Comparing,
}

impl<'a> Hunt<'a> {
    /// A search for `request`, whose filter has one.
    pub fn new(request: &'a PageRequest) -> Self {
        let grams = request.filter.search.as_ref().map(gram::of_search).unwrap_or_default();
        Self {
            request,
            grams,
            segments: Vec::new(),
            begun: HashSet::new(),
            stage: Stage::Indexed,
            hits: Vec::new(),
            count: None,
            indexed: 0,
            round: usize::from(request.limit).max(20) * 3 / 2,
        }
    }

    /// The numbers of the grams to look up, in two parts, the second of which need only be looked up in segments
    /// that are open still ([`Hunt::open_among`]): runs of digits first, which are rare.
    pub fn grams_in_turn(&self) -> [Vec<i64>; 2] {
        let (of_digits, others): (Vec<SearchGram>, Vec<SearchGram>) =
            self.grams.iter().partition(|gram| gram.is_of_digits());
        [of_digits, others].map(|grams| grams.iter().map(|gram| gram.number.into()).collect())
    }

    /// The segments in which so many further grams have to be looked up: those that may have a text with the
    /// search in it by what was added so far, or, where to compare the candidates that are left costs less than
    /// to look up the grams in all of them, only those of which nothing was added.
    pub fn open_among(&self, segments: &[FoundSegment], grams: usize) -> Vec<FoundSegment> {
        let left = self.segments.iter().filter(|trail| trail.has_all);
        let (may_have, candidates) = left.fold((0, 0), |(segments, candidates), trail| {
            (segments + 1, candidates + trail.candidates.len())
        });
        let few = (may_have * grams).clamp(FEW_CANDIDATES, CANDIDATES_MAX);
        let is_done = !self.segments.is_empty() && candidates <= few;
        let is_open = |segment: &&FoundSegment| {
            let trail = self.segments.iter().find(|trail| trail.head.id == segment.head.id);
            trail.is_none_or(|trail| trail.has_all && !is_done)
        };
        segments.iter().filter(is_open).copied().collect()
    }

    /// Takes in the blocks of these segments that may have these grams: for each segment one of each gram.
    pub fn add_all(&mut self, segments: &[FoundSegment], grams: &[i64], blocks: &[Arc<[u8]>]) {
        for (segment, blocks) in segments.iter().zip(blocks.chunks(grams.len().max(1))) {
            for (gram, block) in grams.iter().zip(blocks) {
                self.add(segment.head, *gram, block);
            }
        }
    }

    /// Takes in the block of one segment that may have one gram; an empty one for none.
    pub fn add(&mut self, head: SegmentHead, gram: i64, block: &[u8]) {
        let Ok(gram) = u32::try_from(gram) else { return };
        if !self.grams.iter().any(|wanted| wanted.number == gram && wanted.since <= head.grams) {
            return;
        }
        // mostly the one that came last
        match self.segments.iter_mut().rev().find(|trail| trail.head.id == head.id) {
            Some(trail) if trail.has_all => {
                trail.has_all = posting::keep(block, gram, head.tickets, &mut trail.candidates);
            }
            Some(_) => {}
            None => {
                let found = posting::find(block, gram, head.tickets);
                self.indexed += u64::from(head.tickets);
                self.segments.push(Trail {
                    head,
                    has_all: found.is_some(),
                    candidates: found.unwrap_or_else(|| Ordinals::none(0)),
                    wanted: 0,
                    is_begun: false,
                });
            }
        }
    }

    /// What to do next.
    pub fn next_step(&mut self) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Comparing) {
            Stage::Indexed => {
                self.keep_what_can_match();
                let candidates: usize = self.segments.iter().map(|s| s.candidates.len()).sum();
                if candidates <= CANDIDATES_MAX {
                    self.count = Some(0);
                    self.round = CANDIDATES_MAX;
                    return self.compare_next(true);
                }
                if let Some(rows) = self.walk_that_may_do(candidates as u64) {
                    return Step::Walk(rows);
                }
                self.put_in_order();
                self.compare_next(true)
            }
            Stage::Walked(rows) if rows.len() > self.limit() => Step::Done(rows),
            Stage::Walked(_) => {
                self.put_in_order();
                self.compare_next(true)
            }
            Stage::Comparing if self.is_complete() => {
                Step::Read(self.on_the_page().map(|at| at.id).take(self.limit() + 1).collect())
            }
            Stage::Comparing => self.compare_next(false),
        }
    }

    /// What the walk found.
    pub fn walked(&mut self, rows: Vec<Ticket>) {
        self.stage = Stage::Walked(rows);
    }

    /// The tickets to compare of one segment, which are taken out of it.
    pub fn candidates(&mut self, segment: i64, ids: &[u8]) -> Vec<i64> {
        let walks_up = self.walks_up();
        let Some(n) = self.segments.iter().position(|trail| trail.head.id == segment) else {
            return Vec::new();
        };
        let trail = &mut self.segments[n];
        // what lies on this side of the cursor can only count
        if !trail.is_begun
            && self.count.is_none()
            && let Some(Cursor::Older(at) | Cursor::Newer(at)) = self.request.cursor
            && let Some(ordinal) = posting::ordinal_of(ids, at.id)
        {
            trail.candidates.keep_beyond(ordinal, !walks_up);
        }
        trail.is_begun = true;
        let taken = posting::ids_at(ids, &trail.candidates.take(trail.wanted, walks_up));
        if trail.candidates.len() == 0 {
            self.segments.remove(n);
        } else {
            self.begun = taken.iter().copied().collect();
        }
        taken
    }

    /// Those that match. One may come more than once.
    pub fn compared(&mut self, hits: impl IntoIterator<Item = Position>) {
        let walks_up = self.walks_up();
        let begun = std::mem::take(&mut self.begun);
        let before = self.hits.len();
        self.hits.extend(hits);
        if let Some(trail) = self.segments.last_mut().filter(|_| !begun.is_empty()) {
            // what is left of it comes after each of its hits
            let its = self.hits[before..].iter().filter(|hit| begun.contains(&hit.id));
            let times = its.map(|hit| hit.created_at);
            if walks_up {
                trail.head.oldest = times.max().unwrap_or(trail.head.oldest);
            } else {
                trail.head.newest = times.min().unwrap_or(trail.head.newest);
            }
            self.sort();
        }
        self.hits.sort_unstable();
        self.hits.dedup();
        if !walks_up {
            self.hits.reverse();
        }
        if let Some(count) = &mut self.count {
            *count = self.hits.len() as u64;
        }
    }

    /// The page, of the rows that were asked for.
    pub fn page(self, rows: Vec<Ticket>) -> TicketPage {
        TicketPage::from_walk(self.request, self.count, rows)
    }

    fn limit(&self) -> usize {
        usize::from(self.request.limit)
    }

    /// Whether the list is walked towards newer tickets.
    fn walks_up(&self) -> bool {
        matches!(self.request.cursor, Some(Cursor::Newer(_)))
    }

    fn keep_what_can_match(&mut self) {
        let filter = &self.request.filter;
        self.segments.retain(|trail| {
            trail.has_all
                && trail.candidates.len() > 0
                && filter.created_from.is_none_or(|from| trail.head.newest >= from)
                && filter.created_before.is_none_or(|before| trail.head.oldest < before)
        });
    }

    /// Leaves the segments that the walk from the cursor may meet, the first of them last.
    fn put_in_order(&mut self) {
        match self.request.cursor {
            None => {}
            Some(Cursor::Older(at)) => self.segments.retain(|s| s.head.oldest <= at.created_at),
            Some(Cursor::Newer(at)) => self.segments.retain(|s| s.head.newest >= at.created_at),
        }
        self.sort();
    }

    fn sort(&mut self) {
        if self.walks_up() {
            self.segments.sort_unstable_by_key(|s| std::cmp::Reverse(s.head.oldest));
        } else {
            self.segments.sort_unstable_by_key(|s| s.head.newest);
        }
    }

    /// How many tickets of the filter to walk through, if so many candidates among all tickets of the
    /// index, when they are spread evenly, are likely to fill the page, and to do it sooner than the
    /// candidates themselves.
    fn walk_that_may_do(&self, candidates: u64) -> Option<u32> {
        let filter = &self.request.filter;
        let most_are_others = filter.cells().is_some();
        let half_are_candidates = candidates * 2 > self.indexed;
        let rows = u64::from(self.request.limit) * self.indexed / candidates.max(1);
        // four times as many as are needed on the average
        (rows < WALK_ROWS_MAX && (most_are_others || half_are_candidates))
            .then(|| u32::try_from((4 * rows).clamp(1, WALK_ROWS_MAX)).unwrap_or(1))
    }

    fn compare_next(&mut self, pending: bool) -> Step {
        let (mut segments, mut left) = (Vec::new(), self.round);
        for trail in self.segments.iter_mut().rev() {
            if left == 0 {
                break;
            }
            trail.wanted = left.min(trail.candidates.len());
            left -= trail.wanted;
            segments.push(trail.head.id);
        }
        self.round = CANDIDATES_MAX.min(self.round * 2);
        Step::Compare { segments, pending }
    }

    /// Whether no segment that is left can have a hit before the end of the page.
    fn is_complete(&self) -> bool {
        let Some(next) = self.segments.last() else { return true };
        if self.count.is_some() {
            return false;
        }
        self.on_the_page().nth(self.limit()).is_some_and(|last| {
            if self.walks_up() {
                last.created_at < next.head.oldest
            } else {
                last.created_at > next.head.newest
            }
        })
    }

    /// The hits from the cursor on, in the order of the walk.
    fn on_the_page(&self) -> impl Iterator<Item = Position> + '_ {
        self.hits.iter().copied().filter(|hit| match self.request.cursor {
            None => true,
            Some(Cursor::Older(at)) => *hit < at,
            Some(Cursor::Newer(at)) => *hit > at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::{Search, SegmentBuilder, TicketFilter};

    /// Of so many segments with `candidates` of 1,000 tickets each.
    fn begun(request: &PageRequest, segments: i64, candidates: i64) -> Hunt<'_> {
        let mut builder = SegmentBuilder::default();
        for id in (0..1_000).rev() {
            let text = if id < candidates { "order 12345" } else { "nothing" };
            builder.push(Position { created_at: Timestamp::UNIX_EPOCH, id }, text);
        }
        let segment = builder.build().unwrap();
        let mut hunt = Hunt::new(request);
        let [digits, _] = hunt.grams_in_turn();
        for id in 1..=segments {
            let (newest, oldest) = (segment.newest, segment.oldest);
            let head =
                SegmentHead { id, tickets: segment.tickets, newest, oldest, grams: segment.grams };
            for gram in &digits {
                let bucket = u32::try_from(*gram).unwrap() % segment.buckets;
                let block = segment.blocks.iter().find(|(n, _)| *n == bucket);
                hunt.add(head, *gram, block.map_or(&[], |(_, block)| block));
            }
        }
        hunt
    }

    #[test]
    fn candidates_are_compared_where_that_costs_less_than_to_look_up_more() {
        let search = Search::parse("order 12345").unwrap();
        let request = PageRequest {
            filter: TicketFilter { search, ..TicketFilter::default() },
            cursor: None,
            limit: 50,
        };
        let is_open_in = |hunt: &Hunt<'_>, id, grams| {
            let at = Timestamp::UNIX_EPOCH;
            let head = SegmentHead { id, tickets: 1_000, newest: at, oldest: at, grams: 2 };
            let segment = FoundSegment { head, buckets: 1, key: 0 };
            !hunt.open_among(&[segment], grams).is_empty()
        };
        let is_open = |segments, candidates, grams| {
            is_open_in(&begun(&request, segments, candidates), 1, grams)
        };
        assert!(!is_open(3, 100, 5), "300 candidates are few");
        assert!(is_open(3, 200, 5), "600 are not, beside 15 blocks");
        assert!(!is_open(200, 3, 5), "but beside 1,000 blocks");
        assert!(is_open(300, 4, 5), "more than are ever compared at once");
        let hunt = begun(&request, 3, 100);
        assert!(is_open_in(&hunt, 4, 5), "nothing is known of another segment");
    }
}
