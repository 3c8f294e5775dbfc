//! What happened on the days of a range, from the counts that every write keeps.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::tickets::{BOUNDS, Category, DayKey, DaySum, LONGER, Measure, Priority, Source, Word};

/// Most days of a range.
pub const TREND_DAYS_MAX: i64 = 366;

/// Days of a range that is not given.
pub const TREND_DAYS_DEFAULT: i64 = 30;

/// Days, both included, the first not after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Days {
    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Date> {
        self.from.series(jiff::Span::new().days(1)).take_while(move |day| *day <= self.to)
    }

    /// How many.
    pub fn number(self) -> i64 {
        self.to.duration_since(self.from).as_hours() / 24 + 1
    }
}

/// How long something took, of all that happened in a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations {
    /// How many.
    pub count: u64,
    /// All of them together, each in whole seconds.
    pub sum_seconds: u64,
    /// How many took at most so many seconds and longer than the bound before; the last one, without a
    /// bound, longer than all.
    pub histogram: Vec<(Option<u64>, u64)>,
}

/// How often a choice was left and how often it was made another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// It is as it was suggested.
    pub kept: u64,
    /// It is another.
    pub changed: u64,
}

/// The counts of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trends(BTreeMap<DayKey, DaySum>);

impl Trends {
    /// From the counted rows; the same key may come more than once and is added up.
    pub fn new(rows: impl IntoIterator<Item = (DayKey, DaySum)>) -> Self {
        let mut sums: BTreeMap<DayKey, DaySum> = BTreeMap::new();
        for (key, sum) in rows {
            let total = sums.entry(key).or_default();
            total.n += sum.n;
            total.seconds += sum.seconds;
        }
        sums.retain(|_, sum| *sum != DaySum::default());
        Self(sums)
    }

    /// How many of `measure` there are whose day and word `holds`.
    pub fn count(&self, measure: Measure, holds: impl Fn(Date, &str) -> bool) -> u64 {
        let of_measure = self.0.iter().filter(|(key, _)| key.measure == measure);
        let held = of_measure.filter(|(key, _)| holds(key.day, &key.word));
        u64::try_from(held.map(|(_, sum)| sum.n).sum::<i64>()).unwrap_or(0)
    }

    /// How many of `measure` there are on one day.
    pub fn count_on(&self, day: Date, measure: Measure) -> u64 {
        let start = DayKey { day, measure, word: String::new() };
        let of_day =
            self.0.range(start..).take_while(|(key, _)| (key.day, key.measure) == (day, measure));
        u64::try_from(of_day.map(|(_, sum)| sum.n).sum::<i64>()).unwrap_or(0)
    }

    /// Tickets that were filed, by what they are now.
    pub fn created(&self, holds: impl Fn(Category, Priority) -> bool) -> u64 {
        self.count(Measure::Created, |_, word| {
            let cell = word.split_once('/').and_then(|(category, priority)| {
                Some((Category::from_word(category)?, Priority::from_word(priority)?))
            });
            cell.is_some_and(|(category, priority)| holds(category, priority))
        })
    }

    /// How long what `measure` counts took.
    pub fn durations(&self, measure: Measure) -> Durations {
        let seconds = self.0.iter().filter(|(key, _)| key.measure == measure);
        let seconds = seconds.map(|(_, sum)| sum.seconds).sum::<i64>();
        let bounds = BOUNDS.iter().map(|bound| {
            let word = bound.to_string();
            (Some(bound.unsigned_abs()), self.count(measure, |_, other| other == word))
        });
        let longer = (None, self.count(measure, |_, word| word == LONGER));
        Durations {
            count: self.count(measure, |_, _| true),
            sum_seconds: u64::try_from(seconds).unwrap_or(0),
            histogram: bounds.chain([longer]).collect(),
        }
    }

    /// What became of what `source` suggested.
    pub fn agreement(&self, kept: Measure, changed: Measure, source: Source) -> Agreement {
        let count = |measure| self.count(measure, |_, word| word == source.as_str());
        Agreement { kept: count(kept), changed: count(changed) }
    }
}

impl Durations {
    /// The middle one, as if those between two bounds were spread evenly; `None` where there is none, or
    /// where it is beyond all bounds.
    pub fn median_seconds(&self) -> Option<u64> {
        let (mut below, mut lower) = (0, 0);
        for (bound, n) in &self.histogram {
            if *n > 0 && (below + n) * 2 >= self.count {
                let into = (self.count - below * 2) * ((*bound)? - lower) / (n * 2);
                return Some(lower + into);
            }
            below += n;
            lower = bound.unwrap_or(lower);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn durations(counts: &[u64]) -> Durations {
        let bounds = BOUNDS.iter().map(|bound| Some(bound.unsigned_abs())).chain([None]);
        let histogram = bounds.zip(counts.iter().copied().chain(std::iter::repeat(0))).collect();
        Durations { count: counts.iter().sum(), sum_seconds: 0, histogram }
    }

    #[test]
    fn a_median_lies_where_half_of_them_are() {
        assert_eq!(durations(&[]).median_seconds(), None);
        assert_eq!(durations(&[1]).median_seconds(), Some(150));
        assert_eq!(durations(&[1, 0, 1]).median_seconds(), Some(300));
        assert_eq!(durations(&[1, 2]).median_seconds(), Some(450));
        let mut all_longer = [0; 14];
        all_longer[13] = 3;
        assert_eq!(durations(&all_longer).median_seconds(), None);
    }

    #[test]
    fn a_range_has_its_first_and_its_last_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let days = Days { from: day("2027-12-30"), to: day("2028-01-02") };
        assert_eq!((days.number(), days.iter().count()), (4, 4));
        let one = Days { from: days.from, to: days.from };
        assert_eq!((one.number(), one.iter().next()), (1, Some(days.from)));
    }
}
