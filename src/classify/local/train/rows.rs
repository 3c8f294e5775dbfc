//! Labelled tickets, one JSON object a line.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    error::{Error, Result},
    tickets::{Category, Priority},
};

/// A labelled ticket.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// May be missing.
    #[serde(default)]
    pub title: String,
    /// May also be called `text`, in a file of single sentences.
    #[serde(alias = "text")]
    pub description: String,
    /// By `docs/labels.md`.
    pub category: Category,
    /// By `docs/labels.md`.
    pub priority: Priority,
    /// The language, as in BCP 47.
    pub lang: Option<String>,
    /// What is remarkable about it. For reports only.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// The tickets of a file; of a folder, those of each `.jsonl` file, in the order of their names.
///
/// # Errors
/// A file cannot be read, or a line is no labelled ticket.
pub fn rows(path: &Path) -> Result<Vec<Row>> {
    let mut files: Vec<PathBuf> = Vec::new();
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|e| fault(path, e))?;
        files.extend(entries.flatten().map(|entry| entry.path()));
        files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let mut rows = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|e| fault(&file, e))?;
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row = serde_json::from_str(line);
            rows.push(row.map_err(|e| fault(&file, format!("line {}: {e}", at + 1)))?);
        }
    }
    Ok(rows)
}

fn fault(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("{}: {why}", path.display()))
}
