//! The command line: one binary for every role.

mod healthcheck;
mod openapi;
mod serve;

use clap::{Parser, Subcommand};

use crate::{config::Config, error::Result};

/// A self-hosted support ticket system that sorts its own tickets
#[derive(Parser)]
#[command(name = "frontdesk", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the web app
    Serve(Box<Config>),
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
    match Arguments::parse().command {
        Command::Serve(config) => serve::run(&config),
        Command::Healthcheck(whom) => healthcheck::run(&whom),
        Command::Openapi => openapi::run(),
    }
}
