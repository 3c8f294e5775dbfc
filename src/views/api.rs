//! Views over HTTP.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NewView, Outcome, SHELF_MAX, Shelf, View, ViewName, ViewPatch, ViewQuery, Viewer};
use crate::{
    auth::{
        Who,
        identity::{Identity, is_open},
    },
    error::{Error, Result},
    http::{
        App,
        extract::{Fields, Id, JsonObject},
        problem::Problem,
    },
    tickets::{
        PageRequest, TicketFilter,
        api::{etag, expected_version},
    },
};

/// What waits for an agent to confirm or change what a machine chose.
const NEEDS_CHECK: &str = "status=open,in_progress&decided=false";

/// Views that are counted at the same time.
const COUNTED_AT_ONCE: usize = 4;

/// Who owns a view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewOwner {
    id: i64,
    name: String,
}

/// A view as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = View)]
pub struct ViewBody {
    #[schema(example = 3)]
    id: i64,
    #[schema(min_length = 1, max_length = 60, example = "Urgent invoices")]
    name: String,
    /// The list's conditions, as they stand in its URL; empty for all tickets.
    #[schema(max_length = 8_000, example = "category=billing&priority=high,critical&status=open")]
    query: String,
    /// Whether everybody sees it, or only its owner.
    is_shared: bool,
    /// Null: nobody, since its owner's account is gone or nobody signs in here.
    #[schema(required)]
    owner: Option<ViewOwner>,
    /// Whether who asks may change and delete it.
    may_change: bool,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// One more with each change; in quotes it is the `ETag`. To move it is no change of it.
    #[schema(example = 1)]
    version: i64,
}

impl ViewBody {
    fn new(view: View, viewer: Viewer) -> Self {
        Self {
            id: view.id,
            name: view.name,
            query: view.query,
            is_shared: view.shelf.is_shared(),
            owner: view.shelf.owner().zip(view.owner_name).map(|(id, name)| ViewOwner { id, name }),
            may_change: viewer.may_change(view.shelf),
            created_at: view.created_at,
            updated_at: view.updated_at,
            version: view.version,
        }
    }

    fn answer(view: View, viewer: Viewer) -> Response {
        (etag(view.version), Json(Self::new(view, viewer))).into_response()
    }
}

/// A view, and how many tickets it shows now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedView {
    #[serde(flatten)]
    view: ViewBody,
    /// Exact, or null where counting would cost a scan.
    #[schema(required, example = 14)]
    count: Option<u64>,
}

/// A view that everybody has.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuiltInView {
    /// The list's conditions, as they stand in its URL.
    #[schema(example = "status=open,in_progress&decided=false")]
    query: &'static str,
    count: u64,
}

/// The views that somebody sees: those that everybody sees, then their own, each in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewList {
    /// How many tickets there are.
    total: u64,
    /// What agents have not decided yet of what they work on.
    needs_check: BuiltInView,
    results: Vec<CountedView>,
}

/// A view to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct CreateView {
    #[schema(min_length = 1, max_length = 60, example = "Urgent invoices")]
    name: String,
    /// The list's conditions, as they stand in its URL. What the list does not know is refused here.
    #[schema(max_length = 8_000, example = "category=billing&priority=high,critical&status=open")]
    query: String,
    /// Whether everybody is to see it. Left out: only who makes it, or everybody where they did not
    /// sign in.
    #[schema(nullable = false)]
    is_shared: Option<bool>,
}

/// A change of a view: any subset of its fields.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct UpdateView {
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    name: Option<String>,
    #[schema(max_length = 8_000, nullable = false)]
    query: Option<String>,
    /// Only its owner may take back what is shared.
    #[schema(nullable = false)]
    is_shared: Option<bool>,
    /// Its place among those of its kind, from 1; beyond the last it is the last.
    #[schema(minimum = 1, maximum = 50, nullable = false)]
    position: Option<u32>,
}

