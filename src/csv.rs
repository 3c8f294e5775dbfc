//! CSV (RFC 4180) that is data to whatever reads it, spreadsheets too.
//!
//! A spreadsheet takes a field that begins with one of a few characters for a formula (OWASP, CSV
//! Injection), and strangers choose what stands in a field. Such a field gets an apostrophe in front. So
//! does one that has apostrophes before such a character, so that [`unguarded`] can tell them apart and
//! gives back exactly what was written.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Records, a line each.
///
/// # Errors
/// `Internal`: memory cannot be written.
pub fn lines<const N: usize>(
    records: impl IntoIterator<Item = [impl AsRef<str>; N]>,
) -> Result<Vec<u8>> {
    let broken = |e: &dyn std::fmt::Display| Error::Internal(format!("writing CSV: {e}"));
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        for field in &record {
            writer.write_field(guarded(field.as_ref()).as_bytes()).map_err(|e| broken(&e))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|e| broken(&e))?;
    }
    writer.into_inner().map_err(|e| broken(&e))
}

/// The field as no spreadsheet takes it for a formula.
pub fn guarded(field: &str) -> Cow<'_, str> {
    if is_risky(field) { Cow::Owned(format!("'{field}")) } else { Cow::Borrowed(field) }
}

/// The opposite of [`guarded`].
pub fn unguarded(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(field)
}

fn is_risky(field: &str) -> bool {
    field.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(field: &str) -> String {
        String::from_utf8(lines([[field, "x"]]).unwrap()).unwrap()
    }

    #[test]
    fn a_field_is_data_to_every_reader() {
        assert_eq!(line("a \"b\", c"), "\"a \"\"b\"\", c\",x\r\n");
        assert_eq!(line("two\nlines"), "\"two\nlines\",x\r\n");
        assert_eq!(line("=HYPERLINK(1)"), "'=HYPERLINK(1),x\r\n");
        assert_eq!(line("''@x"), "'''@x,x\r\n");
        assert_eq!(line("'tis"), "'tis,x\r\n");
        assert_eq!(line(""), ",x\r\n");
    }

    proptest! {
        #[test]
        fn a_guard_is_taken_off_exactly(field in "[-'=+@\t\r ax]{0,6}") {
            let guarded = guarded(&field).into_owned();
            prop_assert_eq!(unguarded(&guarded), field.as_str());
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
