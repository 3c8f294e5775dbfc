//! Answers that are the same for everybody as long as the server runs: made once at start, and sent
//! only to those who do not have them yet.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use sha2::{Digest, Sha256};

/// One such answer. Cheap to clone.
#[derive(Clone)]
pub struct Fixed {
    content: Bytes,
    content_type: HeaderValue,
    etag: HeaderValue,
}

impl Fixed {
    /// The answer with this content.
    pub fn new(content_type: &'static str, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        let hash = Sha256::digest(&content);
        let tag: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::try_from(format!("\"{tag}\""));
        Self {
            content,
            content_type: HeaderValue::from_static(content_type),
            etag: etag.unwrap_or(HeaderValue::from_static("\"0\"")),
        }
    }

    /// The answer to a request with these headers: 304 where the client has it.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let known = has(request, self.etag.as_bytes());
        let body = if known { Body::empty() } else { Body::from(self.content.clone()) };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        }
        response
    }
}

/// Whether `If-None-Match` names this tag, in a list or as a weak one too (a proxy that compresses
/// makes it weak).
pub fn has(request: &HeaderMap, etag: &[u8]) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .flat_map(|tags| tags.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_sent_again() {
        let fixed = Fixed::new("text/plain", "content");
        let ask = |known: Option<&str>| {
            let known = known.map(|tag| (header::IF_NONE_MATCH, tag.parse().unwrap()));
            fixed.answer(&known.into_iter().collect())
        };
        let first = ask(None);
        assert_eq!(first.status(), StatusCode::OK);
        let tag = first.headers()[header::ETAG].to_str().unwrap();
        for known in [tag, &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
            assert_eq!(ask(Some(known)).status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        for unknown in ["\"other\"", "", &tag[1..]] {
            assert_eq!(ask(Some(unknown)).status(), StatusCode::OK, "{unknown}");
        }
        assert_ne!(Fixed::new("text/plain", "other").etag, fixed.etag);
    }
}
