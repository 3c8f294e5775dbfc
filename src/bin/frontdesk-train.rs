//! The `frontdesk-train` command: trains and measures the embedded classifier.

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use frontdesk::classify::local::train::command;

fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    match command::run(&arguments, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "frontdesk-train: {error}");
            ExitCode::FAILURE
        }
    }
}
