//! Makes `cargo build` work on a fresh clone: the web app is built by `make ui`, never from here,
//! and where it was not, a page says how. And says what `--version` says.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-env-changed=FRONTDESK_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match env::var("FRONTDESK_COMMIT") {
        Ok(commit) if !commit.is_empty() => format!("{version} ({commit})"),
        _ => version,
    };
    println!("cargo::rustc-env=FRONTDESK_VERSION={version}");
    println!("cargo::rerun-if-changed=ui/dist");
    let page = Path::new("ui/dist/index.html");
    if page.exists() {
        return;
    }
    let text = "<!doctype html><html lang=en><meta charset=utf-8><title>frontdesk</title>\
                <p>The web app is not built. Run <code>make ui</code> and build again. The API \
                works: <a href=/api/openapi.json>/api/openapi.json</a>.";
    let written = fs::create_dir_all("ui/dist").and_then(|()| fs::write(page, text));
    if let Err(error) = written {
        println!("cargo::warning=cannot write {}: {error}", page.display());
    }
}
