//! Reading tickets from a file in either format, one at a time.

use std::{
    io::Read,
    sync::{Arc, atomic::AtomicU64},
};

use super::{Format, RawTicket, bounded::Bounded, csv::CsvReader, ndjson::NdjsonReader};
use crate::error::{Faults, Result};

/// Most bytes of one record: more than the longest ticket has, however it is quoted and escaped.
pub const RECORD_MAX_BYTES: usize = 4 * 1024 * 1024;

/// The tickets of a file.
pub enum Reader<R> {
    /// From CSV.
    Csv(CsvReader<R>),
    /// From NDJSON.
    Ndjson(NdjsonReader<R>),
}

impl<R: Read> Reader<R> {
    /// Begins to read; `read` counts the bytes.
    ///
    /// # Errors
    /// `input` cannot be read, or its header is not that of tickets.
    pub fn open(format: Format, input: R, read: Arc<AtomicU64>) -> Result<Self> {
        let input = Bounded::new(input, read, 2 * RECORD_MAX_BYTES as u64);
        Ok(match format {
            Format::Csv => Self::Csv(CsvReader::open(input)?),
            Format::Ndjson => Self::Ndjson(NdjsonReader::open(input)),
        })
    }

    /// The next record, with the fault of one that is no record; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    #[expect(clippy::should_implement_trait, reason = "it can also fail, and lends")]
    pub fn next(&mut self) -> Result<Option<Result<RawTicket, Faults>>> {
        match self {
            Self::Csv(reader) => reader.next(),
            Self::Ndjson(reader) => reader.next(),
        }
    }

    /// Columns that are in the file and not read.
    pub fn ignored(&self) -> Vec<String> {
        match self {
            Self::Csv(reader) => reader.ignored(),
            Self::Ndjson(_) => Vec::new(),
        }
    }

    /// The line on which the last record begins, from 1; of empty lines right before one of CSV, the first.
    pub fn line(&self) -> u64 {
        match self {
            Self::Csv(reader) => reader.line(),
            Self::Ndjson(reader) => reader.line(),
        }
    }

    /// What a file of refused records begins with.
    pub fn refused_head(&self) -> Vec<u8> {
        match self {
            Self::Csv(reader) => reader.refused_head(),
            Self::Ndjson(_) => Vec::new(),
        }
    }

