//! The only door to the wall clock, so that tests can stand still.

use std::sync::{Arc, Mutex};

use jiff::{Timestamp, Unit};

/// Tells the time. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until it is [set](Self::set).
    pub fn fixed(at: Timestamp) -> Self {
        Self(Source::Fixed(Arc::new(Mutex::new(at))))
    }

    /// Now, in whole microseconds: what both databases can keep.
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            Source::System => Timestamp::now(),
            Source::Fixed(at) => *at.lock().unwrap_or_else(|e| e.into_inner()),
        };
        now.round(Unit::Microsecond).unwrap_or(now)
    }

    /// Moves a fixed clock. A system clock is not touched.
    pub fn set(&self, to: Timestamp) {
        if let Source::Fixed(at) = &self.0 {
            *at.lock().unwrap_or_else(|e| e.into_inner()) = to;
        }
    }
}
