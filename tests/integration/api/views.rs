use frontdesk::{accounts::Role, auth::Scope};
use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    people::Credential,
    server::{Answer, TestServer},
};

crate::laws!(
    views_are_made_listed_counted_changed_and_deleted,
    everything_wrong_with_a_view_is_named_at_once,
    each_changes_what_they_may,
    where_nobody_signs_in_views_are_everybodys,
    a_full_shelf_says_so,
    what_no_agent_has_decided_is_a_view_that_everybody_has,
);

async fn ask(server: &TestServer, who: &Credential, what: &str, body: Value) -> Answer {
    let (method, path) = what.split_once(' ').unwrap();
    let request = server.request(method, path).header(who.0, &who.1);
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_string());
    server.send(request).await
}

async fn with_accounts(database: TestDatabase) -> TestServer {
    TestServer::with(database, &["--access", "accounts", "--rate-limits", "off"]).await
}

async fn views_are_made_listed_counted_changed_and_deleted(database: TestDatabase) {
    let server = with_accounts(database).await;
    server.file("Charged twice", "billing", "high").await;
    server.file("No invoice", "billing", "low").await;
    server.file("Cannot sign in", "account", "high").await;
    let ada = server.session(Role::Agent).await;

    let body = json!({"name": " Invoices ", "query": "?priority=high%2Clow&category=billing"});
    let made = ask(&server, &ada, "POST /api/views/", body).await;
    assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{}", made.text);
    let view = made.json();
    assert_eq!(made.header("location"), format!("/api/views/{}/", view["id"]));
    assert_eq!(view["name"], "Invoices");
    assert_eq!(view["query"], "category=billing&priority=low,high");
    assert_eq!((&view["is_shared"], &view["may_change"]), (&json!(false), &json!(true)));
    assert_eq!(view["owner"]["name"], "Ada Novak");

    for query in ["search=INVOICE", "created_after=2026-11-24", ""] {
        let body = json!({"name": "v", "query": query, "is_shared": true});
        assert_eq!(ask(&server, &ada, "POST /api/views/", body).await.status, 201);
    }
    let listed = ask(&server, &ada, "GET /api/views/", Value::Null).await.json();
    assert_eq!(listed["total"], 3);
    let needs_check = json!({"query": "status=open,in_progress&decided=false", "count": 0});
    assert_eq!(listed["needs_check"], needs_check);
    let rows = listed["results"].as_array().unwrap();
    let counts: Vec<_> = rows.iter().map(|view| (&view["query"], &view["count"])).collect();
    let expected = [
        (json!("search=INVOICE"), json!(1)),
        (json!("created_after=2026-11-24"), json!(0)),
        (json!(""), json!(3)),
        (view["query"].clone(), json!(2)),
    ];
    assert_eq!(counts, expected.iter().map(|(query, n)| (query, n)).collect::<Vec<_>>());

    let path = made.header("location");
    let got = ask(&server, &ada, &format!("GET {path}"), Value::Null).await;
    assert_eq!((got.json(), got.header("etag")), (view.clone(), "\"1\""));
    let change = |tag: &'static str, body: Value| {
        let request = server.request("PATCH", path).header(ada.0, &ada.1).header("if-match", tag);
        let request = request.header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/json");
        server.send(request.body(body.to_string()))
    };
    let changed = change("\"1\"", json!({"name": "Bills", "query": "category=billing"})).await;
    assert_eq!((changed.status, changed.header("etag")), (200, "\"2\""), "{}", changed.text);
    assert_eq!(changed.json()["query"], "category=billing");
    change("\"1\"", json!({"name": "Late"})).await.problem(412);
    change("\"2\"", json!({"is_shared": true, "position": 1})).await;
    let listed = ask(&server, &ada, "GET /api/views/", Value::Null).await.json();
    assert_eq!(listed["results"][0]["name"], "Bills");

    let stale = server.request("DELETE", path).header(ada.0, &ada.1).header("if-match", "\"1\"");
    server.send(stale.header("sec-fetch-site", "same-origin")).await.problem(412);
    assert_eq!(ask(&server, &ada, &format!("DELETE {path}"), Value::Null).await.status, 204);
    for method in ["GET", "PATCH", "DELETE"] {
        ask(&server, &ada, &format!("{method} {path}"), json!({})).await.problem(404);
        ask(&server, &ada, &format!("{method} /api/views/x/"), json!({})).await.problem(404);
    }
}

