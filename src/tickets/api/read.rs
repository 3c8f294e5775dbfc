//! One ticket.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::wire::{TicketBody, matches_version, with_etag};
use crate::http::{App, extract::Id, problem::Problem};

/// One ticket.
#[utoipa::path(get, path = "/api/tickets/{id}/", tag = "tickets",
    params(("id" = i64, Path, description = "The ticket's id")), responses(
    (status = 200, body = TicketBody, headers(("ETag" = String))),
    (status = 304, description = "unchanged since the version in If-None-Match"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_ticket(
    State(app): State<Arc<App>>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ticket = app.store.ticket(id).await?.ok_or_else(|| Problem::not_found("ticket"))?;
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| matches_version(tag, ticket.version)));
    let mut response = with_etag(ticket).into_response();
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    Ok(response)
}
