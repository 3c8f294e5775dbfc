//! How long the search's index takes, apart from any database: `cargo bench --bench search`.

use std::{
    collections::HashMap,
    hint::black_box,
    io::Write as _,
    time::{Duration, Instant},
};

use frontdesk::tickets::{
    Hunt, MERGED_SEGMENTS, Merge, PageRequest, Position, SEGMENT_TICKETS, Search, Segment,
    SegmentBuilder, SegmentHead, TicketFilter, document, read_ids,
};
use jiff::Timestamp;

const ROUNDS: usize = 15;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let tickets = i64::from(SEGMENT_TICKETS);
    let segments: Vec<Segment> =
        (0..MERGED_SEGMENTS as i64).map(|n| segment(n * tickets)).collect();
    let bytes: usize = segments[0].blocks.iter().map(|(_, block)| block.len()).sum();
    writeln!(
        out,
        "a segment: {tickets} tickets, {} bytes for each",
        bytes / segments[0].tickets as usize
    )?;

    let built = median(|| drop(black_box(segment(0))));
    writeln!(out, "indexing a ticket            {:>9.1?}", built / SEGMENT_TICKETS)?;

    let stored: Vec<_> =
        segments.iter().zip(0..).map(|(s, n)| (n, s.tickets, s.ids.clone())).collect();
    let filed_at: HashMap<i64, Timestamp> = stored
        .iter()
        .flat_map(|(_, tickets, ids)| read_ids(ids, *tickets))
        .map(|id| (id, position(id).created_at))
        .collect();
    let merged = median(|| {
        let merge = Merge::new(&stored, &filed_at);
        for step in Merge::steps() {
            let blocks = segments.iter().zip(0..).flat_map(|(segment, n)| {
                let of_step = segment.blocks.iter().filter(|(bucket, _)| step.contains(bucket));
                of_step.map(move |(bucket, block)| (n, *bucket, &block[..]))
            });
            black_box(merge.blocks(blocks));
        }
    });
    let all = SEGMENT_TICKETS * u32::try_from(MERGED_SEGMENTS).unwrap_or(1);
    writeln!(out, "merging a ticket             {:>9.1?}", merged / all)?;

    for text in ["absent", "webhook", "since yesterday", "qu"] {
        let filter =
            TicketFilter { search: Search::parse(text).unwrap_or_default(), ..Default::default() };
        let request = PageRequest { filter, cursor: None, limit: 50 };
        let hunted = median(|| {
            let mut hunt = Hunt::new(&request);
            for (segment, id) in segments.iter().zip(0..) {
                let head = SegmentHead {
                    id,
                    tickets: segment.tickets,
                    newest: segment.newest,
                    oldest: segment.oldest,
                    grams: segment.grams,
                };
                for gram in hunt.grams_in_turn().concat() {
                    let bucket = u32::try_from(gram).unwrap_or(0) % segment.buckets;
                    let found = segment.blocks.binary_search_by_key(&bucket, |(bucket, _)| *bucket);
                    hunt.add(head, gram, found.map_or(&[], |n| &segment.blocks[n].1));
                }
            }
            black_box(hunt.next_step());
        });
        writeln!(out, "candidates of {MERGED_SEGMENTS} segments for {text:<18} {hunted:>9.1?}")?;
    }
    Ok(())
}

fn position(id: i64) -> Position {
    Position { created_at: Timestamp::from_second(1_790_000_000 + id).unwrap_or_default(), id }
}

/// The tickets from an id on, of words as rare as in life: the nth is in every nth text.
fn segment(from: i64) -> Segment {
    let mut builder = SegmentBuilder::default();
    for id in (from + 1..=from + i64::from(SEGMENT_TICKETS)).rev() {
        let words: Vec<String> =
            (2..60).filter(|n| id % n == 0).map(|n| format!("word{}", n * 7919 % 1000)).collect();
        let title = format!("Ticket {id} cannot be opened");
        let text =
            format!("Since this morning the page stays white. {} Please help.", words.join(" "));
        builder.push(position(id), &document(&title, &text));
    }
    builder.build().unwrap_or_else(|| unreachable!("it has tickets"))
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}
