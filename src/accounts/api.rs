//! Accounts over HTTP: for admins.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::IntoResponse,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Account, AccountPatch, EmailAddress, NewAccount, PersonName, Role};
use crate::{
    auth::{
        api::{
            session::SessionList,
            tokens::{ApiTokenBody, ApiTokenList, subject},
        },
        identity::Identity,
        link,
    },
    error::{Error, Result},
    http::{
        App,
        extract::{Fields, Id, JsonObject, parse_id},
        problem::Problem,
    },
};

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountBody {
    id: i64,
    #[schema(example = "ada@example.com")]
    email: String,
    name: String,
    role: Role,
    /// Whether it may sign in.
    is_active: bool,
    /// Whether a password was set.
    has_password: bool,
    /// Whether signing in takes a second factor.
    has_totp: bool,
    created_at: Timestamp,
    #[schema(required)]
    last_sign_in_at: Option<Timestamp>,
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role,
            is_active: account.is_active,
            has_password: account.has_password,
            has_totp: account.has_totp,
            created_at: account.created_at,
            last_sign_in_at: account.last_sign_in_at,
        }
    }
}

/// Accounts, by address.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountList {
    results: Vec<AccountBody>,
}

/// One account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountAnswer {
    account: AccountBody,
}

/// A new account, and the link with which its owner sets a password.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedAccount {
    account: AccountBody,
    /// For its owner; good once, for three days. Shown once.
    #[schema(example = "/welcome/3xYz...")]
    link: String,
}

/// A link that sets a password.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountLink {
    /// For the account's owner; good once, for three days. Shown once.
    #[schema(example = "/welcome/3xYz...")]
    link: String,
}

/// An account to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct CreateAccount {
    #[schema(max_length = 254)]
    email: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    role: Role,
}

/// A change of an account: any subset of its fields.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct UpdateAccount {
    #[schema(min_length = 1, max_length = 100, nullable = false)]
    name: Option<String>,
    #[schema(nullable = false)]
    role: Option<Role>,
    #[schema(nullable = false)]
    is_active: Option<bool>,
}

/// Everybody who works here.
#[utoipa::path(get, path = "/api/accounts/", tag = "administration", responses(
    (status = 200, body = AccountList),
))]
pub async fn list_accounts(State(app): State<Arc<App>>) -> Result<Json<AccountList>, Problem> {
    let accounts = app.store.accounts().await?;
    Ok(Json(AccountList { results: accounts.into_iter().map(AccountBody::from).collect() }))
}

/// Makes an account. It has no password yet.
#[utoipa::path(post, path = "/api/accounts/", tag = "administration", request_body = CreateAccount,
    responses(
    (status = 201, body = CreatedAccount),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_account(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = Fields::new(body);
    let email = fields.required_text("email", |raw| EmailAddress::parse(&raw));
    let name = fields.required_text("name", |raw| PersonName::parse(&raw));
    let role = fields.required_word("role");
    fields.check()?;
    let (Some(email), Some(name), Some(role)) = (email, name, role) else {
        return Err(Error::Internal("a fault was not noted".to_owned()).into());
    };
    let created_at = app.clock.now();
    let account = app.store.create_account(NewAccount { email, name, role, created_at }).await?;
    let link = new_link(&app, account.id).await?;
    let subject = format!("{} ({})", account.email, account.role);
    identity.record(&app, "account.created", None, &subject).await?;
    Ok((StatusCode::CREATED, Json(CreatedAccount { account: account.into(), link })))
}

async fn new_link(app: &App, id: i64) -> Result<String> {
    let secret = link::offer(&*app.store, Some(id), app.clock.now()).await?;
    Ok(format!("/welcome/{secret}"))
}

async fn existing(app: &App, id: i64) -> Result<Account, Problem> {
    app.store.account(id).await?.ok_or_else(|| Problem::not_found("account"))
}

/// Changes an account. One that is no longer active is signed out at once.
#[utoipa::path(patch, path = "/api/accounts/{id}/", tag = "administration",
    request_body = UpdateAccount, params(("id" = i64, Path, description = "The account's id")),
    responses(
    (status = 200, body = AccountAnswer),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
))]
pub async fn update_account(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
    body: JsonObject,
) -> Result<Json<AccountAnswer>, Problem> {
    let mut fields = Fields::new(body);
    let patch = AccountPatch {
        name: fields.text("name", |raw| PersonName::parse(&raw)),
        role: fields.word("role"),
        is_active: fields.flag("is_active"),
    };
    fields.check()?;
    let before = existing(&app, id).await?;
    let account = app.store.change_account(id, patch, app.clock.now()).await?;
    let account = account.ok_or_else(|| Problem::not_found("account"))?;
    let subject = difference(&before, &account);
    identity.record(&app, "account.changed", None, &subject).await?;
    Ok(Json(AccountAnswer { account: account.into() }))
}

