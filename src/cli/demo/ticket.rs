//! One made-up ticket. How often a word is met is chosen so that searches can be tried: `please` in two
//! of five tickets, the name of a part of the product in some of a hundred, a reference such as
//! `FD-04711` in 60 of a million.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{
    dice::Dice,
    times::Times,
    words::{ENGLISH, GERMAN, JAPANESE, LOG_LINES, Language, NAMES, PARTS, RUSSIAN, SPANISH},
};
use crate::{
    error::{Error, Result},
    tickets::{Category, Description, ImportedTicket, Priority, Source, Status, Title},
};

/// Different references: each stands in 60 of a million tickets.
const REFERENCES: u64 = 7_000;

const LANGUAGES: [(&Language, u64); 5] =
    [(&ENGLISH, 74), (&GERMAN, 9), (&SPANISH, 7), (&RUSSIAN, 6), (&JAPANESE, 4)];

const CATEGORIES: [(Category, u64); 4] = [
    (Category::Technical, 42),
    (Category::Account, 23),
    (Category::Billing, 21),
    (Category::General, 14),
];

const PRIORITIES: [(Priority, u64); 4] =
    [(Priority::Low, 28), (Priority::Medium, 45), (Priority::High, 22), (Priority::Critical, 5)];

/// Who chose category and priority.
const SOURCES: [(Source, u64); 3] =
    [(Source::Requester, 50), (Source::Local, 40), (Source::Agent, 10)];

/// Up to so many hours old: how many of a hundred are open, in progress, resolved, closed.
const STATUSES: [(i64, [u64; 4]); 4] = [
    (24, [70, 22, 7, 1]),
    (7 * 24, [28, 24, 36, 12]),
    (30 * 24, [7, 7, 41, 45]),
    (i64::MAX, [1, 1, 13, 85]),
];

/// Makes tickets.
pub struct Maker {
    seed: u64,
    of: u64,
    until: Timestamp,
    times: Times,
}

impl Maker {
    /// Of `of` tickets in the two years before `until`.
    ///
    /// # Errors
    /// There is no time two years before.
    pub fn new(seed: u64, of: u64, until: Timestamp) -> Result<Self> {
        Ok(Self { seed, of, until, times: Times::until(until)? })
    }

    /// The `n`th, from 0; the oldest is the first.
    ///
    /// # Errors
    /// A text breaks a rule, which none does.
    pub fn ticket(&self, n: u64) -> Result<ImportedTicket> {
        let mut dice = Dice::new(self.seed, n);
        let created_at = self.times.at(n, self.of, &mut dice);
        let language = dice.weighted(&LANGUAGES);
        let category = dice.weighted(&CATEGORIES);
        let source = dice.weighted(&SOURCES);
        let phrases = &language.phrases[category as usize];
        let mut text = Text { dice, language, out: String::new() };
        text.say(phrases.titles);
        let title = text.take();
        text.description(phrases.symptoms);
        let description = text.take();
        let mut dice = text.dice;
        let broken = |faults: Vec<String>| Error::Internal(faults.join(", "));
        Ok(ImportedTicket {
            title: Title::parse(&title).map_err(broken)?,
            description: Description::parse(description).map_err(broken)?,
            category: (category, source),
            priority: (dice.weighted(&PRIORITIES), source),
            status: self.status(created_at, &mut dice),
            created_at,
        })
    }

    fn status(&self, created_at: Timestamp, dice: &mut Dice) -> Status {
        let hours = self.until.duration_since(created_at).as_hours();
        let shares = STATUSES.iter().find(|(up_to, _)| hours <= *up_to).map_or([1; 4], |s| s.1);
        let weights: [(Status, u64); 4] = std::array::from_fn(|at| (Status::ALL[at], shares[at]));
        dice.weighted(&weights)
    }
}

struct Text<'a> {
    dice: Dice,
    language: &'a Language,
    out: String,
}

