//! What a suggestion says of itself, and what becomes of a ticket by it.

use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    server::{TestServer, ticket},
};

crate::laws!(critical_by_the_embedded_model_waits_for_a_person);

const CRITICAL: &str = "All users see errors, the service is down.";
const HARDLY_SAID: &str = "asdkjh wkejfhk xcvbmn";

async fn classify(server: &TestServer, title: &str, description: &str) -> Value {
    let body = json!({"title": title, "description": description});
    let answer = server.send_json("POST", "/api/tickets/classify/", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn critical_by_the_embedded_model_waits_for_a_person(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let suggestion = classify(&server, "Production down", CRITICAL).await;
    assert_eq!(suggestion["suggested_priority"], "critical");
    assert_eq!(suggestion["needs_check"], true);

    let body = json!({"title": "Production down", "description": CRITICAL});
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    assert_eq!((&filed["priority"], &filed["priority_source"]), (&json!("high"), &json!("local")));

    let mut body = body;
    body["priority"] = json!("critical");
    let filed = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    assert_eq!(
        (&filed["priority"], &filed["priority_source"]),
        (&json!("critical"), &json!("requester")),
        "a person may say so"
    );
    let suggestion = classify(&server, "Charged twice", "Please refund one.").await;
    assert_eq!(suggestion["needs_check"], false);
}

#[tokio::test]
async fn what_is_unsure_says_so_and_names_the_two_best() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    let suggestion = classify(&server, "", HARDLY_SAID).await;
    assert_eq!(suggestion["unsure"], json!({"category": true, "priority": true}));
    assert_eq!(suggestion["suggested_category"], "general");
    assert_ne!(suggestion["alternatives"]["category"], "general");
    assert_ne!(suggestion["alternatives"]["priority"], suggestion["suggested_priority"]);
    let suggestion = classify(&server, "Charged twice", "My card was charged twice, refund.").await;
    assert_eq!(suggestion["unsure"]["category"], false, "{suggestion}");
}
