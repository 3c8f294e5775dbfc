//! Builds every part, starts what works in the background, and ends all of it in order.

use std::{
    io::Write as _,
    net::SocketAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, task::JoinHandle, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::{
    accounts::password::Passwords,
    auth::link,
    classify::{
        Classification, Ledger, Mode, Receipts,
        learning::{Current, Learner, Learning, LearningClassifier, LearningStatus},
        shadow::{Shadow, ShadowMode},
    },
    clock::Clock,
    config::{Access, Config, Switch},
    db::{self, Store},
    error::{Error, Result},
    http::{
        App,
        health::Readiness,
        limits::ClientLimits,
        measure, origin, router,
        serve::{self, Limits},
    },
    live::follow::Live,
    tickets::SEGMENT_TICKETS,
};

/// How often what has expired is deleted.
const CLEANING_EVERY: Duration = Duration::from_secs(600);

/// How often to look whether enough tickets wait for the search's index.
const INDEXING_EVERY: Duration = Duration::from_secs(1);

/// How often counts of language models are added to the database: what a server that is killed loses.
const ACCOUNTS_EVERY: Duration = Duration::from_secs(2);

/// How often the language model's examples are read again.
const LEARNING_EVERY: Duration = Duration::from_secs(60);

/// How long a server that ends waits for its last counts to be written.
const LAST_COUNTS: Duration = Duration::from_secs(5);

/// How often to count what waits for the search's index, for the metrics.
const COUNTING_EVERY: Duration = Duration::from_secs(5);

/// A server that is up: listening, migrated, serving.
pub struct Server {
    address: SocketAddr,
    app: Arc<App>,
    shutdown: CancellationToken,
    serving: JoinHandle<()>,
    shadowing: Option<JoinHandle<()>>,
    metrics_address: Option<SocketAddr>,
    shutdown_delay: Duration,
}

impl Server {
    /// Starts it. When this returns, requests are answered.
    ///
    /// # Errors
    /// A setting is wrong, the address is taken, or the database cannot be used.
    pub async fn start(config: &Config, clock: Clock) -> Result<Self> {
        Self::start_within(config, clock, Limits::default()).await
    }

    /// The same, with limits that a test can wait for.
    ///
    /// # Errors
    /// As above.
    pub async fn start_within(config: &Config, clock: Clock, limits: Limits) -> Result<Self> {
        let access = config.access();
        let database = config.database.url()?;
        let direct = config.database.direct_url()?;
        let (listener, address) = listen("FRONTDESK_LISTEN", config.listen).await?;
        let metrics_listener = match config.metrics_listen {
            Some(apart) => Some(listen("FRONTDESK_METRICS_LISTEN", apart).await?),
            None => None,
        };
        // first: parts measure from their making on
        let metrics = recorder()?;
        let model = config.llm.resolve(config.classifier)?;
        let learnt = Arc::new(Current::default());
        let local = Arc::new(LearningClassifier::new(learnt.clone()));
        let ledger = Arc::new(Ledger::new(config.llm.prices()?, clock.clone()));
        let second = config.shadow.resolve(config.classifier, &config.llm, model.as_ref())?;
        let classification =
            Classification::new(config.classifier, model.as_ref(), local.clone(), ledger)?;
        let shadow = match &second {
            Some(second) => Some(Arc::new(Shadow::new(second, local, &classification)?)),
            None => None,
        };
        let store = db::open_by(&database, direct.as_ref()).await?;
        let setup = require_account(config, access, &*store, &clock).await?;
        let public_url = config.public_url.as_ref().and_then(|url| url.to_str().ok());
        let receipts = Receipts::new(store.suggestion_key().await?);
        let shutdown = CancellationToken::new();
        let app = Arc::new(App {
            live: Arc::new(Live::new(store.clone(), limits.connections, shutdown.clone())),
            learning: learning(config, store.clone(), learnt, clock.clone()),
            store,
            classification: Arc::new(classification),
            shadow,
            receipts,
            clock,
            access,
            passwords: Passwords::default(),
            limits_of_clients: (config.rate_limits == Switch::On).then(ClientLimits::default),
            proxies: config.trusted_proxies.clone(),
            cors_origins: config.cors_origins.clone(),
            public_url: public_url.map(str::to_owned),
            is_private: access == Access::Open
                && (config.listen.ip().is_loopback()
                    || public_url.is_some_and(origin::is_private_url)),
            settings: config.settings.clone(),
            limits,
            is_draining: AtomicBool::new(false),
            readiness: Readiness::default(),
            started: Instant::now(),
            coalescer: Arc::default(),
            metrics_apart: metrics_listener.is_some(),
            metrics,
        });
        let router = router::router(app.clone())?;
        let serving = tokio::spawn(serve::serve(listener, router, limits, shutdown.clone()));
        let metrics_address = metrics_listener.as_ref().map(|(_, address)| *address);
        if let Some((listener, _)) = metrics_listener {
            let router = router::metrics_router(app.clone());
            tokio::spawn(serve::serve(listener, router, limits, shutdown.clone()));
        }
        tokio::spawn(count(app.clone(), shutdown.clone()));
        tokio::spawn(clean(app.clone(), shutdown.clone()));
        tokio::spawn(index(app.clone(), shutdown.clone()));
        tokio::spawn(learn(app.clone(), shutdown.clone()));
        tokio::spawn(keep_accounts(app.clone(), shutdown.clone()));
        let shadowing = beside(&app, &shutdown);
        if app.learning.hindered.is_none() {
            tokio::spawn(app.learning.learner.clone().run(shutdown.clone()));
        }
        tracing::info!(%address, database = %database, access = access.as_str(), "serving");
        if let Some(secret) = setup {
            let base = public_url.map_or(format!("http://{address}"), str::to_owned);
            // for the person who started it; it works once, and for nobody after the first account
            let _ =
                writeln!(std::io::stderr(), "set up the first admin at {base}/welcome/{secret}");
        }
        let shutdown_delay = config.shutdown_delay;
        Ok(Self { address, app, shutdown, serving, shadowing, metrics_address, shutdown_delay })
    }

    /// Where it listens: the port that was given for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the metrics are, if that is an address of their own.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// Lets it be seen that it ends, finishes what is under way, refuses what is new, and closes the database.
    pub async fn stop(self) {
        self.app.is_draining.store(true, Ordering::Relaxed);
        tokio::time::sleep(self.shutdown_delay).await;
        self.shutdown.cancel();
        let _ = self.serving.await;
        if let Some(shadowing) = self.shadowing {
            // what it drops is among the last counts
            let _ = tokio::time::timeout(LAST_COUNTS, shadowing).await;
        }
        let _ = tokio::time::timeout(LAST_COUNTS, write_counts(&self.app)).await;
        self.app.store.close().await;
    }
}

/// Asks a second source about what is filed.
fn beside(app: &Arc<App>, shutdown: &CancellationToken) -> Option<JoinHandle<()>> {
    let shadow = app.shadow.clone()?;
    let (store, clock, shutdown) = (app.store.clone(), app.clock.clone(), shutdown.clone());
    Some(tokio::spawn(async move { shadow.run(store, clock, shutdown).await }))
}

/// What the embedded classifier learns, where it ever answers, if only in the shadow.
fn learning(
    config: &Config,
    store: Arc<dyn Store>,
    current: Arc<Current>,
    clock: Clock,
) -> Learning {
    let hindered = match config.classifier {
        _ if config.learning == Switch::Off => Some(LearningStatus::Disabled),
        Mode::Auto | Mode::Local => None,
        _ if config.shadow.shadow == ShadowMode::Local => None,
        Mode::Gemini | Mode::Anthropic | Mode::Openai | Mode::Off => Some(LearningStatus::Unused),
    };
    let learner = Arc::new(Learner::new(store, current.clone(), clock));
    Learning { learner, current, hindered }
}

async fn listen(setting: &str, on: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let broken = |e| Error::Internal(format!("{setting}: cannot listen on {on}: {e}"));
    let listener = TcpListener::bind(on).await.map_err(broken)?;
    let address = listener.local_addr().map_err(broken)?;
    Ok((listener, address))
}

/// Nobody could sign in to a server without an account. Where strangers may reach it that is an error,
/// or the first of them could make themselves its admin; on a loopback address a one-time link makes
/// the first admin. Returns its secret.
async fn require_account(
    config: &Config,
    access: Access,
    store: &dyn Store,
    clock: &Clock,
) -> Result<Option<String>> {
    if access == Access::Open || store.has_accounts().await? {
        return Ok(None);
    }
    if !config.listen.ip().is_loopback() {
        return Err(Error::Internal(format!(
            "strangers may reach {}, and no account exists. Make the first with `frontdesk user add \
             --admin you@example.com` (the same DATABASE_URL), listen on a loopback address \
             (FRONTDESK_LISTEN=127.0.0.1:8000), or say that everyone may do everything: \
             FRONTDESK_ACCESS=open",
            config.listen
        )));
    }
    link::offer(store, None, clock.now()).await.map(Some)
}

/// Counts for the metrics what only the database knows.
async fn count(app: Arc<App>, shutdown: CancellationToken) {
    let mut turns = tokio::time::interval(COUNTING_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = shutdown.cancelled() => return,
        }
        if let Ok(waiting) = app.store.search_waiting().await {
            metrics::gauge!("frontdesk_search_waiting_tickets").set(waiting as f64);
        }
    }
}

