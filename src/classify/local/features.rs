//! A text's features: hashed words, pairs of words and parts of words, each with a weight.
//!
//! Three blocks: words and pairs of words that stand close together; sequences of 3 to 5 characters inside a token with a
//! space around it, which carry misspelt words and the languages with few examples; the same of the
//! title alone, which says in few words what a description says in many. Within a block the counts
//! are scaled to length 1, then the square root is taken, so that neither a long text nor a repeated
//! word weighs more than it should.

/// Buckets of all blocks.
pub const DIMENSIONS: usize = WORDS.buckets + PARTS.buckets + TITLE.buckets;

/// Bits of the table of known words.
pub const KNOWN_BITS: usize = 1 << 18;

/// FNV-1a, 64 bits: the offset basis and the prime of its authors. A block's number is fed first.
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Features of one sort, which share no bucket with those of another.
struct Block {
    number: u8,
    offset: usize,
    /// A power of two, so that no hash is divided.
    buckets: usize,
}

const WORDS: Block = Block { number: 1, offset: 0, buckets: 1 << 16 };
const PARTS: Block = Block { number: 2, offset: 1 << 16, buckets: 1 << 16 };
const TITLE: Block = Block { number: 3, offset: 1 << 17, buckets: 1 << 15 };

/// So many words of a pair's reach: its second word is one of the next three.
const REACH: usize = 3;

/// What the title's own block weighs; by cross-validation.
const TITLE_WEIGHT: f32 = 0.7;

/// So many buckets are sorted by counting.
const MANY: usize = 500;

/// Shortest and longest part of a word, in characters.
const PART_MIN: usize = 3;
const PART_MAX: usize = 5;

/// A bucket and its weight.
pub type Feature = (u32, f32);

/// The features of a normalised title and description, by ascending bucket, none twice.
pub fn features(title: &str, description: &str) -> Vec<Feature> {
    let mut extractor = Extractor::default();
    extractor.features(title, description);
    extractor.features
}

/// Takes the features of one text after the other, in the same memory.
#[derive(Default)]
pub struct Extractor {
    /// The buckets of one block.
    buckets: Vec<u32>,
    sorted: Vec<u32>,
    padded: Padded,
    features: Vec<Feature>,
}

impl Extractor {
    /// As the function [`features`].
    pub fn features(&mut self, title: &str, description: &str) -> &[Feature] {
        self.features.clear();
        self.buckets.clear();
        push_words(words(title).chain(words(description)), &mut self.buckets);
        self.end_block(1.0);
        self.padded.push_parts(title, &PARTS, &mut self.buckets);
        self.padded.push_parts(description, &PARTS, &mut self.buckets);
        self.end_block(1.0);
        self.padded.push_parts(title, &TITLE, &mut self.buckets);
        self.end_block(TITLE_WEIGHT);
        &self.features
    }

    /// Counts the buckets of one block and appends their weights.
    fn end_block(&mut self, weight: f32) {
        if self.buckets.is_empty() {
            return;
        }
        sort(&mut self.buckets, &mut self.sorted);
        let first = self.features.len();
        self.features.reserve(self.buckets.len());
        for bucket in self.buckets.drain(..) {
            match self.features[first..].last_mut() {
                Some((last, count)) if *last == bucket => *count += 1.0,
                _ => self.features.push((bucket, 1.0)),
            }
        }
        let of_block = &mut self.features[first..];
        let length = of_block.iter().map(|(_, count)| count * count).sum::<f32>().sqrt();
        let weight_of = |count: f32| weight * (count / length).sqrt();
        // nearly all stand there once
        let of_one = weight_of(1.0);
        for (_, count) in of_block {
            *count = if *count == 1.0 { of_one } else { weight_of(*count) };
        }
    }
}

/// Where a word stands in the table of known words.
pub fn known_bit(word: &str) -> usize {
    let hash = hash(WORDS.seed(), word.as_bytes());
    usize::try_from(hash >> 40).unwrap_or_default() % KNOWN_BITS
}

/// The words of a normalised text; `!` and `?` count as words.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = place(rest, |c| is_word(c) || c == '!' || c == '?')?;
        rest = &rest[start..];
        let end = if rest.starts_with(['!', '?']) {
            1
        } else {
            place(rest, |c| !is_word(c)).unwrap_or(rest.len())
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// Where the first character is that is meant.
fn place(text: &str, is_meant: impl Fn(char) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // letter by letter while it is ASCII, which most of most texts is
    while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii()) {
        if is_meant(char::from(*byte)) {
            return Some(at);
        }
        at += 1;
    }
    text[at..].find(is_meant).map(|found| at + found)
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '\'' || c == '_';
    }
    // the signs of Indic scripts stand inside words; their full stops do not
    c.is_alphanumeric()
        || (matches!(c, '\u{900}'..='\u{dff}') && !matches!(c, '\u{964}' | '\u{965}'))
}

