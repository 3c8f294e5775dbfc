//! Postings: which tickets of a segment have a gram, as bytes.
//!
//! A block holds the postings of the grams that share a bucket: for each its number (4 bytes, little
//! endian), the length in bytes, and the tickets' ordinals as the differences between them, or as one
//! bit for each ticket where that is shorter. Integers are LEB128 (the DWARF standard, 7.6); the length
//! is doubled, and one more for bits.

/// A set of a segment's tickets by their ordinals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordinals(Vec<u64>);

impl Ordinals {
    /// The set of none of `tickets`.
    pub fn none(tickets: u32) -> Self {
        Self(vec![0; tickets.div_ceil(64) as usize])
    }

    /// Adds one; what lies beyond the segment is ignored.
    fn insert(&mut self, ordinal: usize) {
        if let Some(word) = self.0.get_mut(ordinal / 64) {
            *word |= 1 << (ordinal % 64);
        }
    }

    /// Keeps what is in both.
    pub fn intersect(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps what lies beyond `ordinal`: the higher ones, or the lower ones.
    pub fn keep_beyond(&mut self, ordinal: usize, higher: bool) {
        for (n, word) in self.0.iter_mut().enumerate() {
            // how many bits of this word are below `ordinal`
            let below = ordinal.saturating_sub(n * 64).min(64);
            let lower =
                1_u64.checked_shl(u32::try_from(below).unwrap_or(64)).map_or(u64::MAX, |b| b - 1);
            *word &= if higher { !lower } else { lower };
        }
        if let Some(word) = self.0.get_mut(ordinal / 64) {
            *word &= !(1 << (ordinal % 64));
        }
    }

    /// Takes out at most `most`, the lowest or the highest ones; returns them with the lowest first.
    pub fn take(&mut self, most: usize, highest: bool) -> Vec<usize> {
        let skipped = if highest { self.len().saturating_sub(most) } else { 0 };
        let taken: Vec<usize> = self.iter().skip(skipped).take(most).collect();
        for ordinal in &taken {
            self.0[ordinal / 64] &= !(1 << (ordinal % 64));
        }
        taken
    }

    /// All of them, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(n, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(n * 64 + bit)
            })
        })
    }
}

/// Appends the posting of a gram to its block. `ordinals` ascend and lie below `tickets`.
pub fn append(block: &mut Vec<u8>, gram: u32, ordinals: &[u16], tickets: u32) {
    block.extend(gram.to_le_bytes());
    let bits = tickets.div_ceil(8) as usize;
    let length = if ordinals.len() > bits {
        usize::MAX
    } else {
        differences(ordinals).map(length_of_integer).sum()
    };
    if length <= bits {
        write_integer(block, length as u64 * 2);
        differences(ordinals).for_each(|difference| write_integer(block, difference));
    } else {
        write_integer(block, bits as u64 * 2 + 1);
        let start = block.len();
        block.resize(start + bits, 0);
        for ordinal in ordinals {
            block[start + usize::from(*ordinal) / 8] |= 1 << (ordinal % 8);
        }
    }
}

/// From each to the one before, and of the first one to 0.
fn differences(ordinals: &[u16]) -> impl Iterator<Item = u64> {
    let mut before = 0;
    ordinals.iter().map(move |ordinal| {
        let difference = ordinal - before;
        before = *ordinal;
        u64::from(difference)
    })
}

/// The tickets that have a gram, or `None` if the block says nothing of it.
pub fn find(block: &[u8], gram: u32, tickets: u32) -> Option<Ordinals> {
    each(block).find(|(number, _)| *number == gram).map(|(_, posting)| posting.read(tickets))
}

/// Keeps of some tickets those that have a gram; `false` if the block says nothing of it.
pub fn keep(block: &[u8], gram: u32, tickets: u32, among: &mut Ordinals) -> bool {
    let Some((_, posting)) = each(block).find(|(number, _)| *number == gram) else { return false };
    if posting.are_bits {
        let mut words = posting.words();
        among.0.iter_mut().for_each(|word| *word &= words.next().unwrap_or(0));
    } else {
        among.intersect(&posting.read(tickets));
    }
    true
}

/// The postings of a block in their order, each with its gram's number. A block that is cut off ends early.
pub fn each(mut rest: &[u8]) -> impl Iterator<Item = (u32, Posting<'_>)> {
    std::iter::from_fn(move || {
        let (number, after) = rest.split_first_chunk()?;
        rest = after;
        let length = read_integer(&mut rest)?;
        let (bytes, after) = rest.split_at_checked(usize::try_from(length / 2).ok()?)?;
        rest = after;
        Some((u32::from_le_bytes(*number), Posting { bytes, are_bits: length % 2 == 1 }))
    })
}

