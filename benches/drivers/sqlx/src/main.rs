//! sqlx with both databases.
//!
//! `default` cases use the pool as it comes; the others turn off the ping before each use of a
//! connection and the logging of statements, neither of which the native programs do.

#[path = "../../harness.rs"]
mod harness;
mod postgres;
mod sqlite;

use harness::Result;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [case, target, seconds] = arguments[..] else {
        return Err("usage: drivers-sqlx <case> <url or file> <seconds>; see ../run.sh".into());
    };
    let seconds = seconds.parse()?;
    match case {
        "postgres-page" => postgres::page(target, true, seconds).await,
        "postgres-page-default" => postgres::page(target, false, seconds).await,
        "postgres-create" => postgres::create(target, true, seconds).await,
        "postgres-create-default" => postgres::create(target, false, seconds).await,
        "sqlite-page" => sqlite::page(target, true, seconds).await,
        "sqlite-page-default" => sqlite::page(target, false, seconds).await,
        "sqlite-create-pool" => sqlite::create(target, sqlite::POOL_SIZE, seconds).await,
        "sqlite-create-single" => sqlite::create(target, 1, seconds).await,
        "sqlite-create-grouped" => sqlite::create_grouped(target, seconds).await,
        _ => Err(format!("there is no case {case}").into()),
    }
}
