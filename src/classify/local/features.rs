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
    buckets: usize,
}

const WORDS: Block = Block { number: 1, offset: 0, buckets: 1 << 16 };
const PARTS: Block = Block { number: 2, offset: 1 << 16, buckets: 1 << 16 };
const TITLE: Block = Block { number: 3, offset: 1 << 17, buckets: 1 << 15 };

/// So many words of a pair's reach: its second word is one of the next three.
const REACH: usize = 3;

/// What the title's own block weighs; by cross-validation.
const TITLE_WEIGHT: f32 = 0.7;

/// Shortest and longest part of a word, in characters.
const PART_MIN: usize = 3;
const PART_MAX: usize = 5;

/// A bucket and its weight.
pub type Feature = (u32, f32);

/// The features of a normalised title and description, by ascending bucket, none twice.
pub fn features(title: &str, description: &str) -> Vec<Feature> {
    let text = format!("{title}\n{description}");
    let mut words = Vec::with_capacity(text.len());
    push_words(&text, &mut words);
    let mut parts = Vec::with_capacity(text.len() * 3);
    push_parts(&text, &PARTS, &mut parts);
    let mut of_title = Vec::with_capacity(title.len() * 3);
    push_parts(title, &TITLE, &mut of_title);
    let mut features = Vec::with_capacity(words.len() + parts.len() + of_title.len());
    for (block, weight) in [(&mut words, 1.0), (&mut parts, 1.0), (&mut of_title, TITLE_WEIGHT)] {
        push_block(block, weight, &mut features);
    }
    features
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
        rest = rest.trim_start_matches(|c: char| !is_word(c) && c != '!' && c != '?');
        let first = rest.chars().next()?;
        let end = if is_word(first) {
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '\'' || c == '_';
    }
    // the signs of Indic scripts stand inside words; their full stops do not
    c.is_alphanumeric()
        || (matches!(c, '\u{900}'..='\u{dff}') && !matches!(c, '\u{964}' | '\u{965}'))
}

fn push_words(text: &str, buckets: &mut Vec<u32>) {
    // the hashes of the words before, the nearest first
    let mut before: [Option<u64>; REACH] = [None; REACH];
    for word in words(text) {
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

fn push_parts(text: &str, block: &Block, buckets: &mut Vec<u32>) {
    // where each character of the padded token begins, and its end
    let mut padded = Vec::with_capacity(64);
    let mut starts = Vec::with_capacity(64);
    for token in text.split_whitespace() {
        padded.clear();
        starts.clear();
        padded.push(b' ');
        padded.extend_from_slice(token.as_bytes());
        padded.push(b' ');
        starts.extend((0..padded.len()).filter(|&at| (padded[at] & 0xc0) != 0x80));
        starts.push(padded.len());
        let characters = starts.len() - 1;
        for first in 0..characters.saturating_sub(PART_MIN - 1) {
            let mut hashed = block.seed();
            for last in first..characters.min(first + PART_MAX) {
                hashed = hash(hashed, &padded[starts[last]..starts[last + 1]]);
                if last + 1 >= first + PART_MIN {
                    buckets.push(block.bucket(hashed));
                }
            }
        }
    }
}

/// Counts the buckets of one block and appends their weights.
fn push_block(buckets: &mut [u32], weight: f32, features: &mut Vec<Feature>) {
    buckets.sort_unstable();
    let count = |same: &[u32]| f32::from(u16::try_from(same.len()).unwrap_or(u16::MAX));
    let squares: f32 = buckets.chunk_by(u32::eq).map(|same| count(same) * count(same)).sum();
    let length = squares.sqrt();
    for same in buckets.chunk_by(u32::eq) {
        features.push((same[0], weight * (count(same) / length).sqrt()));
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
        let bucket = self.offset as u64 + folded % self.buckets as u64;
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
