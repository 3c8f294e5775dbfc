//! One's API tokens over HTTP.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::oneself;
use crate::{
    accounts::{PersonName, Role},
    auth::{ApiToken, NewToken, Scope, TOKEN_DAYS_MAX, identity::Identity},
    error::Result,
    http::{
        App,
        extract::{Fields, Id, JsonObject},
        problem::Problem,
    },
};

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiToken)]
pub struct ApiTokenBody {
    id: i64,
    /// Its owner's word for it.
    name: String,
    /// Its first characters, to recognise it by.
    #[schema(example = "fdk_3xYz")]
    hint: String,
    scope: Scope,
    created_at: Timestamp,
    expires_at: Timestamp,
    /// To the minute.
    #[schema(required)]
    last_used_at: Option<Timestamp>,
}

impl From<ApiToken> for ApiTokenBody {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            hint: token.hint,
            scope: token.scope,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
        }
    }
}

/// Tokens, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokenList {
    /// At most 1,000.
    pub results: Vec<ApiTokenBody>,
}

/// A new token and its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedApiToken {
    #[serde(flatten)]
    about: ApiTokenBody,
    /// Shown once.
    token: String,
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct CreateApiToken {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    scope: Scope,
    /// Its life.
    #[schema(minimum = 1, maximum = 366)]
    days: i64,
}

/// One's tokens.
#[utoipa::path(get, path = "/api/tokens/", tag = "session", responses(
    (status = 200, body = ApiTokenList),
))]
pub async fn list_tokens(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<Json<ApiTokenList>, Problem> {
    let (_, account) = oneself(&identity)?;
    let tokens = app.store.tokens(Some(account.id)).await?;
    Ok(Json(ApiTokenList { results: tokens.into_iter().map(ApiTokenBody::from).collect() }))
}

/// Makes a token.
#[utoipa::path(post, path = "/api/tokens/", tag = "session", request_body = CreateApiToken, responses(
    (status = 201, body = CreatedApiToken),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_token(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<impl IntoResponse, Problem> {
    let (_, account) = oneself(&identity)?;
    let mut fields = Fields::new(body);
    let name = fields.required_text("name", |raw| PersonName::parse(&raw));
    let scope = fields.required_word::<Scope>("scope");
    if !fields.has("days") {
        fields.fault("days", "is required");
    }
    let days = fields.number("days", 1..=TOKEN_DAYS_MAX);
    if scope == Some(Scope::Admin) && account.role != Role::Admin {
        fields.fault("scope", "only an admin's token can have the scope admin");
    }
    fields.check()?;
    let (Some(name), Some(scope), Some(days)) = (name, scope, days) else {
        return Err(crate::error::Error::Internal("a fault was not noted".to_owned()).into());
    };
    let (new, token) = NewToken::random(account.id, &name, scope, days, app.clock.now());
    let kept = app.store.create_token(new).await?;
    identity.record(&app, "token.created", None, &subject(&kept)).await?;
    Ok((StatusCode::CREATED, Json(CreatedApiToken { about: kept.into(), token })))
}

/// Revokes one of one's tokens.
#[utoipa::path(delete, path = "/api/tokens/{id}/", tag = "session",
    params(("id" = i64, Path, description = "The token's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_token(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let (_, account) = oneself(&identity)?;
    let deleted = app.store.delete_token(id, Some(account.id)).await?;
    let deleted = deleted.ok_or_else(|| Problem::not_found("token"))?;
    identity.record(&app, "token.revoked", None, &subject(&deleted)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A token in a record.
pub fn subject(token: &ApiToken) -> String {
    format!("{} ({}, {})", token.name, token.hint, token.scope)
}
