//! What happened to a ticket.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{RawQuery, State},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{App, extract::Id, problem::Problem, query::Parameters},
    tickets::{ActorKind, EVENT_LIMIT_DEFAULT, EVENT_LIMIT_MAX, EventKind, TicketEvent},
};

/// The history's parameters.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct TicketHistory {
    /// Events on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
    /// From `next` of a page.
    cursor: Option<String>,
}

/// One page of what happened to a ticket, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketEventPage)]
pub struct EventPageBody {
    /// How many events the ticket has.
    #[schema(example = 3)]
    count: u64,
    /// Where the older events are; null at the end.
    #[schema(required)]
    next: Option<String>,
    results: Vec<EventBody>,
}

/// One thing that happened to a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketEvent)]
pub struct EventBody {
    /// Increasing, also across tickets.
    #[schema(example = 42)]
    id: i64,
    at: Timestamp,
    /// The ticket's version after it.
    #[schema(example = 2)]
    version: i64,
    kind: EventKind,
    actor: ActorBody,
    /// From a field's name to what it was and what it is.
    #[schema(example = json!({"status": {"before": "open", "after": "resolved"}}))]
    changes: BTreeMap<String, ChangeBody>,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Actor)]
pub struct ActorBody {
    kind: ActorKind,
    /// As it was then; null where nobody said who they are.
    #[schema(required, max_length = 200)]
    name: Option<String>,
}

/// What became of one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeBody {
    /// Null where there was no ticket yet.
    #[schema(required)]
    before: Option<String>,
    after: String,
}

impl From<TicketEvent> for EventBody {
    fn from(event: TicketEvent) -> Self {
        let change = |(name, before, after): (&str, Option<&str>, &str)| {
            let (before, after) = (before.map(str::to_owned), after.to_owned());
            (name.to_owned(), ChangeBody { before, after })
        };
        Self {
            id: event.id,
            at: event.at,
            version: event.version,
            kind: event.kind,
            actor: ActorBody { kind: event.actor.kind, name: event.actor.name },
            changes: event.changes.iter().map(change).collect(),
        }
    }
}

/// What happened to a ticket, newest first.
#[utoipa::path(get, path = "/api/tickets/{id}/history/", tag = "tickets",
    params(("id" = i64, Path, description = "The ticket's id"), TicketHistory), responses(
    (status = 200, body = EventPageBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_ticket_history(
    State(app): State<Arc<App>>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Json<EventPageBody>, Problem> {
    let mut parameters = Parameters::new(query.as_deref().unwrap_or_default());
    let limit = parameters.limit(EVENT_LIMIT_DEFAULT, EVENT_LIMIT_MAX);
    // the id of the event that the page lies before
    let cursor = parameters.value("cursor").map(str::parse::<i64>);
    if cursor.as_ref().is_some_and(|cursor| !cursor.as_ref().is_ok_and(|id| *id > 0)) {
        parameters.fault("cursor", "is not a cursor of this server; take `next` of a page");
    }
    parameters.check()?;
    let page = app.store.ticket_events(id, cursor.and_then(Result::ok), limit).await?;
    let page = page.ok_or_else(|| Problem::not_found("ticket"))?;
    let next = page.older.map(|older| {
        let mut query = parameters.encode_without("cursor");
        let query = query.append_pair("cursor", &older.to_string()).finish();
        format!("/api/tickets/{id}/history/?{query}")
    });
    Ok(Json(EventPageBody {
        count: page.count,
        next,
        results: page.events.into_iter().map(EventBody::from).collect(),
    }))
}
