//! The link by which somebody follows the ticket they filed, without an account.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::Status;

/// Most changes of its status that are told of a followed ticket: the newest.
pub const FOLLOWED_STATUSES_MAX: u16 = 200;

/// What a link to a ticket holds beside the ticket's id: 128 random bits. Only their SHA-256 is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FollowKey(u128);

impl FollowKey {
    /// A new one, by the operating system's randomness.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// What is kept of it.
    pub fn sha256(self) -> [u8; 32] {
        Sha256::digest(self.0.to_be_bytes()).into()
    }

    /// The secret in the link: the id in decimal and the bits in hexadecimal. Safe in a URL.
    pub fn secret(self, ticket_id: i64) -> String {
        format!("{ticket_id}-{:032x}", self.0)
    }

    /// The ticket and the bits that `secret` names; `None` unless it is spelt as [`Self::secret`] does.
    pub fn parse(secret: &str) -> Option<(i64, Self)> {
        let (id, bits) = secret.split_once('-')?;
        let id = id.parse().ok().filter(|id| *id > 0)?;
        let key = Self(u128::from_str_radix(bits, 16).ok()?);
        (key.secret(id) == secret).then_some((id, key))
    }
}

/// Whether two hashes are the same, in a time that does not tell how much of them is.
pub fn is_same_hash(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.ct_eq(other).into()
}

/// What the holder of a link may see of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedTicket {
    /// Its id.
    pub id: i64,
    /// As it is now.
    pub title: String,
    /// As it is now.
    pub status: Status,
    /// When it was filed, in whole microseconds.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it got which status, oldest first, at most [`FOLLOWED_STATUSES_MAX`].
    pub history: Vec<(Timestamp, Status)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_own_spelling() {
        for bits in [0, 1, u128::MAX] {
            let secret = FollowKey(bits).secret(17);
            assert_eq!(secret.len(), 3 + 32);
            assert!(FollowKey::parse(&secret) == Some((17, FollowKey(bits))), "{secret}");
        }
        assert!(FollowKey::random() != FollowKey::random());
    }

    #[test]
    fn another_spelling_is_no_secret() {
        let bits = "0123456789abcdef0123456789abcdef";
        assert!(FollowKey::parse(&format!("1-{bits}")).is_some());
        for bad in [
            String::new(),
            "-".to_owned(),
            bits.to_owned(),
            format!("0-{bits}"),
            format!("-1-{bits}"),
            format!("01-{bits}"),
            format!("+1-{bits}"),
            format!("1-{}", bits.to_uppercase()),
            format!("1-+{}", &bits[1..]),
            format!("1-{bits}0"),
            format!("1-{}", &bits[1..]),
            format!("1-{bits} "),
            format!("9223372036854775808-{bits}"),
        ] {
            assert!(FollowKey::parse(&bad).is_none(), "{bad}");
        }
    }
}
