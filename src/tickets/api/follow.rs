//! What the holder of a follow link sees.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{App, problem::Problem},
    tickets::{FollowKey, FollowedTicket, Status},
};

/// What the holder of a follow link may see of a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FollowedTicket)]
pub struct FollowedTicketBody {
    #[schema(example = 17)]
    id: i64,
    #[schema(max_length = 200, example = "Charged twice")]
    title: String,
    status: Status,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// When it got which status, oldest first, at most 200. It begins later for a ticket from before
    /// there was a history.
    history: Vec<StatusBody>,
}

/// A status and since when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatusSince)]
pub struct StatusBody {
    at: Timestamp,
    status: Status,
}

impl From<FollowedTicket> for FollowedTicketBody {
    fn from(ticket: FollowedTicket) -> Self {
        let history = ticket.history.into_iter();
        Self {
            id: ticket.id,
            title: ticket.title,
            status: ticket.status,
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
            history: history.map(|(at, status)| StatusBody { at, status }).collect(),
        }
    }
}

/// Where a ticket stands, for whoever has the link that its filing was answered with. Every other
/// secret is answered alike.
#[utoipa::path(get, path = "/api/follow/{secret}/", tag = "tickets",
    params(("secret" = String, Path, description = "What follows `/follow/` in `follow_url`")),
    responses(
    (status = 200, body = FollowedTicketBody),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn follow_ticket(
    State(app): State<Arc<App>>,
    secret: Result<Path<String>, PathRejection>,
) -> Response {
    let secret = secret.ok().and_then(|Path(secret)| FollowKey::parse(&secret));
    // the secret stands in the URL: nobody keeps the answer or hears where somebody came from
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (headers, followed(&app, secret).await.map(Json)).into_response()
}

async fn followed(
    app: &App,
    secret: Option<(i64, FollowKey)>,
) -> Result<FollowedTicketBody, Problem> {
    let not_found = || Problem::not_found("ticket");
    let (id, key) = secret.ok_or_else(not_found)?;
    let ticket = app.store.followed_ticket(id, key.sha256()).await?;
    ticket.map(FollowedTicketBody::from).ok_or_else(not_found)
}
