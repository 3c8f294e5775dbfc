//! Lets those in who may, as each operation says in the router.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use utoipa::openapi::{extensions::Extensions, path::Operation, security::SecurityRequirement};
use utoipa_axum::router::UtoipaMethodRouter;

use super::{
    Principal, Refusal, Scope, Who,
    identity::{Identity, is_open, with_challenge},
};
use crate::http::{App, limits::Kind, openapi, problem::Problem};

/// The name in the OpenAPI document under which an operation says who may use it.
pub const EXTENSION: &str = "x-frontdesk-access";

/// Operations for `who`, and the document's words about it.
pub fn allow(who: Who, routes: UtoipaMethodRouter<Arc<App>>) -> UtoipaMethodRouter<Arc<App>> {
    guarded(who, None, routes)
}

/// Operations for everybody, of which strangers may use only so many.
pub fn allow_some(
    kind: Kind,
    routes: UtoipaMethodRouter<Arc<App>>,
) -> UtoipaMethodRouter<Arc<App>> {
    guarded(Who::Anyone, Some(kind), routes)
}

fn guarded(
    who: Who,
    limit: Option<Kind>,
    (schemas, mut paths, router): UtoipaMethodRouter<Arc<App>>,
) -> UtoipaMethodRouter<Arc<App>> {
    for item in paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            describe(operation, who, limit);
        }
    }
    let router = router.route_layer(from_fn(move |request, next| check(who, limit, request, next)));
    (schemas, paths, router)
}

async fn check(who: Who, limit: Option<Kind>, request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let (Some(identity), Some(app)) = (extensions.get::<Identity>(), extensions.get::<Arc<App>>())
    else {
        return Problem::from(crate::error::Error::Internal("no identity".to_owned()))
            .into_response();
    };
    let problem = match who.check(&identity.principal, is_open(app)) {
        Ok(()) => None,
        Err(Refusal::Unknown) => {
            Some(Problem::new(StatusCode::UNAUTHORIZED, "sign in, or send an API token"))
        }
        Err(Refusal::Forbidden(why)) => Some(Problem::new(StatusCode::FORBIDDEN, why)),
    };
    if let Some(problem) = problem {
        return with_challenge(problem.into_response());
    }
    let is_stranger = matches!(identity.principal, Principal::Anonymous);
    let place = match (limit, &app.limits_of_clients) {
        (Some(kind), Some(limits)) if is_stranger => {
            match limits.admit(kind, identity.address, is_open(app)).await {
                Ok(place) => place,
                Err(problem) => return problem.into_response(),
            }
        }
        _ => None,
    };
    let is_private = who != Who::Anyone;
    let mut response = next.run(request).await;
    drop(place);
    if is_private {
        // what one may see is nobody else's: no shared cache may mix them up
        response
            .headers_mut()
            .append(header::VARY, header::HeaderValue::from_static("cookie, authorization"));
    }
    with_challenge(response)
}

fn describe(operation: &mut Operation, who: Who, limit: Option<Kind>) {
    let says = Extensions::builder().add(EXTENSION, who.as_str()).build();
    match &mut operation.extensions {
        Some(extensions) => extensions.merge(says),
        none => *none = Some(says),
    }
    let none: [&str; 0] = [];
    let session = SecurityRequirement::new("session", none);
    let token = |scope: Scope| SecurityRequirement::new("token", [scope.as_str()]);
    operation.security = Some(match who {
        Who::Anyone => vec![SecurityRequirement::default()],
        Who::Agents(scope) => vec![session, token(scope)],
        Who::Oneself => vec![session],
        Who::Admins => vec![session, token(Scope::Admin)],
    });
    // any operation may be sent a token that is none, or by a page that may not
    let mut statuses = vec!["401", "403", "421", "503"];
    if limit.is_some() {
        statuses.push("429");
    }
    for status in statuses {
        let responses = &mut operation.responses.responses;
        responses.entry(status.to_owned()).or_insert_with(openapi::problem);
    }
}
