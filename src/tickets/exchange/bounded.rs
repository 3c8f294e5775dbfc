//! A reader that counts, and that does not read one record for ever.

use std::{
    io::{Error, Read, Result},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Gives what `inner` gives, up to a bound that is renewed.
pub struct Bounded<R> {
    inner: R,
    read: Arc<AtomicU64>,
    bound: u64,
    left: u64,
}

impl<R> Bounded<R> {
    /// Counts into `read`, and fails at more than `bound` bytes without [`Self::renew`].
    pub fn new(inner: R, read: Arc<AtomicU64>, bound: u64) -> Self {
        Self { inner, read, bound, left: bound }
    }

    /// Allows as much again.
    pub fn renew(&mut self) {
        self.left = self.bound;
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.left == 0 {
            return Err(Error::other(format!(
                "a record has more than {} bytes; is there a quote that does not end?",
                self.bound
            )));
        }
        let n = self.inner.read(into)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}
