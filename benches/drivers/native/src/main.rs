//! tokio-postgres with deadpool, and rusqlite.

#[path = "../../harness.rs"]
mod harness;
mod postgres;
mod sqlite;

use harness::Result;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["load-postgres", url] => postgres::load(url).await,
        ["load-sqlite", path] => sqlite::load(path),
        ["postgres-page", url, seconds] => postgres::page(url, seconds.parse()?).await,
        ["postgres-create", url, seconds] => postgres::create(url, seconds.parse()?).await,
        ["sqlite-page", path, seconds] => sqlite::page(path, seconds.parse()?).await,
        ["sqlite-create-grouped", path, seconds] => {
            sqlite::create(path, sqlite::BATCH_MAX, seconds.parse()?).await
        }
        ["sqlite-create-single", path, seconds] => sqlite::create(path, 1, seconds.parse()?).await,
        _ => Err("usage: drivers-native <case> <url or file> [<seconds>]; see ../run.sh".into()),
    }
}
