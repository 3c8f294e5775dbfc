//! Texts that wait for a segment, as a server compares them itself.

use std::sync::Arc;

use super::Search;
use crate::tickets::Position;

/// Most texts that wait and are compared here; there are more only after an upgrade or a repair.
pub const WAITING_MAX: usize = 8_192;

/// Bytes of texts that are remembered.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What it takes to remember a text, beside its own bytes; estimated.
const ENTRY_BYTES: usize = 96;

/// All that wait at a moment.
#[derive(Clone, Default)]
pub struct Waiting {
    /// Their tickets, the smallest id first, and what tells a text from others that the ticket had.
    keys: Vec<(i64, i64)>,
    /// The text of each, if it is at hand.
    texts: Vec<Option<Text>>,
}

#[derive(Clone)]
struct Text {
    at: Position,
    document: Arc<str>,
}

impl Waiting {
    /// Those with these keys, in any order, with the texts that `before` has of them.
    pub fn of(mut keys: Vec<(i64, i64)>, before: &Arc<Self>) -> Arc<Self> {
        keys.sort_unstable();
        if before.keys == keys {
            return Arc::clone(before);
        }
        let mut known = before.keys.iter().zip(&before.texts).peekable();
        let mut texts = Vec::with_capacity(keys.len());
        for key in &keys {
            while known.next_if(|(before, _)| *before < key).is_some() {}
            let text =
                known.next_if(|(before, _)| *before == key).and_then(|(_, text)| text.clone());
            texts.push(text);
        }
        Arc::new(Self { keys, texts })
    }

    /// The tickets whose texts have to be read, if they are still there.
    pub fn missing(&self) -> Vec<i64> {
        let without = self.keys.iter().zip(&self.texts).filter(|(_, text)| text.is_none());
        without.map(|((id, _), _)| *id).collect()
    }

    /// Takes in the text of one that was missing.
    pub fn put(&mut self, at: Position, document: &str) {
        let place = self.keys.partition_point(|(id, _)| *id < at.id);
        if let Some(text @ None) = self.texts.get_mut(place) {
            *text = Some(Text { at, document: Arc::from(document) });
        }
    }

    /// Those that have the search in them.
    pub fn having(&self, search: &Search) -> Vec<Position> {
        let finder = memchr::memmem::Finder::new(search.as_str());
        let has = |text: &&Text| finder.find(text.document.as_bytes()).is_some();
        self.texts.iter().flatten().filter(has).map(|text| text.at).collect()
    }

    /// The same with no more texts than are remembered.
    pub fn small(all: &Arc<Self>) -> Arc<Self> {
        let mut small = Arc::clone(all);
        let mut bytes = 0;
        for (place, text) in all.texts.iter().enumerate() {
            bytes += ENTRY_BYTES + text.as_ref().map_or(0, |text| text.document.len());
            if bytes > MAX_BYTES && text.is_some() {
                Arc::make_mut(&mut small).texts[place] = None;
            }
        }
        small
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn at(id: i64) -> Position {
        Position { created_at: Timestamp::UNIX_EPOCH, id }
    }

    fn ids(waiting: &Waiting, search: &str) -> Vec<i64> {
        let search = Search::parse(search).unwrap().unwrap();
        waiting.having(&search).iter().map(|at| at.id).collect()
    }

    #[test]
    fn a_text_that_changed_or_waits_no_more_is_forgotten() {
        let nothing = Arc::default();
        let mut first = Waiting::clone(&Waiting::of(vec![(3, 30), (1, 10), (2, 20)], &nothing));
        assert_eq!(first.missing(), [1, 2, 3]);
        for id in [2, 1, 3] {
            first.put(at(id), &format!("text {id}"));
        }
        assert!(first.missing().is_empty());
        assert_eq!(ids(&first, "text"), [1, 2, 3]);

        let first = Arc::new(first);
        let same = Waiting::of(vec![(2, 20), (1, 10), (3, 30)], &first);
        assert!(Arc::ptr_eq(&same, &first));

        let next = Waiting::of(vec![(4, 40), (2, 21), (1, 10)], &first);
        assert_eq!(next.missing(), [2, 4]);
        assert_eq!(ids(&next, "text"), [1]);
    }

    #[test]
    fn what_is_too_much_is_read_again() {
        let mut waiting =
            Waiting::clone(&Waiting::of(vec![(1, 1), (2, 1), (3, 1)], &Arc::default()));
        let half = "x".repeat(MAX_BYTES / 2 - ENTRY_BYTES);
        for id in 1..=3 {
            waiting.put(at(id), &half);
        }
        let mut waiting = Waiting::clone(&Waiting::small(&Arc::new(waiting)));
        assert_eq!(waiting.missing(), [3]);
        waiting.put(at(3), "short");
        assert_eq!(ids(&waiting, "short"), [3]);
    }

    #[test]
    fn one_that_was_deleted_has_no_text() {
        let waiting = Waiting::of(vec![(1, 1)], &Arc::default());
        assert!(ids(&waiting, "x").is_empty());
    }
}