    /// The last record as it was, with its line and the reason: an import reads it again once it is
    /// put right.
    pub fn refused(&self, reason: &str) -> Vec<u8> {
        match self {
            Self::Csv(reader) => reader.refused(reason),
            Self::Ndjson(reader) => reader.refused(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::tickets::{ImportedTicket, exchange::CheckedTicket};

    fn open(format: Format, file: &[u8]) -> Result<Reader<&[u8]>> {
        Reader::open(format, file, Arc::default())
    }

    /// Each record as a ticket, or its line and what is wrong with it.
    fn read(format: Format, file: &[u8]) -> Vec<Result<ImportedTicket, String>> {
        let mut reader = open(format, file).unwrap();
        let mut all = Vec::new();
        while let Some(record) = reader.next().unwrap() {
            let checked = record.and_then(|raw| raw.check(Timestamp::UNIX_EPOCH));
            let line = reader.line();
            let named = |faults| format!("{line}: {faults}");
            all.push(checked.map(CheckedTicket::sorted).map_err(named));
        }
        all
    }

    fn texts(read: &[Result<ImportedTicket, String>]) -> Vec<(&str, &str)> {
        let good = read.iter().filter_map(|ticket| ticket.as_ref().ok());
        good.map(|ticket| (ticket.title.as_str(), ticket.description.as_str())).collect()
    }

    #[test]
    fn columns_come_in_any_order() {
        let file = b"\xef\xbb\xbfID,Description, title ,priority,team\r\n\
            7,\"two\r\nlines, \"\"quoted\"\"\",t,high,x\n\
            8,'=1+1,u,,y\n";
        let read = read(Format::Csv, file);
        assert_eq!(texts(&read), [("t", "two\r\nlines, \"quoted\""), ("u", "=1+1")]);
        assert_eq!(open(Format::Csv, file).unwrap().ignored(), ["ID", "team"]);
    }

    #[test]
    fn a_refused_record_is_named_by_its_line() {
        let file = b"title,description,status\n\
            t,\"two\nlines\",new\n\
            t,d\n\
            \xff,d,\n\
            t,d,open\n";
        let read = read(Format::Csv, file);
        let faults: Vec<_> = read.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!(
            faults,
            [
                "2: status: must be one of: open, in_progress, resolved, closed",
                "4: line: has 2 fields, and the header has 3",
                "5: title: is not UTF-8",
            ]
        );
        assert_eq!(texts(&read).len(), 1);

        let file =
            b"\xef\xbb\xbf{\"title\":\"t\",\"description\":\"d\",\"category\":null,\"x\":[1]}\n\
            \n{\"title\":1,\"description\":{},\"status\":[]}\nnonsense\n[]\n{}";
        let read = super::tests::read(Format::Ndjson, file);
        assert_eq!(texts(&read), [("t", "d")]);
        let faults: Vec<_> = read.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!(
            faults[0],
            "3: description: must be a string, not an object; status: must be \
            a string, not an array; title: must be a string, not a number"
        );
        assert!(faults[1].starts_with("4: line: is no ticket: expected"), "{faults:?}");
        assert!(faults[2].starts_with("5: line: is no ticket: invalid type"), "{faults:?}");
        assert_eq!(faults[3], "6: description: is required; title: is required");
    }

    #[test]
    fn a_refused_record_can_be_put_right_and_read_again() {
        for (format, file, wrong, right) in [
            (Format::Csv, &b"title,id,description\nt,1,\"\"\n"[..], "t,1,,", "t,1,d,"),
            (
                Format::Ndjson,
                b"{\"title\":\"t\",\"id\":1}\n",
                "\"id\"",
                "\"description\":\"d\",\"id\"",
            ),
        ] {
            let mut reader = open(format, file).unwrap();
            let faults =
                reader.next().unwrap().unwrap().and_then(|r| r.check(Timestamp::UNIX_EPOCH));
            let mut refused = reader.refused_head();
            refused.extend(reader.refused(&faults.unwrap_err().to_string()));
            let refused = String::from_utf8(refused).unwrap();
            assert!(refused.contains("description: "), "{refused}");
            let again = read(format, refused.replace(wrong, right).as_bytes());
            assert_eq!(texts(&again), [("t", "d")], "{refused}");
        }
    }

    #[test]
    fn a_header_that_is_not_of_tickets_is_refused() {
        for (file, reason) in [
            (&b""[..], "no column title"),
            (b"title,text\n", "no column description"),
            (b"title,description,Title\n", "column title twice"),
        ] {
            let refused = open(Format::Csv, file).err().unwrap().to_string();
            assert!(refused.contains(reason), "{refused}");
        }
    }

    #[test]
    fn no_record_is_read_for_ever() {
        let mut file = b"title,description\nt,\"a quote that does not end\n".to_vec();
        file.resize(3 * RECORD_MAX_BYTES, b'x');
        let refused = open(Format::Csv, &file).unwrap().next().unwrap_err().to_string();
        assert!(refused.contains("is there a quote that does not end?"), "{refused}");

        let mut file = vec![b'x'; 3 * RECORD_MAX_BYTES];
        file.extend(b"\n{\"title\":\"t\",\"description\":\"d\"}\n");
        let read = read(Format::Ndjson, &file);
        assert_eq!(texts(&read), [("t", "d")]);
        assert_eq!(read[0].as_ref().unwrap_err(), "1: line: must have at most 4194304 bytes");
    }
}
