//! Reading tickets from CSV.

use std::io::Read;

use ::csv::{ByteRecord, ReaderBuilder, WriterBuilder};

use super::{FIELDS, Raw, RawTicket, bounded::Bounded};
use crate::{
    csv::unguarded,
    error::{Error, Faults, Result},
};

/// Bytes that are read at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// The tickets of a CSV file with a header, in any order of columns.
pub struct CsvReader<R> {
    reader: ::csv::Reader<Bounded<R>>,
    head: ByteRecord,
    /// For each column the place of its field in [`FIELDS`].
    fields: Vec<Option<usize>>,
    record: ByteRecord,
}

impl<R: Read> CsvReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// It cannot be read, has a column twice, or none for title or description.
    pub fn open(input: Bounded<R>) -> Result<Self> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(input);
        let mut head = ByteRecord::new();
        reader.read_byte_record(&mut head).map_err(broken)?;
        let mut fields = Vec::new();
        for name in &head {
            let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
            let field = FIELDS.iter().position(|field| *field == name);
            if field.is_some() && fields.contains(&field) {
                return Err(Error::Internal(format!("the header has the column {name} twice")));
            }
            fields.push(field);
        }
        for (needed, name) in FIELDS.iter().enumerate().take(2) {
            if !fields.contains(&Some(needed)) {
                return Err(Error::Internal(format!("the header has no column {name}")));
            }
        }
        Ok(Self { reader, head, fields, record: ByteRecord::new() })
    }

    /// The columns that are not read.
    pub fn ignored(&self) -> Vec<String> {
        let columns = self.head.iter().zip(&self.fields).filter(|(_, field)| field.is_none());
        columns.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub fn next(&mut self) -> Result<Option<Result<RawTicket, Faults>>> {
        self.reader.get_mut().renew();
        if !self.reader.read_byte_record(&mut self.record).map_err(broken)? {
            return Ok(None);
        }
        let (has, needs) = (self.record.len(), self.head.len());
        if has != needs {
            let message = format!("has {has} fields, and the header has {needs}");
            return Ok(Some(Err(Faults::of("line", message))));
        }
        let mut ticket = RawTicket::default();
        for (field, place) in self.record.iter().zip(&self.fields) {
            let Some(place) = *place else { continue };
            ticket.0[place] = match std::str::from_utf8(field) {
                Ok(text) => Raw::Text(unguarded(text).to_owned()),
                Err(_) => Raw::Wrong("is not UTF-8".to_owned()),
            };
        }
        ticket.empty_is_absent();
        Ok(Some(Ok(ticket)))
    }

    /// The line that the record, or what is empty before it, begins on, from 1.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, ::csv::Position::line)
    }

    /// The header of a file of refused records.
    pub fn refused_head(&self) -> Vec<u8> {
        row(self.head.iter().chain([&b"refused_line"[..], b"refused"]))
    }

    /// The record as it was, and why it was refused.
    pub fn refused(&self, reason: &str) -> Vec<u8> {
        let columns = self.head.len();
        let padding = std::iter::repeat_n(&b""[..], columns.saturating_sub(self.record.len()));
        let line = self.line().to_string();
        row(self
            .record
            .iter()
            .take(columns)
            .chain(padding)
            .chain([line.as_bytes(), reason.as_bytes()])
            .chain(self.record.iter().skip(columns)))
    }
}

fn row<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // memory takes everything
    let _ = writer.write_record(fields);
    writer.into_inner().unwrap_or_default()
}

fn broken(error: ::csv::Error) -> Error {
    Error::Internal(match error.position() {
        Some(at) => format!("after line {}: {error}", at.line()),
        None => error.to_string(),
    })
}
