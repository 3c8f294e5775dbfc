use frontdesk::accounts::Role;
use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    server::{Answer, TestServer},
};

crate::laws!(an_admin_decides_who_works_here, security_events_are_listed_and_exported);

async fn admin(server: &TestServer, ask: &str, body: Value) -> Answer {
    let (method, path) = ask.split_once(' ').unwrap();
    let (name, value) = server.session(Role::Admin).await;
    let request = server.request(method, path).header(name, value);
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_string());
    server.send(request).await
}

async fn an_admin_decides_who_works_here(database: TestDatabase) {
    let server = TestServer::with(database, &["--access", "accounts"]).await;
    let ada = server.account("agent@example.com", Role::Agent).await;
    let (name, value) = server.session(Role::Agent).await;
    let as_ada = || server.send(server.request("GET", "/api/tickets/").header(name, &value));
    assert_eq!(as_ada().await.status, 200);

    let list = admin(&server, "GET /api/accounts/", Value::Null).await.json();
    let emails: Vec<&str> =
        list["results"].as_array().unwrap().iter().map(|a| a["email"].as_str().unwrap()).collect();
    assert_eq!(emails, ["admin@example.com", "agent@example.com"]);

    let path = |rest: &str| format!("{rest} /api/accounts/{}/", ada.id);
    let errors = admin(&server, &path("PATCH"), json!({"role": "root", "is_active": 1})).await;
    let errors = errors.problem(400);
    assert!(errors["role"].is_array() && errors["is_active"].is_array(), "{errors}");
    let changed =
        admin(&server, &path("PATCH"), json!({"name": "Ada N", "is_active": false})).await;
    assert_eq!(changed.json()["account"]["is_active"], false, "{}", changed.text);
    as_ada().await.problem(401);
    let event = admin(&server, "GET /api/audit/?action=account.changed", Value::Null).await.json();
    assert_eq!(
        event["results"][0]["subject"],
        "agent@example.com; name: Ada Novak → Ada N; state: active → not active"
    );
    admin(&server, &path("PATCH"), json!({"is_active": true})).await;

    let sessions = format!("/api/accounts/{}/sessions/", ada.id);
    let (name, value) = server.session(Role::Agent).await;
    let listed = admin(&server, &format!("GET {sessions}"), Value::Null).await.json();
    assert_eq!(listed["results"].as_array().unwrap().len(), 1);
    assert_eq!(admin(&server, &format!("DELETE {sessions}"), Value::Null).await.status, 204);
    server.send(server.request("GET", "/api/tickets/").header(name, value)).await.problem(401);

    let root = server.account("admin@example.com", Role::Admin).await;
    for (ask, body) in [
        (format!("DELETE /api/accounts/{}/", root.id), Value::Null),
        (format!("PATCH /api/accounts/{}/", root.id), json!({"role": "agent"})),
        (format!("PATCH /api/accounts/{}/", root.id), json!({"is_active": false})),
    ] {
        assert!(admin(&server, &ask, body).await.problem(409)["role"].is_array());
    }
    assert_eq!(admin(&server, &path("DELETE"), Value::Null).await.status, 204);
    admin(&server, &path("DELETE"), Value::Null).await.problem(404);
    let system = admin(&server, "GET /api/system/", Value::Null).await.json();
    assert_eq!(system["database"]["ok"], true);
    assert_eq!(system["database"]["migrations"][0], json!({"number": 1, "name": "tickets"}));
    assert_eq!(system["classifier"]["mode"], "auto");
}

async fn security_events_are_listed_and_exported(database: TestDatabase) {
    let server = TestServer::with(database, &["--access", "accounts"]).await;
    let stranger = json!({"email": "=cmd@example.com", "password": "x"});
    let request = server.request("POST", "/api/session/").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(stranger.to_string());
    server.send(request).await.problem(401);
    for n in 0..3 {
        let new = json!({"email": format!("{n}@example.com"), "name": "N", "role": "agent"});
        assert_eq!(admin(&server, "POST /api/accounts/", new).await.status, 201);
    }
    let page = admin(&server, "GET /api/audit/?action=account.&limit=2", Value::Null).await.json();
    assert_eq!(page["results"].as_array().unwrap().len(), 2);
    assert_eq!(page["results"][0]["subject"], "2@example.com (agent)");
    assert_eq!(page["results"][0]["actor"], "admin@example.com");
    assert_eq!(page["results"][0]["address"], "127.0.0.1");
    let next = format!("GET {}", page["next"].as_str().unwrap());
    let next = admin(&server, &next, Value::Null).await.json();
    assert_eq!((next["results"].as_array().unwrap().len(), &next["next"]), (1, &Value::Null));
    let errors = admin(&server, "GET /api/audit/?limit=0&before=x", Value::Null).await.problem(400);
    assert!(errors["limit"].is_array() && errors["before"].is_array());

    let export = admin(&server, "GET /api/audit/export/", Value::Null).await;
    assert_eq!(export.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = export.text.lines().collect();
    assert_eq!(lines.len(), 6, "a head, the export itself, three accounts, a refusal: {lines:?}");
    assert!(lines[5].contains("session.refused") && lines[5].contains("'=cmd@example.com"));
}
