use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(a_ticket_is_deleted, a_deletion_of_another_version_or_of_no_ticket_is_refused);

async fn a_ticket_is_deleted(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    let answer = server.send(server.request("DELETE", "/api/tickets/1/")).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    for path in ["/api/tickets/1/", "/api/tickets/1/history/"] {
        server.get(path).await.problem(404);
    }
    server.send(server.request("DELETE", "/api/tickets/1/")).await.problem(404);
    assert_eq!(server.get("/api/tickets/stats/").await.json()["total_tickets"], 0);
    assert_eq!(server.file("t", "billing", "low").await["id"], 2);
    assert_eq!(server.send(server.request("DELETE", "/api/tickets/2")).await.status, 204);
}

async fn a_deletion_of_another_version_or_of_no_ticket_is_refused(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    server.send_json("PATCH", "/api/tickets/1/", &json!({"status": "closed"})).await;
    let delete = |tag: &str| {
        server.send(server.request("DELETE", "/api/tickets/1/").header("if-match", tag))
    };
    delete("\"1\"").await.problem(412);
    delete("nonsense").await.problem(412);
    for missing in ["2", "0", "x"] {
        let path = format!("/api/tickets/{missing}/");
        server.send(server.request("DELETE", &path)).await.problem(404);
    }
    assert_eq!(server.get("/api/tickets/1/").await.status, 200);
    assert_eq!(delete("\"2\"").await.status, 204);
}
