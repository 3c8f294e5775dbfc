//! Requests that a browser sends for another web page, and names that are not this server's.

use axum::http::{HeaderMap, HeaderValue, Method, header, request::Parts};

/// Whether a browser sends this for a page of this server (or no browser sends it at all), by
/// `Sec-Fetch-Site` and else by `Origin` (OWASP, Cross-Site Request Forgery Prevention).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A page of this server.
    OwnPage,
    /// A page of another site.
    OtherPage,
    /// No browser, or one that does not tell.
    Unknown,
}

/// Whether the method changes nothing (RFC 9110, 9.2.1).
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Who made the browser send it. `public`: the server's own origin, where the operator named it.
pub fn sender(request: &Parts, public: Option<&str>) -> Sender {
    let text = |name| request.headers.get(name).map(|value: &HeaderValue| value.as_bytes());
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(b"same-origin" | b"none") => return Sender::OwnPage,
        Some(_) => return Sender::OtherPage,
        None => {}
    }
    let Some(origin) = text(header::ORIGIN) else { return Sender::Unknown };
    let authority = origin.split(|b| *b == b'/').nth(2).unwrap_or_default();
    let is_own = host(request).is_some_and(|host| authority == host.as_bytes())
        || public.is_some_and(|public| public.as_bytes() == origin);
    if is_own { Sender::OwnPage } else { Sender::OtherPage }
}

/// Whether the origin is one of those that the operator let in.
pub fn is_allowed(headers: &HeaderMap, allowed: &[HeaderValue]) -> bool {
    headers.get(header::ORIGIN).is_some_and(|origin| allowed.contains(origin))
}

/// The name that the request is addressed to: `Host`, or HTTP/2's `:authority`.
pub fn host(request: &Parts) -> Option<&str> {
    let authority = request.uri.authority().map(axum::http::uri::Authority::as_str);
    authority.or_else(|| request.headers.get(header::HOST)?.to_str().ok())
}

/// Whether a server that strangers cannot reach may be called this: an address, `localhost`, or the
/// name that the operator gave. Any other name is a page's that had its own name point here (DNS
/// rebinding), to read what only people at this machine may.
pub fn is_private_name(host: &str, public: Option<&str>) -> bool {
    let public = public.and_then(|public| public.split('/').nth(2));
    if public == Some(host) {
        return true;
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let name = name.to_ascii_lowercase();
    address.parse::<std::net::IpAddr>().is_ok()
        || name == "localhost"
        || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn from(headers: &[(&str, &str)]) -> Sender {
        let mut request =
            Request::builder().uri("/api/tickets/").header("host", "desk.example:8000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        sender(&request.body(()).unwrap().into_parts().0, Some("https://public.example"))
    }

    #[test]
    fn a_browser_tells_for_whom_it_sends() {
        for own in [
            &[("sec-fetch-site", "same-origin"), ("origin", "https://odd.example")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "http://desk.example:8000")],
            &[("origin", "https://public.example")],
        ] {
            assert_eq!(from(own), Sender::OwnPage, "{own:?}");
        }
        for other in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://evil.example/desk.example:8000")],
            &[("origin", "null")],
        ] {
            assert_eq!(from(other), Sender::OtherPage, "{other:?}");
        }
        assert_eq!(from(&[]), Sender::Unknown);
    }

    #[test]
    fn a_private_server_goes_by_no_strangers_name() {
        let public = Some("https://desk.example:8443");
        for own in [
            "127.0.0.1:8000",
            "[::1]:8000",
            "localhost:8000",
            "LOCALHOST",
            "a.localhost",
            "desk.example:8443",
        ] {
            assert!(is_private_name(own, public), "{own}");
        }
        for other in
            ["evil.example", "evil.example:8000", "localhost.evil.example", "desk.example", ""]
        {
            assert!(!is_private_name(other, public), "{other}");
        }
    }
}
