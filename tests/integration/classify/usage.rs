//! What language models were asked, what it took and what that costs.

use frontdesk::http::serve::Limits;
use serde_json::{Value, json};

use super::{VERDICT, classify, server};
use crate::support::{
    database::TestDatabase,
    llm::{Dialect, Reply, StandIn},
    server::{TestServer, ticket},
};

crate::laws!(usage_survives_a_restart_and_is_one_sum_over_all_servers);

const REPORT: &str = "/api/classifier/report/";

/// An answer of a model of this name that took 1,000 tokens (600 of them kept) and 50.
fn answer(dialect: Dialect, model: &str) -> Reply {
    let mut answer = dialect.answer(VERDICT, "STOP");
    match dialect {
        Dialect::Gemini => {
            answer["modelVersion"] = json!(model);
            answer["usageMetadata"] = json!({"promptTokenCount": 1_000, "candidatesTokenCount": 10,
                "thoughtsTokenCount": 40, "cachedContentTokenCount": 600, "totalTokenCount": 1_050});
        }
        Dialect::Anthropic => {
            answer["model"] = json!(model);
            answer["usage"] = json!({"input_tokens": 300, "cache_creation_input_tokens": 100,
                "cache_read_input_tokens": 600, "output_tokens": 50});
        }
        Dialect::OpenAi => {
            answer["model"] = json!(model);
            answer["usage"] = json!({"prompt_tokens": 1_000, "completion_tokens": 50,
                "total_tokens": 1_050, "prompt_tokens_details": {"cached_tokens": 600}});
        }
    }
    Reply::json(200, &answer)
}

async fn usage(server: &TestServer) -> (Value, Value) {
    let report = server.get(REPORT).await.json();
    assert_eq!(report["usage_is_complete"], true);
    (report["usage"].clone(), report["usage_total"].clone())
}

#[tokio::test]
async fn every_providers_tokens_are_counted_and_cost_what_they_cost() {
    for dialect in Dialect::ALL {
        let model = format!("priced-{}", dialect.name());
        let stand_in = StandIn::always(dialect, answer(dialect, &model)).await;
        let prices = format!("{model}=2/10/0.5");
        let server = server(&stand_in, &["--llm-prices", &prices]).await;
        for question in ["a", "b", "a"] {
            assert_eq!(classify(&server, question).await.json()["degraded"], false);
        }
        // (400 * 2 + 600 * 0.5 + 50 * 10) / 1,000,000, twice
        let sums = json!({"calls": 2, "cache_hits": 1, "input_tokens": 2_000,
            "cached_input_tokens": 1_200, "output_tokens": 100, "cost": 0.0032, "failures": [],
            "breaker_opened": 0});
        let mut row = json!({"day": "2026-11-23", "source": dialect.name(), "model": model});
        row.as_object_mut().unwrap().extend(sums.as_object().unwrap().clone());
        assert_eq!(usage(&server).await, (json!([row]), sums), "{dialect:?}");

        let metrics = server.get("/metrics").await.text;
        let labels = format!("source=\"{}\",model=\"{model}\"", dialect.name());
        for line in [
            format!("frontdesk_classify_tokens_total{{{labels},direction=\"input\"}} 2000"),
            format!("frontdesk_classify_tokens_total{{{labels},direction=\"output\"}} 100"),
            format!("frontdesk_classify_cost_millionths_total{{{labels}}} 3200"),
        ] {
            assert!(metrics.lines().any(|one| one == line), "{line}: {metrics}");
        }
        assert!(metrics.contains("# HELP frontdesk_classify_cost_millionths_total "), "{metrics}");
    }
}

#[tokio::test]
async fn tokens_are_kept_with_the_ticket_and_reported_by_model() {
    let dialect = Dialect::Gemini;
    let stand_in = StandIn::always(dialect, answer(dialect, "kept-model")).await;
    let server = server(&stand_in, &["--llm-prices", "kept-model=2/10/0.5"]).await;
    let id = classify(&server, "a").await.json()["suggestion_id"].clone();
    let mut body = json!({"title": "Charged twice", "description": "a", "category": "billing",
        "priority": "high", "suggestion_id": id});
    let first = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    // the second one is answered from memory
    body["suggestion_id"] = classify(&server, "a").await.json()["suggestion_id"].clone();
    let second = ticket(&server.send_json("POST", "/api/tickets/", &body).await);
    for (filed, input, output) in [(first, 1_000, 50), (second, 0, 0)] {
        let path = format!("/api/tickets/{}/suggestions/", filed["id"]);
        let one = server.get(&path).await.json()["results"][0].clone();
        assert_eq!((&one["input_tokens"], &one["output_tokens"]), (&json!(input), &json!(output)));
    }
    let model = server.get(REPORT).await.json()["models"][0].clone();
    assert_eq!((&model["suggestions"], &model["tokens"]), (&json!(2), &json!(1_050)));
    assert_eq!((&model["input_tokens"], &model["output_tokens"]), (&json!(1_000), &json!(50)));
    assert_eq!(model["cost"], 0.0016);
}

