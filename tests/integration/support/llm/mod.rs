//! A stand-in for the servers of language models: keeps their published contracts to the letter, and
//! every way in which they fail can be had from it.

pub mod contract;
mod wire;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use contract::Dialect;

/// What the stand-in was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What it does about it.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status, headers, body.
    Whole(u16, Vec<(&'static str, String)>, String),
    /// The connection is reset without a byte.
    Reset,
    /// The connection ends in the middle of the body.
    BreakOff,
    /// Never a byte.
    Hang,
    /// A head, and then a byte of the body each 20 ms for ever.
    Drip,
    /// A body of 200 MB.
    Huge,
    /// The same, once this is true.
    Held(watch::Receiver<bool>, Box<Reply>),
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        let kind = vec![("content-type", "application/json".to_owned())];
        Self::Whole(status, kind, body.to_string())
    }

    pub fn with(self, name: &'static str, value: &str) -> Self {
        match self {
            Self::Whole(status, mut headers, body) => {
                headers.push((name, value.to_owned()));
                Self::Whole(status, headers, body)
            }
            other => other,
        }
    }
}

type Script = dyn Fn(usize, &Asked) -> Reply + Send + Sync;

/// A running stand-in; it ends with this value.
pub struct StandIn {
    dialect: Dialect,
    address: SocketAddr,
    log: Arc<Log>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Log {
    asked: Mutex<Vec<Asked>>,
    breaches: Mutex<Vec<String>>,
    counts: watch::Sender<Counts>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    asked: usize,
    /// Clients that went away before they had an answer.
    deserted: usize,
}

/// The key that the stand-ins know.
pub const KEY: &str = "stand-in-key-4711";

impl StandIn {
    /// Serves on a free port. A request that breaks the contract gets what the real server would
    /// say; any other gets what `script` says to the n-th of them (from 0).
    pub async fn start(
        dialect: Dialect,
        script: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::listen(dialect, "127.0.0.1:0", script).await
    }

    pub async fn listen(
        dialect: Dialect,
        address: &str,
        script: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let log = Arc::new(Log::default());
        let script: Arc<Script> = Arc::new(script);
        let serving = tokio::spawn(accept(listener, dialect, script, log.clone()));
        Self { dialect, address, log, serving }
    }

    /// Always the same.
    pub async fn always(dialect: Dialect, reply: Reply) -> Self {
        Self::start(dialect, move |_, _| reply.clone()).await
    }

    /// The base URL as the settings take it.
    pub fn url(&self) -> String {
        let path = if self.dialect == Dialect::OpenAi { "/v1" } else { "" };
        format!("http://{}{path}", self.address)
    }

    /// The flags with which frontdesk asks this server.
    pub fn flags(&self) -> Vec<String> {
        let name = match self.dialect {
            Dialect::Gemini => ("google-api-key", "google-gemini-base-url"),
            Dialect::Anthropic => ("anthropic-api-key", "anthropic-base-url"),
            Dialect::OpenAi => ("openai-api-key", "openai-base-url"),
        };
        vec![format!("--{}={KEY}", name.0), format!("--{}={}", name.1, self.url())]
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log.asked.lock().expect("the log").clone()
    }

    /// Requests that broke the contract, and how.
    pub fn breaches(&self) -> Vec<String> {
        self.log.breaches.lock().expect("the log").clone()
    }

    /// Resolves once so many requests have come.
    pub async fn was_asked(&self, times: usize) {
        self.wait(|counts| counts.asked >= times).await;
    }

    /// Resolves once so many clients went away without their answer.
    pub async fn was_deserted(&self, times: usize) {
        self.wait(|counts| counts.deserted >= times).await;
    }

    pub fn deserted(&self) -> usize {
        self.log.counts.borrow().deserted
    }

    async fn wait(&self, until: impl Fn(&Counts) -> bool) {
        let mut counts = self.log.counts.subscribe();
        let come = counts.wait_for(|counts| until(counts));
        let come = tokio::time::timeout(Duration::from_secs(20), come).await;
        come.expect("it comes in time").expect("the stand-in lives");
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn accept(listener: TcpListener, dialect: Dialect, script: Arc<Script>, log: Arc<Log>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let (script, log) = (script.clone(), log.clone());
        tokio::spawn(async move {
            let mut stream = stream;
            let Some(asked) = wire::read(&mut stream).await else { return };
            let reply = match contract::check(dialect, &asked) {
                Ok(()) => {
                    let mut all = log.asked.lock().expect("the log");
                    all.push(asked.clone());
                    let nth = all.len() - 1;
                    drop(all);
                    script(nth, &asked)
                }
                Err((breach, reply)) => {
                    log.breaches.lock().expect("the log").push(breach);
                    reply
                }
            };
            log.counts.send_modify(|counts| counts.asked += 1);
            if wire::answer(stream, reply).await.is_err() {
                log.counts.send_modify(|counts| counts.deserted += 1);
            }
        });
    }
}