/// The tickets that have a gram, as they are stored.
#[derive(Clone, Copy)]
pub struct Posting<'a> {
    bytes: &'a [u8],
    are_bits: bool,
}

impl Posting<'_> {
    /// Does something with the ordinal of each ticket, the lowest first.
    pub fn for_each(&self, mut work: impl FnMut(usize)) {
        if self.are_bits {
            for (n, word) in self.words().enumerate() {
                let mut rest = word;
                while rest != 0 {
                    work(n * 64 + rest.trailing_zeros() as usize);
                    rest &= rest - 1;
                }
            }
        } else {
            let (mut rest, mut last) = (self.bytes, 0);
            while let Some(difference) = read_integer(&mut rest) {
                last += usize::try_from(difference).unwrap_or(usize::MAX / 2);
                work(last);
            }
        }
    }

    /// The bits, 64 at a time.
    fn words(&self) -> impl Iterator<Item = u64> {
        let (whole, rest) = self.bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        whole.iter().copied().chain((!rest.is_empty()).then_some(last)).map(u64::from_le_bytes)
    }

    fn read(&self, tickets: u32) -> Ordinals {
        let mut ordinals = Ordinals::none(tickets);
        if self.are_bits {
            ordinals.0.iter_mut().zip(self.words()).for_each(|(word, bits)| *word = bits);
        } else {
            self.for_each(|ordinal| ordinals.insert(ordinal));
        }
        ordinals
    }
}

/// The ids of a segment's tickets as bytes: the difference to the one before (zigzag, so that small
/// negative ones are short too), and how often that repeats. Tickets filed one after the other are a
/// few bytes.
pub fn write_ids(ids: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = 0;
    let mut rest = ids;
    while let [first, ..] = rest {
        let difference = first.wrapping_sub(last);
        let mut repeats = 0;
        while let [next, after @ ..] = rest
            && next.wrapping_sub(last) == difference
        {
            (last, rest, repeats) = (*next, after, repeats + 1);
        }
        write_integer(&mut bytes, ((difference << 1) ^ (difference >> 63)).cast_unsigned());
        write_integer(&mut bytes, repeats);
    }
    bytes
}

/// What [`write_ids`] wrote; at most `tickets` of them.
pub fn read_ids(bytes: &[u8], tickets: u32) -> Vec<i64> {
    let tickets = tickets as usize;
    let mut ids: Vec<i64> = Vec::with_capacity(tickets);
    for run in runs(bytes) {
        let most = (tickets - ids.len()) as u64;
        ids.extend((0..run.repeats.min(most)).map(|n| run.id(n)));
    }
    ids
}

/// Those at some places of what [`write_ids`] wrote, the lowest place first.
pub fn ids_at(bytes: &[u8], ordinals: &[usize]) -> Vec<i64> {
    let mut ids = Vec::with_capacity(ordinals.len());
    let (mut before, mut rest) = (0_u64, ordinals.iter().map(|n| *n as u64).peekable());
    for run in runs(bytes) {
        while let Some(ordinal) = rest.next_if(|n| n - before < run.repeats) {
            ids.push(run.id(ordinal - before));
        }
        if rest.peek().is_none() {
            break;
        }
        before = before.saturating_add(run.repeats);
    }
    ids
}

/// The place of an id in what [`write_ids`] wrote.
pub fn ordinal_of(bytes: &[u8], id: i64) -> Option<usize> {
    let mut before = 0_u64;
    for run in runs(bytes) {
        if let Some(n) = run.place(id) {
            return usize::try_from(before + n).ok();
        }
        before = before.saturating_add(run.repeats);
    }
    None
}

/// Ids with the same difference between them.
struct Run {
    /// The one before the first.
    before: i64,
    difference: i64,
    repeats: u64,
}

impl Run {
    fn id(&self, n: u64) -> i64 {
        let n = n.wrapping_add(1).cast_signed();
        self.before.wrapping_add(self.difference.wrapping_mul(n))
    }

    fn place(&self, id: i64) -> Option<u64> {
        let distance = id.checked_sub(self.before)?;
        let n = match self.difference {
            0 => u64::from(distance == 0),
            difference if distance % difference == 0 => {
                u64::try_from(distance / difference).ok()?
            }
            _ => 0,
        };
        (1..=self.repeats).contains(&n).then(|| n - 1)
    }
}

