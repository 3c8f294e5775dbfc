//! `frontdesk doctor`, as an operator types it.

use std::process::Command;

use serde_json::Value;

use crate::{
    store::file,
    support::{database::TestDatabase, server::TestServer},
};

crate::laws!(each_fault_is_named);

/// Its exit code, and what it found: the level and the detail of each look by its name.
fn doctor(
    url: &str,
    arguments: &[&str],
) -> (Option<i32>, impl Fn(&str) -> (String, String) + use<>) {
    let output = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(["doctor", "--json"])
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", url)
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["ok"], output.status.success());
    let of = move |name: &str| {
        let checks = found["checks"].as_array().unwrap();
        let one = checks.iter().find(|one| one["check"] == name);
        let one = one.unwrap_or_else(|| panic!("{name}: {found}"));
        let text = |field: &str| one[field].as_str().unwrap().to_owned();
        (text("level"), text("detail"))
    };
    (output.status.code(), of)
}

async fn each_fault_is_named(database: TestDatabase) {
    let url = database.url();
    let server = TestServer::with(database, &[]).await;
    let (code, of) = doctor(&url, &[]);
    assert_eq!(code, Some(0));
    for name in ["configuration", "database", "schema", "writing", "clock", "classifier"] {
        assert_eq!(of(name).0, "good", "{name}: {}", of(name).1);
    }
    let (code, of) = doctor(&url, &["--listen=0.0.0.0:1", "--access=open"]);
    assert_eq!((code, of("configuration").0.as_str()), (Some(0), "warning"));
    // nobody listens there
    let model = ["--openai-base-url=http://127.0.0.1:1/v1", "--classifier=openai"];
    let (code, of) = doctor(&url, &model);
    assert_eq!((code, of("classifier").0.as_str()), (Some(0), "warning"));
    let (_, of) = doctor(&url, &[model[0], "--offline"]);
    assert!(of("classifier").1.contains("not asked"));
    let (code, of) = doctor(&url, &["--classifier=gemini"]);
    assert_eq!(code, Some(1));
    assert!(of("classifier").1.contains("GOOGLE_API_KEY"));

    let (code, of) = doctor(&url, &["--shadow=local", "--classifier=off"]);
    assert_eq!((code, of("shadow").0.as_str()), (Some(1), "fault"));
    let beside = [model[0], "--classifier=local", "--shadow=openai"];
    let (code, of) = doctor(&url, &beside);
    assert_eq!((code, of("shadow").0.as_str()), (Some(0), "warning"));
    assert_eq!(of("classifier").0, "good", "it is asked about apart");

    let future = frontdesk::clock::Clock::system().now() + jiff::SignedDuration::from_hours(1);
    file(server.store().await, "from the future", future).await;
    assert!(doctor(&url, &[]).1("clock").1.contains("set back"));
    server.sql("insert into schema_migration (number, name, checksum) values (99, 'x', 'x')");
    let (code, of) = doctor(&url, &[]);
    assert_eq!((code, of("schema").0.as_str()), (Some(1), "fault"));
}

#[test]
fn a_database_that_is_not_there_is_named_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/frontdesk.db");
    let (code, of) = doctor(&format!("sqlite://{}", path.display()), &[]);
    assert_eq!((code, of("database").0.as_str()), (Some(0), "warning"));
    assert!(!path.parent().unwrap().exists());
    let (code, of) = doctor("postgres://u:s3cret@127.0.0.1:1/db", &[]);
    let (level, detail) = of("database");
    assert_eq!((code, level.as_str()), (Some(1), "fault"));
    assert!(!detail.contains("s3cret"), "{detail}");
}
