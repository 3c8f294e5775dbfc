//! Tickets over HTTP.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::{
    Category, Description, Filed, IdempotencyKey, NewTicket, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX,
    PageRequest, Priority, Search, Source, Status, Ticket, TicketFilter, TicketPatch, Title, Word,
};
use crate::{
    classify::{Suggestion, TicketText},
    error::Result,
    http::{
        App,
        extract::{Fields, Id, JsonObject},
        problem::Problem,
        query::Parameters,
    },
};

/// How long filing a ticket waits for a suggestion that it was not given. What comes later still
/// improves the ticket, but nobody waits for it.
const SUGGESTION_PATIENCE: Duration = Duration::from_millis(300);

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

/// One page of tickets, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketPage)]
pub struct PageBody {
    /// How many tickets match: exact, or null where counting would cost a scan.
    #[schema(required, example = 124)]
    count: Option<u64>,
    /// Where the older tickets are; null at the end.
    #[schema(required)]
    next: Option<String>,
    /// Where the newer tickets are; null at the start.
    #[schema(required)]
    previous: Option<String>,
    results: Vec<TicketBody>,
}

/// A ticket to be filed. What is left out (or null) of category and priority, the server chooses.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct CreateTicket {
    /// Trimmed; not blank.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// Kept as it is; not blank.
    #[schema(min_length = 1, max_length = 50_000)]
    description: String,
    category: Option<Category>,
    priority: Option<Priority>,
    /// Who chose `category`: the person (`requester`, as when it is left out), or the classifier
    /// whose suggestion they left as it stood.
    category_source: Option<Source>,
    /// The same of `priority`.
    priority_source: Option<Source>,
    status: Option<Status>,
}

/// A change of a ticket: any subset of its fields, none of them null.
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
    #[schema(nullable = false)]
    status: Option<Status>,
}

/// The list's parameters. Conditions compose (AND); several values of one, comma-separated or
/// repeated, are alternatives (OR); an empty value is no condition.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct ListTickets {
    #[param(inline, style = Form, explode = false)]
    category: Option<Vec<Category>>,
    #[param(inline, style = Form, explode = false)]
    priority: Option<Vec<Priority>>,
    #[param(inline, style = Form, explode = false)]
    status: Option<Vec<Status>>,
    /// A substring of title or description, in any case, every character literal.
    #[param(max_length = 500)]
    search: Option<String>,
    /// Filed at or after this time (RFC 3339) or the start of this day (UTC).
    created_after: Option<String>,
    /// Filed before this time or the start of this day.
    created_before: Option<String>,
    /// Tickets on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
    /// From `next` or `previous` of a page.
    cursor: Option<String>,
}

