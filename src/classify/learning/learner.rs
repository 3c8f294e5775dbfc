//! Learning in the background: looks for tickets that were finished, and learns from them.
//!
//! Every server does it for itself. Which corrections a refit learns from is in the database
//! ([`LearningState::generation`]), and the same corrections give the same result, so all come to the same
//! without telling each other more than that.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{sync::Mutex, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::{
    current::Current,
    fit::{FEATURES_MAX, fit},
    judged::Judged,
    lesson::{Lesson, Studied},
    store::LearningState,
    trial::step,
};
use crate::{
    background::compute, classify::local::learnt::Weights, clock::Clock, db::Store, error::Result,
};

/// How often to look.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Events that are looked through at once.
const EVENTS_AT_ONCE: u32 = 100;

/// After so long no further part is begun before the next look: many tickets that are finished at once are
/// no reason for others to wait, and nobody waits for what is learnt from them.
const LOOK_FOR: Duration = Duration::from_millis(100);

/// How often to look again for what was under way when it was passed.
const SETTLE_EVERY: Duration = Duration::from_secs(5);

/// So much of the log may be looked through again by the next server that starts.
const PARTS_UNNOTED: usize = 20;

/// Texts that are read at once for a refit.
const TEXTS_AT_ONCE: u32 = 100;

/// The thread that computes.
const THREAD: &str = "learner";

/// After a refit none follows for so many times as long as it took: it never takes more than a twentieth of a
/// processor.
const REST: u32 = 19;

/// Learns from what is in the database, into `current`.
pub struct Learner {
    store: Arc<dyn Store>,
    current: Arc<Current>,
    clock: Clock,
    progress: Mutex<Progress>,
    refitted_at: RwLock<Option<Timestamp>>,
}

/// What this server has done so far.
#[derive(Default)]
struct Progress {
    /// Since this switch or reset.
    epoch: Option<i64>,
    /// How far the log was looked through.
    position: i64,
    /// Until where nothing that was under way then was left out, and when that was looked for.
    settled: i64,
    settling: Option<Instant>,
    /// Parts looked through since `settled` was noted.
    unnoted: usize,
    /// From which corrections was learnt: [`LearningState::generation`] and `due`.
    fitted: Option<(i64, i64)>,
    weights: Option<(i64, Arc<Weights>)>,
    /// When the next refit may begin.
    rested: Option<Instant>,
    /// What it was judged by.
    judged: Option<(LearningState, Option<(i64, i64)>)>,
}

impl Learner {
    /// Has done nothing yet.
    pub fn new(store: Arc<dyn Store>, current: Arc<Current>, clock: Clock) -> Self {
        let (progress, refitted_at) = (Mutex::default(), RwLock::default());
        Self { store, current, clock, progress, refitted_at }
    }

