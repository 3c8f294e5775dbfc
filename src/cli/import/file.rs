//! Tickets from a file: read and checked on a thread of its own, while the batch before is written.

use std::{
    fs::File,
    io::{IsTerminal as _, Read, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
    thread::JoinHandle,
};

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::{
    Import, Outcome, broken,
    intake::{Intake, Part},
    meter::Meter,
    refusals::Refusals,
    sieve::Sieve,
};
use crate::{
    cli::{with_runtime, with_store},
    clock::Clock,
    db::Store,
    error::{Error, Result},
    tickets::{
        ImportProgress,
        exchange::{Format, Reader},
    },
};

/// Batches that wait to be written: enough that neither side waits for the other for long.
const PARTS_MAX: usize = 4;

/// Bytes that are hashed at once.
const HASH_BYTES: usize = 256 * 1024;

/// Imports it.
pub fn run(import: &Import, refusals: Refusals) -> Result<Outcome> {
    let input = Input::open(import)?;
    if import.dry_run {
        return with_runtime(take_in(input, None, &Clock::system(), false, refusals));
    }
    let mut outcome = None;
    with_store(&import.database, async |store, clock| {
        outcome = Some(take_in(input, Some(store), clock, import.again, refusals).await?);
        Ok(())
    })?;
    outcome.ok_or_else(|| Error::Internal("the import did not run".to_owned()))
}

/// What is read.
struct Input {
    name: PathBuf,
    format: Format,
    reader: Box<dyn Read + Send>,
    bytes: Option<u64>,
    /// What tells this file from every other; a stream has none.
    sha256: Option<[u8; 32]>,
}

impl Input {
    fn open(import: &Import) -> Result<Self> {
        let path = Path::new(&import.source);
        let is_stdin = import.source == "-";
        let format = import.format.or_else(|| Format::of_file(path)).ok_or_else(|| {
            Error::Internal(format!(
                "{} does not end in .csv or .ndjson: say --format csv or --format ndjson",
                if is_stdin { "standard input" } else { &import.source }
            ))
        })?;
        if is_stdin {
            return Ok(Self::stream("standard input".into(), format, Box::new(std::io::stdin())));
        }
        let mut file = File::open(path).map_err(|e| broken(path, e))?;
        let metadata = file.metadata().map_err(|e| broken(path, e))?;
        if !metadata.is_file() {
            return Ok(Self::stream(path.to_owned(), format, Box::new(file)));
        }
        let sha256 = if import.dry_run { None } else { Some(hash(path, &mut file)?) };
        let (name, bytes) = (path.to_owned(), Some(metadata.len()));
        Ok(Self { name, format, reader: Box::new(file), bytes, sha256 })
    }

    fn stream(name: PathBuf, format: Format, reader: Box<dyn Read + Send>) -> Self {
        Self { name, format, reader, bytes: None, sha256: None }
    }
}

/// Reads all of it, and is at its start again.
fn hash(path: &Path, file: &mut File) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; HASH_BYTES];
    loop {
        match file.read(&mut buffer).map_err(|e| broken(path, e))? {
            0 => break,
            n => hash.update(&buffer[..n]),
        }
    }
    file.rewind().map_err(|e| broken(path, e))?;
    Ok(hash.finalize().into())
}

async fn take_in(
    input: Input,
    store: Option<&dyn Store>,
    clock: &Clock,
    again: bool,
    refusals: Refusals,
) -> Result<Outcome> {
    let known = known(store, input.sha256, again).await?;
    if store.is_some() && input.sha256.is_none() && std::io::stderr().is_terminal() {
        let name = input.name.display();
        let _ = writeln!(
            std::io::stderr(),
            "{name} cannot be recognised again: an import of it that is interrupted cannot go on"
        );
    }
    let read = Arc::new(AtomicU64::new(0));
    let meter = Meter::new(read.clone(), input.bytes);
    let mut intake = Intake::new(store, input.sha256, known.position, meter);
    let (sender, mut parts) = mpsc::channel(PARTS_MAX);
    let size = store.map(|store| store.import_size());
    let sieve = Sieve::new(clock.now(), known.position, size, refusals);
    let reader = spawn(input, read, sieve, sender)?;
    while let Some(part) = parts.recv().await {
        intake.take(part).await?;
    }
    let refusals = reader.join().map_err(|_| Error::Internal("the reader failed".to_owned()))??;
    Ok(Outcome { taken: intake.finish().await?, before: known.tickets, refusals })
}

/// How far the import has come, unless it is to begin again.
pub async fn known(
    store: Option<&dyn Store>,
    source_sha256: Option<[u8; 32]>,
    again: bool,
) -> Result<ImportProgress> {
    let nothing = ImportProgress { position: 0, tickets: 0 };
    let (Some(store), Some(source)) = (store, source_sha256) else { return Ok(nothing) };
    if again {
        store.forget_import(source).await?;
    }
    Ok(store.import_progress(source).await?.unwrap_or(nothing))
}

fn spawn(
    input: Input,
    read: Arc<AtomicU64>,
    sieve: Sieve,
    parts: mpsc::Sender<Part>,
) -> Result<JoinHandle<Result<Refusals>>> {
    std::thread::Builder::new()
        .name("import-reader".to_owned())
        .spawn(move || read_all(input, read, sieve, &parts))
        .map_err(|e| Error::Internal(format!("cannot start a thread: {e}")))
}

/// Reads to the end, or until nobody writes any more.
fn read_all(
    input: Input,
    read: Arc<AtomicU64>,
    mut sieve: Sieve,
    parts: &mpsc::Sender<Part>,
) -> Result<Refusals> {
    let named = |error: Error| match error {
        Error::Internal(text) => broken(&input.name, text),
        error => error,
    };
    let mut reader = Reader::open(input.format, input.reader, read).map_err(named)?;
    let ignored = reader.ignored();
    if !ignored.is_empty() {
        let _ = writeln!(std::io::stderr(), "columns that are ignored: {}", ignored.join(", "));
    }
    let mut position = 0;
    while let Some(record) = reader.next().map_err(named)? {
        position += 1;
        let part = sieve.take(
            position,
            record,
            || format!("line {}", reader.line()),
            || reader.refused_head(),
            |reason| reader.refused(reason),
        )?;
        if let Some(part) = part
            && parts.blocking_send(part).is_err()
        {
            break; // the writer failed, and says why
        }
    }
    let (rest, refusals) = sieve.finish();
    let _ = parts.blocking_send(rest);
    Ok(refusals)
}