/// The views of who asks, each with how many tickets it shows now.
#[utoipa::path(get, path = "/api/views/", tag = "views", responses(
    (status = 200, body = ViewList),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_views(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<Json<ViewList>, Problem> {
    let viewer = viewer(&app, &identity);
    let views = app.store.views(viewer.account).await?;
    let total = count(&app, TicketFilter::default()).await?.unwrap_or_default();
    let open = ViewQuery::parse(NEEDS_CHECK)?.into_filter();
    let count_open = count(&app, open).await?.unwrap_or_default();
    let needs_check = BuiltInView { query: NEEDS_CHECK, count: count_open };
    let counted = stream::iter(views).map(async |view| {
        // what an older or newer program kept may be none of this one's conditions
        let count = match ViewQuery::parse(&view.query) {
            Ok(query) => count(&app, query.into_filter()).await?,
            Err(_) => None,
        };
        Ok::<_, Error>(CountedView { view: ViewBody::new(view, viewer), count })
    });
    let results = counted.buffered(COUNTED_AT_ONCE).try_collect().await?;
    Ok(Json(ViewList { total, needs_check, results }))
}

/// How many tickets the list would say there are.
async fn count(app: &App, filter: TicketFilter) -> Result<Option<u64>> {
    Ok(app.store.tickets(PageRequest { filter, cursor: None, limit: 1 }).await?.count)
}

/// Keeps a view.
#[utoipa::path(post, path = "/api/views/", tag = "views", request_body = CreateView, responses(
    (status = 201, body = ViewBody, headers(("ETag" = String), ("Location" = String))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json",
        description = "there are as many views as may be"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_view(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<Response, Problem> {
    let viewer = viewer(&app, &identity);
    let mut fields = Fields::new(body);
    let name = fields.required_text("name", |raw| ViewName::parse(&raw));
    let raw = fields.required_text("query", Ok);
    let is_shared = fields.flag("is_shared");
    let shelf = match (viewer.account, is_shared.unwrap_or(viewer.account.is_none())) {
        (owner, true) => Some(Shelf::Shared(owner)),
        (Some(owner), false) => Some(Shelf::Personal(owner)),
        (None, false) => {
            let rule = "must be true: a view of one's own needs an account";
            fields.fault("is_shared", rule);
            None
        }
    };
    let query = checked(fields.check(), raw)?;
    let (Some(name), Some(query), Some(shelf)) = (name, query, shelf) else {
        return Err(Error::Internal("a fault was not noted".to_owned()).into());
    };
    let new = NewView { name, query, shelf, created_at: app.clock.now() };
    let view = app.store.create_view(new).await?;
    let location = [(header::LOCATION, format!("/api/views/{}/", view.id))];
    Ok((StatusCode::CREATED, location, ViewBody::answer(view, viewer)).into_response())
}

/// A view.
#[utoipa::path(get, path = "/api/views/{id}/", tag = "views",
    params(("id" = i64, Path, description = "The view's id")), responses(
    (status = 200, body = ViewBody, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_view(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<Response, Problem> {
    let viewer = viewer(&app, &identity);
    let view = app.store.view(id, viewer).await?.ok_or_else(missing)?;
    Ok(ViewBody::answer(view, viewer))
}

/// Changes a view: all of what is named, or nothing. One that everybody sees is changed by its owner or an
/// admin; where access is open, by everybody if it has no owner.
#[utoipa::path(patch, path = "/api/views/{id}/", tag = "views", request_body = UpdateView,
    params(("id" = i64, Path, description = "The view's id"),
        ("If-Match" = Option<String>, Header, nullable = false, description = "The ETag that the change is made to")),
    responses(
    (status = 200, body = ViewBody, headers(("ETag" = String))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json",
        description = "there are as many views of the other kind as may be"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn update_view(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let viewer = viewer(&app, &identity);
    let mut fields = Fields::new(body);
    let name = fields.text("name", |raw| ViewName::parse(&raw));
    let raw = fields.text("query", Ok);
    let is_shared = fields.flag("is_shared");
    let position = fields.number("position", 1..=SHELF_MAX as i64);
    let query = checked(fields.check(), raw)?;
    let position = position.and_then(|position| usize::try_from(position).ok());
    let patch = ViewPatch { name, query, is_shared, position };
    let expected = expected_version(&headers);
    let changed = app.store.change_view(id, patch, expected, viewer, app.clock.now()).await?;
    Ok(ViewBody::answer(done(changed)?, viewer))
}

/// Deletes a view. The tickets stay as they are.
#[utoipa::path(delete, path = "/api/views/{id}/", tag = "views",
    params(("id" = i64, Path, description = "The view's id"),
        ("If-Match" = Option<String>, Header, nullable = false, description = "The ETag that is deleted")),
    responses(
    (status = 204, description = "it is gone"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_view(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let viewer = viewer(&app, &identity);
    done(app.store.delete_view(id, expected_version(&headers), viewer).await?)?;
    Ok(StatusCode::NO_CONTENT)
}

fn viewer(app: &App, identity: &Identity) -> Viewer {
    Viewer {
        account: identity.principal.account().map(|account| account.id),
        // a token is held to its scope here too
        is_admin: Who::Admins.check(&identity.principal, false).is_ok(),
        is_open: is_open(app),
    }
}

/// The conditions of a body: what is wrong with them stands beside what is wrong with its other fields.
fn checked(others: Result<()>, raw: Option<String>) -> Result<Option<ViewQuery>> {
    let query = raw.as_deref().map(ViewQuery::parse).transpose();
    match (others, query) {
        (Ok(()), query) => query,
        (Err(Error::Invalid(mut faults)), Err(Error::Invalid(more))) => {
            faults.extend(more);
            Err(faults.into())
        }
        (Err(error), _) => Err(error),
    }
}

fn missing() -> Problem {
    Problem::not_found("view")
}

fn done<T>(outcome: Outcome<T>) -> Result<T, Problem> {
    match outcome {
        Outcome::Done(done) => Ok(done),
        Outcome::Missing => Err(missing()),
        Outcome::Forbidden => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "only who shares this view may do that, or an admin; save it as a view of your own",
        )),
    }
}
