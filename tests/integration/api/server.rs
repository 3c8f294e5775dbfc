use serde_json::json;

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(
    a_wrong_method_is_405_with_what_is_allowed,
    unknown_paths_are_problems_under_api_and_pages_elsewhere,
    probes_answer,
    every_answer_carries_the_security_headers,
);

async fn a_wrong_method_is_405_with_what_is_allowed(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for (method, path, allowed) in [
        ("DELETE", "/api/tickets/", vec!["GET", "POST"]),
        ("PUT", "/api/tickets/1/", vec!["GET", "PATCH"]),
        ("GET", "/api/tickets/create/", vec!["POST"]),
        ("GET", "/api/tickets/classify/", vec!["POST"]),
        ("POST", "/api/tickets/stats/", vec!["GET"]),
    ] {
        let answer = server.send(server.request(method, path)).await;
        answer.problem(405);
        for one in allowed {
            assert!(answer.header("allow").contains(one), "{path}: {}", answer.header("allow"));
        }
    }
}

async fn unknown_paths_are_problems_under_api_and_pages_elsewhere(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for path in ["/api/", "/api/nothing/", "/api/tickets/1/nothing/", "/assets/no.js", "/no.png"] {
        server.get(path).await.problem(404);
    }
    for path in ["/", "/tickets", "/tickets/17", "/stats"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let known = server.request("GET", path).header("if-none-match", answer.header("etag"));
        assert_eq!(server.send(known).await.status, 304);
    }
    server.send(server.request("POST", "/tickets")).await.problem(405);
}

async fn probes_answer(database: TestDatabase) {
    let backend = match &database {
        TestDatabase::Sqlite(_) => "sqlite",
        TestDatabase::Postgres(_) => "postgres",
    };
    let server = TestServer::start(database).await;
    assert_eq!(server.get("/healthz").await.status, 200);
    let ready = server.get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (200, &json!(true)));
    assert_eq!(ready.json()["database"], backend);
    server.file("t", "billing", "low").await;
    let metrics = server.get("/metrics").await;
    assert_eq!(metrics.status, 200);
    assert!(metrics.text.contains("frontdesk_http_request_duration_seconds"), "{}", metrics.text);
    assert_eq!(server.get("/api/about/").await.json()["access"], "open");
    let document = server.get("/api/openapi.json").await.json();
    assert!(document["paths"]["/api/tickets/"]["get"].is_object());
}

async fn every_answer_carries_the_security_headers(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for path in ["/", "/api/tickets/", "/api/nothing/", "/healthz"] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(answer.header("access-control-allow-origin").is_empty());
        assert!(!answer.header("x-request-id").is_empty());
    }
    let request = server.request("GET", "/api/tickets/").header("x-request-id", "from-proxy.1");
    assert_eq!(server.send(request).await.header("x-request-id"), "from-proxy.1");
    let request = server.request("GET", "/api/tickets/").header("x-request-id", "a b<c>");
    assert_ne!(server.send(request).await.header("x-request-id"), "a b<c>");
}
