//! Refuses a request that is not addressed to one host (RFC 9112, 3.2): two readers of it, a proxy and
//! this server, could take it for two different ones.

use axum::{
    extract::Request,
    http::{HeaderMap, Version, header},
    response::{IntoResponse, Response},
};

use super::problem::Problem;

/// Lets pass what has one readable `Host`; HTTP/2 has `:authority`, and HTTP/1.0 need not have any.
pub async fn layer(request: Request, next: impl AsyncFnOnce(Request) -> Response) -> Response {
    let needs_one = request.version() == Version::HTTP_11;
    if !is_one(request.headers(), needs_one) {
        return Problem::bad_request("a request must have one Host header").into_response();
    }
    next(request).await
}

fn is_one(headers: &HeaderMap, needs_one: bool) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => !needs_one,
        (Some(host), None) => host.to_str().is_ok(),
        (Some(_), Some(_)) => false,
    }
}
