//! Finds out who sends a request, and refuses what a browser sends for somebody else's page.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};

use super::{Principal, Sha256Hash, cookie, secret};
use crate::{
    audit::NewAuditEvent,
    config::Access,
    error::Result,
    http::{
        App,
        client::Client,
        origin::{self, Sender},
        problem::Problem,
        rate_limit::subscriber,
    },
};

/// How exactly the last use of a session or token is kept: noting each would be a write per request.
const USE_PRECISION: SignedDuration = SignedDuration::from_secs(60);

/// Longest secret that is looked up, in bytes; ours are shorter.
const SECRET_MAX: usize = 128;

/// Who sends a request, and from where.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who.
    pub principal: Principal,
    /// From where.
    pub address: IpAddr,
    /// Whether the way is encrypted, so that a cookie may be held to that.
    pub is_https: bool,
}

impl Identity {
    /// Keeps a security event: `who` did it, or the one who is known by now.
    ///
    /// # Errors
    /// The event could not be kept.
    pub async fn record(
        &self,
        app: &App,
        action: &'static str,
        actor: Option<&str>,
        subject: &str,
    ) -> Result<()> {
        let account = self.principal.account();
        tracing::info!(action, subject, "security event");
        app.store
            .record(NewAuditEvent {
                at: app.clock.now(),
                action,
                actor_id: account.map(|account| account.id),
                actor: actor.unwrap_or(self.principal.name()).to_owned(),
                subject: subject.to_owned(),
                address: self.address.to_string(),
            })
            .await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            crate::error::Error::Internal("a request without an identity".to_owned()).into()
        })
    }
}

/// Adds the [`Identity`] to each request of the API.
pub async fn layer(
    app: Arc<App>,
    request: Request,
    next: impl AsyncFnOnce(Request) -> Response,
) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let identity = match identify(&app, &parts).await {
        Ok(identity) => identity,
        Err(problem) => return with_challenge(problem.into_response()),
    };
    parts.extensions.insert(identity);
    parts.extensions.insert(app);
    next(Request::from_parts(parts, body)).await
}

/// A 401 says how to do better (RFC 9110, 11.6.1).
pub fn with_challenge(mut response: Response) -> Response {
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer realm=\"frontdesk\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

async fn identify(app: &App, request: &Parts) -> Result<Identity, Problem> {
    let client = Client::of(request, &app.proxies);
    let public = app.public_url.as_deref();
    let is_https = client.is_https || public.is_some_and(|url| url.starts_with("https://"));
    if app.is_private {
        // whoever names no host is no browser
        let host = origin::host(request);
        if host.is_some_and(|host| !origin::is_private_name(host, public)) {
            return Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "this server does not go by that name; its operator can give it one with \
                 FRONTDESK_PUBLIC_URL",
            ));
        }
    }
    let known = |principal| Identity { principal, address: client.address, is_https };
    let sender = origin::sender(request, public);
    let changes = !origin::is_safe(&request.method);
    if changes && sender == Sender::OtherPage {
        if !origin::is_allowed(&request.headers, &app.cors_origins) {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "a page of another site sent this; let its origin in with FRONTDESK_CORS_ORIGINS",
            ));
        }
        // such a page may do what strangers may, and never what its visitor may
        return Ok(known(by_token(app, request, client.address).await?));
    }
    let principal = by_token(app, request, client.address).await?;
    if !matches!(principal, Principal::Anonymous) {
        return Ok(known(principal));
    }
    let principal = by_session(app, request, is_https).await?;
    if changes && sender == Sender::Unknown && !matches!(principal, Principal::Anonymous) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "a session is for browsers; programs use a token",
        ));
    }
    Ok(known(principal))
}

/// What a request showed of who sent it, to be asked again later.
#[derive(Clone, Copy)]
pub enum Proof {
    /// Nothing: whoever reaches the server may.
    None,
    /// A token.
    Token(Sha256Hash),
    /// A session.
    Session(Sha256Hash),
}

impl Proof {
    /// Of the one who sent a request with these headers.
    pub fn of(identity: &Identity, headers: &HeaderMap) -> Self {
        let hash = |secret: Option<&str>| secret.map(secret::sha256);
        match &identity.principal {
            Principal::Anonymous => Self::None,
            Principal::Token(..) => hash(bearer(headers)).map_or(Self::None, Self::Token),
            Principal::Session(..) => {
                let secret = cookie::read(headers, identity.is_https);
                hash(secret).map_or(Self::None, Self::Session)
            }
        }
    }

    /// Whether it is still good. Asking is no use of it: a session is not kept alive.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_good(self, app: &App) -> Result<bool> {
        let now = app.clock.now();
        Ok(match self {
            Self::None => true,
            Self::Token(hash) => app.store.token(hash, now).await?.is_some(),
            Self::Session(hash) => app.store.session(hash, now).await?.is_some(),
        })
    }
}

/// The token that a request was sent with.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (kind, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(app: &App, request: &Parts, address: IpAddr) -> Result<Principal, Problem> {
    if !request.headers.contains_key(header::AUTHORIZATION) {
        return Ok(Principal::Anonymous);
    }
    // who tries many wrong ones waits, before the database is asked
    if let Some(limits) = &app.limits_of_clients {
        limits.check_wrong_tokens(subscriber(address))?;
    }
    let wrong = || Problem::new(StatusCode::UNAUTHORIZED, "this token is not known, or over");
    let token = bearer(&request.headers);
    let token = token.filter(|token| token.len() <= SECRET_MAX).ok_or_else(wrong)?;
    let now = app.clock.now();
    let Some((token, account)) = app.store.token(secret::sha256(token), now).await? else {
        if let Some(limits) = &app.limits_of_clients {
            limits.count_wrong_token(subscriber(address));
        }
        return Err(wrong());
    };
    if is_due(token.last_used_at, now) {
        app.store.touch_token(token.id, now).await?;
    }
    Ok(Principal::Token(token, account))
}

async fn by_session(app: &App, request: &Parts, is_https: bool) -> Result<Principal, Problem> {
    let secret = cookie::read(&request.headers, is_https);
    let Some(secret) = secret.filter(|secret| !secret.is_empty() && secret.len() <= SECRET_MAX)
    else {
        return Ok(Principal::Anonymous);
    };
    let now = app.clock.now();
    let Some((session, account)) = app.store.session(secret::sha256(secret), now).await? else {
        return Ok(Principal::Anonymous); // it has ended: its owner is a stranger again
    };
    if is_due(Some(session.last_seen_at), now) {
        app.store.touch_session(session.id, now).await?;
    }
    Ok(Principal::Session(session, account))
}

fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.duration_since(last) >= USE_PRECISION)
}

/// Whether everybody may work on tickets here.
pub fn is_open(app: &App) -> bool {
    app.access == Access::Open
}
