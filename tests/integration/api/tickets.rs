use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    server::{TestServer, ticket},
};

crate::laws!(
    a_ticket_is_filed_and_read,
    what_is_left_out_the_server_chooses,
    a_suggestion_left_as_it_stood_is_no_choice_of_the_person,
    a_repeated_request_is_answered_with_the_first_ticket,
    a_list_is_filtered_searched_and_walked,
    whoever_files_a_ticket_finds_it_in_the_list_among_many_who_ask,
    a_ticket_is_changed_under_its_etag,
    statistics_count,
    a_text_is_classified,
    every_path_works_without_its_slash,
);

fn ids(page: &Value) -> Vec<i64> {
    let results = page["results"].as_array().expect("results");
    results.iter().map(|ticket| ticket["id"].as_i64().expect("an id")).collect()
}

async fn a_ticket_is_filed_and_read(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for path in ["/api/tickets/create/", "/api/tickets/"] {
        let body = json!({"title": " T ", "description": " d\n", "category": "billing",
            "priority": "high", "id": 99, "created_at": "2000-01-01T00:00:00Z", "extra": [1]});
        let answer = server.send_json("POST", path, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let ticket = ticket(&answer);
        assert_eq!((&ticket["title"], &ticket["description"]), (&json!("T"), &json!(" d\n")));
        assert_eq!((&ticket["category"], &ticket["priority"]), (&json!("billing"), &json!("high")));
        assert_eq!((&ticket["status"], &ticket["version"]), (&json!("open"), &json!(1)));
        assert_eq!(ticket["category_source"], "requester");
        assert_eq!(ticket["created_at"], "2026-11-23T12:00:00Z");
        assert_ne!(ticket["id"], 99);
        let read = server.get(answer.header("location")).await;
        assert_eq!((read.status, read.json()), (200, ticket));
        assert_eq!(read.header("etag"), "\"1\"");
        assert_eq!(read.header("etag"), answer.header("etag"));
    }
    for missing in ["/api/tickets/999/", "/api/tickets/x/", "/api/tickets/0/", "/api/tickets/-1/"] {
        server.get(missing).await.problem(404);
    }
}

async fn what_is_left_out_the_server_chooses(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "Charged twice", "description": "Please refund one charge.",
        "priority": "low", "category": null});
    let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
    assert_eq!(
        (&ticket["category"], &ticket["category_source"]),
        (&json!("billing"), &json!("local"))
    );
    assert_eq!(
        (&ticket["priority"], &ticket["priority_source"]),
        (&json!("low"), &json!("requester"))
    );
    server.stop().await;

    let server = TestServer::with(TestDatabase::sqlite(), &["--classifier", "off"]).await;
    let body = json!({"title": "t", "description": "d"});
    let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
    assert_eq!(
        (&ticket["category"], &ticket["category_source"]),
        (&json!("general"), &json!("default"))
    );
    assert_eq!(
        (&ticket["priority"], &ticket["priority_source"]),
        (&json!("medium"), &json!("default"))
    );
}

async fn a_suggestion_left_as_it_stood_is_no_choice_of_the_person(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "t", "description": "d", "category": "billing", "priority": "low",
        "category_source": "gemini", "priority_source": null});
    let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
    assert_eq!(ticket["category_source"], "gemini");
    assert_eq!(ticket["priority_source"], "requester");

    let body = json!({"title": "t", "description": "d", "priority": "low",
        "category_source": "local", "priority_source": "agent"});
    let errors = server.send_json("POST", "/api/tickets/", &body).await.problem(400);
    assert_eq!(
        errors["category_source"],
        json!(["says who chose the category, and no category was sent"])
    );
    assert!(errors["priority_source"][0].as_str().unwrap().starts_with("must be requester, or"));
}

async fn a_repeated_request_is_answered_with_the_first_ticket(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let create = |key: &str, title: &str| {
        let body =
            json!({"title": title, "description": "d", "category": "general", "priority": "low"});
        server
            .request("POST", "/api/tickets/")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.to_string())
    };
    let first = server.send(create("k", "t")).await;
    let again = server.send(create("k", "t")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(ticket(&first), ticket(&again));
    assert_eq!(again.header("idempotent-replayed"), "true");
    server.send(create("k", "other")).await.problem(422);
    for bad in [" ".repeat(3), "x".repeat(256)] {
        let errors = server.send(create(&bad, "t")).await.problem(400);
        assert!(errors["Idempotency-Key"].is_array(), "{errors}");
    }
    assert_eq!(server.get("/api/tickets/").await.json()["count"], 1);
}

