//! Random secrets, and what is kept of them.

use rand::{Rng as _, distr::Alphanumeric};
use sha2::{Digest, Sha256};

use super::Sha256Hash;

/// Letters and digits from the system's generator; about 5.95 bits each.
pub fn random(length: usize) -> String {
    rand::rng().sample_iter(Alphanumeric).take(length).map(char::from).collect()
}

/// What is kept of a secret. It is random and long, so that a fast hash is enough: there is nothing to
/// guess.
pub fn sha256(secret: &str) -> Sha256Hash {
    Sha256::digest(secret).into()
}