async fn everything_wrong_with_a_view_is_named_at_once(database: TestDatabase) {
    let server = with_accounts(database).await;
    let ada = server.session(Role::Agent).await;
    let body = json!({"name": " ", "query": "status=done&assignee=me&limit=5", "is_shared": 1});
    let errors = ask(&server, &ada, "POST /api/views/", body).await.problem(400);
    let named: Vec<_> = errors.as_object().unwrap().keys().collect();
    assert_eq!(named, ["assignee", "is_shared", "limit", "name", "status"]);
    assert!(errors["status"][0].as_str().unwrap().contains("`done` is none of: open"));
    assert!(errors["assignee"][0].as_str().unwrap().contains("category, priority, status"));
    let body = json!({"name": "v", "query": "decided=true"});
    let errors = ask(&server, &ada, "POST /api/views/", body).await.problem(400);
    assert!(errors["decided"].is_array(), "{errors}");
    let errors = ask(&server, &ada, "POST /api/views/", json!({})).await.problem(400);
    assert_eq!(errors["query"][0], "is required");

    let made = ask(&server, &ada, "POST /api/views/", json!({"name": "v", "query": ""})).await;
    let path = made.header("location");
    for (body, field) in [
        (json!({"name": "x".repeat(61)}), "name"),
        (json!({"name": null}), "name"),
        (json!({"query": "status=done"}), "status"),
        (json!({"query": ["status"]}), "query"),
        (json!({"is_shared": "yes"}), "is_shared"),
        (json!({"position": 0}), "position"),
        (json!({"position": 51}), "position"),
    ] {
        let errors = ask(&server, &ada, &format!("PATCH {path}"), body).await.problem(400);
        assert!(errors[field].is_array(), "{field}: {errors}");
    }
    let still = ask(&server, &ada, &format!("GET {path}"), Value::Null).await.json();
    assert_eq!(still, made.json());
}

async fn each_changes_what_they_may(database: TestDatabase) {
    let server = with_accounts(database).await;
    let ada = server.session(Role::Agent).await;
    let root = server.session(Role::Admin).await;
    let make = async |who: &Credential, is_shared: bool| {
        let body = json!({"name": "v", "query": "", "is_shared": is_shared});
        let made = ask(&server, who, "POST /api/views/", body).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.header("location").to_owned()
    };
    let (shared, personal) = (make(&root, true).await, make(&root, false).await);
    let get = ask(&server, &ada, &format!("GET {shared}"), Value::Null).await.json();
    assert_eq!(get["may_change"], false);
    ask(&server, &ada, &format!("PATCH {shared}"), json!({"name": "x"})).await.problem(403);
    ask(&server, &ada, &format!("DELETE {shared}"), Value::Null).await.problem(403);
    for method in ["GET", "PATCH", "DELETE"] {
        ask(&server, &ada, &format!("{method} {personal}"), json!({})).await.problem(404);
    }

    let shared = make(&ada, true).await;
    let personal = make(&ada, false).await;
    for method in ["GET", "PATCH", "DELETE"] {
        ask(&server, &root, &format!("{method} {personal}"), json!({})).await.problem(404);
    }
    // an admin's token without that scope is no admin's
    let writer = server.token(Role::Admin, Scope::Write).await;
    ask(&server, &writer, &format!("PATCH {shared}"), json!({"name": "x"})).await.problem(403);
    let full = server.token(Role::Admin, Scope::Admin).await;
    let changed = ask(&server, &full, &format!("PATCH {shared}"), json!({"name": "x"})).await;
    assert_eq!((changed.status, &changed.json()["name"]), (200, &json!("x")), "{}", changed.text);
    let mine = json!({"is_shared": false});
    ask(&server, &root, &format!("PATCH {shared}"), mine).await.problem(403);
    assert_eq!(ask(&server, &root, &format!("DELETE {shared}"), Value::Null).await.status, 204);
}

