//! Receipts: how a form tells which suggestion it showed, without being able to make one up.
//!
//! A receipt is what is kept of the suggestion, signed (HMAC-SHA256, RFC 2104) with a key that lies in
//! the database, so that every replica knows it, also after a restart. Nothing is stored until a ticket
//! comes.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::Timestamp;
use lru::LruCache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Answer, Suggested, TicketText, fingerprint::Fingerprint};

/// How long a form may stay open.
const LIFE: Duration = Duration::from_hours(24);

/// Longest receipt that is looked at, in bytes; one has some 500.
const RECEIPT_MAX: usize = 2_000;

/// Texts that went out and may still be filed in another form; at most some 20 kB each.
const SENT_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("not zero");

/// SHA-256 works on blocks of this size.
const BLOCK: usize = 64;

/// Gives receipts out and takes them back.
pub struct Receipts {
    key: [u8; 32],
    /// What left for providers: a receipt has only its hash, so that it stays short. Another replica
    /// knows it as well, where the text was not changed any more.
    sent: Mutex<LruCache<Fingerprint, String>>,
}

/// A suggestion that somebody was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What was suggested.
    pub suggested: Suggested,
    /// Whether for the text that was filed.
    pub same_text: bool,
    /// What left for a provider, word for word; `None`: nothing, or it is not known any more.
    pub sent: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    #[serde(flatten)]
    suggested: Suggested,
    text: String,
    sent: Option<String>,
}

impl Receipts {
    /// Signs with this key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, sent: Mutex::new(LruCache::new(SENT_MAX)) }
    }

    /// A receipt for an answer about a text: visible ASCII that is safe in JSON and URLs.
    pub fn issue(&self, text: &TicketText, answer: &Answer, at: Timestamp) -> String {
        let sent = answer.sent.as_ref().map(|sent| {
            let hash: Fingerprint = Sha256::digest(sent).into();
            self.sent().put(hash, sent.clone());
            hex(&hash)
        });
        let suggested = Suggested::new(answer, at);
        let signed = Signed { suggested, text: hex(&text.fingerprint()), sent };
        // plain fields have a spelling, always
        let body = serde_json::to_vec(&signed).unwrap_or_default();
        let mac = hmac(&self.key, &body);
        format!("{}.{}", BASE64.encode(&body), BASE64.encode(mac))
    }

    /// What a receipt is for; `None` if we never gave it out, or too long ago. `text` is what is
    /// filed, `outgoing` tells what would leave for a provider for that text: asked only where nobody
    /// here remembers what left.
    pub fn redeem(
        &self,
        receipt: &str,
        text: &TicketText,
        outgoing: impl FnOnce() -> Option<String>,
        now: Timestamp,
    ) -> Option<Shown> {
        if receipt.len() > RECEIPT_MAX {
            return None;
        }
        let (body, mac) = receipt.split_once('.')?;
        let (body, mac) = (BASE64.decode(body).ok()?, BASE64.decode(mac).ok()?);
        if !bool::from(hmac(&self.key, &body).ct_eq(&mac)) {
            return None;
        }
        let Signed { suggested, text: asked, sent } = serde_json::from_slice(&body).ok()?;
        if now.duration_since(suggested.at).unsigned_abs() > LIFE {
            return None;
        }
        let sent = sent.and_then(|hash| {
            let remembered = unhex(&hash).and_then(|hash| self.sent().peek(&hash).cloned());
            let is_it = |text: &String| hex(&Sha256::digest(text).into()) == hash;
            remembered.or_else(|| outgoing().filter(is_it))
        });
        Some(Shown { same_text: asked == hex(&text.fingerprint()), suggested, sent })
    }

    fn sent(&self) -> MutexGuard<'_, LruCache<Fingerprint, String>> {
        self.sent.lock().unwrap_or_else(|e| e.into_inner())
    }
}

fn hex(hash: &Fingerprint) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Fingerprint> {
    let mut hash = Fingerprint::default();
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, at) in hash.iter_mut().zip((0..text.len()).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::scripted::{suggestion, text};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn answer() -> Answer {
        let latency = Duration::from_millis(3);
        let sent = Some("<ticket>a</ticket>".to_owned());
        Answer { suggestion: suggestion(), degraded: true, latency, sent }
    }

    /// By another implementation; RFC 4231 has no case with a key of 32 bytes.
    #[test]
    fn the_signature_is_the_standards() {
        let key: [u8; 32] = std::array::from_fn(|n| n as u8);
        assert_eq!(
            hex(&hmac(&key, b"what do ya want for nothing?")),
            "099805f4ac310786968565c098db515cc50862b420ae31e20238312344bed36a"
        );
    }

    #[test]
    fn a_receipt_brings_back_what_was_suggested() {
        let receipts = Receipts::new([7; 32]);
        let receipt = receipts.issue(&text("a b"), &answer(), NOW);
        assert!(receipt.len() < 1_000 && receipt.is_ascii(), "{receipt}");
        let shown = receipts.redeem(&receipt, &text(" a  b"), || None, NOW).unwrap();
        assert_eq!(shown.suggested, Suggested::new(&answer(), NOW));
        assert_eq!((shown.same_text, shown.sent), (true, answer().sent));
        let changed = receipts.redeem(&receipt, &text("a c"), || None, NOW).unwrap();
        assert_eq!((changed.same_text, changed.sent), (false, answer().sent));
    }

    #[test]
    fn another_replica_knows_what_was_sent_where_the_text_is_the_same() {
        let receipt = Receipts::new([7; 32]).issue(&text("a"), &answer(), NOW);
        let other = Receipts::new([7; 32]);
        let redeem = |outgoing: Option<String>| {
            other.redeem(&receipt, &text("a"), || outgoing, NOW).unwrap().sent
        };
        assert_eq!(redeem(answer().sent), answer().sent);
        assert_eq!(redeem(Some("<ticket>b</ticket>".to_owned())), None);
        assert_eq!(redeem(None), None);
    }

    #[test]
    fn nobody_can_make_one_up_and_none_lives_for_ever() {
        let receipts = Receipts::new([7; 32]);
        let receipt = receipts.issue(&text("a"), &answer(), NOW);
        let redeem = |receipt: &str, now| receipts.redeem(receipt, &text("a"), || None, now);
        for n in 0..receipt.len() {
            let mut bytes = receipt.clone().into_bytes();
            bytes[n] = if bytes[n] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).unwrap();
            assert_eq!(redeem(&forged, NOW), None, "{n}");
        }
        for other in ["", ".", "a.b", "e30.e30", &"x".repeat(3_000)] {
            assert_eq!(redeem(other, NOW), None, "{other}");
        }
        let other = Receipts::new([8; 32]).issue(&text("a"), &answer(), NOW);
        assert_eq!(redeem(&other, NOW), None);
        let last = NOW + LIFE;
        assert!(redeem(&receipt, last).is_some());
        assert_eq!(redeem(&receipt, last + Duration::from_secs(1)), None);
    }

    #[test]
    fn memory_is_bounded() {
        let receipts = Receipts::new([7; 32]);
        for n in 0..SENT_MAX.get() + 10 {
            let answer = Answer { sent: Some(n.to_string()), ..answer() };
            receipts.issue(&text("a"), &answer, NOW);
        }
        assert_eq!(receipts.sent().len(), SENT_MAX.get());
    }
}
