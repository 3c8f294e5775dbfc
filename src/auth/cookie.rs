//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header};

use super::SESSION_LIFE;

/// The name where the way is encrypted: the prefix makes browsers keep it to this host (RFC 6265bis,
/// 4.1.3.2).
const SECURE_NAME: &str = "__Host-frontdesk";

/// The name elsewhere: browsers refuse the prefix there.
const PLAIN_NAME: &str = "frontdesk";

const fn name(is_https: bool) -> &'static str {
    if is_https { SECURE_NAME } else { PLAIN_NAME }
}

/// The secret that the browser sent.
pub fn read(headers: &HeaderMap, is_https: bool) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name(is_https))
        .map(|(_, secret)| secret)
}

/// What makes the browser keep `secret`: not for scripts, and not for what other sites start.
pub fn set(secret: &str, is_https: bool) -> HeaderValue {
    written(secret, SESSION_LIFE.as_secs(), is_https)
}

/// What makes it forget.
pub fn clear(is_https: bool) -> HeaderValue {
    written("", 0, is_https)
}

fn written(secret: &str, seconds: i64, is_https: bool) -> HeaderValue {
    let name = name(is_https);
    let secure = if is_https { "; Secure" } else { "" };
    let text =
        format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_for_one_host_and_no_script() {
        assert_eq!(
            set("abc", true).to_str().unwrap(),
            "__Host-frontdesk=abc; Path=/; Max-Age=1209600; HttpOnly; SameSite=Strict; Secure"
        );
        assert_eq!(
            clear(false).to_str().unwrap(),
            "frontdesk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
        );
    }

    #[test]
    fn it_is_found_among_others_and_not_mistaken() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; xfrontdesk=no"));
        headers.append(header::COOKIE, HeaderValue::from_static(" frontdesk=yes;c=d"));
        assert_eq!(read(&headers, false), Some("yes"));
        assert_eq!(read(&headers, true), None, "where it should be a secure one");
    }
}
