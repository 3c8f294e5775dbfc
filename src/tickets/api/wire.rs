//! A ticket as it is sent, and its entity tag.

use axum::{
    Json,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::tickets::{Category, Priority, Source, Status, Ticket};

/// A ticket as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct TicketBody {
    #[schema(example = 17)]
    id: i64,
    #[schema(max_length = 200, example = "Charged twice")]
    title: String,
    #[schema(max_length = 50_000)]
    description: String,
    category: Category,
    priority: Priority,
    status: Status,
    /// Who set the category.
    category_source: Source,
    /// Who set the priority.
    priority_source: Source,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// One more with each change; in quotes it is the `ETag`.
    #[schema(example = 1)]
    version: i64,
}

impl From<Ticket> for TicketBody {
    fn from(ticket: Ticket) -> Self {
        Self {
            id: ticket.id,
            title: ticket.title,
            description: ticket.description,
            category: ticket.category,
            priority: ticket.priority,
            status: ticket.status,
            category_source: ticket.category_source,
            priority_source: ticket.priority_source,
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
            version: ticket.version,
        }
    }
}

pub fn with_etag(ticket: Ticket) -> impl IntoResponse {
    (etag(ticket.version), Json(TicketBody::from(ticket)))
}

/// The entity tag of a ticket at `version`.
pub fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

/// The version that `If-Match` names; `None`: any. What is no tag of a ticket is no version of one.
pub fn expected_version(headers: &HeaderMap) -> Option<i64> {
    match headers.get(header::IF_MATCH).map(HeaderValue::to_str) {
        None | Some(Ok("*")) => None,
        // several tags are legal and senseless here: a ticket has one version at a time
        Some(Ok(tag)) => Some(version_of(tag).unwrap_or(0)),
        Some(Err(_)) => Some(0),
    }
}

/// The version inside an entity tag, which compression may have made a weak one.
pub fn version_of(tag: &str) -> Option<i64> {
    tag.trim().trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

pub fn matches_version(tag: &str, version: i64) -> bool {
    tag.trim() == "*" || version_of(tag) == Some(version)
}
