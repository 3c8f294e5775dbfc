//! One change of many tickets.

use std::{collections::HashSet, sync::Arc};

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{actor, wire::TicketBody};
use crate::{
    auth::identity::Identity,
    error::{Error, Faults, Result},
    http::{App, extract::JsonObject, problem::Problem},
    tickets::{
        ActorKind, BULK_MAX, BulkChange, BulkItem, BulkOutcome, Category, Priority, Status, Word,
    },
};

/// Many tickets and one change.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct ChangeTickets {
    /// Each ticket once.
    #[schema(min_items = 1, max_items = 200)]
    tickets: Vec<TicketReference>,
    change: TicketChange,
}

/// A ticket to be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct TicketReference {
    #[schema(minimum = 1, example = 17)]
    id: i64,
    /// Only if the ticket is still at this version.
    #[schema(minimum = 1, nullable = false, example = 3)]
    version: Option<i64>,
}

/// What all of them become: at least one of the fields.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct TicketChange {
    #[schema(nullable = false)]
    category: Option<Category>,
    #[schema(nullable = false)]
    priority: Option<Priority>,
    #[schema(nullable = false)]
    status: Option<Status>,
}

/// What became of each ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResults {
    /// In the order of the request.
    results: Vec<BulkResult>,
}

/// What became of one ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    #[schema(example = 17)]
    id: i64,
    /// As the answer to a change of this ticket alone would have: 200, 404 or 412.
    #[schema(example = 200)]
    status: u16,
    /// The ticket as it is now; only with 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ticket: Option<TicketBody>,
    /// Why it was not changed; not with 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
}

impl BulkResult {
    fn new(id: i64, outcome: BulkOutcome) -> Self {
        match outcome {
            BulkOutcome::Done(ticket) => {
                Self { id, status: 200, ticket: Some(ticket.into()), detail: None }
            }
            BulkOutcome::Missing => Self::refused(id, Problem::not_found("ticket")),
            BulkOutcome::Stale { current } => {
                Self::refused(id, Problem::from(Error::Stale { current }))
            }
        }
    }

    fn refused(id: i64, problem: Problem) -> Self {
        let (status, detail) = problem.into_status_and_detail();
        Self { id, status, ticket: None, detail: Some(detail) }
    }
}

/// Changes many tickets at once, each as if it were changed alone: those that are missing or at
/// another version are left out, and the answer says which.
#[utoipa::path(post, path = "/api/tickets/bulk/", tag = "tickets", request_body = ChangeTickets,
    responses(
    (status = 200, body = BulkResults),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn change_tickets(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<Json<BulkResults>, Problem> {
    let (items, change) = read_bulk(body)?;
    let actor = actor(ActorKind::Agent, &identity);
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let outcomes = app.store.change_tickets(items, change, actor, app.clock.now()).await?;
    let results = ids.into_iter().zip(outcomes);
    Ok(Json(BulkResults { results: results.map(|(id, what)| BulkResult::new(id, what)).collect() }))
}

fn read_bulk(JsonObject(mut fields): JsonObject) -> Result<(Vec<BulkItem>, BulkChange)> {
    let mut faults = Faults::default();
    let items = match fields.remove("tickets") {
        None => {
            faults.add("tickets", "is required");
            Vec::new()
        }
        Some(Value::Array(tickets)) if (1..=BULK_MAX).contains(&tickets.len()) => {
            read_items(&tickets, &mut faults)
        }
        Some(_) => {
            faults.add("tickets", format!("must be an array of 1 to {BULK_MAX} tickets"));
            Vec::new()
        }
    };
    let change = match fields.remove("change") {
        None => {
            faults.add("change", "is required");
            BulkChange::default()
        }
        Some(Value::Object(change)) => read_change(change, &mut faults),
        Some(_) => {
            faults.add("change", "must be an object");
            BulkChange::default()
        }
    };
    faults.check()?;
    Ok((items, change))
}

fn read_items(tickets: &[Value], faults: &mut Faults) -> Vec<BulkItem> {
    let mut named = HashSet::new();
    let mut items = Vec::with_capacity(tickets.len());
    for (n, ticket) in tickets.iter().enumerate() {
        let Value::Object(ticket) = ticket else {
            faults.add(&format!("tickets[{n}]"), "must be an object with an id");
            continue;
        };
        let number = |name: &str| ticket.get(name)?.as_i64().filter(|number| *number > 0);
        let id = number("id");
        if id.is_none() {
            let message = if ticket.contains_key("id") {
                "must be a positive whole number"
            } else {
                "is required"
            };
            faults.add(&format!("tickets[{n}].id"), message);
        }
        let expected = number("version");
        if expected.is_none() && ticket.contains_key("version") {
            faults.add(&format!("tickets[{n}].version"), "must be a positive whole number");
        }
        if let Some(id) = id {
            if !named.insert(id) {
                faults.add(&format!("tickets[{n}].id"), "was named before");
            }
            items.push(BulkItem { id, expected });
        }
    }
    items
}

fn read_change(mut fields: Map<String, Value>, faults: &mut Faults) -> BulkChange {
    const WRITABLE: &str = "category, priority, status";
    let is_empty = fields.is_empty();
    let change = BulkChange {
        category: word(&mut fields, "category", faults),
        priority: word(&mut fields, "priority", faults),
        status: word(&mut fields, "status", faults),
    };
    if is_empty {
        faults.add("change", format!("must name at least one of: {WRITABLE}"));
    }
    // what would be left undone must not look done
    for name in fields.keys() {
        let message = format!("is no field that can be changed here; those are: {WRITABLE}");
        faults.add(&format!("change.{name}"), message);
    }
    change
}

fn word<W: Word>(fields: &mut Map<String, Value>, name: &str, faults: &mut Faults) -> Option<W> {
    let word = fields.remove(name)?.as_str().and_then(W::from_word);
    if word.is_none() {
        faults.add(&format!("change.{name}"), format!("must be one of: {}", W::choices()));
    }
    word
}
