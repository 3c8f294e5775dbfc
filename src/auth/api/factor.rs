//! One's second factor over HTTP.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{oneself, session::confirm};
use crate::{
    accounts::totp::{Enrolment, recovery_codes, step_of},
    auth::identity::Identity,
    error::{Error, Faults, Result},
    http::{
        App,
        extract::{Fields, JsonObject},
        problem::Problem,
    },
};

/// A second factor that can be set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotpEnrolment {
    /// In base 32, to type in.
    secret: String,
    /// To scan: `otpauth://...`.
    url: String,
    /// The URL as a picture.
    qr_svg: String,
}

/// What proves that the device has the secret.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct SetTotp {
    secret: String,
    /// The code that the device shows.
    code: String,
    password: String,
}

/// One's password again.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; it is read field by field, to name every fault")]
pub struct ConfirmPassword {
    password: String,
}

/// Codes for who lost the device. Shown once; each works once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// A new secret for one's second factor. Nothing is changed yet.
#[utoipa::path(post, path = "/api/session/totp/", tag = "session", responses(
    (status = 200, body = TotpEnrolment),
))]
pub async fn start_totp(identity: Identity) -> Result<Json<TotpEnrolment>, Problem> {
    let (_, account) = oneself(&identity)?;
    let Enrolment { secret, url, qr_svg } = Enrolment::new(&account.email)?;
    Ok(Json(TotpEnrolment { secret, url, qr_svg }))
}

/// Sets one's second factor, in place of an earlier one.
#[utoipa::path(put, path = "/api/session/totp/", tag = "session", request_body = SetTotp, responses(
    (status = 200, body = RecoveryCodes),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub async fn set_totp(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<Json<RecoveryCodes>, Problem> {
    let (_, account) = oneself(&identity)?;
    let mut fields = Fields::new(body);
    let secret = fields.required_text("secret", |raw| {
        let secret = raw.trim().to_owned();
        let is_base32 =
            secret.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b));
        let is_long = (26..=128).contains(&secret.len());
        if is_base32 && is_long { Ok(secret) } else { Err(vec!["is no secret of ours".to_owned()]) }
    });
    let code = fields.required_text("code", Ok);
    let password = fields.required_text("password", Ok);
    fields.check()?;
    let (secret, code) = (secret.unwrap_or_default(), code.unwrap_or_default());
    confirm(&app, &identity, "password", password.unwrap_or_default()).await?;
    let Some(step) = step_of(&secret, &code, app.clock.now()) else {
        let wrong = "does not fit: check the time of your device and try the next code";
        return Err(Error::Invalid(Faults::of("code", wrong)).into());
    };
    let (codes, hashes) = recovery_codes();
    app.store.set_totp(account.id, Some((secret, hashes))).await?;
    app.store.use_totp_step(account.id, step).await?;
    identity.record(&app, "totp.set", None, &account.email).await?;
    Ok(Json(RecoveryCodes { recovery_codes: codes }))
}

/// Removes one's second factor.
#[utoipa::path(delete, path = "/api/session/totp/", tag = "session", request_body = ConfirmPassword,
    responses(
    (status = 204),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_totp(
    State(app): State<Arc<App>>,
    identity: Identity,
    body: JsonObject,
) -> Result<StatusCode, Problem> {
    let (_, account) = oneself(&identity)?;
    let mut fields = Fields::new(body);
    let password = fields.required_text("password", Ok);
    fields.check()?;
    confirm(&app, &identity, "password", password.unwrap_or_default()).await?;
    app.store.set_totp(account.id, None).await?;
    identity.record(&app, "totp.removed", None, &account.email).await?;
    Ok(StatusCode::NO_CONTENT)
}
