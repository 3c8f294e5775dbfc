//! `frontdesk serve`

use std::io::{IsTerminal as _, Write as _};

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::{
    app::Server,
    clock::Clock,
    config::{Config, LogFormat},
    error::{Error, Result},
};

/// Serves until SIGTERM or SIGINT; a second one ends the process at once.
pub fn run(config: &Config) -> Result<()> {
    log(config.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::Internal(e.to_string()))?;
    runtime.block_on(async {
        let broken = |e: std::io::Error| Error::Internal(e.to_string());
        let mut terminate = signal(SignalKind::terminate()).map_err(broken)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(broken)?;
        let server = Server::start(config, Clock::system()).await?;
        // for the person who started it by hand; programs read the log
        let _ = writeln!(std::io::stderr(), "frontdesk is at http://{}", server.address());
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("shutting down");
        tokio::select! {
            () = server.stop() => Ok(()),
            _ = terminate.recv() => Err(Error::Internal("ended at once, as asked".to_owned())),
            _ = interrupt.recv() => Err(Error::Internal("ended at once, as asked".to_owned())),
        }
    })
}

fn log(format: Option<LogFormat>) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,tokio_postgres=warn"));
    let to_person = std::io::stderr().is_terminal();
    let format = format.unwrap_or(if to_person { LogFormat::Text } else { LogFormat::Json });
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.with_ansi(to_person).init(),
        LogFormat::Json => builder.json().with_span_list(false).init(),
    }
}
