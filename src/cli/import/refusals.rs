//! What is refused of an import: the first ones for the operator's eyes, all of them in a file.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::broken;
use crate::error::{Error, Faults, Result};

/// Most refused records that are shown.
const SHOWN_MAX: usize = 20;

/// The refused records so far.
pub struct Refusals {
    path: Option<PathBuf>,
    /// Made with the first refusal: a clean import leaves no empty file.
    file: Option<BufWriter<File>>,
    shown: Vec<String>,
    count: u64,
}

impl Refusals {
    /// None yet; all of them will be written to `path`.
    pub fn new(path: Option<&Path>) -> Self {
        Self { path: path.map(Path::to_owned), file: None, shown: Vec::new(), count: 0 }
    }

    /// Notes the record that is called `name`, such as `line 17`. `head` is what its file begins with,
    /// `record` what is written of it, given the reason.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(
        &mut self,
        name: &str,
        faults: &Faults,
        head: impl FnOnce() -> Vec<u8>,
        record: impl FnOnce(&str) -> Vec<u8>,
    ) -> Result<()> {
        let reason = faults.to_string();
        self.count += 1;
        if self.shown.len() < SHOWN_MAX {
            self.shown.push(format!("{name}: {reason}"));
        }
        let Some(path) = &self.path else { return Ok(()) };
        let write = |file: &mut Option<BufWriter<File>>| -> std::io::Result<()> {
            if file.is_none() {
                file.insert(BufWriter::new(File::create(path)?)).write_all(&head())?;
            }
            file.as_mut().map_or(Ok(()), |file| file.write_all(&record(&reason)))
        };
        write(&mut self.file).map_err(|e| broken(path, e))
    }

    /// Shows the first ones and says how many there are.
    ///
    /// # Errors
    /// The file, or standard error, cannot be written.
    pub fn finish(mut self) -> Result<u64> {
        if let (Some(file), Some(path)) = (&mut self.file, &self.path) {
            file.flush().map_err(|e| broken(path, e))?;
        }
        let mut error = std::io::stderr().lock();
        let more = self.count - self.shown.len() as u64;
        let rest = (more > 0).then(|| match &self.path {
            Some(path) => format!("and {more} more; all of them are in {}", path.display()),
            None => format!("and {more} more; --refused FILE writes all of them"),
        });
        for line in self.shown.iter().chain(&rest) {
            writeln!(error, "refused: {line}").map_err(|e| Error::Internal(e.to_string()))?;
        }
        Ok(self.count)
    }
}
