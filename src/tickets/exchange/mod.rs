//! Tickets as files, to take them elsewhere and back: CSV for spreadsheets, NDJSON for programs.
//!
//! What an export writes, an import reads: every text comes back exactly. Id, `updated_at` and version
//! are given anew.

mod bounded;
mod checked;
mod csv;
mod export;
mod ndjson;
pub mod postgres;
mod reader;

pub use checked::{CheckedTicket, FIELDS, Raw, RawTicket};
pub use export::{COLUMNS, EXPORT_PART, Export};
pub use ndjson::refused as refused_object;
pub use reader::{RECORD_MAX_BYTES, Reader};

use crate::word::words;

words! {
    /// How tickets are written in a file.
    Format {
        /// Comma-separated values with a header (RFC 4180).
        Csv = "csv",
        /// One JSON object a line.
        Ndjson = "ndjson",
    }
}

impl Format {
    /// As an HTTP answer names it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    /// What the name of a file says; `None` where it says nothing.
    pub fn of_file(name: &std::path::Path) -> Option<Self> {
        match name.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }
}