async fn where_nobody_signs_in_views_are_everybodys(database: TestDatabase) {
    let server = TestServer::with(database, &["--access", "open"]).await;
    let body = json!({"name": "Ours", "query": "status=open"});
    let made = server.send_json("POST", "/api/views/", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let view = made.json();
    assert_eq!((&view["is_shared"], &view["owner"]), (&json!(true), &Value::Null));
    assert_eq!(view["may_change"], true);
    let body = json!({"name": "Mine", "query": "", "is_shared": false});
    let errors = server.send_json("POST", "/api/views/", &body).await.problem(400);
    assert!(errors["is_shared"][0].as_str().unwrap().contains("account"), "{errors}");

    let path = made.header("location");
    let renamed = server.send_json("PATCH", path, &json!({"name": "All of us"})).await;
    assert_eq!(renamed.json()["name"], "All of us");
    server.send_json("PATCH", path, &json!({"is_shared": false})).await.problem(403);
    assert_eq!(server.get("/api/views/").await.json()["results"][0]["name"], "All of us");
    let deleted = server.send(server.request("DELETE", path)).await;
    assert_eq!(deleted.status, 204);
}

async fn a_full_shelf_says_so(database: TestDatabase) {
    let server = with_accounts(database).await;
    let ada = server.session(Role::Agent).await;
    let body = json!({"name": "v", "query": "status=open"});
    for _ in 0..50 {
        assert_eq!(ask(&server, &ada, "POST /api/views/", body.clone()).await.status, 201);
    }
    let refused = ask(&server, &ada, "POST /api/views/", body).await;
    assert!(refused.problem(409)["is_shared"].is_array());
    let listed = ask(&server, &ada, "GET /api/views/", Value::Null).await.json();
    assert_eq!(listed["results"].as_array().unwrap().len(), 50);
}

async fn what_no_agent_has_decided_is_a_view_that_everybody_has(database: TestDatabase) {
    let server = TestServer::with(database, &["--access", "open"]).await;
    server.file("A person's", "billing", "high").await;
    let ticket = server.file_text("Where is my invoice for March?").await;
    assert_eq!(ticket["category_source"], "local");
    let path = format!("/api/tickets/{}/", ticket["id"]);
    let listed = async || server.get("/api/views/").await.json()["needs_check"].clone();
    let found = listed().await;
    assert_eq!(found["count"], 1);
    for query in ["decided=false", "decided=false&search=INVOICE", found["query"].as_str().unwrap()]
    {
        let page = server.get(&format!("/api/tickets/?{query}")).await.json();
        let ids: Vec<_> = page["results"].as_array().unwrap().iter().map(|t| &t["id"]).collect();
        assert_eq!((&page["count"], ids), (&json!(1), vec![&ticket["id"]]), "{query}");
    }
    let export = server.get("/api/tickets/export/?decided=false&format=ndjson").await;
    assert_eq!(export.text.lines().count(), 1);
    for bad in ["decided=true", "decided=no"] {
        let errors = server.get(&format!("/api/tickets/?{bad}")).await.problem(400);
        assert!(errors["decided"][0].as_str().unwrap().contains("is none of: false"), "{errors}");
    }
    let same = json!({"category": ticket["category"], "priority": ticket["priority"]});
    assert_eq!(server.send_json("PATCH", &path, &same).await.status, 200);
    assert_eq!(listed().await["count"], 0);
}
