//! The command `frontdesk-train`.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    thread,
};

use clap::{Parser, Subcommand};
use sha2::{Digest, Sha256};

use super::{Row, report::report, rows, train};
use crate::{
    classify::{
        learning::rehearsal::desks::{self, Split},
        local::{BYTES, MODEL, Reading, answer_by, model::Model},
    },
    error::{Error, Result},
};

/// Trains and measures the embedded classifier.
#[derive(Debug, Parser)]
#[command(name = "frontdesk-train", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The folder with the labelled tickets, as JSON lines
    #[arg(long, global = true, default_value = "data/training")]
    data: PathBuf,
    /// The folder of the model and of its SHA-256
    #[arg(long, global = true, default_value = "data/model")]
    model: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Train, write the model, and report on it by cross-validation
    Train,
    /// Train again and fail unless that gives the bytes of the model's file
    Check,
    /// Report on the model that is built in, on labelled tickets that it was not trained on
    Evaluate {
        /// Labelled tickets, as JSON lines
        file: PathBuf,
        /// Also list the tickets that are sorted wrongly
        #[arg(long)]
        mistakes: bool,
    },
    /// Report by cross-validation, and list what was sorted wrongly; writes no model
    Mistakes,
    /// Rehearse what a deployment learns from true corrections, and what false ones do to it
    Learn,
}

/// Runs the command, reporting to `out`.
///
/// # Errors
/// A file cannot be read or written, or the model is not the one that the data give.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let file = arguments.model.join(format!("{MODEL}.bin"));
    match &arguments.command {
        Command::Train => {
            let rows = rows(&arguments.data)?;
            let trained = train(&rows, threads());
            fs::create_dir_all(&arguments.model).map_err(|e| fault(&arguments.model, e))?;
            fs::write(&file, &trained.bytes).map_err(|e| fault(&file, e))?;
            let sum = format!("{}  {MODEL}.bin\n", sha256(&trained.bytes));
            let sums = arguments.model.join("SHA256SUMS");
            fs::write(&sums, sum).map_err(|e| fault(&sums, e))?;
            say(out, &report(&rows, &trained.kept_aside))?;
            say(out, &format!("{}: {} bytes\n", file.display(), trained.bytes.len()))
        }
        Command::Check => {
            let trained = train(&rows(&arguments.data)?, threads());
            let bytes = fs::read(&file).map_err(|e| fault(&file, e))?;
            if bytes != trained.bytes {
                return Err(fault(&file, "not what the data give: run `make train`"));
            }
            say(out, &format!("{}: as the data give it\n", file.display()))
        }
        Command::Evaluate { file, mistakes } => {
            let model = Model::read(BYTES).ok_or_else(|| fault(file, "no model is built in"))?;
            let rows = rows(file)?;
            let answers: Vec<_> = rows
                .iter()
                .map(|row| Reading::of(&model, &row.title, &row.description))
                .map(|reading| (reading.category, reading.priority))
                .collect();
            say(out, &report(&rows, &answers))?;
            if *mistakes { list(out, &rows, &answers) } else { Ok(()) }
        }
        Command::Mistakes => {
            let rows = rows(&arguments.data)?;
            let trained = train(&rows, threads());
            say(out, &report(&rows, &trained.kept_aside))?;
            list(out, &rows, &trained.kept_aside)
        }
        Command::Learn => {
            let split = Split::of(&rows(&arguments.data)?);
            // the model that is built in has seen them all
            let trained = train(&split.trained, threads());
            if !answer_by(trained.bytes) {
                return Err(fault(&arguments.data, "too few tickets to train on"));
            }
            let (trained, tested) = (split.trained.len(), split.tested.len());
            say(out, &format!("trained on {trained} tickets, tested on {tested} others\n\n"))?;
            say(out, &desks::report(&desks::outcomes(&split)))
        }
    }
}

/// The SHA-256 of a file, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

type Answers = [([f32; 4], [f32; 4])];

/// The tickets that are sorted wrongly, each on a line.
fn list(out: &mut impl Write, rows: &[Row], answers: &Answers) -> Result<()> {
    use crate::{
        classify::local::model::{likeliest, safest},
        tickets::{Category, Priority},
    };
    for (row, (category, priority)) in rows.iter().zip(answers) {
        let chosen = (Category::ALL[likeliest(category)], Priority::ALL[safest(priority)]);
        if chosen != (row.category, row.priority) {
            let line = format!(
                "{}/{} -> {}/{}\t{:.2} {:.2}\t{}\t{}\n",
                row.category,
                row.priority,
                chosen.0,
                chosen.1,
                category[likeliest(category)],
                priority[safest(priority)],
                row.title,
                row.description.replace('\n', " "),
            );
            say(out, &line)?;
        }
    }
    Ok(())
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn say(out: &mut impl Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes()).map_err(|e| Error::Internal(e.to_string()))
}

fn fault(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("{}: {why}", path.display()))
}