impl Text<'_> {
    fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    fn description(&mut self, symptoms: &[&str]) {
        let language = self.language;
        if self.dice.percent(60) {
            self.sentence(language.greetings);
        }
        self.sentence(symptoms);
        for _ in 0..1 + self.dice.below(3) {
            self.sentence(language.details);
        }
        if self.dice.percent(54) {
            self.sentence(language.asks);
        }
        if self.dice.percent(4) {
            self.log();
        }
        self.sentence(language.endings);
    }

    /// A piece of a log, as people paste it.
    fn log(&mut self) {
        self.out.push_str("\n\n");
        for _ in 0..5 + self.dice.below(30) {
            self.say(LOG_LINES);
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn sentence(&mut self, of: &[&str]) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push_str(self.language.gap);
        }
        self.say(of);
    }

    /// One of the phrases, its gaps filled.
    fn say(&mut self, of: &[&str]) {
        let mut rest = *self.dice.one(of);
        while let Some((before, after)) = rest.split_once('{') {
            let (gap, after) = after.split_once('}').unwrap_or((after, ""));
            self.out.push_str(before);
            self.fill(gap);
            rest = after;
        }
        self.out.push_str(rest);
    }

    fn fill(&mut self, gap: &str) {
        let out = &mut self.out;
        let n = |dice: &mut Dice, low: u64, high: u64| low + dice.below(high - low);
        // writing to a string never fails
        let _ = match gap {
            "part" => write!(out, "{}", self.dice.one(PARTS)),
            "name" => write!(out, "{}", self.dice.one(NAMES)),
            "ref" => write!(out, "FD-{:05}", self.dice.below(REFERENCES)),
            "n" => write!(out, "{}", n(&mut self.dice, 2, 40)),
            "code" => {
                write!(out, "{}", self.dice.one(&[400, 401, 403, 404, 409, 429, 500, 502, 503]))
            }
            "ms" => write!(out, "{}", n(&mut self.dice, 3, 30_000)),
            "sum" => {
                let (whole, cents) = (n(&mut self.dice, 5, 900), self.dice.below(100));
                write!(out, "{whole}.{cents:02}")
            }
            _ => write!(out, "{:x}", self.dice.below(1 << 32)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(seed: u64, n: u64) -> Vec<ImportedTicket> {
        let until = "2026-11-23T12:00:00Z".parse().unwrap();
        let maker = Maker::new(seed, n, until).unwrap();
        (0..n).map(|n| maker.ticket(n).unwrap()).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_tickets() {
        assert_eq!(made(7, 50), made(7, 50));
        assert_ne!(made(7, 50), made(8, 50));
    }

    #[test]
    fn words_are_as_frequent_as_they_say() {
        const N: u64 = 20_000;
        let tickets = made(1, N);
        let share = |holds: &dyn Fn(&ImportedTicket) -> bool| {
            tickets.iter().filter(|ticket| holds(ticket)).count() * 1000 / tickets.len()
        };
        let with = |word: &'static str| {
            share(&move |ticket| {
                ticket.description.as_str().to_lowercase().contains(word)
                    || ticket.title.as_str().to_lowercase().contains(word)
            })
        };
        let please = with("please");
        assert!((340..460).contains(&please), "{please}");
        let part = with("webhook");
        assert!((5..40).contains(&part), "{part}");
        let references: usize =
            tickets.iter().map(|ticket| ticket.description.as_str().matches("FD-").count()).sum();
        let per_million = references * 1_000_000 / usize::try_from(N * REFERENCES).unwrap();
        assert!((40..80).contains(&per_million), "{per_million}");
        let closed = share(&|ticket| ticket.status == Status::Closed);
        let open = share(&|ticket| ticket.status == Status::Open);
        assert!((700..880).contains(&closed) && (5..80).contains(&open), "{closed} {open}");
        assert!((380..460).contains(&share(&|ticket| ticket.category.0 == Category::Technical)));
        let mean: usize = tickets.iter().map(|t| t.description.as_str().len()).sum();
        let mean = mean / tickets.len();
        assert!((200..600).contains(&mean), "{mean} bytes");
    }

    #[test]
    fn no_phrase_has_a_gap_that_is_not_known() {
        let known = ["part", "name", "ref", "n", "code", "ms", "sum", "hex"];
        let mut phrases: Vec<&str> = LOG_LINES.to_vec();
        for (language, _) in LANGUAGES {
            phrases.extend(
                [language.greetings, language.details, language.asks, language.endings].concat(),
            );
            for of in &language.phrases {
                phrases.extend([of.titles, of.symptoms].concat());
            }
        }
        for phrase in phrases {
            for gap in phrase.split('{').skip(1) {
                let gap = gap.split_once('}').map(|(gap, _)| gap);
                assert!(gap.is_some_and(|gap| known.contains(&gap)), "{phrase}");
            }
        }
    }
}
