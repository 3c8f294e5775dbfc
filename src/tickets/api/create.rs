//! Filing a ticket.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    actor,
    robots::refuse_robots,
    suggestion::{refine_later, shown, suggest},
    wire::{TicketBody, etag},
};
use crate::{
    auth::identity::{Identity, is_open},
    classify::TicketText,
    error::{Error, Result},
    http::{
        App,
        extract::{Fields, JsonObject},
        problem::Problem,
    },
    tickets::{
        ActorKind, Category, Description, Filed, FollowKey, IdempotencyKey, NewTicket, Priority,
        Source, Status, TicketSuggestion, Title, Word,
    },
};

/// A ticket to be filed. What is left out (or null) of category and priority, the server chooses.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct CreateTicket {
    /// Trimmed; not blank.
    #[schema(min_length = 1, max_length = 200, example = "Charged twice")]
    title: String,
    /// Kept as it is; not blank.
    #[schema(min_length = 1, max_length = 50_000, example = "Two charges, please refund one.")]
    description: String,
    category: Option<Category>,
    priority: Option<Priority>,
    /// Who chose `category`: the person (`requester`, as when it is left out), or the classifier
    /// whose suggestion they left as it stood.
    category_source: Option<Source>,
    /// The same of `priority`.
    priority_source: Option<Source>,
    status: Option<Status>,
    /// Of the suggestion that the form showed last, so that it is kept with the ticket. One that this
    /// server never gave out, or more than a day ago, is passed over.
    #[schema(max_length = 2_000)]
    suggestion_id: Option<String>,
    /// A trap for programs that fill in forms: people do not see the field, and it stays empty.
    website: Option<String>,
    /// How long the form was open, in milliseconds; a stranger's that was too fast is refused.
    #[schema(minimum = 0)]
    filled_in_ms: Option<i64>,
}

/// The answer to a filed ticket: the ticket, and the link to it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FiledTicket)]
pub struct FiledTicketBody {
    #[serde(flatten)]
    ticket: TicketBody,
    /// The page on which its holder, without an account, sees where the ticket stands. It is told
    /// here and nowhere else; asking again under the same `Idempotency-Key` gives a new one, and the
    /// one before ends.
    #[schema(example = "/follow/17-6f1c0d5b9a3e4f8872d1c0b9a8f7e6d5")]
    follow_url: String,
}

