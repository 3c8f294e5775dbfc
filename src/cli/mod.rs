//! The command line: one binary for every role.

mod backup;
mod check;
mod classify;
mod demo;
mod doctor;
mod export;
mod healthcheck;
mod import;
mod links;
mod openapi;
mod restore;
mod serve;
mod token;
mod user;

use std::io::Write as _;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::{
    allocator::limit_heaps,
    audit::NewAuditEvent,
    clock::Clock,
    config::{self, Config, DatabaseSettings},
    db::{self, Store},
    error::{Error, Result},
};

/// A self-hosted support ticket system that sorts its own tickets
#[derive(Parser)]
#[command(name = "frontdesk", version = env!("FRONTDESK_VERSION"))]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the web app
    Serve(Box<Config>),
    /// Accounts: who works here
    User(user::User),
    /// API tokens, for programs
    Token(token::Token),
    /// Import tickets from a CSV or NDJSON file, or from another system's database
    Import(import::Import),
    /// Write tickets to a CSV or NDJSON file
    Export(export::Export),
    /// Ask a classifier, and see how often it is right
    Classify(Box<classify::Classify>),
    /// Make up tickets, to try things out
    Demo(demo::Demo),
    /// Copy the database (SQLite) to a file, also while a server uses it
    Backup(backup::Backup),
    /// Make a backup the database (SQLite)
    Restore(restore::Restore),
    /// Count and compare everything that is kept: exit code 0, or 1 and what deviates
    Check(check::Check),
    /// Look whether a server with these settings would work: exit code 0, or 1 and what is wrong
    Doctor(doctor::Doctor),
    /// Ask the server on this machine whether it is ready: exit code 0, or 1 and why not
    Healthcheck(healthcheck::Healthcheck),
    /// Print the OpenAPI document
    Openapi,
}

/// Runs the command that the process was started with.
///
/// # Errors
/// Why it could not, in words for its operator.
pub fn run() -> Result<()> {
    limit_heaps();
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    match arguments.command {
        Command::Serve(mut config) => {
            if let Some((_, matches)) = matches.subcommand() {
                config.settings = config::settings(matches);
            }
            serve::run(&config)
        }
        Command::User(user) => user::run(&user),
        Command::Token(token) => token::run(&token),
        Command::Import(import) => import::run(&import),
        Command::Export(export) => export::run(&export),
        Command::Classify(classify) => classify::run(&classify),
        Command::Demo(demo) => demo::run(&demo),
        Command::Backup(backup) => backup::run(&backup),
        Command::Restore(restore) => restore::run(&restore),
        Command::Check(check) => check::run(&check),
        Command::Doctor(doctor) => doctor::run(&doctor),
        Command::Healthcheck(whom) => healthcheck::run(&whom),
        Command::Openapi => openapi::run(),
    }
}

/// Runs a command on the database, beside a server that may be using it.
fn with_store(
    database: &DatabaseSettings,
    work: impl AsyncFnOnce(&dyn Store, &Clock) -> Result<()>,
) -> Result<()> {
    with_runtime(async {
        let store = db::open_by(&database.url()?, database.direct_url()?.as_ref()).await?;
        let done = work(&*store, &Clock::system()).await;
        store.close().await;
        done
    })
}

/// Runs a command that waits.
fn with_runtime<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::Internal(e.to_string()))?;
    runtime.block_on(work)
}

/// Prints a line for the operator, or for the program that asks.
fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{line}").map_err(|e| Error::Internal(e.to_string()))
}

/// Keeps a security event of somebody at the server's machine.
async fn record(
    store: &dyn Store,
    clock: &Clock,
    action: &'static str,
    subject: String,
) -> Result<()> {
    store
        .record(NewAuditEvent {
            at: clock.now(),
            action,
            actor_id: None,
            actor: "command line".to_owned(),
            subject,
            address: String::new(),
        })
        .await
}
