use std::collections::BTreeMap;

use super::*;
use crate::{
    classify::{
        Ledger, Limits, Mode, Prices, Retry,
        ledger::CountKey,
        llm::{Provider, Settings},
        local::LocalClassifier,
        scripted::{Scripted, suggestion},
    },
    db,
    tickets::{
        Actor, ActorKind, Category, Description, NewTicket, Priority, Status, TicketPatch, Title,
        day_of,
    },
};

fn settings() -> Settings {
    Settings {
        provider: Provider::Gemini,
        key: None,
        base_url: "http://127.0.0.1:1".to_owned(),
        model: None,
        temperature: 0.0,
        timeout: std::time::Duration::from_secs(5),
        breaker_cooldown: std::time::Duration::from_secs(30),
        limits: Limits::default(),
        redacts: true,
        shows_examples: true,
    }
}

/// A database, and a shadow beside the embedded classifier.
struct Bench {
    _folder: tempfile::TempDir,
    store: Arc<dyn Store>,
    serving: Classification,
    shadow: Arc<Shadow>,
    clock: Clock,
}

impl Bench {
    async fn with(provider: Arc<Scripted>, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("f.db").display());
        let store = db::open(&url.parse().unwrap()).await.unwrap();
        let clock = Clock::fixed("2026-11-28T12:00:00Z".parse().unwrap());
        let ledger = Arc::new(Ledger::new(Prices::default(), clock.clone()));
        let local = Arc::new(LocalClassifier);
        let serving = Classification::new(Mode::Local, None, local, ledger).unwrap();
        let settings = Settings { limits, ..settings() };
        let shadow = Arc::new(Shadow::of_model(&settings, provider, &serving));
        Self { _folder: folder, store, serving, shadow, clock }
    }

    /// Files a ticket and offers it.
    async fn file(&self, description: &str) -> i64 {
        let new = NewTicket {
            title: Title::parse("t").unwrap(),
            description: Description::parse(description.into()).unwrap(),
            category: (Category::General, Source::Requester),
            priority: (Priority::Low, Source::Requester),
            status: Status::Open,
            created_at: self.clock.now(),
            follow_sha256: None,
            suggestions: Vec::new(),
        };
        let actor = Actor::unknown(ActorKind::Requester);
        let id = self.store.create_ticket(new, None, actor).await.unwrap().into_ticket().id;
        let (title, description) = ("t".to_owned(), description.to_owned());
        let text = TicketText { title, description, ..TicketText::default() };
        self.shadow.offer(id, text.fingerprint());
        id
    }

    /// Asks about all that waits, one after the other.
    async fn work(&self) {
        let mut jobs = self.shadow.queue.jobs().unwrap();
        let never = CancellationToken::new();
        while let Ok(job) = jobs.try_recv() {
            if let Err(reason) = self.shadow.judge(&job, &*self.store, &self.clock, &never).await {
                self.shadow.dropped(reason);
            }
        }
    }

    async fn said(&self, id: i64) -> Vec<TicketSuggestion> {
        self.store.ticket_suggestions(id).await.unwrap().unwrap_or_default()
    }

    /// What became of the questions: `shadow`, `shadow_failure timed_out`, ...
    async fn counts(&self) -> BTreeMap<String, u64> {
        self.serving.ledger().write(&*self.store).await.unwrap();
        let day = day_of(self.clock.now());
        let counts = self.store.counts(day, day, 100).await.unwrap();
        let named = |CountKey { measure, word, .. }: CountKey| {
            format!("{} {word}", measure.as_str()).trim_end().to_owned()
        };
        counts
            .into_iter()
            .filter(|(key, _)| key.measure.as_str().starts_with("shadow"))
            .map(|(key, n)| (named(key), n))
            .collect()
    }
}

fn counted<const N: usize>(all: [(&str, u64); N]) -> BTreeMap<String, u64> {
    all.into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
}

fn good() -> Arc<Scripted> {
    Scripted::new(|_| Ok(suggestion()))
}

#[tokio::test]
async fn what_is_said_is_kept_with_what_was_sent() {
    let bench = Bench::with(good(), Limits::default()).await;
    let id = bench.file("I am ada@example.com, refund").await;
    assert_eq!(bench.shadow.status().waiting, 1);
    bench.work().await;
    let [one] = bench.said(id).await.try_into().unwrap();
    assert_eq!((one.occasion, one.suggested.source), (Occasion::Shadow, Source::Gemini));
    assert_eq!((one.suggested.category, one.suggested.at), (Category::Billing, bench.clock.now()));
    assert!(one.same_text && one.chosen_category.is_none() && !one.suggested.degraded);
    let sent = one.sent.unwrap();
    assert!(sent.contains("I am [email], refund") && !sent.contains("ada"), "{sent}");
    assert_eq!(bench.counts().await, counted([("shadow", 1)]));
    assert_eq!(bench.shadow.status().waiting, 0);
}

#[tokio::test]
async fn the_embedded_classifier_may_be_the_second() {
    let bench = Bench::with(good(), Limits::default()).await;
    let local = Arc::new(LocalClassifier);
    let shadow = Arc::new(Shadow::new(&Second::Local, local, &bench.serving).unwrap());
    assert!(shadow.library().is_none() && shadow.status().breaker.is_none());
    let bench = Bench { shadow, ..bench };
    let id = bench.file("My card was charged twice, please refund one.").await;
    bench.work().await;
    let [one] = bench.said(id).await.try_into().unwrap();
    assert_eq!((one.suggested.source, one.sent), (Source::Local, None));
    assert_eq!(one.suggested.model_version.as_deref(), Some(local::version()));
    assert_eq!(bench.counts().await, counted([("shadow", 1)]));
}

