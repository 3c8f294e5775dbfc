//! Deleting a ticket.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};

use super::wire::expected_version;
use crate::{
    auth::identity::Identity,
    http::{App, extract::Id, problem::Problem},
};

/// Deletes a ticket and all that is kept of it, its history too. Its id is never given again.
#[utoipa::path(delete, path = "/api/tickets/{id}/", tag = "tickets",
    params(("id" = i64, Path, description = "The ticket's id"),
        ("If-Match" = Option<String>, Header, nullable = false, description = "The ETag that is deleted")),
    responses(
    (status = 204, description = "it is gone"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_ticket(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    if !app.store.delete_ticket(id, expected_version(&headers)).await? {
        return Err(Problem::not_found("ticket"));
    }
    // the ticket's own history is gone with it
    identity.record(&app, "ticket.deleted", None, &format!("ticket {id}")).await?;
    Ok(StatusCode::NO_CONTENT)
}
