//! Reading tickets from NDJSON.

use std::{
    fmt,
    io::{BufRead, BufReader, Read},
};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::{FIELDS, Raw, RawTicket, bounded::Bounded, reader::RECORD_MAX_BYTES};
use crate::error::{Error, Faults, Result};

/// What is kept of a refused line that is no object, in characters.
const TEXT_MAX_CHARS: usize = 10_000;

/// The tickets of a file with one JSON object a line. Empty lines are skipped.
pub struct NdjsonReader<R> {
    input: BufReader<Bounded<R>>,
    record: Vec<u8>,
    line: u64,
}

impl<R: Read> NdjsonReader<R> {
    /// Reads nothing yet.
    pub fn open(input: Bounded<R>) -> Self {
        Self { input: BufReader::new(input), record: Vec::new(), line: 0 }
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub fn next(&mut self) -> Result<Option<Result<RawTicket, Faults>>> {
        loop {
            if !self.read_line()? {
                return Ok(None);
            }
            if self.record.len() > RECORD_MAX_BYTES {
                self.skip_line()?;
                let message = format!("must have at most {RECORD_MAX_BYTES} bytes");
                return Ok(Some(Err(Faults::of("line", message))));
            }
            if !self.record.trim_ascii().is_empty() {
                let read = serde_json::from_slice(&self.record);
                return Ok(Some(
                    read.map_err(|e| Faults::of("line", format!("is no ticket: {e}"))),
                ));
            }
        }
    }

    /// The line of the record, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The record as it was, and why it was refused.
    pub fn refused(&self, reason: &str) -> Vec<u8> {
        let object = serde_json::from_slice(&self.record).unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(&self.record);
            let text: String = text.trim_end().chars().take(TEXT_MAX_CHARS).collect();
            Map::from_iter([("text".to_owned(), Value::String(text))])
        });
        refused(object, self.line, reason)
    }

    fn read_line(&mut self) -> Result<bool> {
        self.record.clear();
        self.line += 1;
        self.input.get_mut().renew();
        let most = RECORD_MAX_BYTES as u64 + 1;
        let n = self.input.by_ref().take(most).read_until(b'\n', &mut self.record);
        let n = n.map_err(|e| self.broken(&e))?;
        if self.line == 1 && self.record.starts_with("\u{feff}".as_bytes()) {
            self.record.drain(..3);
        }
        Ok(n > 0)
    }

    /// Up to the end of a line that is too long.
    fn skip_line(&mut self) -> Result<()> {
        let mut rest = Vec::new();
        while !self.record.ends_with(b"\n") && !rest.ends_with(b"\n") {
            rest.clear();
            self.input.get_mut().renew();
            let part = self.input.by_ref().take(RECORD_MAX_BYTES as u64);
            if { part }.read_until(b'\n', &mut rest).map_err(|e| self.broken(&e))? == 0 {
                break;
            }
        }
        Ok(())
    }

    fn broken(&self, error: &std::io::Error) -> Error {
        Error::Internal(format!("line {}: {error}", self.line))
    }
}

/// An object of a file of refused records.
pub fn refused(mut object: Map<String, Value>, line: u64, reason: &str) -> Vec<u8> {
    object.insert("refused_line".to_owned(), line.into());
    object.insert("refused".to_owned(), reason.into());
    let mut text = Value::Object(object).to_string();
    text.push('\n');
    text.into_bytes()
}

impl<'de> Deserialize<'de> for RawTicket {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TicketVisitor)
    }
}

struct TicketVisitor;

impl<'de> Visitor<'de> for TicketVisitor {
    type Value = RawTicket;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<RawTicket, M::Error> {
        let mut ticket = RawTicket::default();
        while let Some(name) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match FIELDS.iter().position(|field| *field == name) {
                Some(place) => ticket.0[place] = map.next_value()?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(ticket)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

fn wrong<E>(kind: &str) -> Result<Raw, E> {
    Ok(Raw::Wrong(format!("must be a string, not {kind}")))
}

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        wrong("a boolean")
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        wrong("a number")
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        wrong("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        wrong("a number")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Raw, S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        wrong("an array")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Raw, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        wrong("an object")
    }
}