#[tokio::test]
async fn without_a_price_tokens_are_counted_and_the_cost_is_null() {
    let dialect = Dialect::OpenAi;
    let stand_in = StandIn::always(dialect, answer(dialect, "priceless")).await;
    let server = server(&stand_in, &["--llm-prices", ""]).await;
    classify(&server, "a").await;
    let (days, total) = usage(&server).await;
    assert_eq!((&days[0]["input_tokens"], &days[0]["cost"]), (&json!(1_000), &Value::Null));
    assert_eq!((&total["output_tokens"], &total["cost"]), (&json!(50), &Value::Null));
    let metrics = server.get("/metrics").await.text;
    let has = |name: &str| metrics.lines().any(|l| l.starts_with(name) && l.contains("priceless"));
    assert!(has("frontdesk_classify_tokens_total"), "{metrics}");
    assert!(!has("frontdesk_classify_cost"), "{metrics}");
}

#[tokio::test]
async fn what_fails_is_counted_by_kind_and_the_breakers_past_is_told() {
    let dialect = Dialect::Gemini;
    let stand_in = StandIn::start(dialect, move |nth, _| match nth {
        // an answer that is no good took its tokens all the same
        0 => answer_of_no_use(dialect),
        1 => dialect.error(429, "RESOURCE_EXHAUSTED", "slow down").with("retry-after", "0.05"),
        _ => answer(dialect, "failing-model"),
    })
    .await;
    let server = server(&stand_in, &["--llm-model", "asked-model"]).await;
    assert_eq!(classify(&server, "a").await.json()["degraded"], true);
    assert_eq!(classify(&server, "b").await.json()["degraded"], true);
    let recovered = async {
        while classify(&server, "c").await.json()["degraded"] == true {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), recovered).await.expect("it does");

    let report = server.get(REPORT).await.json();
    let breaker = &report["breaker"];
    let past = breaker["history"].as_array().unwrap();
    let states: Vec<_> = past.iter().map(|turn| turn["state"].as_str().unwrap()).collect();
    assert_eq!(
        (&breaker["state"], states),
        (&json!("closed"), vec!["closed", "half_open", "open"])
    );
    assert_eq!(
        past[2],
        json!({"at": "2026-11-23T12:00:00Z", "state": "open",
        "last_failure": "rate_limited"})
    );
    let total = &report["usage_total"];
    assert_eq!((&total["calls"], &total["breaker_opened"]), (&json!(3), &json!(1)));
    assert_eq!(total["input_tokens"], 2_000, "of the bad answer too: {total}");
    let failures = total["failures"].as_array().unwrap();
    let n = |kind: &str| failures.iter().find(|f| f["kind"] == kind).map(|f| f["n"].clone());
    assert_eq!((n("bad_answer"), n("rate_limited")), (Some(json!(1)), Some(json!(1))));
    let asked = report["usage"].as_array().unwrap();
    let asked = asked.iter().find(|row| row["model"] == "asked-model").expect("who was asked");
    assert_eq!(asked["calls"], 1, "the 429 names no model: {asked}");
}

fn answer_of_no_use(dialect: Dialect) -> Reply {
    let mut answer = dialect.answer("no JSON", "STOP");
    answer["modelVersion"] = json!("failing-model");
    answer["usageMetadata"] = json!({"promptTokenCount": 1_000, "candidatesTokenCount": 50});
    Reply::json(200, &answer)
}

/// Nobody waited for the answer, and it is paid for all the same.
#[tokio::test]
async fn a_call_that_was_given_up_is_counted() {
    let stand_in = StandIn::always(Dialect::Gemini, Reply::Hang).await;
    let server = server(&stand_in, &["--llm-timeout", "200ms"]).await;
    assert_eq!(classify(&server, "a").await.json()["degraded"], true);
    let (days, total) = usage(&server).await;
    assert_eq!((&total["calls"], &total["input_tokens"]), (&json!(1), &json!(0)));
    assert_eq!(days[0]["failures"], json!([{"kind": "timed_out", "n": 1}]));
}

async fn usage_survives_a_restart_and_is_one_sum_over_all_servers(database: TestDatabase) {
    let dialect = Dialect::Anthropic;
    let stand_in = StandIn::always(dialect, answer(dialect, "shared-model")).await;
    let flags = stand_in.flags();
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let one = TestServer::at(&database.url(), &flags, Limits::default()).await;
    let other = TestServer::at(&database.url(), &flags, Limits::default()).await;
    classify(&one, "a").await;
    classify(&other, "b").await;
    classify(&other, "c").await;
    one.stop().await;
    let (_, total) = usage(&other).await;
    assert_eq!((&total["calls"], &total["input_tokens"]), (&json!(3), &json!(3_000)));
    classify(&other, "d").await;
    other.stop().await;
    let later = TestServer::at(&database.url(), &[], Limits::default()).await;
    later.clock.set("2026-11-25T00:00:00Z".parse().unwrap());
    let (days, total) = usage(&later).await;
    assert_eq!((&total["calls"], &total["output_tokens"]), (&json!(4), &json!(200)));
    assert_eq!((&days[0]["day"], &days[0]["source"]), (&json!("2026-11-23"), &json!("anthropic")));
    let span = format!("{REPORT}?from=2026-11-24&to=2026-11-25");
    assert_eq!(later.get(&span).await.json()["usage"], json!([]));
    let day = format!("{REPORT}?from=2026-11-23&to=2026-11-24");
    assert_eq!(later.get(&day).await.json()["usage_total"]["calls"], 4);
    assert_eq!(later.get(REPORT).await.json()["breaker"], Value::Null);
    for edge in ["-009999-01-02T00:00:00Z", "0001-01-01", "9999-12-30"] {
        let status = later.get(&format!("{REPORT}?from={edge}&to={edge}")).await.status;
        assert!(status == 200 || status == 400, "{edge}: {status}");
    }
    later.stop().await;
}
