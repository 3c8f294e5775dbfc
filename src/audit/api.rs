//! Security events over HTTP: for admins.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{AuditEvent, AuditFilter};
use crate::{
    auth::identity::Identity,
    csv,
    error::Result,
    http::{App, problem::Problem, query::Parameters},
};

/// Events on a page where the request does not say.
const LIMIT_DEFAULT: u16 = 50;

/// Most events on a page.
const LIMIT_MAX: u16 = 200;

/// Events that an export reads at a time.
const EXPORT_PART: u32 = 1_000;

/// The columns of an export.
const EXPORT_COLUMNS: [&str; 7] = ["id", "at", "action", "actor_id", "actor", "subject", "address"];

/// A security event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEvent)]
pub struct AuditEventBody {
    id: i64,
    at: Timestamp,
    #[schema(example = "session.created")]
    action: String,
    /// The account of who did it.
    #[schema(required)]
    actor_id: Option<i64>,
    /// Who did it, by the name they had then.
    actor: String,
    /// What it was done to.
    subject: String,
    /// Where they came from.
    address: String,
}

impl From<AuditEvent> for AuditEventBody {
    fn from(event: AuditEvent) -> Self {
        Self {
            id: event.id,
            at: event.at,
            action: event.action,
            actor_id: event.actor_id,
            actor: event.actor,
            subject: event.subject,
            address: event.address,
        }
    }
}

/// Security events, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditPage {
    /// Where the older ones are; null at the end.
    #[schema(required)]
    next: Option<String>,
    results: Vec<AuditEventBody>,
}

/// Which events.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct ListAuditEvents {
    /// Actions that begin with this: `session.`, `account.created`.
    #[param(max_length = 60)]
    action: Option<String>,
    /// By this account.
    actor_id: Option<i64>,
    /// Older than the event with this id.
    before: Option<i64>,
    /// Events on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// What happened, the newest first.
#[utoipa::path(get, path = "/api/audit/", tag = "administration", params(ListAuditEvents), responses(
    (status = 200, body = AuditPage),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_audit_events(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<AuditPage>, Problem> {
    let mut parameters = Parameters::new(query.as_deref().unwrap_or_default());
    let filter = AuditFilter {
        action: parameters.value("action").map(str::to_owned),
        actor_id: number(&mut parameters, "actor_id"),
        before: number(&mut parameters, "before"),
    };
    let limit = parameters.limit(LIMIT_DEFAULT, LIMIT_MAX);
    if filter.action.as_ref().is_some_and(|action| action.chars().count() > 60) {
        parameters.fault("action", "must have at most 60 characters");
    }
    if filter.action.as_ref().is_some_and(|action| action.contains('\0')) {
        parameters.fault("action", "must not contain U+0000");
    }
    parameters.check()?;
    let mut events = app.store.audit_events(filter, u32::from(limit) + 1).await?;
    let has_more = events.len() > usize::from(limit);
    events.truncate(usize::from(limit));
    let next = events.last().filter(|_| has_more).map(|last| {
        let mut query = parameters.encode_without("before");
        format!("/api/audit/?{}", query.append_pair("before", &last.id.to_string()).finish())
    });
    Ok(Json(AuditPage { next, results: events.into_iter().map(AuditEventBody::from).collect() }))
}

fn number(parameters: &mut Parameters, name: &'static str) -> Option<i64> {
    match parameters.value(name).map(str::parse::<i64>) {
        None => None,
        Some(Ok(number)) if number > 0 => Some(number),
        Some(_) => {
            parameters.fault(name, "must be a positive number");
            None
        }
    }
}

/// Every event as CSV (RFC 4180), the newest first.
#[utoipa::path(get, path = "/api/audit/export/", tag = "administration", responses(
    (status = 200, body = String, content_type = "text/csv"),
))]
pub async fn export_audit_events(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<Response, Problem> {
    identity.record(&app, "audit.exported", None, "").await?;
    let head = csv::lines([EXPORT_COLUMNS])?;
    // part by part, so that any number of events takes the same memory
    let parts = stream::unfold((Some(None), Some(head)), move |(before, head)| {
        let app = app.clone();
        async move {
            if let Some(head) = head {
                return Some((Ok(head), (before, None)));
            }
            let filter = AuditFilter { before: before?, ..AuditFilter::default() };
            match app.store.audit_events(filter, EXPORT_PART).await {
                Ok(events) => {
                    let last = events.last()?.id;
                    Some((csv::lines(events.iter().map(record)), (Some(Some(last)), None)))
                }
                // the client sees that the answer broke off, and does not take it for whole
                Err(error) => Some((Err(error), (None, None))),
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    // compression asks once more after the end
    Ok((headers, Body::from_stream(parts.fuse())).into_response())
}

fn record(event: &AuditEvent) -> [String; 7] {
    let event = event.clone();
    let actor_id = event.actor_id.map(|id| id.to_string()).unwrap_or_default();
    let (id, at) = (event.id.to_string(), event.at.to_string());
    [id, at, event.action, actor_id, event.actor, event.subject, event.address]
}
