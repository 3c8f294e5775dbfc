//! Tickets as a file.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use jiff::tz::TimeZone;
use utoipa::IntoParams;

use super::list::{TicketConditions, ticket_filter};
use crate::{
    auth::identity::Identity,
    error::Error,
    http::{App, problem::Problem, query::Parameters},
    tickets::exchange::{Export, Format},
};

/// What an export has besides the conditions of the list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct ExportTickets {
    /// CSV with a header, guarded against formulas, or one JSON object a line.
    #[param(inline, default = "csv")]
    format: Option<Format>,
}

/// Every ticket that matches, newest first, as a file that `frontdesk import` reads. An answer that
/// breaks off is not whole.
#[utoipa::path(get, path = "/api/tickets/export/", tag = "tickets",
    params(ExportTickets, TicketConditions), responses(
    (status = 200, content((String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn export_tickets(
    State(app): State<Arc<App>>,
    identity: Identity,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let mut parameters = Parameters::new(&query);
    let format = parameters.word("format").unwrap_or(Format::Csv);
    let filter = ticket_filter(&mut parameters);
    parameters.check()?;
    let mut export = Export::new(filter, format);
    // a database that cannot answer is a problem document as long as nothing was sent
    let first = export.part(&*app.store).await?;
    identity.record(&app, "tickets.exported", None, &query).await?;
    let day = app.clock.now().to_zoned(TimeZone::UTC).date();
    let rest = stream::unfold(Some((app, export)), async |state| {
        let (app, mut export) = state?;
        match export.part(&*app.store).await {
            Ok(part) => Some((Ok::<_, Error>(part?), Some((app, export)))),
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                // the client sees that the answer broke off, and does not take it for whole
                Some((Err(error), None))
            }
        }
    });
    let first = stream::iter(first.map(Ok));
    let name = format!("attachment; filename=\"tickets-{day}.{format}\"");
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    // compression asks once more after the end
    Ok((headers, Body::from_stream(first.chain(rest).fuse())).into_response())
}