async fn clean(app: Arc<App>, shutdown: CancellationToken) {
    let mut turns = tokio::time::interval(CLEANING_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = shutdown.cancelled() => return,
        }
        if let Err(error) = app.store.forget_idempotency_keys(app.clock.now()).await {
            tracing::warn!(%error, "could not delete expired idempotency keys");
        }
        if let Err(error) = app.store.forget_expired(app.clock.now()).await {
            tracing::warn!(%error, "could not delete expired sessions, links and tokens");
        }
        app.metrics.run_upkeep();
    }
}

/// Reads again what agents have confirmed, for the language model's examples.
async fn learn(app: Arc<App>, shutdown: CancellationToken) {
    let shadow = app.shadow.as_ref().and_then(|shadow| shadow.library());
    // where both get examples they are the same
    let Some(library) = app.classification.library().or(shadow) else { return };
    let mut turns = tokio::time::interval(LEARNING_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = shutdown.cancelled() => return,
        }
        if let Err(error) = library.read(&*app.store, app.clock.now()).await {
            // those of the last time are used meanwhile
            tracing::warn!(%error, "could not read the examples for the language model");
        }
    }
}

/// Adds what language models took to what the database knows of it.
async fn keep_accounts(app: Arc<App>, shutdown: CancellationToken) {
    let mut turns = tokio::time::interval(ACCOUNTS_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = shutdown.cancelled() => return,
        }
        write_counts(&app).await;
    }
}

