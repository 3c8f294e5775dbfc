//! Passwords: what they must be like, and Argon2id off the threads that answer requests.

use std::sync::{Arc, OnceLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Shortest password, in characters. Length is what protects (NIST SP 800-63B, 5.1.1.2), so there is
/// no rule about kinds of characters.
pub const PASSWORD_MIN_CHARS: usize = 10;

/// Longest password, in bytes: so that nobody has a megabyte hashed.
pub const PASSWORD_MAX_BYTES: usize = 1024;

/// Hashes that are computed at the same time. Each takes 19 MiB and tens of milliseconds.
const HASHES_MAX: usize = 2;

/// Long enough, and the first that are tried all the same.
const COMMON: [&str; 24] = [
    "1234567890",
    "12345678910",
    "0123456789",
    "0987654321",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty12345",
    "qwertyuiop123",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "passwordpassword",
    "administrator",
    "changeme123",
    "letmein1234",
    "welcome123",
    "iloveyou123",
    "frontdesk1",
    "frontdesk123",
    "supportsupport",
    "helpdesk123",
    "abcdefghij",
];

/// A new password that keeps the rules. Nothing shows it.
pub struct NewPassword(String);

impl NewPassword {
    /// Checks `raw` for the owner of `email`.
    ///
    /// # Errors
    /// Every broken rule, in words for the person who chose it.
    pub fn parse(raw: String, email: &str) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        if raw.chars().count() < PASSWORD_MIN_CHARS {
            faults.push(format!("must have at least {PASSWORD_MIN_CHARS} characters"));
        }
        if raw.len() > PASSWORD_MAX_BYTES {
            faults.push(format!("must have at most {PASSWORD_MAX_BYTES} bytes"));
        }
        let folded = raw.trim().to_lowercase();
        let first = folded.chars().next();
        let is_one_character = folded.chars().all(|c| Some(c) == first);
        let is_own = !email.is_empty() && (folded == email || email.starts_with(&*folded));
        if is_one_character || is_own || COMMON.contains(&folded.as_str()) {
            faults.push("is one of the first that somebody would try".to_owned());
        }
        if faults.is_empty() { Ok(Self(raw)) } else { Err(faults) }
    }
}

/// Computes and compares hashes, a few at a time.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(HASHES_MAX)) }
    }
}

impl Passwords {
    /// The hash to keep: Argon2id with OWASP's parameters and a salt of its own.
    ///
    /// # Errors
    /// `Internal`, if it cannot be computed.
    pub async fn hash(&self, password: NewPassword) -> Result<String> {
        self.compute(move || hash(password.0.as_bytes())).await?
    }

    /// Whether `raw` is the password behind `hash`. Without a hash it is not, and that takes the same
    /// time: who tries cannot tell whether an account exists.
    ///
    /// # Errors
    /// `Internal`, if it cannot be computed.
    pub async fn verify(&self, raw: String, hash: Option<String>) -> Result<bool> {
        if raw.len() > PASSWORD_MAX_BYTES {
            return Ok(false); // no kept password is as long
        }
        self.compute(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| nobodys().to_owned());
            let Ok(parsed) = PasswordHash::new(&hash) else { return false };
            Argon2::default().verify_password(raw.as_bytes(), &parsed).is_ok() && known
        })
        .await
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let broken = |reason: String| Error::Internal(format!("cannot hash: {reason}"));
        let place = self.places.clone().acquire_owned().await;
        let place = place.map_err(|e| broken(e.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|e| broken(e.to_string()))
    }
}

fn hash(password: &[u8]) -> Result<String> {
    let hash = Argon2::default().hash_password(password);
    Ok(hash.map_err(|e| Error::Internal(format!("cannot hash: {e}")))?.to_string())
}

/// A hash that costs as much to compare with as a real one.
fn nobodys() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash(b"nobody has this").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_tried_first_is_refused() {
        for (bad, faults) in [
            ("short", 1),
            ("aaaaaaaaaaaaa", 1),
            ("Password123", 1),
            ("ada@example.com", 1),
            ("aaa", 2),
        ] {
            let refused = NewPassword::parse(bad.into(), "ada@example.com").err().unwrap();
            assert_eq!(refused.len(), faults, "{bad}: {refused:?}");
        }
        assert!(NewPassword::parse("x".repeat(1025), "").is_err());
        for good in ["correct horse battery", "zehn Zeichen!", "пароль-пароль-2"] {
            assert!(NewPassword::parse(good.into(), "ada@example.com").is_ok(), "{good}");
        }
    }

    #[tokio::test]
    async fn only_the_password_itself_fits() {
        let passwords = Passwords::default();
        let password = NewPassword::parse("correct horse battery".into(), "").ok().unwrap();
        let hash = passwords.hash(password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let verify = async |raw: &str, hash: Option<&String>| {
            passwords.verify(raw.into(), hash.cloned()).await.unwrap()
        };
        assert!(verify("correct horse battery", Some(&hash)).await);
        assert!(!verify("correct horse batter", Some(&hash)).await);
        assert!(!verify("correct horse battery", None).await);
        assert!(!verify("nobody has this", None).await);
        assert!(!verify(&"x".repeat(2000), Some(&hash)).await);
    }
}
