//! The OpenAPI document, generated from the handlers.

use utoipa::{
    OpenApi,
    openapi::{
        self, Content, Ref, RefOr, Response,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

/// What the document says before the first path.
#[derive(OpenApi)]
#[openapi(info(
    title = "frontdesk",
    description = "A self-hosted support ticket system that sorts its own tickets. Every path works \
                   with and without its trailing slash. Errors are problem documents (RFC 9457).",
    license(name = "MIT", identifier = "MIT")
), modifiers(&Security))]
pub struct Document;

/// How callers are known.
struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKeyValue::with_description(
            "frontdesk",
            "The cookie of somebody who signed in; `__Host-frontdesk` over https.",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        let mut token = Http::new(HttpAuthScheme::Bearer);
        token.description = Some("An API token, with the scope that the operation names.".into());
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// Adds what is the same for every operation: the problems that any request may meet, and what each
/// status means where the operation says nothing else.
pub fn complete(document: &mut openapi::OpenApi) {
    for item in document.paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            let common: &[&str] = match operation.request_body {
                Some(_) => &["408", "500"],
                None => &["500"],
            };
            for status in common {
                responses.entry((*status).to_owned()).or_insert_with(problem);
            }
            for (status, response) in responses {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    meaning(status).clone_into(&mut response.description);
                }
            }
        }
    }
}

/// An answer that is a problem document.
pub fn problem() -> RefOr<Response> {
    let mut response = Response::new("");
    let schema = Ref::from_schema_name("Problem");
    let content = Content::new(Some(schema));
    response.content.insert("application/problem+json".to_owned(), RefOr::T(content));
    RefOr::T(response)
}

fn meaning(status: &str) -> &'static str {
    match status {
        "201" => "It is filed, and safely stored",
        "204" => "It is done",
        "304" => "It is as in `If-None-Match`",
        "400" => "The request breaks a rule; `errors` names every fault",
        "401" => "Who asks is not known: sign in, or send an API token",
        "403" => "Who asks may not do this, or a page of another site sent it",
        "404" => "There is no such thing",
        "408" => "The body did not arrive in time",
        "409" => "It contradicts what is there; `errors` says how",
        "412" => "It was changed since it was read: `If-Match` is stale",
        "413" => "The body has more than 1 MiB",
        "415" => "The body is not JSON",
        "421" => "The server does not go by the name in `Host`",
        "422" => "The `Idempotency-Key` was used with another request",
        "429" => "Too many requests; try again after `Retry-After` seconds",
        "500" => "A fault of the server; its log has the reason under the request's id",
        "503" => "A part cannot answer now; try again after `Retry-After` seconds",
        _ => "Success",
    }
}