#[tokio::test]
async fn past_what_may_wait_tickets_are_dropped_and_counted() {
    let bench = Bench::with(good(), Limits::default()).await;
    for n in 0..queue::WAITING_MAX as i64 + 3 {
        bench.shadow.offer(n, [0; 32]);
    }
    assert_eq!(bench.shadow.status().waiting, queue::WAITING_MAX);
    assert_eq!(bench.counts().await, counted([("shadow_drop queue_full", 3)]));
}

#[tokio::test]
async fn of_a_ticket_that_was_deleted_or_changed_nothing_leaves() {
    let source = good();
    let bench = Bench::with(source.clone(), Limits::default()).await;
    let deleted = bench.file("a").await;
    assert!(bench.store.delete_ticket(deleted, None).await.unwrap());
    let changed = bench.file("b").await;
    let patch = TicketPatch {
        description: Some(Description::parse("c".into()).unwrap()),
        ..TicketPatch::default()
    };
    let actor = Actor::unknown(ActorKind::Agent);
    bench.store.patch_ticket(changed, patch, None, actor, bench.clock.now()).await.unwrap();
    bench.work().await;
    assert_eq!((source.calls(), bench.said(changed).await), (0, vec![]));
    let expected = counted([("shadow_drop changed", 1), ("shadow_drop deleted", 1)]);
    assert_eq!(bench.counts().await, expected);
}

#[tokio::test]
async fn an_answer_for_a_ticket_that_is_gone_comes_to_nothing() {
    let source = good().held();
    let bench = Bench::with(source.clone(), Limits::default()).await;
    let id = bench.file("a").await;
    let delete = async {
        source.begun(1).await;
        assert!(bench.store.delete_ticket(id, None).await.unwrap());
        source.let_go();
    };
    tokio::join!(bench.work(), delete);
    assert_eq!(bench.counts().await, counted([("shadow_drop deleted", 1)]));
    let (from, to) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    assert_eq!(bench.store.shadow_outcomes(from, to, 9).await.unwrap(), []);
}

#[tokio::test]
async fn what_fails_is_counted_and_then_left_alone() {
    let source = Scripted::new(|_| {
        Err(ClassifyError::Unavailable { retry: Retry::Never, detail: String::new() })
    });
    let bench = Bench::with(source.clone(), Limits::default()).await;
    for n in 0..5 {
        bench.file(&format!("ticket {n}")).await;
    }
    bench.work().await;
    assert_eq!(source.calls(), 3);
    let expected = counted([("shadow_drop circuit_open", 2), ("shadow_failure unavailable", 3)]);
    assert_eq!(bench.counts().await, expected);
    assert_eq!(bench.shadow.status().breaker.unwrap().state, "open");
    assert_eq!(bench.serving.failures().1, [], "who serves has not failed");
}

#[tokio::test]
async fn half_of_the_budget_is_left_to_people() {
    let limits = Limits { requests_per_day: Some(4), ..Limits::default() };
    let source = good();
    let bench = Bench::with(source.clone(), limits).await;
    for n in 0..4 {
        bench.file(&format!("ticket {n}")).await;
    }
    bench.work().await;
    assert_eq!(source.calls(), 2);
    assert_eq!(bench.counts().await, counted([("shadow", 2), ("shadow_drop budget_spent", 2)]));
}

#[tokio::test]
async fn a_server_that_ends_waits_for_nobody_and_counts_what_it_drops() {
    let source = good().held();
    let bench = Bench::with(source.clone(), Limits::default()).await;
    for n in 0..5 {
        bench.file(&format!("ticket {n}")).await;
    }
    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let (shadow, store) = (bench.shadow.clone(), bench.store.clone());
        let (clock, shutdown) = (bench.clock.clone(), shutdown.clone());
        async move { shadow.run(store, clock, shutdown).await }
    });
    source.begun(AT_ONCE).await;
    shutdown.cancel();
    running.await.unwrap();
    bench.file("too late").await;
    assert_eq!((source.calls(), source.cancelled()), (AT_ONCE, AT_ONCE));
    assert_eq!(bench.counts().await, counted([("shadow_drop shutdown", 6)]));
    let again = bench.shadow.run(bench.store.clone(), bench.clock.clone(), shutdown).await;
    assert_eq!(again, (), "it works once");
}

#[test]
fn the_words_are_those_of_the_other_setting() {
    use clap::ValueEnum as _;
    let of = |values: Vec<clap::builder::PossibleValue>| -> Vec<String> {
        values.iter().map(|value| value.get_name().to_owned()).collect()
    };
    let shadow = ShadowMode::value_variants();
    let words = of(shadow.iter().filter_map(ShadowMode::to_possible_value).collect());
    let modes = Mode::value_variants().iter().filter_map(Mode::to_possible_value);
    let modes = of(modes.collect());
    assert!(words.iter().all(|word| modes.contains(word)), "{words:?} {modes:?}");
    assert!(shadow.iter().zip(&words).all(|(mode, word)| mode.as_str() == word));
}