/// What was changed of an account, from what to what.
fn difference(before: &Account, after: &Account) -> String {
    let active = |account: &Account| if account.is_active { "active" } else { "not active" };
    let fields = [
        ("name", before.name.as_str(), after.name.as_str()),
        ("role", before.role.as_str(), after.role.as_str()),
        ("state", active(before), active(after)),
    ];
    let mut text = after.email.clone();
    for (field, from, to) in fields.iter().filter(|(_, from, to)| from != to) {
        text.push_str(&format!("; {field}: {from} → {to}"));
    }
    text
}

/// Deletes an account. What it did stays on record under its name.
#[utoipa::path(delete, path = "/api/accounts/{id}/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_account(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let account = existing(&app, id).await?;
    if !app.store.delete_account(id).await? {
        return Err(Problem::not_found("account"));
    }
    identity.record(&app, "account.deleted", None, &account.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a link with which an account's owner sets a new password. Earlier links are void.
#[utoipa::path(post, path = "/api/accounts/{id}/link/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 201, body = AccountLink),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn create_account_link(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<impl IntoResponse, Problem> {
    let account = existing(&app, id).await?;
    let link = new_link(&app, id).await?;
    identity.record(&app, "link.created", None, &account.email).await?;
    Ok((StatusCode::CREATED, Json(AccountLink { link })))
}

/// Removes the second factor of who lost the device and the codes.
#[utoipa::path(delete, path = "/api/accounts/{id}/totp/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_account_totp(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let account = existing(&app, id).await?;
    app.store.set_totp(id, None).await?;
    identity.record(&app, "totp.removed", None, &account.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An account's sessions.
#[utoipa::path(get, path = "/api/accounts/{id}/sessions/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 200, body = SessionList),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_account_sessions(
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<Json<SessionList>, Problem> {
    existing(&app, id).await?;
    Ok(Json(SessionList::new(app.store.sessions(id, app.clock.now()).await?, None)))
}

/// Signs an account out everywhere.
#[utoipa::path(delete, path = "/api/accounts/{id}/sessions/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn end_account_sessions(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let account = existing(&app, id).await?;
    app.store.end_sessions(id, app.clock.now()).await?;
    identity.record(&app, "session.ended", None, &format!("all of {}", account.email)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An account's tokens.
#[utoipa::path(get, path = "/api/accounts/{id}/tokens/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id")), responses(
    (status = 200, body = ApiTokenList),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_account_tokens(
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<Json<ApiTokenList>, Problem> {
    existing(&app, id).await?;
    let tokens = app.store.tokens(Some(id)).await?;
    Ok(Json(ApiTokenList { results: tokens.into_iter().map(ApiTokenBody::from).collect() }))
}

/// Revokes an account's token.
#[utoipa::path(delete, path = "/api/accounts/{id}/tokens/{token_id}/", tag = "administration",
    params(("id" = i64, Path, description = "The account's id"),
        ("token_id" = i64, Path, description = "The token's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_account_token(
    State(app): State<Arc<App>>,
    identity: Identity,
    ids: Result<Path<(String, String)>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let missing = || Problem::not_found("token");
    let ids = ids.ok().and_then(|Path((id, token))| parse_id(&id).zip(parse_id(&token)));
    let (id, token_id) = ids.ok_or_else(missing)?;
    let deleted = app.store.delete_token(token_id, Some(id)).await?.ok_or_else(missing)?;
    identity.record(&app, "token.revoked", None, &subject(&deleted)).await?;
    Ok(StatusCode::NO_CONTENT)
}
