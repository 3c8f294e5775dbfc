//! A bound on what a provider may be asked for: past it the embedded classifier answers.

use std::{
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use async_trait::async_trait;

use super::{Classifier, ClassifyError, ModelRole, Suggestion, TicketText, prompt};
use crate::clock::Clock;

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * 60;

/// Bytes of a text that make a token, about.
const TOKEN_BYTES: usize = 4;

/// Tokens of an answer, about.
const ANSWER_TOKENS: u64 = 20;

/// What may be spent; `None`: as much as one likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Requests in a minute of the clock.
    pub requests_per_minute: Option<u64>,
    /// Requests in a day, UTC.
    pub requests_per_day: Option<u64>,
    /// Tokens in a day, questions and answers together, UTC.
    pub tokens_per_day: Option<u64>,
}

/// What may be spent, and what is: one for all who ask language models. It is this process's own, and
/// begins anew with it.
pub struct Purse {
    limits: Limits,
    clock: Clock,
    spent: Mutex<Spent>,
}

/// A classifier that asks the one inside it only within [`Limits`]. In the shadow that is half of them: it
/// is asked only while less is spent, by whomever, so that the other half is always left to people.
pub struct Budget {
    inner: Arc<dyn Classifier>,
    purse: Arc<Purse>,
    role: ModelRole,
}

/// What was spent in the minute and in the day that have these numbers.
#[derive(Default)]
struct Spent {
    minute: i64,
    requests_of_minute: u64,
    day: i64,
    requests_of_day: u64,
    tokens_of_day: u64,
}

impl Budget {
    /// Asks `inner` for as long as `purse` lasts.
    pub fn new(inner: Arc<dyn Classifier>, purse: Arc<Purse>, role: ModelRole) -> Self {
        Self { inner, purse, role }
    }
}

impl Purse {
    /// Nothing is spent yet.
    pub fn new(limits: Limits, clock: Clock) -> Self {
        Self { limits, clock, spent: Mutex::default() }
    }

