//! Changing a ticket.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    actor,
    wire::{TicketBody, expected_version, with_etag},
};
use crate::{
    auth::identity::Identity,
    error::Result,
    http::{
        App,
        extract::{Fields, Id, JsonObject},
        problem::Problem,
    },
    tickets::{ActorKind, Category, Description, Priority, Source, Status, TicketPatch, Title},
};

/// A change of a ticket: any subset of these fields, none of them null; not unknown fields alone.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct UpdateTicket {
    #[schema(min_length = 1, max_length = 200, nullable = false)]
    title: Option<String>,
    #[schema(min_length = 1, max_length = 50_000, nullable = false)]
    description: Option<String>,
    #[schema(nullable = false)]
    category: Option<Category>,
    #[schema(nullable = false)]
    priority: Option<Priority>,
    #[schema(nullable = false, example = "resolved")]
    status: Option<Status>,
}

/// Changes a ticket: all of what is named, or nothing.
#[utoipa::path(patch, path = "/api/tickets/{id}/", tag = "tickets", request_body = UpdateTicket,
    params(("id" = i64, Path, description = "The ticket's id"),
        ("If-Match" = Option<String>, Header, nullable = false, description = "The ETag that the change is made to")),
    responses(
    (status = 200, body = TicketBody, headers(("ETag" = String))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn update_ticket(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let patch = read_patch(body)?;
    let expected = expected_version(&headers);
    let actor = actor(ActorKind::Agent, &identity);
    let changed = app.store.patch_ticket(id, patch, expected, actor, app.clock.now()).await?;
    let ticket = changed.ok_or_else(|| Problem::not_found("ticket"))?;
    Ok(with_etag(ticket).into_response())
}

fn read_patch(body: JsonObject) -> Result<TicketPatch> {
    const WRITABLE: [&str; 5] = ["title", "description", "category", "priority", "status"];
    let unknown = body.0.keys().find(|name| {
        !WRITABLE.contains(&name.as_str())
            && !["id", "created_at", "updated_at"].contains(&name.as_str())
    });
    let unknown = unknown.cloned();
    let mut fields = Fields::new(body);
    // a misspelt field beside good ones may be a newer client's; alone it is a mistake
    if let Some(name) = unknown
        && !WRITABLE.iter().any(|name| fields.has(name))
    {
        fields.fault(
            &name,
            format!("is no field that can be changed; those are: {}", WRITABLE.join(", ")),
        );
    }
    let by_agent = Source::Agent;
    let patch = TicketPatch {
        title: fields.text("title", |raw| Title::parse(&raw)),
        description: fields.text("description", Description::parse),
        category: fields.word("category").map(|word| (word, by_agent)),
        priority: fields.word("priority").map(|word| (word, by_agent)),
        status: fields.word("status"),
    };
    fields.check()?;
    Ok(patch)
}