    /// Learns until the server ends.
    pub async fn run(self: Arc<Self>, shutdown: CancellationToken) {
        let mut turns = tokio::time::interval(LOOK_EVERY);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = turns.tick() => {}
                () = shutdown.cancelled() => return,
            }
            if let Err(error) = self.turn().await {
                // what was finished meanwhile is learnt once the database answers
                tracing::debug!(%error, "could not learn from corrections");
            }
        }
    }

    /// Looks once: learns what is due, predicts and keeps what was finished, and judges.
    ///
    /// # Errors
    /// The database does not answer. Nothing is lost.
    pub async fn turn(&self) -> Result<()> {
        let mut progress = self.progress.lock().await;
        self.refresh(&mut progress).await?;
        if progress.epoch.is_some() && self.collect(&mut progress).await? {
            self.refresh(&mut progress).await?;
        }
        Ok(())
    }

    /// Takes notice of a switch or a reset.
    ///
    /// # Errors
    /// As [`Self::turn`].
    pub async fn notice(&self) -> Result<()> {
        let mut progress = self.progress.lock().await;
        self.refresh(&mut progress).await
    }

    /// When this server last learnt.
    pub fn refitted_at(&self) -> Option<Timestamp> {
        *self.refitted_at.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refits and judges, if that is due.
    async fn refresh(&self, progress: &mut Progress) -> Result<()> {
        let state = self.store.learning_state().await?;
        if !state.is_on {
            *progress = Progress::default();
            self.current.set(None);
            return Ok(());
        }
        if progress.epoch != Some(state.epoch) {
            let (epoch, position) = (Some(state.epoch), state.position);
            *progress = Progress { epoch, position, settled: position, ..Progress::default() };
            self.current.set(None);
        }
        let due = (state.generation(), state.due);
        let is_rested = progress.rested.is_none_or(|rested| Instant::now() >= rested);
        if progress.fitted != Some(due) && (is_rested || state.due == 0) {
            progress.weights = match state.due {
                0 => None,
                _ => Some((due.0, Arc::new(self.refit(due.0, progress).await?))),
            };
            progress.fitted = Some(due);
        }
        let seen = Some((LearningState { position: 0, ..state }, progress.fitted));
        if progress.judged != seen {
            let learnt = match &progress.weights {
                None => None,
                Some((generation, weights)) => {
                    let judged = Judged::of(&self.store.corrections().await?, *generation);
                    Some(judged.learnt(*generation, weights.clone()))
                }
            };
            self.current.set(learnt);
            progress.judged = seen;
        }
        Ok(())
    }

    async fn refit(&self, generation: i64, progress: &mut Progress) -> Result<Weights> {
        let mut lessons: Vec<Lesson> = Vec::new();
        let (mut features, mut before) = (0, generation + 1);
        let mut busy = Duration::ZERO;
        // page by page, so that never more than a page of texts is in memory
        while features < FEATURES_MAX {
            let page = self.store.taught_texts(before, TEXTS_AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            before = last.number;
            let study = move || {
                let started = Instant::now();
                let lesson = |taught: super::store::TaughtText| Lesson {
                    ticket_id: taught.ticket_id,
                    agent_id: taught.agent_id,
                    category: taught.labels.category,
                    priority: taught.labels.priority,
                    is_set: taught.labels.is_set,
                    studied: Studied::of(&taught.text),
                };
                (page.into_iter().map(lesson).collect::<Vec<_>>(), started.elapsed())
            };
            let (page, took) = compute(THREAD, study).await?;
            busy += took;
            for lesson in page {
                features += lesson.studied.as_ref().map_or(0, |studied| studied.features.len());
                if features <= FEATURES_MAX {
                    lessons.push(lesson);
                }
            }
        }
        let n = lessons.len();
        let started = Instant::now();
        let weights = compute(THREAD, move || fit(&lessons)).await?;
        busy += started.elapsed();
        progress.rested = Some(Instant::now() + busy * REST);
        *self.refitted_at.write().unwrap_or_else(PoisonError::into_inner) = Some(self.clock.now());
        tracing::info!(
            corrections = n,
            generation,
            buckets = weights.len(),
            milliseconds = busy.as_millis(),
            "learnt from corrections"
        );
        Ok(weights)
    }

    /// Looks through the log. `true`: something was kept or forgotten.
    async fn collect(&self, progress: &mut Progress) -> Result<bool> {
        let Some(epoch) = progress.epoch else { return Ok(false) };
        let mut has_changed = false;
        let is_due = progress.settling.is_none_or(|last| last.elapsed() >= SETTLE_EVERY);
        if is_due && progress.settled < progress.position {
            progress.position = progress.settled;
            progress.settling = Some(Instant::now());
        }
        let started = Instant::now();
        loop {
            let walked = self.store.walk_finished(progress.position, EVENTS_AT_ONCE).await?;
            progress.unnoted += 1;
            let is_settled = progress.settled == progress.position;
            let settled = if is_settled { walked.settled } else { progress.settled };
            let is_idle = walked.candidates.is_empty();
            // not each time, or a server that learns nothing would write all the time
            if !is_idle || (walked.has_more && progress.unnoted >= PARTS_UNNOTED) {
                let learnt = self.current.get();
                let candidates = walked.candidates;
                let predict =
                    move || candidates.into_iter().map(|one| step(one, learnt.as_ref())).collect();
                let steps = compute(THREAD, predict).await?;
                if !self.store.take_steps(epoch, settled, steps).await? {
                    return Ok(true);
                }
                has_changed |= !is_idle;
                progress.unnoted = 0;
            }
            // not before the steps were taken
            (progress.position, progress.settled) = (walked.position, settled);
            if !walked.has_more || started.elapsed() >= LOOK_FOR {
                return Ok(has_changed);
            }
        }
    }
}
