//! How far somebody has followed the log.
//!
//! The log's numbers are given before the commit, so a smaller one may appear later. What a follower has
//! seen is therefore not a number but a snapshot: which transactions had been committed. Two
//! snapshots of a database always have one inside the other, and what is in the second and not in the
//! first is exactly what is new, whatever was how long under way.

use std::{fmt, str::FromStr};

/// Which transactions had been committed at a moment, spelt as PostgreSQL does: `10:20:10,14`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// All before it had ended.
    first_open: u64,
    /// It and all after it had not begun.
    next: u64,
    /// Of those between, the ones under way.
    open: Vec<u64>,
}

impl Snapshot {
    /// Of a database whose transactions are committed in their order: all up to `last`.
    pub fn up_to(last: u64) -> Self {
        Self { first_open: last + 1, next: last + 1, open: Vec::new() }
    }

    /// The first one that it does not have, or has not looked at.
    pub fn first_open(&self) -> u64 {
        self.first_open
    }

    /// One more than the last one that it may have.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Whether the transaction had ended.
    pub fn has(&self, transaction: u64) -> bool {
        transaction < self.first_open
            || (transaction < self.next && !self.open.contains(&transaction))
    }

    /// The same, of the transactions up to `last`; those after it are taken for not begun.
    ///
    /// A database that crashes gives the numbers of transactions that left nothing on its disk once more. A
    /// follower who took them for seen would miss those that get them.
    pub fn clamped(mut self, last: u64) -> Self {
        self.next = self.next.min(last + 1);
        self.first_open = self.first_open.min(self.next);
        self.open.retain(|transaction| *transaction < self.next);
        self
    }

    /// Whether `later` has all that this one has.
    pub fn is_within(&self, later: &Self) -> bool {
        self.next <= later.next && !later.open.iter().any(|transaction| self.has(*transaction))
    }
}

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.first_open, self.next)?;
        for (n, transaction) in self.open.iter().enumerate() {
            write!(f, "{}{transaction}", if n == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl FromStr for Snapshot {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let mut parts = text.split(':');
            let first_open = parts.next()?.parse().ok()?;
            let next = parts.next()?.parse().ok()?;
            let open = parts.next()?.split(',').filter(|one| !one.is_empty());
            let open = open.map(str::parse).collect::<Result<Vec<u64>, _>>().ok()?;
            // what both databases can compare
            let is_sound = parts.next().is_none()
                && 0 < first_open
                && first_open <= next
                && i64::try_from(next).is_ok()
                && open.iter().all(|one| (first_open..next).contains(one))
                && open.is_sorted_by(|one, other| one < other);
            is_sound.then_some(Self { first_open, next, open })
        };
        parse().ok_or("is no snapshot")
    }
}

/// How far somebody has come: all of one snapshot, and perhaps a part of what was new in a later one,
/// which is told by the log's numbers. The `id` of a live event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPosition {
    /// All that it has.
    pub seen: Snapshot,
    /// Of what this one has besides, the numbers up to this.
    pub partly: Option<(Snapshot, i64)>,
}

impl From<Snapshot> for LogPosition {
    fn from(seen: Snapshot) -> Self {
        Self { seen, partly: None }
    }
}

impl fmt::Display for LogPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seen)?;
        match &self.partly {
            Some((later, id)) => write!(f, "/{later}/{id}"),
            None => Ok(()),
        }
    }
}

impl FromStr for LogPosition {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('/');
        let seen: Snapshot = parts.next().unwrap_or_default().parse()?;
        let partly = match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => None,
            (Some(later), Some(id), None) => {
                let later: Snapshot = later.parse()?;
                Some((later, id.parse().map_err(|_| "is no number of the log")?))
            }
            _ => return Err("is no position"),
        };
        if partly.as_ref().is_some_and(|(later, _)| !seen.is_within(later)) {
            return Err("is no position");
        }
        Ok(Self { seen, partly })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(text: &str) -> Snapshot {
        text.parse().unwrap()
    }

    #[test]
    fn a_position_survives_its_own_spelling() {
        for text in ["7:7:", "10:20:10,14,15", "7:7:/10:20:10,14/-1", "7:9:8/7:9:8/3"] {
            assert_eq!(text.parse::<LogPosition>().unwrap().to_string(), text);
        }
        for bad in [
            "",
            "7",
            "7:7",
            "0:0:",
            "8:7:",
            "7:7:7",
            "7:9:6",
            "7:9:8,8",
            "7:7:/8",
            "7:7:/8:8:/x",
            "7:7:/6:6:/1",
            "7:7:/8:8:/1/2",
            "7:7::",
            "1:18446744073709551615:",
            "-1:2:",
        ] {
            assert!(bad.parse::<LogPosition>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_snapshot_has_what_had_ended() {
        let snapshot = snapshot("10:14:10,12");
        let had: Vec<u64> = (8..16).filter(|n| snapshot.has(*n)).collect();
        assert_eq!(had, [8, 9, 11, 13]);
    }

    #[test]
    fn a_clamped_snapshot_has_nothing_beyond() {
        assert_eq!(snapshot("10:20:10,14,19").clamped(14), snapshot("10:15:10,14"));
        assert_eq!(snapshot("10:20:10,14").clamped(5), snapshot("6:6:"));
        assert_eq!(snapshot("10:12:10").clamped(50), snapshot("10:12:10"));
    }

    #[test]
    fn of_two_snapshots_one_is_within_the_other() {
        let (early, late) = (snapshot("10:14:10,12"), snapshot("12:16:12,15"));
        assert!(early.is_within(&late) && !late.is_within(&early));
        assert!(early.is_within(&early));
        assert!(!snapshot("14:14:").is_within(&snapshot("10:14:10,12")));
    }
}
