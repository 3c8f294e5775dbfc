//! Sessions over HTTP.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::oneself;
use crate::{
    accounts::{
        Credentials, EmailAddress,
        api::AccountBody,
        password::NewPassword,
        totp::{recovery_hash, step_of},
    },
    auth::{NewSession, Principal, SESSION_MEMORY, Session, cookie, identity::Identity, secret},
    error::{Faults, Result},
    http::{
        App,
        extract::{Fields, Id, JsonObject},
        problem::Problem,
    },
};

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionState {
    /// Null: nobody.
    #[schema(required)]
    account: Option<AccountBody>,
}

impl SessionState {
    /// Nobody is signed in.
    pub fn nobody() -> Self {
        Self { account: None }
    }
}

/// What somebody signs in with.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct SignIn {
    email: String,
    password: String,
    /// Of the second factor, or a recovery code, where the account has one.
    code: Option<String>,
}

/// A new password in place of the old one.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct SetPassword {
    current_password: String,
    #[schema(min_length = 10, max_length = 1024)]
    new_password: String,
}

/// A session, as its owner and admins see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionBody {
    id: i64,
    created_at: Timestamp,
    /// To the minute.
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    /// Where it began.
    address: String,
    user_agent: String,
    /// Whether it is the one that asks.
    is_current: bool,
}

/// Sessions, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    results: Vec<SessionBody>,
}

impl SessionList {
    /// As they are sent; `current` is the one that asks.
    pub fn new(sessions: Vec<Session>, current: Option<i64>) -> Self {
        let body = |session: Session| SessionBody {
            id: session.id,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
            address: session.address,
            user_agent: session.user_agent,
            is_current: current == Some(session.id),
        };
        Self { results: sessions.into_iter().map(body).collect() }
    }
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session/", tag = "session", responses(
    (status = 200, body = SessionState),
))]
pub async fn get_session(identity: Identity) -> Json<SessionState> {
    let account = match identity.principal {
        Principal::Session(_, account) | Principal::Token(_, account) => Some(account.into()),
        Principal::Anonymous => None,
    };
    Json(SessionState { account })
}

/// Signs in. The answer is the same for an unknown address and a wrong password.
#[utoipa::path(post, path = "/api/session/", tag = "session", request_body = SignIn, responses(
    (status = 200, body = SessionState),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
))]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    identity: Identity,
    headers: HeaderMap,
    body: JsonObject,
) -> Result<Response, Problem> {
    let mut fields = Fields::new(body);
    fields.null_is_absent("code");
    let email = fields.required_text("email", |raw| Ok(raw.trim().to_lowercase()));
    let password = fields.required_text("password", Ok);
    let code = fields.text("code", Ok);
    fields.check()?;
    let (email, password) = (email.unwrap_or_default(), password.unwrap_or_default());

    // what is no address is nobody's; a database may refuse to look for it
    let known = match EmailAddress::parse(&email) {
        Ok(address) => app.store.credentials(address.as_str()).await?,
        Err(_) => None,
    };
    throttle(&app, &identity, &email, known.as_ref()).await?;
    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let is_right = app.passwords.verify(password, hash).await?;
    let known = known.filter(|known| is_right && known.account.is_active);
    let Some(known) = known else {
        identity.record(&app, "session.refused", Some(&email), "wrong address or password").await?;
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "the address or the password is wrong")
            .of_kind("urn:frontdesk:problem:credentials"));
    };
    if let Err(problem) = second_factor(&app, &known, code).await {
        identity.record(&app, "session.refused", Some(&email), "second factor").await?;
        return Err(problem);
    }
    begin(&app, identity, &headers, known.account.id).await
}

async fn throttle(
    app: &App,
    identity: &Identity,
    email: &str,
    known: Option<&Credentials>,
) -> Result<(), Problem> {
    let Some(limits) = &app.limits_of_clients else { return Ok(()) };
    let is_usual = match known {
        Some(known) => {
            let since = app.clock.now() - SESSION_MEMORY;
            app.store.is_usual_address(known.account.id, identity.address, since).await?
        }
        None => false,
    };
    let checked = limits.check_sign_in(identity.address, secret::sha256(email), is_usual);
    if checked.is_err() {
        tracing::warn!(address = %identity.address, "too many tries to sign in");
    }
    checked
}

