use serde_json::{Value, json};

use crate::support::{database::TestDatabase, server::TestServer};

crate::laws!(trends_say_what_happened_on_each_day, days_that_are_none_are_all_named,);

async fn trends_say_what_happened_on_each_day(database: TestDatabase) {
    let server = TestServer::start(database).await;
    server.file("t", "billing", "low").await;
    server.file("t", "technical", "high").await;
    server.clock.set("2026-11-24T00:30:00Z".parse().expect("a time"));
    server.send_json("PATCH", "/api/tickets/1/", &json!({"status": "resolved"})).await;
    let trends = server.get("/api/tickets/trends/?from=2026-11-22").await.json();
    let took = json!({"count": 1, "sum_seconds": 45_000, "median_seconds": 57_600});
    for name in ["first_change", "resolution"] {
        let mut durations = trends[name].clone();
        let histogram = durations.as_object_mut().and_then(|all| all.remove("histogram")).unwrap();
        assert_eq!(durations, took, "{name}");
        let histogram = histogram.as_array().unwrap();
        assert_eq!(histogram.len(), 14);
        assert_eq!(histogram[7], json!({"up_to_seconds": 86_400, "count": 1}));
        assert_eq!(histogram[13], json!({"up_to_seconds": null, "count": 0}));
    }
    let mut trends = trends;
    for name in ["first_change", "resolution"] {
        trends.as_object_mut().unwrap().remove(name);
    }
    assert_eq!(
        trends,
        json!({
            "from": "2026-11-22", "to": "2026-11-24", "created": 2, "resolved": 1,
            "days": [
                {"date": "2026-11-22", "created": 0, "resolved": 0},
                {"date": "2026-11-23", "created": 2, "resolved": 0},
                {"date": "2026-11-24", "created": 0, "resolved": 1},
            ],
            "by_priority": {"low": 1, "medium": 0, "high": 1, "critical": 0},
            "by_category": {"billing": 1, "technical": 1, "account": 0, "general": 0},
            "suggestions": [],
        })
    );
    let usual = server.get("/api/tickets/trends/").await.json();
    assert_eq!((&usual["from"], &usual["to"]), (&json!("2026-10-26"), &json!("2026-11-24")));
    assert_eq!(usual["days"].as_array().map(Vec::len), Some(30));
    let year = server.get("/api/tickets/trends/?from=2027-01-01&to=2028-01-01").await;
    assert_eq!(year.json()["days"].as_array().map(Vec::len), Some(366));
}

async fn days_that_are_none_are_all_named(database: TestDatabase) {
    let server = TestServer::start(database).await;
    let cases: [(&str, &[&str]); 7] = [
        ("from=yesterday&to=2026-02-30", &["from", "to"]),
        ("from=2026-11-23T00:00:00Z", &["from"]),
        ("to=%ff", &["to"]),
        ("from=2026-11-24&to=2026-11-23", &["from"]),
        ("from=2026-11-24", &["from"]),
        ("from=2027-01-01&to=2028-01-02", &["from"]),
        ("from=-009999-1&to=99999-01-01", &["from", "to"]),
    ];
    for (query, named) in cases {
        let errors = server.get(&format!("/api/tickets/trends/?{query}")).await.problem(400);
        let mut names: Vec<&String> =
            errors.as_object().map(serde_json::Map::keys).unwrap().collect();
        names.sort();
        assert_eq!(names, named, "{query}: {errors}");
        assert!(errors.as_object().unwrap().values().all(Value::is_array));
    }
}
