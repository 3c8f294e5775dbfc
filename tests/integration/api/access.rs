//! Every operation of the document is tried as everybody, in both access modes.

use frontdesk::{accounts::Role, auth::Scope};
use serde_json::{Value, json};

use crate::support::{database::TestDatabase, people::Credential, server::TestServer};

crate::laws!(every_operation_lets_in_whom_it_says_and_nobody_else);

/// What anybody may do. This list only shrinks, or somebody has thought about it.
const PUBLIC: &[&str] = &[
    "GET /api/about/",
    "DELETE /api/session/",
    "GET /api/follow/{secret}/",
    "GET /api/links/{secret}/",
    "GET /api/session/",
    "POST /api/links/{secret}/",
    "POST /api/session/",
    "POST /api/tickets/",
    "POST /api/tickets/classify/",
    "POST /api/tickets/create/",
];

/// Those who ask, and for each rule whether it lets them in where access is by accounts: as in
/// [`RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Stranger,
    Requester,
    WrongToken,
    AgentSession,
    AdminSession,
    ReadToken,
    WriteToken,
    AdminToken,
}

const CALLERS: [Caller; 8] = [
    Caller::Stranger,
    Caller::Requester,
    Caller::WrongToken,
    Caller::AgentSession,
    Caller::AdminSession,
    Caller::ReadToken,
    Caller::WriteToken,
    Caller::AdminToken,
];

/// For each rule, in the order of [`CALLERS`]: `y` let in, `u` 401, `f` 403; by accounts and open.
const RULES: &[(&str, &str, &str)] = &[
    ("anyone", "yuuyyyyy", "yuuyyyyy"),
    ("agents:read", "uuuyyyyy", "yuuyyyyy"),
    ("agents:write", "uuuyyfyy", "yuuyyfyy"),
    ("oneself", "uuuyyfff", "uuuyyfff"),
    ("admins", "uuufyffy", "uuufyffy"),
];

async fn credential(server: &TestServer, caller: Caller) -> Option<Credential> {
    Some(match caller {
        Caller::Stranger => return None,
        // what they have is a secret link; it opens one page and nothing else
        Caller::Requester => {
            let body = json!({"title": "t", "description": "follow me"});
            let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
            let secret = ticket["follow_url"].as_str().unwrap().trim_start_matches("/follow/");
            ("authorization", format!("Bearer {secret}"))
        }
        Caller::WrongToken => ("authorization", format!("Bearer fdk_{}", "x".repeat(40))),
        Caller::AgentSession => server.session(Role::Agent).await,
        Caller::AdminSession => server.session(Role::Admin).await,
        Caller::ReadToken => server.token(Role::Admin, Scope::Read).await,
        Caller::WriteToken => server.token(Role::Agent, Scope::Write).await,
        Caller::AdminToken => server.token(Role::Admin, Scope::Admin).await,
    })
}

async fn every_operation_lets_in_whom_it_says_and_nobody_else(database: TestDatabase) {
    let mut listed: Vec<String> = Vec::new();
    let mut tried = 0;
    let flags = |access: &'static str| ["--access", access, "--rate-limits", "off"];
    let postgres = matches!(database, TestDatabase::Postgres(_));
    let other = if postgres { TestDatabase::postgres() } else { TestDatabase::sqlite() };
    for (access, database) in [("accounts", database), ("open", other)] {
        let server = TestServer::with(database, &flags(access)).await;
        let document = server.get("/api/openapi.json").await.json();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = format!("{} {path}", method.to_uppercase());
                let rule = operation["x-frontdesk-access"].as_str();
                let rule = rule.unwrap_or_else(|| panic!("{name} does not say who may use it"));
                let row = RULES.iter().find(|(known, ..)| *known == rule);
                let (_, accounts, open) = row.unwrap_or_else(|| panic!("{name}: {rule}"));
                if rule == "anyone" && access == "accounts" {
                    listed.push(name.clone());
                }
                let expected = if access == "open" { open } else { accounts };
                for (caller, expected) in CALLERS.into_iter().zip(expected.chars()) {
                    let status = ask(&server, &name, operation, caller).await;
                    // signing in without knowing anything is refused in its own way
                    let got = match status {
                        401 => 'u',
                        403 => 'f',
                        200..=499 => 'y',
                        _ => panic!("{name} as {caller:?}, {access}: {status}"),
                    };
                    assert_eq!(got, expected, "{name} as {caller:?}, {access}: {status}");
                    tried += 1;
                }
            }
        }
        server.stop().await;
    }
    listed.sort();
    let mut public: Vec<&str> = PUBLIC.to_vec();
    public.sort_unstable();
    assert_eq!(listed, public);
    assert!(tried > 400, "{tried} tries");
}

async fn ask(server: &TestServer, name: &str, operation: &Value, caller: Caller) -> u16 {
    let (method, path) = name.split_once(' ').unwrap();
    // nothing has this id: who is let in is told that
    let path = path.replace("{id}", "999999").replace("{token_id}", "999999");
    let path = path.replace("{secret}", "999999-00");
    let mut request = server.request(method, &path).header("sec-fetch-site", "same-origin");
    if !operation["requestBody"].is_null() {
        request = request.header("content-type", "application/json").body(json!({}).to_string());
    }
    if let Some((header, value)) = credential(server, caller).await {
        request = request.header(header, value);
    }
    // only the head: live events have no end
    request.send().await.expect("an answer").status().as_u16()
}