/// Checks the code, where the account asks for one. Each code works once.
async fn second_factor(
    app: &App,
    known: &Credentials,
    code: Option<String>,
) -> Result<(), Problem> {
    let Some(totp) = &known.totp_secret else { return Ok(()) };
    let refused = |detail| {
        Problem::new(StatusCode::UNAUTHORIZED, detail)
            .of_kind("urn:frontdesk:problem:second-factor")
    };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        return Err(refused("a code of the second factor is needed"));
    };
    let id = known.account.id;
    let is_good = match step_of(totp, &code, app.clock.now()) {
        Some(step) => app.store.use_totp_step(id, step).await?,
        None => app.store.use_recovery_code(id, recovery_hash(&code)).await?,
    };
    if is_good { Ok(()) } else { Err(refused("the code is wrong, or was used before")) }
}

/// Begins a session for an account that was checked, in place of the one that asked.
pub async fn begin(
    app: &App,
    mut identity: Identity,
    headers: &HeaderMap,
    account_id: i64,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    if let Principal::Session(session, account) = &identity.principal {
        app.store.end_session(account.id, session.id, now).await?;
    }
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let token = secret::random(43);
    let new = NewSession {
        account_id,
        token: secret::sha256(&token),
        at: now,
        address: identity.address,
        user_agent: agent.unwrap_or_default().chars().take(200).collect(),
    };
    let session = app.store.create_session(new).await?;
    let account = app.store.account(account_id).await?;
    let account = account.ok_or_else(|| Problem::not_found("account"))?;
    identity.principal = Principal::Session(session, account.clone());
    identity.record(app, "session.created", None, &account.email).await?;
    let state = SessionState { account: Some(account.into()) };
    let cookie = cookie::set(&token, identity.is_https);
    Ok(([(header::SET_COOKIE, cookie)], Json(state)).into_response())
}

/// Signs out.
#[utoipa::path(delete, path = "/api/session/", tag = "session", responses((status = 204)))]
pub async fn sign_out(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<Response, Problem> {
    if let Principal::Session(session, account) = &identity.principal {
        app.store.end_session(account.id, session.id, app.clock.now()).await?;
        identity.record(&app, "session.ended", None, &account.email).await?;
    }
    let cookie = cookie::clear(identity.is_https);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Sets one's own password. Other sessions end.
#[utoipa::path(put, path = "/api/session/password/", tag = "session", request_body = SetPassword,
    responses(
    (status = 204),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub async fn set_password(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<StatusCode, Problem> {
    let (session, account) = oneself(&identity)?;
    let mut fields = Fields::new(body);
    let current = fields.required_text("current_password", Ok);
    let new = fields.required_text("new_password", |raw| NewPassword::parse(raw, &account.email));
    fields.check()?;
    let Some(new) = new else { return Err(Problem::bad_request("new_password is required")) };
    confirm(&app, &identity, "current_password", current.unwrap_or_default()).await?;
    let hash = app.passwords.hash(new).await?;
    app.store.set_password(account.id, hash, Some(session.id), app.clock.now()).await?;
    identity.record(&app, "password.changed", None, &account.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for one's password again, before what a borrowed session should not do.
pub async fn confirm(
    app: &App,
    identity: &Identity,
    field: &str,
    password: String,
) -> Result<(), Problem> {
    let (_, account) = oneself(identity)?;
    let known = app.store.credentials(&account.email).await?;
    throttle(app, identity, &account.email, known.as_ref()).await?;
    let hash = known.and_then(|known| known.password_hash);
    if app.passwords.verify(password, hash).await? {
        return Ok(());
    }
    identity.record(app, "password.refused", None, &account.email).await?;
    Err(crate::error::Error::Invalid(Faults::of(field, "is wrong")).into())
}

/// One's sessions.
#[utoipa::path(get, path = "/api/sessions/", tag = "session", responses(
    (status = 200, body = SessionList),
))]
pub async fn list_sessions(
    State(app): State<Arc<App>>,
    identity: Identity,
) -> Result<Json<SessionList>, Problem> {
    let (session, account) = oneself(&identity)?;
    let sessions = app.store.sessions(account.id, app.clock.now()).await?;
    Ok(Json(SessionList::new(sessions, Some(session.id))))
}

/// Ends one of one's sessions.
#[utoipa::path(delete, path = "/api/sessions/{id}/", tag = "session",
    params(("id" = i64, Path, description = "The session's id")), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn end_session(
    State(app): State<Arc<App>>,
    identity: Identity,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let (_, account) = oneself(&identity)?;
    if !app.store.end_session(account.id, id, app.clock.now()).await? {
        return Err(Problem::not_found("session"));
    }
    identity.record(&app, "session.ended", None, &account.email).await?;
    Ok(StatusCode::NO_CONTENT)
}
