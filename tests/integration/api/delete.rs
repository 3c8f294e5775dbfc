use frontdesk::{accounts::Role, auth::Scope};
use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(a_ticket_is_deleted, a_deletion_of_another_version_or_of_no_ticket_is_refused);

async fn a_ticket_is_deleted(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    let delete = |path: &str| server.send(server.request("DELETE", path).header(name, &value));
    server.file("t", "billing", "low").await;
    let answer = delete("/api/tickets/1/").await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    for path in ["/api/tickets/1/", "/api/tickets/1/history/"] {
        server.get(path).await.problem(404);
    }
    delete("/api/tickets/1/").await.problem(404);
    assert_eq!(server.get("/api/tickets/stats/").await.json()["total_tickets"], 0);
    assert_eq!(server.file("t", "billing", "low").await["id"], 2);
    assert_eq!(delete("/api/tickets/2").await.status, 204);
    let audit = server.send(server.request("GET", "/api/audit/").header(name, &value)).await.json();
    assert_eq!(audit["results"][0]["action"], "ticket.deleted");
    assert_eq!(audit["results"][0]["subject"], "ticket 2");
}

async fn a_deletion_of_another_version_or_of_no_ticket_is_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let (name, value) = server.token(Role::Admin, Scope::Admin).await;
    server.file("t", "billing", "low").await;
    server.send_json("PATCH", "/api/tickets/1/", &json!({"status": "closed"})).await;
    let delete = |tag: &str| {
        let request = server.request("DELETE", "/api/tickets/1/").header(name, &value);
        server.send(request.header("if-match", tag))
    };
    delete("\"1\"").await.problem(412);
    delete("nonsense").await.problem(412);
    for missing in ["2", "0", "x"] {
        let path = format!("/api/tickets/{missing}/");
        let request = server.request("DELETE", &path).header(name, &value);
        server.send(request).await.problem(404);
    }
    assert_eq!(server.get("/api/tickets/1/").await.status, 200);
    assert_eq!(delete("\"2\"").await.status, 204);
}
