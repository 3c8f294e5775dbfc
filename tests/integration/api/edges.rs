//! Requests at the edges of what a request is: each once got an answer that it should not have.

use frontdesk::{accounts::Role, auth::Scope};
use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(a_character_that_no_database_keeps_is_no_fault_of_the_server);

async fn accounts(database: TestDatabase, more: &[&str]) -> TestServer {
    TestServer::with(database, &[&["--access", "accounts"], more].concat()).await
}

async fn a_character_that_no_database_keeps_is_no_fault_of_the_server(database: TestDatabase) {
    let server = accounts(database, &[]).await;
    let body = json!({"email": "ada@example.com\0", "password": "a wrong guess"});
    let request = server.request("POST", "/api/session/").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_string());
    server.send(request).await.problem(401);
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    for parameter in ["action=%00", "action=session.%00", "actor_id=%00", "limit=%00"] {
        let request = server.request("GET", &format!("/api/audit/?{parameter}"));
        let errors = server.send(request.header(name, &value)).await.problem(400);
        let (parameter, _) = parameter.split_once('=').unwrap();
        assert!(errors[parameter].is_array(), "{parameter}: {errors}");
    }
}
