//! The pages about the API: the OpenAPI document for programs, and one for people.

use std::collections::HashSet;

use crate::support::{database::TestDatabase, server::TestServer};

async fn server() -> TestServer {
    TestServer::start(TestDatabase::sqlite()).await
}

fn between<'a>(page: &'a str, start: &str, end: char) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

#[tokio::test]
async fn fixed_answers_are_sent_once_to_those_who_remember() {
    let server = server().await;
    for (path, kind) in [
        ("/api/openapi.json", "application/json"),
        ("/api/docs", "text/html; charset=utf-8"),
        ("/api/docs/", "text/html; charset=utf-8"),
        ("/api/docs.css", "text/css; charset=utf-8"),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let etag = answer.header("etag");
        assert!(etag.len() > 10, "{path}: {etag}");
        let known = server.request("GET", path).header("if-none-match", etag);
        let known = server.send(known).await;
        assert_eq!((known.status, known.text.as_str()), (304, ""), "{path}");
        assert_eq!(known.header("etag"), etag);
        let head = server.send(server.request("HEAD", path)).await;
        assert_eq!((head.status, head.header("etag")), (200, etag));
        server.send(server.request("POST", path)).await.problem(405);
    }
}

#[tokio::test]
async fn the_document_says_what_every_status_means() {
    let document = server().await.get("/api/openapi.json").await.json();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let about = response["description"].as_str().unwrap_or_default();
                assert!(!about.is_empty(), "{method} {path} {status}");
            }
            let takes_a_body = operation["requestBody"].is_object();
            assert_eq!(operation["responses"]["408"].is_object(), takes_a_body, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_page_has_every_operation_and_no_dead_link() {
    let server = server().await;
    let page = server.get("/api/docs/").await.text;
    let document = server.get("/api/openapi.json").await.json();
    let ids: HashSet<&str> =
        [between(&page, " id=\"", '"'), between(&page, " id=", '>')].concat().into_iter().collect();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.contains(id), "{id}");
            let about = operation["summary"].as_str().unwrap().split(['`', '\'']).next().unwrap();
            assert!(page.contains(about), "{about}");
        }
    }
    let links = [between(&page, "href=\"#", '"'), between(&page, "href=#", '>')].concat();
    assert!(links.len() > 50, "{}", links.len());
    for link in links {
        assert!(ids.contains(link), "{link}");
    }
    assert!(page.contains("curl -s -X PATCH &#39;http://127.0.0.1:8000/api/tickets/17/&#39;"));
    for forbidden in ["<script", "<style", " style=", " onclick", "https://"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}