    fn spent(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Takes one request and so many tokens, before they are spent, so that those who ask at once
    /// cannot spend more than there is.
    fn take(&self, role: ModelRole, tokens: u64) -> Result<(), ClassifyError> {
        let now = self.clock.now().as_second();
        let mut spent = self.spent();
        spent.turn(now);
        let is_spent = |limit: Option<u64>, so_far: u64, more: u64| {
            let open = |limit| match role {
                ModelRole::Shown => limit,
                ModelRole::Shadow => limit / 2,
            };
            limit.map(open).is_some_and(|open| so_far.saturating_add(more) > open)
        };
        let until_end = |of: i64| Duration::from_secs((of - now.rem_euclid(of)).unsigned_abs());
        if is_spent(self.limits.requests_per_day, spent.requests_of_day, 1)
            || is_spent(self.limits.tokens_per_day, spent.tokens_of_day, tokens)
        {
            return Err(ClassifyError::BudgetSpent(until_end(DAY)));
        }
        if is_spent(self.limits.requests_per_minute, spent.requests_of_minute, 1) {
            return Err(ClassifyError::BudgetSpent(until_end(MINUTE)));
        }
        spent.requests_of_minute += 1;
        spent.requests_of_day += 1;
        spent.tokens_of_day += tokens;
        Ok(())
    }

    /// Puts what the provider counted for what was taken, unless the day is over.
    fn correct(&self, day: i64, taken: u64, counted: u64) {
        let mut spent = self.spent();
        if spent.day == day {
            spent.tokens_of_day = (spent.tokens_of_day + counted).saturating_sub(taken);
        }
    }
}

impl Spent {
    fn turn(&mut self, now: i64) {
        let (minute, day) = (now.div_euclid(MINUTE), now.div_euclid(DAY));
        if self.minute != minute {
            (self.minute, self.requests_of_minute) = (minute, 0);
        }
        if self.day != day {
            (self.day, self.requests_of_day, self.tokens_of_day) = (day, 0, 0);
        }
    }
}

#[async_trait]
impl Classifier for Budget {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let question = (prompt::SYSTEM.len() + prompt::user(text).len()) / TOKEN_BYTES;
        let taken = question as u64 + ANSWER_TOKENS;
        self.purse.take(self.role, taken)?;
        let day = self.purse.spent().day;
        let answer = self.inner.classify(text).await;
        if let Ok(Suggestion { usage: Some(usage), .. }) = &answer {
            self.purse.correct(day, taken, usage.total());
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::{
        Usage,
        scripted::{Scripted, suggestion, text},
    };

    fn at(time: &str) -> jiff::Timestamp {
        format!("2026-11-25T{time}Z").parse().unwrap()
    }

    async fn answers(budget: &Budget) -> bool {
        match budget.classify(&text("a")).await {
            Ok(_) => true,
            Err(ClassifyError::BudgetSpent(_)) => false,
            Err(other) => panic!("{other}"),
        }
    }

    fn budget(limits: Limits, tokens: Option<u64>) -> (Arc<Scripted>, Clock, Budget) {
        let usage = tokens.map(|input| Usage { input, ..Usage::default() });
        let inner = Scripted::new(move |_| Ok(Suggestion { usage, ..suggestion() }));
        let clock = Clock::fixed(at("10:00:50"));
        let purse = Arc::new(Purse::new(limits, clock.clone()));
        let budget = Budget::new(inner.clone(), purse, ModelRole::Shown);
        (inner, clock, budget)
    }

    #[tokio::test]
    async fn without_a_limit_there_is_none() {
        let (inner, _, budget) = budget(Limits::default(), None);
        for _ in 0..100 {
            assert!(answers(&budget).await);
        }
        assert_eq!(inner.calls(), 100);
    }

    #[tokio::test]
    async fn past_a_minutes_limit_nothing_is_asked_until_the_next() {
        let limits = Limits { requests_per_minute: Some(2), ..Limits::default() };
        let (inner, clock, budget) = budget(limits, None);
        assert!(answers(&budget).await && answers(&budget).await && !answers(&budget).await);
        let wait = budget.classify(&text("a")).await.unwrap_err();
        assert_eq!(wait, ClassifyError::BudgetSpent(Duration::from_secs(10)));
        assert_eq!(inner.calls(), 2);
        clock.set(at("10:01:00"));
        assert!(answers(&budget).await);
    }

    #[tokio::test]
    async fn past_a_days_limit_nothing_is_asked_until_the_next() {
        let limits = Limits { requests_per_day: Some(1), ..Limits::default() };
        let (_, clock, budget) = budget(limits, None);
        assert!(answers(&budget).await);
        clock.set(at("23:59:59"));
        assert!(!answers(&budget).await);
        clock.set("2026-11-26T00:00:00Z".parse().unwrap());
        assert!(answers(&budget).await);
    }

    #[tokio::test]
    async fn tokens_are_guessed_first_and_counted_when_they_are_known() {
        let limits = Limits { tokens_per_day: Some(10_000), ..Limits::default() };
        for (told, calls) in [(Some(5_000), 2), (None, 5)] {
            let (inner, _, budget) = budget(limits, told);
            while answers(&budget).await {}
            assert!(inner.calls() >= calls && inner.calls() < 10, "{told:?}: {}", inner.calls());
        }
        let none = Limits { tokens_per_day: Some(1), ..Limits::default() };
        assert!(!answers(&self::budget(none, None).2).await, "not even one");
    }
    #[tokio::test]
    async fn the_shadow_leaves_half_to_people() {
        let all = |n| Limits {
            requests_per_minute: Some(n),
            requests_per_day: Some(n),
            ..Limits::default()
        };
        for limits in [all(5), Limits { requests_per_minute: Some(9), ..all(5) }] {
            let (inner, clock, live) = budget(limits, None);
            let shadow = Budget::new(inner.clone(), live.purse.clone(), ModelRole::Shadow);
            assert!(answers(&live).await && answers(&shadow).await);
            assert!(!answers(&shadow).await, "two of five are spent");
            assert!(answers(&live).await && answers(&live).await && answers(&live).await);
            assert!(!answers(&live).await, "what the shadow took is spent");
            clock.set("2026-11-26T00:00:00Z".parse().unwrap());
            assert!(answers(&shadow).await && answers(&shadow).await && !answers(&shadow).await);
        }
        let (inner, _, live) = budget(all(1), None);
        let shadow = Budget::new(inner, live.purse.clone(), ModelRole::Shadow);
        assert!(!answers(&shadow).await, "half of one is none");
        let tokens = Limits { tokens_per_day: Some(10_000), ..Limits::default() };
        let (inner, _, live) = budget(tokens, Some(2_000));
        let shadow = Budget::new(inner.clone(), live.purse.clone(), ModelRole::Shadow);
        while answers(&shadow).await {}
        let alone = inner.calls();
        while answers(&live).await {}
        assert!((1..=2).contains(&alone) && inner.calls() > alone, "{alone} {}", inner.calls());
    }
}