async fn write_counts(app: &App) {
    if let Err(error) = app.classification.ledger().write(&*app.store).await {
        // they wait in memory
        tracing::warn!(%error, "could not add to the counts of language models");
    }
}

/// Makes the search's index of what was filed, one piece after the other while there is enough.
async fn index(app: Arc<App>, shutdown: CancellationToken) {
    let mut turns = tokio::time::interval(INDEXING_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = shutdown.cancelled() => return,
        }
        loop {
            match app.store.index_search(SEGMENT_TICKETS).await {
                Ok(0) => break,
                Ok(_) if shutdown.is_cancelled() => return,
                Ok(_) => {}
                Err(error) => {
                    // searches compare the texts themselves meanwhile
                    tracing::warn!(%error, "could not extend the search's index");
                    break;
                }
            }
        }
    }
}

/// The process's one recorder of metrics.
fn recorder() -> Result<PrometheusHandle> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let broken = |e: &dyn std::fmt::Display| Error::Internal(format!("metrics: {e}"));
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)
        .map_err(|e| broken(&e))?
        .build_recorder();
    let handle = HANDLE.get_or_init(|| recorder.handle()).clone();
    // a second server in one process (a test) shares the first one's
    let _ = metrics::set_global_recorder(recorder);
    measure::describe();
    Ok(handle)
}
