//! Who may import whom (ARCHITECTURE.md), kept by reading the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Asserts that `word` stands only in files that `may` hold.
fn only(word: &str, may: impl Fn(&str) -> bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 20, "the sources are there");
    for file in files {
        let name = file.strip_prefix(&root).expect("a source").display().to_string();
        let text = fs::read_to_string(&file).expect("a text");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        assert!(
            may(&name) || !code.into_iter().any(|line| line.contains(word)),
            "{word} in {name}"
        );
    }
}

#[test]
fn http_stays_at_the_edge() {
    only("axum::", |file| {
        file.starts_with("http/")
            || file.ends_with("/api.rs")
            || file.contains("/api/")
            || ["app.rs", "config.rs"].contains(&file)
            || ["auth/cookie.rs", "auth/guard.rs", "auth/identity.rs"].contains(&file)
    });
}

#[test]
fn each_driver_stays_in_its_adapters() {
    only("rusqlite::", |file| file.ends_with("sqlite.rs") || file.contains("/sqlite/"));
    only("tokio_postgres::", |file| {
        file.ends_with("postgres.rs") || file.contains("/postgres/") || file == "db/tls.rs"
    });
}

#[test]
fn the_http_client_stays_with_the_providers() {
    only("reqwest::", |file| file.starts_with("classify/"));
}

#[test]
fn memory_is_safe_but_for_one_call() {
    only("unsafe", |file| file == "allocator.rs");
}

#[test]
fn types_are_not_async() {
    only("async fn", |file| {
        !["tickets/mod.rs", "stats/mod.rs", "error.rs", "clock.rs"].contains(&file)
    });
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests"), &mut files);
    for file in files {
        let lines = fs::read_to_string(&file).expect("a text").lines().count();
        assert!(lines <= 500, "{} has {lines} lines", file.display());
    }
}
