//! The domain's error. It knows no HTTP and no SQL: the HTTP edge turns it into a problem document
//! (`http::problem`), the database adapters turn their drivers' errors into it.

use std::{collections::BTreeMap, time::Duration};

/// What can go wrong below the HTTP edge: only the variants a calling program must tell apart.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The input breaks a rule. Every fault of the input, not only the first.
    #[error("invalid input: {0}")]
    Invalid(Faults),
    /// The same idempotency key was used before with another request.
    #[error("the idempotency key was used with another request")]
    IdempotencyMismatch,
    /// The record was changed since the caller read it (`If-Match` is stale).
    #[error("the record was changed meanwhile: it is at version {current}")]
    Stale {
        /// The version the record has now.
        current: i64,
    },
    /// The change contradicts what is there: a name that is taken, the last of those who must remain.
    #[error("conflict: {0}")]
    Conflict(Faults),
    /// A part that the request needs cannot answer now; trying again later may help.
    #[error("{what} is unavailable: {detail}")]
    Unavailable {
        /// The part, in the client's words ("the database", "the classifier").
        what: &'static str,
        /// When to try again, where it is known.
        retry_after: Option<Duration>,
        /// For the log only; never sent to a client.
        detail: String,
    },
    /// The storage medium is full.
    #[error("the disk is full: {0}")]
    StorageFull(String),
    /// A fault of this program or of its surroundings that the caller can do nothing about.
    #[error("internal error: {0}")]
    Internal(String),
}

/// The result of anything below the HTTP edge.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The faults of one input: from a field's or parameter's name to what is wrong with it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Faults(BTreeMap<String, Vec<String>>);

impl Faults {
    /// Notes one fault of `field`.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.entry(field.to_owned()).or_default().push(message.into());
    }

    /// `Err(Error::Invalid)` with every fault noted so far, `Ok` when there is none.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }

    /// One fault of one field.
    pub fn of(field: &str, message: impl Into<String>) -> Self {
        let mut faults = Self::default();
        faults.add(field, message);
        faults
    }

    /// Notes the faults of another part of the same input.
    pub fn extend(&mut self, others: Self) {
        for (field, messages) in others.0 {
            self.0.entry(field).or_default().extend(messages);
        }
    }

    /// Whether no fault was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults by field, in the fields' alphabetical order.
    pub fn by_field(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Invalid(faults)
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut first = true;
        for (field, messages) in &self.0 {
            for message in messages {
                let gap = if first { "" } else { "; " };
                write!(f, "{gap}{field}: {message}")?;
                first = false;
            }
        }
        Ok(())
    }
}
