//! `frontdesk openapi`

use std::io::Write as _;

use crate::{
    error::{Error, Result},
    http::router,
};

/// Prints the OpenAPI document, as `/api/openapi.json` serves it.
pub fn run() -> Result<()> {
    let document = router::document().to_pretty_json();
    let document = document.map_err(|e| Error::Internal(e.to_string()))?;
    writeln!(std::io::stdout(), "{document}").map_err(|e| Error::Internal(e.to_string()))
}