async fn a_list_is_filtered_searched_and_walked(database: TestDatabase) {
    let server = TestServer::start(database).await;
    for n in 0..7 {
        let category = ["billing", "technical"][n % 2];
        server.file(&format!("Ticket {n} 100%"), category, ["low", "high"][n / 4]).await;
    }
    let page = server.get("/api/tickets/").await.json();
    assert_eq!((&page["count"], ids(&page)), (&json!(7), vec![7, 6, 5, 4, 3, 2, 1]));
    assert_eq!((&page["next"], &page["previous"]), (&json!(null), &json!(null)));

    let count = async |query: &str| {
        server.get(&format!("/api/tickets/?{query}")).await.json()["count"].clone()
    };
    assert_eq!(count("category=billing").await, 4);
    assert_eq!(count("category=billing&priority=high&status=open").await, 2);
    assert_eq!(count("category=billing,technical&priority=low&priority=high").await, 7);
    assert_eq!(count("status=closed").await, 0);
    assert_eq!(count("status=&category=&search=").await, 7);
    assert_eq!(count("search=TICKET%203%20100%25").await, 1);
    assert_eq!(count("search=100%25&category=technical").await, 3);
    assert_eq!(count("search=1000").await, 0);
    assert_eq!(count("created_after=2026-11-23").await, 7);
    assert_eq!(count("created_before=2026-11-23").await, 0);

    let mut met = Vec::new();
    let mut path = "/api/tickets/?limit=3&search=ticket".to_owned();
    let mut last = json!(null);
    loop {
        last = server.get(&path).await.json();
        met.extend(ids(&last));
        match last["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(met, [7, 6, 5, 4, 3, 2, 1]);
    let back = server.get(last["previous"].as_str().expect("a way back")).await.json();
    assert_eq!(ids(&back), [4, 3, 2]);
}

async fn whoever_files_a_ticket_finds_it_in_the_list_among_many_who_ask(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let agents = (0..16).map(|agent| {
        let server = &server;
        async move {
            for n in 0..8 {
                let body = json!({"title": format!("{agent}-{n}"), "description": "d",
                    "category": "billing", "priority": "low"});
                let filed = server.send_json("POST", "/api/tickets/", &body).await.json();
                // all ask for the same: an answer that was begun before somebody's filing is not theirs
                let page = server.get("/api/tickets/?limit=200").await.json();
                assert!(ids(&page).contains(&filed["id"].as_i64().unwrap()), "{agent}-{n}");
                let stats = server.get("/api/tickets/stats/").await.json();
                assert!(stats["total_tickets"].as_u64() >= page["count"].as_u64());
            }
        }
    });
    join_all(agents).await;
    assert_eq!(server.get("/api/tickets/?limit=1").await.json()["count"], 128);
}

async fn a_ticket_is_changed_under_its_etag(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let id = server.file("t", "billing", "low").await["id"].clone();
    let path = format!("/api/tickets/{id}/");
    server.clock.set("2026-11-23T13:00:00Z".parse().expect("a time"));
    let answer = server.send_json("PATCH", &path, &json!({"status": "in_progress"})).await;
    assert_eq!((answer.status, answer.header("etag")), (200, "\"2\""));
    let ticket = answer.json();
    assert_eq!(
        (&ticket["status"], &ticket["category"]),
        (&json!("in_progress"), &json!("billing"))
    );
    assert_eq!(ticket["updated_at"], "2026-11-23T13:00:00Z");

    let patch = |tag: &str, body: Value| {
        let request = server.request("PATCH", &path).header("if-match", tag);
        server.send(request.header("content-type", "application/json").body(body.to_string()))
    };
    patch("\"1\"", json!({"status": "closed"})).await.problem(412);
    patch("nonsense", json!({"status": "closed"})).await.problem(412);
    assert_eq!(patch("\"2\"", json!({"category": "account"})).await.status, 200);
    assert_eq!(patch("*", json!({"priority": "high"})).await.status, 200);
    let ticket = server.get(&path).await.json();
    assert_eq!((&ticket["status"], &ticket["version"]), (&json!("in_progress"), &json!(4)));
    assert_eq!(
        (&ticket["category"], &ticket["category_source"]),
        (&json!("account"), &json!("agent"))
    );

    let known = server.request("GET", &path).header("if-none-match", "\"4\"");
    let answer = server.send(known).await;
    assert_eq!((answer.status, answer.text.as_str()), (304, ""));
    server.send_json("PATCH", "/api/tickets/999/", &json!({"status": "open"})).await.problem(404);
    assert_eq!(server.send_json("PATCH", &path, &json!({})).await.json(), ticket);
    assert_eq!(server.send_json("PATCH", &path, &json!({"id": 5})).await.json(), ticket);
}

async fn statistics_count(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let none = json!({"total_tickets": 0, "open_tickets": 0, "avg_tickets_per_day": 0.0,
        "priority_breakdown": {"low": 0, "medium": 0, "high": 0, "critical": 0},
        "category_breakdown": {"billing": 0, "technical": 0, "account": 0, "general": 0},
        "status_breakdown": {"open": 0, "in_progress": 0, "resolved": 0, "closed": 0}});
    assert_eq!(server.get("/api/tickets/stats/").await.json(), none);
    for n in 0..5 {
        server.file("t", ["billing", "general"][n % 2], "low").await;
    }
    server.send_json("PATCH", "/api/tickets/1/", &json!({"status": "closed"})).await;
    server.clock.set("2026-11-24T00:00:00Z".parse().expect("a time"));
    let stats = server.get("/api/tickets/stats/").await.json();
    assert_eq!(stats["total_tickets"], 5);
    assert_eq!(stats["open_tickets"], 4);
    assert_eq!(stats["avg_tickets_per_day"], 2.5);
    assert_eq!(stats["category_breakdown"]["billing"], 3);
    assert_eq!(stats["status_breakdown"]["closed"], 1);
}

async fn a_text_is_classified(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let path = "/api/tickets/classify/";
    let body = json!({"description": "I was charged twice, please refund"});
    let answer = server.send_json("POST", path, &body).await;
    let suggestion = answer.json();
    assert_eq!((answer.status, &suggestion["suggested_category"]), (200, &json!("billing")));
    assert_eq!((&suggestion["source"], &suggestion["degraded"]), (&json!("local"), &json!(false)));
    for field in ["category", "priority"] {
        let confidence = suggestion["confidence"][field].as_f64().expect("a probability");
        assert!((0.25..=1.0).contains(&confidence), "{suggestion}");
    }
    let text = body["description"].as_str().unwrap();
    let evidence = suggestion["evidence"].as_array().unwrap();
    assert!(!evidence.is_empty() && evidence.len() <= 3, "{suggestion}");
    assert!(evidence.iter().all(|phrase| text.contains(phrase.as_str().unwrap())), "{suggestion}");
    let next = &suggestion["alternatives"];
    assert_ne!(next["category"], suggestion["suggested_category"]);
    assert_ne!(next["priority"], suggestion["suggested_priority"]);
    let errors = server.send_json("POST", path, &json!({"title": 1})).await.problem(400);
    assert!(errors["description"].is_array() && errors["title"].is_array(), "{errors}");
    assert_eq!(server.get("/api/tickets/").await.json()["count"], 0, "nothing is stored");

    let mut refused = None;
    for _ in 0..80 {
        let answer = server.send_json("POST", path, &body).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    refused.problem(429);
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    server.stop().await;

    let server = TestServer::with(TestDatabase::sqlite(), &["--classifier", "off"]).await;
    let off = server.send_json("POST", path, &body).await;
    off.problem(503);
    assert!(!off.header("retry-after").is_empty());
}

async fn every_path_works_without_its_slash(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let body = json!({"title": "t", "description": "d"});
    assert_eq!(server.send_json("POST", "/api/tickets", &body).await.status, 201);
    assert_eq!(server.send_json("POST", "/api/tickets/create", &body).await.status, 201);
    assert_eq!(
        server.send_json("PATCH", "/api/tickets/1", &json!({"status": "closed"})).await.status,
        200
    );
    for path in [
        "/api/tickets",
        "/api/tickets?status=open",
        "/api/tickets/1",
        "/api/tickets/stats",
        "/api/about",
    ] {
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    assert_eq!(server.get("/api/tickets?status=open").await.json()["count"], 1);
}
