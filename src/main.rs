//! The `frontdesk` command.

use std::{io::Write as _, process::ExitCode};

use frontdesk::error::Error;

fn main() -> ExitCode {
    match frontdesk::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // what the operator can do about it is all of an `Internal`'s text
            let text = match error {
                Error::Internal(text) => text,
                error => error.to_string(),
            };
            let _ = writeln!(std::io::stderr(), "frontdesk: {text}");
            ExitCode::FAILURE
        }
    }
}