fn push_words<'t>(words: impl Iterator<Item = &'t str>, buckets: &mut Vec<u32>) {
    // the hashes of the words before, the nearest first
    let mut before: [Option<u64>; REACH] = [None; REACH];
    for word in words {
        let alone = hash(WORDS.seed(), word.as_bytes());
        buckets.push(WORDS.bucket(alone));
        // a pair is the first word, how far apart they are, and the second
        for (first, apart) in before.iter().zip(b'1'..) {
            if let Some(first) = first {
                let pair = hash(step(step(*first, b' '), apart), word.as_bytes());
                buckets.push(WORDS.bucket(pair));
            }
        }
        before.rotate_right(1);
        before[0] = Some(alone);
    }
}

/// A token with a space on either side.
#[derive(Default)]
struct Padded {
    bytes: Vec<u8>,
    /// Where each character begins, and the end; empty where each is a byte.
    starts: Vec<usize>,
}

impl Padded {
    fn push_parts(&mut self, text: &str, block: &Block, buckets: &mut Vec<u32>) {
        for token in text.split_whitespace() {
            self.bytes.clear();
            self.bytes.push(b' ');
            self.bytes.extend_from_slice(token.as_bytes());
            self.bytes.push(b' ');
            let bytes = &self.bytes;
            if token.is_ascii() {
                push_parts(bytes.len(), |at| &bytes[at..=at], block, buckets);
                continue;
            }
            self.starts.clear();
            self.starts.extend((0..bytes.len()).filter(|&at| (bytes[at] & 0xc0) != 0x80));
            let characters = self.starts.len();
            self.starts.push(bytes.len());
            let starts = &self.starts;
            push_parts(characters, |at| &bytes[starts[at]..starts[at + 1]], block, buckets);
        }
    }
}

/// The parts of a token of so many characters.
fn push_parts<'t>(
    characters: usize,
    character: impl Fn(usize) -> &'t [u8],
    block: &Block,
    buckets: &mut Vec<u32>,
) {
    for first in 0..characters.saturating_sub(PART_MIN - 1) {
        let mut hashed = block.seed();
        for last in first..characters.min(first + PART_MAX) {
            hashed = hash(hashed, character(last));
            if last + 1 >= first + PART_MIN {
                buckets.push(block.bucket(hashed));
            }
        }
    }
}

/// Sorts the buckets of one block, which differ by their last 16 bits alone: of many by the last byte, then
/// by the one before.
fn sort(buckets: &mut Vec<u32>, sorted: &mut Vec<u32>) {
    if buckets.len() < MANY {
        buckets.sort_unstable();
        return;
    }
    sorted.resize(buckets.len(), 0);
    for shift in [0, 8] {
        let byte = |bucket: u32| (bucket >> shift) as usize & 0xff;
        let mut places = [0; 256];
        for bucket in &*buckets {
            places[byte(*bucket)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for bucket in &*buckets {
            let place = &mut places[byte(*bucket)];
            sorted[*place] = *bucket;
            *place += 1;
        }
        std::mem::swap(buckets, sorted);
    }
}

impl Block {
    fn seed(&self) -> u64 {
        step(FNV_BASIS, self.number)
    }

    /// The bucket of a hash: its parts folded onto each other, so that all of its bits count.
    fn bucket(&self, hash: u64) -> u32 {
        let folded = (hash >> 32) ^ hash;
        let folded = (folded >> 16) ^ folded;
        let bucket = self.offset as u64 + (folded & (self.buckets as u64 - 1));
        u32::try_from(bucket).unwrap_or_default()
    }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
}

fn hash(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, &byte| step(hash, byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_fnv_1a() {
        // the authors' test vectors
        assert_eq!(hash(FNV_BASIS, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(FNV_BASIS, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(FNV_BASIS, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn words_are_found_in_every_script() {
        let found: Vec<_> = words("can't pay! naïve_x 00 €, लॉगिन। ログイン?").collect();
        assert_eq!(found, ["can't", "pay", "!", "naïve_x", "00", "लॉगिन", "ログイン", "?"]);
    }

    #[test]
    fn each_block_has_length_one_before_the_root() {
        let features = features("the card", "the card was charged");
        assert!(features.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (block, weight) in [(WORDS, 1.0), (PARTS, 1.0), (TITLE, TITLE_WEIGHT)] {
            let buckets = block.offset..block.offset + block.buckets;
            let of_block =
                features.iter().filter(|(bucket, _)| buckets.contains(&(*bucket as usize)));
            let length: f32 = of_block.map(|(_, value)| (value / weight).powi(4)).sum();
            assert!((length - 1.0).abs() < 1e-4, "{length}");
        }
        assert!(super::features("", "").is_empty());
    }
}