/// Files a ticket. The same `Idempotency-Key` and body again, within 24 hours, answers with the
/// first ticket.
#[utoipa::path(post, path = "/api/tickets/", tag = "tickets", request_body = CreateTicket,
    params(("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255,
        pattern = "^[!-~]+$", description = "Visible ASCII characters; a new one for each ticket")),
    responses(
    (status = 201, body = FiledTicketBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_ticket(
    State(app): State<Arc<App>>,
    identity: Identity,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let is_stranger = !is_open(&app) && identity.principal.account().is_none();
    let (mut request, key) = read_create(&headers, body, is_stranger)?;
    let category = request.category.map(|(word, _)| word);
    let priority = request.priority.map(|(word, _)| word);
    let text = TicketText {
        title: request.title.as_str().to_owned(),
        description: request.description.as_str().to_owned(),
        ..TicketText::default()
    };
    let fingerprint = text.fingerprint();
    let shown = request.suggestion_id.as_deref().and_then(|id| shown(&app, id, &text));
    let mut suggestions: Vec<_> = shown.into_iter().collect();
    let mut late = None;
    if category.is_none() || priority.is_none() {
        let advice = suggest(&app, text).await;
        if let Some(now) = advice.now {
            let what = &now.suggested;
            request.category.get_or_insert((what.category, what.source));
            request.priority.get_or_insert((what.unseen_priority(), what.source));
            // the form's own suggestion over again is no second one
            if !suggestions.iter().any(|one| one.same_text && one.suggested.repeats(what)) {
                suggestions.push(now);
            }
        }
        late = advice.later;
    }
    let beside = move |one: TicketSuggestion| one.beside(category, priority);
    let key = key.map(|key| owned(key, &identity));
    let link = FollowKey::random();
    let new = NewTicket {
        title: request.title,
        description: request.description,
        category: request.category.unwrap_or((Category::General, Source::Default)),
        priority: request.priority.unwrap_or((Priority::Medium, Source::Default)),
        status: request.status,
        created_at: app.clock.now(),
        follow_sha256: Some(link.sha256()),
        suggestions: suggestions.into_iter().map(beside).collect(),
    };
    let filed = app.store.create_ticket(new, key, actor(ActorKind::Requester, &identity)).await?;
    if let (Some(shadow), Filed::New(ticket)) = (&app.shadow, &filed) {
        shadow.offer(ticket.id, fingerprint);
    }
    if let (Some(late), Filed::New(ticket)) = (late, &filed) {
        refine_later(app, ticket.id, late, beside);
    }
    let replayed = matches!(filed, Filed::Before(_));
    let ticket = filed.into_ticket();
    let location = format!("/api/tickets/{}/", ticket.id);
    let follow_url = format!("/follow/{}", link.secret(ticket.id));
    let etag = etag(ticket.version);
    let body = FiledTicketBody { ticket: ticket.into(), follow_url };
    let mut response = (StatusCode::CREATED, etag, Json(body)).into_response();
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        response.headers_mut().insert(name, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Files a ticket, just as `POST /api/tickets/` does.
#[utoipa::path(post, path = "/api/tickets/create/", tag = "tickets", request_body = CreateTicket,
    params(("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255,
        pattern = "^[!-~]+$", description = "Visible ASCII characters; a new one for each ticket")),
    responses(
    (status = 201, body = FiledTicketBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_ticket_at_create(
    app: State<Arc<App>>,
    identity: Identity,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    create_ticket(app, identity, headers, body).await
}

/// What a person asked to file.
struct Request {
    title: Title,
    description: Description,
    category: Option<(Category, Source)>,
    priority: Option<(Priority, Source)>,
    status: Status,
    suggestion_id: Option<String>,
}

fn read_create(
    headers: &HeaderMap,
    body: JsonObject,
    is_stranger: bool,
) -> Result<(Request, Option<IdempotencyKey>)> {
    let mut fields = Fields::new(body);
    refuse_robots(&mut fields, is_stranger);
    for optional in
        ["category", "priority", "category_source", "priority_source", "status", "suggestion_id"]
    {
        fields.null_is_absent(optional);
    }
    let title = fields.required_text("title", |raw| Title::parse(&raw));
    let description = fields.required_text("description", Description::parse);
    let category = choice::<Category>(&mut fields, "category", "category_source");
    let priority = choice::<Priority>(&mut fields, "priority", "priority_source");
    let status = fields.word("status").unwrap_or(Status::Open);
    let suggestion_id = fields.text("suggestion_id", Ok);
    let key = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
    if key.is_some_and(|key| {
        !(1..=255).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic())
    }) {
        fields.fault("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
    }
    fields.check()?;
    let (Some(title), Some(description)) = (title, description) else {
        return Err(Error::Internal("a fault was not noted".to_owned()));
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
    Ok((Request { title, description, category, priority, status, suggestion_id }, key))
}

/// The key as its owner's: somebody else's key that reads the same is another one. A stranger's stands
/// for itself, since nobody knows strangers apart.
fn owned(key: IdempotencyKey, identity: &Identity) -> IdempotencyKey {
    let Some(account) = identity.principal.account() else { return key };
    let owner = account.id.to_string();
    let hash = sha256([&owner, &key.key]);
    let hash = hash.map(|byte| format!("{byte:02x}")).concat();
    IdempotencyKey { key: format!("account/{owner}/{hash}"), ..key }
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
