//! `frontdesk doctor`: whether a server with these settings would work, and what is wrong if not.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::{say, with_runtime};
use crate::{
    classify::{Ledger, Prices, TicketText, llm, shadow::Second},
    clock::Clock,
    config::{Access, Config},
    db::{self, DatabaseUrl},
    error::{Error, Result},
};

/// Free space below which a server will soon refuse tickets, and below which it is worth a word: bytes.
const SPACE_MIN: u64 = 64 << 20;
const SPACE_LOW: u64 = 1 << 30;

/// How far the database's clock may be from this machine's before it is worth a word.
const CLOCK_MAX: Duration = Duration::from_secs(5);

/// Look whether a server with these settings would work
#[derive(Args)]
#[command(after_help = "\
It changes nothing. The exit code is 0 when all is well or only worth a word, and 1 when something is wrong. A \
language model is asked one short question.")]
pub struct Doctor {
    /// One JSON document instead of lines
    #[arg(long)]
    json: bool,

    /// Ask nobody outside: leave out the language model
    #[arg(long)]
    offline: bool,

    #[command(flatten)]
    config: Box<Config>,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Good,
    Warning,
    Fault,
}

/// What one look found.
#[derive(Serialize)]
struct Finding {
    check: &'static str,
    level: Level,
    detail: String,
}

/// Looks at everything.
pub fn run(doctor: &Doctor) -> Result<()> {
    let findings = with_runtime(async { Ok(look(doctor).await) })?;
    let faults = findings.iter().filter(|finding| finding.level == Level::Fault).count();
    if doctor.json {
        say(&json!({"ok": faults == 0, "checks": findings}).to_string())?;
    } else {
        for Finding { check, level, detail } in &findings {
            let mark = match level {
                Level::Good => "ok",
                Level::Warning => "warning",
                Level::Fault => "FAULT",
            };
            say(&format!("{mark:8}{check:15}{detail}"))?;
        }
    }
    match faults {
        0 => Ok(()),
        1 => Err(Error::Internal("one thing is wrong".to_owned())),
        n => Err(Error::Internal(format!("{n} things are wrong"))),
    }
}

async fn look(doctor: &Doctor) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    findings.good("version", format!("frontdesk {}", env!("CARGO_PKG_VERSION")));
    configuration(&doctor.config, &mut findings);
    match doctor.config.database.url() {
        Ok(url) => database(&url, &mut findings).await,
        Err(error) => findings.fault("database", text(error)),
    }
    classifier(doctor, &mut findings).await;
    findings.0
}

fn configuration(config: &Config, findings: &mut Findings) {
    let is_private = config.listen.ip().is_loopback();
    let access = config.access();
    let listen = format!("access is {} on {}", access.as_str(), config.listen);
    let https = config.public_url.as_ref().is_some_and(|url| url.as_bytes().starts_with(b"https:"));
    match access {
        Access::Open if !is_private => findings.warning(
            "configuration",
            format!("{listen}: whoever reaches that address may do everything"),
        ),
        Access::Accounts if !is_private && !https => findings.warning(
            "configuration",
            format!(
                "{listen}, and FRONTDESK_PUBLIC_URL is no https address: passwords go in the clear"
            ),
        ),
        _ => findings.good("configuration", listen),
    }
}

