//! `frontdesk classify`, as an operator types it.

use std::{
    io::Write as _,
    process::{Command, Output},
};

use serde_json::{Value, json};

use super::VERDICT;
use crate::support::{
    database::TestDatabase,
    llm::{Dialect, StandIn},
    server::TestServer,
};

crate::laws!(confirmed_tickets_are_replayed);

/// A database that nobody opens.
const NOWHERE: &str = "sqlite:///nowhere/never.db";

fn run(database: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .arg("classify")
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", database)
        .output()
        .expect("the program")
}

#[track_caller]
fn good(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn report(output: &Output) -> Value {
    serde_json::from_str(&good(output)).expect("JSON")
}

async fn confirmed_tickets_are_replayed(database: TestDatabase) {
    let url = database.url();
    let server = TestServer::start(database).await;
    let filed = server.file("Charged twice", "billing", "low").await;
    let path = format!("/api/tickets/{}/", filed["id"]);
    let none = run(&url, &["--replay", "5", "--source", "local"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("no ticket with labels"));
    let body = json!({"status": "closed", "category": "general"});
    server.send_json("PATCH", &path, &body).await;
    server.file("Still open", "billing", "low").await;
    let report = report(&run(&url, &["--replay", "5", "--source", "local", "--json"]));
    assert_eq!(report["tickets"], 1);
    let category = &report["models"][0]["category"];
    assert_eq!((&category["accuracy"]["n"], &category["set_by_agents"]), (&json!(1), &json!(1)));

    let dialect = Dialect::Gemini;
    let stand_in = StandIn::always(dialect, dialect.says(VERDICT)).await;
    let own = stand_in.flags();
    let replay = tokio::task::spawn_blocking(move || {
        let flags = ["--replay", "5", "--source", "gemini", "--json"];
        run(&url, &flags.into_iter().chain(own.iter().map(String::as_str)).collect::<Vec<_>>())
    });
    good(&replay.await.unwrap());
    // the command's day is today, the server's the tests'
    let counted = server.get("/api/classifier/report/?from=2026-01-01&to=9999-01-01").await.json();
    let total = &counted["usage_total"];
    assert_eq!((&total["calls"], &total["input_tokens"]), (&json!(1), &json!(312)));
    assert_eq!(counted["suggestions"], 0, "nothing else is stored");
    drop(server);
}

#[test]
fn one_text_is_classified() {
    let text = ["--title", "Charged", "--text", "My card was charged twice, please refund one."];
    let said = good(&run(NOWHERE, &text));
    assert!(said.contains("category  billing (") && said.contains("by        local"), "{said}");
    let json = good(&run(NOWHERE, &[&text[..], &["--json"]].concat()));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["category"], &json["source"]), (&json!("billing"), &json!("local")));
    for wrong in [&["--source", "gemini", "--text", "a"][..], &[], &["--replay", "0"]] {
        assert!(!run(NOWHERE, wrong).status.success(), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_labelled_file_is_reported_on_for_any_source() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for n in 0..20 {
        let category = if n < 15 { "account" } else { "billing" };
        let row = json!({"title": "t", "description": format!("ticket {n}"),
            "category": category, "priority": "critical"});
        writeln!(file, "{row}").unwrap();
    }
    let path = file.path().to_str().unwrap().to_owned();
    let said = good(&run(NOWHERE, &["--labelled", &path, "--source", "local"]));
    assert!(said.starts_with("20 tickets\n\nlocal frontdesk-ngrams-1 ("), "{said}");
    assert!(said.contains("95 %:") && said.contains("is \\ suggested"), "{said}");

    let stand_in = StandIn::always(Dialect::OpenAi, Dialect::OpenAi.says(VERDICT)).await;
    let flags = stand_in.flags();
    let mut arguments = vec!["--labelled", &path, "--source", "openai", "--json"];
    arguments.extend(flags.iter().map(String::as_str));
    let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
    let output = tokio::task::spawn_blocking(move || {
        run(NOWHERE, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let report = report(&output.await.unwrap());
    let model = &report["models"][0];
    assert_eq!((&model["source"], &model["suggestions"]), (&json!("openai"), &json!(20)));
    assert_eq!(model["category"]["accuracy"]["k"], 15);
    assert_eq!(model["priority"]["accuracy"]["share"], 1.0);
    assert_eq!(model["priority"]["calibration"], Value::Null);
    assert_eq!((stand_in.asked().len(), report["failures"].clone()), (20, json!([])));
}
