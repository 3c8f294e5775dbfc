//! One-time links over HTTP: who was invited, or forgot a password, sets one.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::begin;
use crate::{
    accounts::{EmailAddress, NewAccount, PersonName, Role, password::NewPassword},
    auth::{Link, LinkUse, Sha256Hash, identity::Identity, secret},
    error::Result,
    http::{
        App,
        extract::{Fields, JsonObject},
        problem::Problem,
    },
};

/// What a link is for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Link)]
pub struct LinkBody {
    /// `password`: sets the password of an account. `setup`: makes the first admin.
    #[schema(example = "password")]
    purpose: &'static str,
    /// Whose password it sets.
    #[schema(required)]
    email: Option<String>,
}

/// A link in use.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct UseLink {
    #[schema(min_length = 10, max_length = 1024)]
    password: String,
    /// The first admin's address.
    email: Option<String>,
    /// The first admin's name.
    name: Option<String>,
}

fn gone() -> Problem {
    Problem::not_found("link (any more): it was used, replaced, or is older than three days")
}

fn hash(secret: Result<Path<String>, PathRejection>) -> Result<Sha256Hash, Problem> {
    let secret = secret.ok().filter(|secret| secret.len() <= 128);
    secret.map(|Path(secret)| secret::sha256(&secret)).ok_or_else(gone)
}

/// What a link is for.
#[utoipa::path(get, path = "/api/links/{secret}/", tag = "session",
    params(("secret" = String, Path, description = "The link's last part")), responses(
    (status = 200, body = LinkBody),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_link(
    State(app): State<Arc<App>>,
    secret: Result<Path<String>, PathRejection>,
) -> Result<Json<LinkBody>, Problem> {
    let link = app.store.link(hash(secret)?, app.clock.now()).await?.ok_or_else(gone)?;
    Ok(Json(match link {
        Link::Password(account) => LinkBody { purpose: "password", email: Some(account.email) },
        Link::Setup => LinkBody { purpose: "setup", email: None },
    }))
}

/// Sets the password (and makes the first admin), and signs in.
#[utoipa::path(post, path = "/api/links/{secret}/", tag = "session", request_body = UseLink,
    params(("secret" = String, Path, description = "The link's last part")), responses(
    (status = 200, body = super::session::SessionState),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
))]
pub async fn use_link(
    State(app): State<Arc<App>>,
    identity: Identity,
    secret: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let secret = hash(secret)?;
    let link = app.store.link(secret, now).await?.ok_or_else(gone)?;
    let mut fields = Fields::new(body);
    let setup = match &link {
        Link::Password(_) => None,
        Link::Setup => {
            let email = fields.required_text("email", |raw| EmailAddress::parse(&raw));
            let name = fields.required_text("name", |raw| PersonName::parse(&raw));
            email.zip(name)
        }
    };
    let email = match (&link, &setup) {
        (Link::Password(account), _) => account.email.as_str(),
        (Link::Setup, Some((email, _))) => email.as_str(),
        (Link::Setup, None) => "",
    };
    let password = fields.required_text("password", |raw| NewPassword::parse(raw, email));
    fields.check()?;
    let Some(password) = password else { return Err(gone()) };
    let password_hash = app.passwords.hash(password).await?;
    let setup =
        setup.map(|(email, name)| NewAccount { email, name, role: Role::Admin, created_at: now });
    let account = app.store.use_link(secret, LinkUse { password_hash, setup, at: now }).await?;
    let account = account.ok_or_else(gone)?;
    identity.record(&app, "link.used", Some(&account.email), &account.email).await?;
    // a second factor is not skipped: the link replaces what one knows, not what one has
    if account.has_totp {
        let state = super::session::SessionState::nobody();
        return Ok(axum::response::IntoResponse::into_response(Json(state)));
    }
    begin(&app, identity, &headers, account.id).await
}