async fn database(url: &DatabaseUrl, findings: &mut Findings) {
    if let DatabaseUrl::Sqlite(path) = url {
        space(path, findings);
    }
    let condition = match db::condition(url).await {
        Ok(Some(condition)) => condition,
        Ok(None) => return findings.warning("database", format!("{url} is not made yet")),
        Err(error) => return findings.fault("database", format!("{url}: {}", text(error))),
    };
    findings.good("database", format!("{url} answers: {}", condition.version));
    match condition.missing_steps() {
        Ok(0) => findings.good("schema", "up to date".to_owned()),
        Ok(n) => {
            findings.warning("schema", format!("{n} steps behind; a server brings it up to date"))
        }
        Err(fault) => findings.fault("schema", fault),
    }
    match condition.writing {
        Ok(()) => findings.good("writing", "works".to_owned()),
        Err(error) => findings.fault("writing", text(error)),
    }
    let now = Clock::system().now();
    let theirs = condition.clock.unwrap_or(now);
    let apart = Duration::try_from(theirs.duration_since(now).abs()).unwrap_or(Duration::MAX);
    match condition.newest_ticket {
        _ if apart > CLOCK_MAX => findings
            .warning("clock", format!("this machine says {now:.0}, the database {theirs:.0}")),
        Some(newest) if newest > now => findings.warning(
            "clock",
            format!(
                "it is {now:.0}, and a ticket was filed at {newest:.0}: was the clock set back?"
            ),
        ),
        _ => findings.good("clock", format!("{now:.0}")),
    }
}

fn space(path: &Path, findings: &mut Findings) {
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(folder) {
        Err(error) => findings.fault("disk", format!("{}: {error}", folder.display())),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let detail = format!("{} MiB free in {}", free >> 20, folder.display());
            if free < SPACE_MIN {
                findings.fault("disk", detail);
            } else if free < SPACE_LOW {
                findings.warning("disk", detail);
            } else {
                findings.good("disk", detail);
            }
        }
    }
}

async fn classifier(doctor: &Doctor, findings: &mut Findings) {
    let config = &doctor.config;
    let mode = config.classifier;
    let serving = match config.llm.resolve(mode) {
        Ok(serving) => serving,
        Err(error) => return findings.fault("classifier", text(error)),
    };
    match &serving {
        Some(settings) => model("classifier", settings, doctor.offline, findings).await,
        None => {
            let detail = format!("{}: no language model is asked", mode.as_str());
            findings.good("classifier", detail);
        }
    }
    match config.shadow.resolve(mode, &config.llm, serving.as_ref()) {
        Ok(None) => {}
        Ok(Some(Second::Local)) => {
            findings.good("shadow", "local: no language model is asked".to_owned());
        }
        Ok(Some(Second::Model(settings))) => {
            model("shadow", &settings, doctor.offline, findings).await;
        }
        Err(error) => findings.fault("shadow", text(error)),
    }
}

async fn model(
    check: &'static str,
    settings: &llm::Settings,
    is_offline: bool,
    findings: &mut Findings,
) {
    let name = settings.provider.source();
    if is_offline {
        return findings.good(check, format!("{name}: set up, not asked"));
    }
    let question = TicketText {
        title: "Charged twice".to_owned(),
        description: "There are two charges on my card for one month.".to_owned(),
        ..TicketText::default()
    };
    let started = Instant::now();
    let asked = async {
        let ledger = Arc::new(Ledger::new(Prices::default(), Clock::system()));
        let provider = llm::provider(settings, &ledger).map_err(text)?;
        let answer = tokio::time::timeout(settings.timeout, provider.classify(&question)).await;
        answer
            .map_err(|_| format!("no answer within {:?}", settings.timeout))?
            .map_err(|error| error.to_string())
    };
    match asked.await {
        Ok(_) => {
            let took = started.elapsed().as_millis();
            findings.good(check, format!("{name} answers in {took} ms"));
        }
        // nothing that a model does keeps a ticket from being filed
        Err(fault) => findings.warning(check, format!("{name}: {fault}")),
    }
}

struct Findings(Vec<Finding>);

impl Findings {
    fn good(&mut self, check: &'static str, detail: String) {
        self.0.push(Finding { check, level: Level::Good, detail });
    }

    fn warning(&mut self, check: &'static str, detail: String) {
        self.0.push(Finding { check, level: Level::Warning, detail });
    }

    fn fault(&mut self, check: &'static str, detail: String) {
        self.0.push(Finding { check, level: Level::Fault, detail });
    }
}

fn text(error: Error) -> String {
    match error {
        Error::Internal(text) => text,
        error => error.to_string(),
    }
}