fn runs(mut bytes: &[u8]) -> impl Iterator<Item = Run> {
    let mut last = 0;
    std::iter::from_fn(move || {
        let (zigzag, repeats) = (read_integer(&mut bytes)?, read_integer(&mut bytes)?);
        let difference = (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
        let run = Run { before: last, difference, repeats };
        last = run.id(repeats.wrapping_sub(1));
        Some(run)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
fn write_integer(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn length_of_integer(value: u64) -> usize {
    (u64::BITS - (value | 1).leading_zeros()).div_ceil(7) as usize
}

fn read_integer(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tickets_filed_one_after_the_other_are_a_few_bytes() {
        let ids: Vec<i64> = (1..=4096).rev().collect();
        let bytes = write_ids(&ids);
        assert!(bytes.len() < 10, "{}", bytes.len());
        assert_eq!(read_ids(&bytes, 4096), ids);
    }

    proptest! {
        #[test]
        fn postings_are_read_back(
            sets in prop::collection::btree_map(any::<u32>(),
                prop::collection::btree_set(0u16..300, 0..300), 0..6),
            missing: u32,
        ) {
            let mut block = Vec::new();
            for (gram, ordinals) in &sets {
                let ordinals: Vec<u16> = ordinals.iter().copied().collect();
                append(&mut block, *gram, &ordinals, 300);
            }
            for (gram, expected) in &sets {
                let found = find(&block, *gram, 300).expect("it is there");
                let read: BTreeSet<u16> =
                    found.iter().map(|n| u16::try_from(n).unwrap()).collect();
                prop_assert_eq!(&read, expected);
                let mut kept = Ordinals::none(300);
                (0..300).step_by(3).for_each(|n| kept.insert(n));
                let mut both = kept.clone();
                both.intersect(&found);
                prop_assert!(keep(&block, *gram, 300, &mut kept));
                prop_assert_eq!(kept, both);
                prop_assert_eq!(found.len(), expected.len());
            }
            prop_assert_eq!(find(&block, missing, 300).is_some(), sets.contains_key(&missing));
        }

        #[test]
        fn ids_are_read_back(ids in prop::collection::vec(any::<i64>(), 0..50)) {
            prop_assert_eq!(read_ids(&write_ids(&ids), u32::try_from(ids.len()).unwrap()), ids);
        }

        #[test]
        fn some_ids_are_found(
            ids in prop::collection::btree_set(1i64..400, 1..200),
            some in prop::collection::btree_set(0usize..250, 0..30),
        ) {
            let ids: Vec<i64> = ids.into_iter().rev().collect();
            let (bytes, some) = (write_ids(&ids), some.into_iter().collect::<Vec<_>>());
            let expected: Vec<i64> = some.iter().filter_map(|n| ids.get(*n).copied()).collect();
            prop_assert_eq!(ids_at(&bytes, &some), expected);
            for id in 0..400 {
                prop_assert_eq!(ordinal_of(&bytes, id), ids.iter().position(|other| *other == id));
            }
        }

        #[test]
        fn ordinals_are_taken_from_either_end(
            all in prop::collection::btree_set(0usize..200, 0..100),
            most in 0usize..120, at in 0usize..220, up: bool,
        ) {
            let mut ordinals = Ordinals::none(200);
            all.iter().for_each(|n| ordinals.insert(*n));
            let mut left = ordinals.clone();
            left.keep_beyond(at, up);
            let beyond = |n: &usize| if up { *n > at } else { *n < at };
            prop_assert_eq!(left.iter().collect::<Vec<_>>(),
                all.iter().copied().filter(beyond).collect::<Vec<_>>());
            let all: Vec<usize> = all.into_iter().collect();
            let middle = if up { all.len().saturating_sub(most) } else { most.min(all.len()) };
            let (low, high) = all.split_at(middle);
            let (expected, rest) = if up { (high, low) } else { (low, high) };
            prop_assert_eq!(ordinals.take(most, up), expected);
            prop_assert_eq!(ordinals.iter().collect::<Vec<_>>(), rest);
        }

        #[test]
        fn no_bytes_can_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), gram: u32) {
            find(&bytes, gram, 64);
            prop_assert!(read_ids(&bytes, 100).len() <= 100);
            ids_at(&bytes, &[0, 5, 63]);
            ordinal_of(&bytes, 7);
        }
    }
}
