//! Settings that nobody may read in a log, an error or a list of settings.

use std::{fmt, path::Path, str::FromStr};

use crate::error::{Error, Result};

/// A key or a password. Shown as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(raw: &str) -> std::result::Result<Self, Self::Err> {
        Ok(Self(raw.trim().to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What a file holds, without white space around it.
///
/// # Errors
/// It cannot be read or is empty; the error names the variable and the file.
pub(super) fn read_file(variable: &str, file: &Path) -> Result<String> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|e| Error::Internal(format!("{variable} {name}: {e}")))?;
    match text.trim() {
        "" => Err(Error::Internal(format!("{variable} {name}: it is empty"))),
        text => Ok(text.to_owned()),
    }
}

/// A secret that is given as it is or in a file; the file wins. An empty one is none, so that a
/// container may pass on what its operator did not set.
pub(super) fn given(
    value: Option<&Secret>,
    file: Option<&Path>,
    file_variable: &str,
) -> Result<Option<Secret>> {
    match file {
        Some(file) => Ok(Some(Secret(read_file(file_variable, file)?))),
        None => Ok(value.filter(|secret| !secret.0.is_empty()).cloned()),
    }
}
