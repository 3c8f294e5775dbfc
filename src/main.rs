//! The `frontdesk` command.

use std::{io::Write as _, process::ExitCode};

fn main() -> ExitCode {
    match frontdesk::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "frontdesk: {error}");
            ExitCode::FAILURE
        }
    }
}
