//! The web app, carried inside the program.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{fixed, problem::Problem};

#[derive(RustEmbed)]
#[folder = "ui/dist/"]
struct Files;

/// Answers a path of the web app: its files, and `index.html` for its routes.
pub fn serve(path: &str, headers: &HeaderMap) -> Response {
    let name = path.trim_start_matches('/');
    if name.split('/').any(|part| part.starts_with('.')) {
        return Problem::not_found("file").into_response();
    }
    // the last part of a route has no dot; of a file it has
    let is_route =
        !name.starts_with("assets/") && !name.rsplit('/').next().unwrap_or("").contains('.');
    let name = if is_route { "index.html" } else { name };
    if name.ends_with(".br") || name.ends_with(".gz") {
        return Problem::not_found("file").into_response();
    }
    let accepts = |coding: &str| {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|one| {
                let mut parts = one.split(';').map(str::trim);
                parts.next() == Some(coding) && !parts.any(|q| q == "q=0" || q == "q=0.0")
            })
    };
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(coding)
            && let Some(file) = Files::get(&format!("{name}{ending}"))
        {
            return answer(name, file, Some(coding), headers);
        }
    }
    match Files::get(name) {
        Some(file) => answer(name, file, None, headers),
        None => Problem::not_found("file").into_response(),
    }
}

fn answer(
    name: &str,
    file: EmbeddedFile,
    coding: Option<&'static str>,
    request: &HeaderMap,
) -> Response {
    let hash = file.metadata.sha256_hash();
    let tag = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>();
    let etag = format!("\"{tag}\"");
    // a file's name changes with its content, except that of the page and of the theme's script
    let keeps = name.starts_with("assets/") && name.contains('-') && name != "assets/theme-init.js";
    let cache = if keeps { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = if fixed::has(request, etag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.data.into_owned()))
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
