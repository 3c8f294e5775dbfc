//! When people file tickets: by day in the week, rarely at night, and more of them each month.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use crate::error::{Error, Result};

/// Hours that the tickets are spread over: two years.
const HOURS: u64 = 2 * 365 * 24;

/// How much of a day's tickets come in each hour (UTC).
const BY_HOUR: [u64; 24] =
    [3, 2, 2, 2, 3, 5, 12, 26, 48, 62, 64, 58, 46, 54, 60, 58, 50, 40, 28, 20, 15, 11, 8, 5];

/// How much of a week's tickets come on each day, from Monday.
const BY_DAY: [u64; 7] = [118, 112, 106, 104, 92, 34, 30];

/// The shape of the last two years.
pub struct Times {
    start: Timestamp,
    /// How much came before the end of each hour.
    before: Vec<u64>,
}

impl Times {
    /// Up to `until`.
    ///
    /// # Errors
    /// There is no time two years before.
    pub fn until(until: Timestamp) -> Result<Self> {
        let hours = |n: u64| SignedDuration::from_hours(n.cast_signed());
        let start = until
            .checked_sub(hours(HOURS))
            .map_err(|e| Error::Internal(format!("two years before {until}: {e}")))?;
        // 1970-01-01 was a Thursday
        let first = u64::try_from(start.as_second() / 3600).unwrap_or_default();
        let mut sum = 0;
        let before = (0..HOURS)
            .map(|n| {
                let hour = first + n;
                let day = BY_DAY[usize::try_from((hour / 24 + 3) % 7).unwrap_or_default()];
                let hour = BY_HOUR[usize::try_from(hour % 24).unwrap_or_default()];
                // twice as many at the end as at the start
                sum += day * hour * (HOURS + n);
                sum
            })
            .collect();
        Ok(Self { start, before })
    }

    /// The `n`th of `of` tickets; a later one is never filed earlier.
    pub fn at(&self, n: u64, of: u64, dice: &mut Dice) -> Timestamp {
        let whole = u128::from(self.before.last().copied().unwrap_or_default());
        let share = whole * u128::from(n) / u128::from(of);
        let step = u64::try_from(whole / u128::from(of)).unwrap_or_default();
        let at = u64::try_from(share).unwrap_or_default() + dice.below(step.max(1));
        let hour = self.before.partition_point(|before| *before <= at).min(self.before.len() - 1);
        let floor = if hour == 0 { 0 } else { self.before[hour - 1] };
        let width = (self.before[hour] - floor).max(1);
        let micros = u128::from(at - floor) * 3_600_000_000 / u128::from(width);
        let micros = hour as u64 * 3_600_000_000 + u64::try_from(micros).unwrap_or_default();
        self.start + SignedDuration::from_micros(micros.cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use jiff::{civil::Weekday, tz::TimeZone};

    use super::*;

    #[test]
    fn tickets_come_when_people_work() {
        let until: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let times = Times::until(until).unwrap();
        let all: Vec<_> = (0..20_000).map(|n| times.at(n, 20_000, &mut Dice::new(1, n))).collect();
        assert!(all.is_sorted() && *all.last().unwrap() <= until && all[0] >= times.start);
        let zoned: Vec<_> = all.iter().map(|at| at.to_zoned(TimeZone::UTC)).collect();
        let on = |day: Weekday| zoned.iter().filter(|at| at.weekday() == day).count();
        assert!(on(Weekday::Tuesday) > 3 * on(Weekday::Sunday));
        let night = zoned.iter().filter(|at| at.hour() < 5).count();
        assert!((1..800).contains(&night), "{night}");
        let second_year = all.iter().filter(|at| **at > until - SignedDuration::from_hours(8760));
        assert!((11_000..13_000).contains(&second_year.count()));
    }
}