/// A page of tickets, newest first.
#[utoipa::path(get, path = "/api/tickets/", tag = "tickets", params(ListTickets), responses(
    (status = 200, body = PageBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_tickets(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<PageBody>, Problem> {
    let mut parameters = Parameters::new(query.as_deref().unwrap_or_default());
    let request = page_request(&mut parameters)?;
    let page = app.store.tickets(request).await?;
    let link = |cursor: Option<super::Cursor>| {
        let mut query = parameters.encode_without("cursor");
        Some(format!(
            "/api/tickets/?{}",
            query.append_pair("cursor", &cursor?.to_string()).finish()
        ))
    };
    Ok(Json(PageBody {
        count: page.count,
        next: link(page.older),
        previous: link(page.newer),
        results: page.tickets.into_iter().map(TicketBody::from).collect(),
    }))
}

fn page_request(parameters: &mut Parameters) -> Result<PageRequest> {
    let search = match Search::parse(parameters.value("search").unwrap_or_default()) {
        Ok(search) => search,
        Err(message) => {
            parameters.fault("search", message);
            None
        }
    };
    let limit = match parameters.value("limit").map(str::parse::<u16>) {
        None => PAGE_LIMIT_DEFAULT,
        Some(Ok(limit)) if (1..=PAGE_LIMIT_MAX).contains(&limit) => limit,
        Some(_) => {
            parameters.fault("limit", format!("must be a number from 1 to {PAGE_LIMIT_MAX}"));
            PAGE_LIMIT_DEFAULT
        }
    };
    let cursor = match parameters.value("cursor").map(str::parse).transpose() {
        Ok(cursor) => cursor,
        Err(message) => {
            parameters.fault("cursor", message);
            None
        }
    };
    let filter = TicketFilter {
        categories: parameters.words("category"),
        priorities: parameters.words("priority"),
        statuses: parameters.words("status"),
        search,
        created_from: parameters.instant("created_after"),
        created_before: parameters.instant("created_before"),
    };
    parameters.check()?;
    Ok(PageRequest { filter, cursor, limit })
}

/// Files a ticket. The same `Idempotency-Key` and body again, within 24 hours, answers with the
/// first ticket.
#[utoipa::path(post, path = "/api/tickets/", tag = "tickets", request_body = CreateTicket,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters")),
    responses(
    (status = 201, body = TicketBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_ticket(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let (mut request, key) = read_create(&headers, body)?;
    let mut late = None;
    if request.category.is_none() || request.priority.is_none() {
        let text = TicketText {
            title: request.title.as_str().to_owned(),
            description: request.description.as_str().to_owned(),
        };
        let suggested = suggest(&app, text).await;
        if let Some(suggestion) = suggested.now {
            request.category.get_or_insert((suggestion.category, suggestion.source));
            request.priority.get_or_insert((suggestion.priority, suggestion.source));
        }
        late = suggested.later;
    }
    let new = NewTicket {
        title: request.title,
        description: request.description,
        category: request.category.unwrap_or((Category::General, Source::Default)),
        priority: request.priority.unwrap_or((Priority::Medium, Source::Default)),
        status: request.status,
        created_at: app.clock.now(),
    };
    let filed = app.store.create_ticket(new, key).await?;
    if let (Some(late), Filed::New(ticket)) = (late, &filed) {
        refine_later(app, ticket.id, late);
    }
    let replayed = matches!(filed, Filed::Before(_));
    let ticket = filed.into_ticket();
    let location = format!("/api/tickets/{}/", ticket.id);
    let mut response = (StatusCode::CREATED, with_etag(ticket)).into_response();
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        response.headers_mut().insert(name, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// The same, at the original's path.
#[utoipa::path(post, path = "/api/tickets/create/", tag = "tickets", request_body = CreateTicket,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters")),
    responses(
    (status = 201, body = TicketBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_ticket_at_create(
    app: State<Arc<App>>,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    create_ticket(app, headers, body).await
}

/// What a person asked to file.
struct Request {
    title: Title,
    description: Description,
    category: Option<(Category, Source)>,
    priority: Option<(Priority, Source)>,
    status: Status,
}

fn read_create(headers: &HeaderMap, body: JsonObject) -> Result<(Request, Option<IdempotencyKey>)> {
    let mut fields = Fields::new(body);
    for optional in ["category", "priority", "category_source", "priority_source", "status"] {
        fields.null_is_absent(optional);
    }
    let title = fields.required_text("title", |raw| Title::parse(&raw));
    let description = fields.required_text("description", Description::parse);
    let category = choice::<Category>(&mut fields, "category", "category_source");
    let priority = choice::<Priority>(&mut fields, "priority", "priority_source");
    let status = fields.word("status").unwrap_or(Status::Open);
    let key = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
    if key.is_some_and(|key| {
        !(1..=255).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic())
    }) {
        fields.fault("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
    }
    fields.check()?;
    let (Some(title), Some(description)) = (title, description) else {
        return Err(crate::error::Error::Internal("a fault was not noted".to_owned()));
    };
    let key = key.map(|key| IdempotencyKey {
        key: key.to_owned(),
        // of what was understood, so that white space in the JSON makes no other request
        request_sha256: sha256([
            title.as_str(),
            description.as_str(),
            category.map_or("", |(word, _)| word.as_str()),
            category.map_or("", |(_, source)| source.as_str()),
            priority.map_or("", |(word, _)| word.as_str()),
            priority.map_or("", |(_, source)| source.as_str()),
            status.as_str(),
        ]),
    });
    Ok((Request { title, description, category, priority, status }, key))
}

/// A word that was sent, and who chose it: the person, or the classifier whose suggestion they left
/// as it stood.
fn choice<W: Word>(fields: &mut Fields, name: &str, source_name: &str) -> Option<(W, Source)> {
    let is_sent = fields.has(name);
    let word = fields.word(name);
    let source = fields.word(source_name);
    if matches!(source, Some(Source::Agent | Source::Default)) {
        fields.fault(
            source_name,
            "must be requester, or the classifier whose suggestion was left as it stood: \
             gemini, anthropic, openai, local",
        );
    }
    if source.is_some() && !is_sent {
        fields.fault(source_name, format!("says who chose the {name}, and no {name} was sent"));
    }
    Some((word?, source.unwrap_or(Source::Requester)))
}

/// Of several texts, each with its length, so that no two lists of texts are alike.
fn sha256<const N: usize>(parts: [&str; N]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// What there is to go by when a ticket is filed.
struct Suggested {
    /// The answer, or what the embedded classifier says meanwhile.
    now: Option<Suggestion>,
    /// The task that still waits for the answer.
    later: Option<tokio::task::JoinHandle<Option<Suggestion>>>,
}

async fn suggest(app: &Arc<App>, text: TicketText) -> Suggested {
    let classification = app.classification.clone();
    let question = text.clone();
    let mut task = tokio::spawn(async move {
        classification.classify(&question).await.ok().map(|answer| answer.suggestion)
    });
    match tokio::time::timeout(SUGGESTION_PATIENCE, &mut task).await {
        Ok(answer) => Suggested { now: answer.ok().flatten(), later: None },
        Err(_) => Suggested { now: app.classification.at_once(&text).await, later: Some(task) },
    }
}

/// Improves a filed ticket once its suggestion is there. A server that ends meanwhile leaves the
/// ticket as it was acknowledged.
fn refine_later(app: Arc<App>, id: i64, late: tokio::task::JoinHandle<Option<Suggestion>>) {
    tokio::spawn(async move {
        let Ok(Some(suggestion)) = late.await else { return };
        if let Err(error) = app.store.refine_ticket(id, suggestion, app.clock.now()).await {
            tracing::warn!(%error, ticket.id = id, "a late suggestion was lost");
        }
    });
}

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

/// Changes a ticket: all of what is named, or nothing.
#[utoipa::path(patch, path = "/api/tickets/{id}/", tag = "tickets", request_body = UpdateTicket,
    params(("id" = i64, Path, description = "The ticket's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag that the change is made to")),
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
    Id(id): Id,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let patch = read_patch(body)?;
    let expected = match headers.get(header::IF_MATCH).map(HeaderValue::to_str) {
        None | Some(Ok("*")) => None,
        // several tags are legal and senseless here: a ticket has one version at a time
        Some(Ok(tag)) => Some(version_of(tag).unwrap_or(0)),
        Some(Err(_)) => Some(0),
    };
    let changed = app.store.patch_ticket(id, patch, expected, app.clock.now()).await?;
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

fn with_etag(ticket: Ticket) -> impl IntoResponse {
    ([(header::ETAG, format!("\"{}\"", ticket.version))], Json(TicketBody::from(ticket)))
}

/// The version inside an entity tag, which compression may have made a weak one.
fn version_of(tag: &str) -> Option<i64> {
    tag.trim().trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn matches_version(tag: &str, version: i64) -> bool {
    tag.trim() == "*" || version_of(tag) == Some(version)
}
