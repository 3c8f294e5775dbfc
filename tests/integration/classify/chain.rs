use std::time::Duration;

use serde_json::json;

use super::{VERDICT, classify, server};
use crate::support::llm::{Dialect, Reply, StandIn};

const DIALECT: Dialect = Dialect::Gemini;

#[tokio::test]
async fn a_client_that_goes_away_cancels_its_call() {
    let stand_in = StandIn::always(DIALECT, Reply::Hang).await;
    let server = server(&stand_in, &["--llm-timeout", "1h"]).await;
    {
        let asking = classify(&server, "a");
        tokio::select! {
            _ = asking => panic!("it hangs"),
            () = stand_in.was_asked(1) => {}
        }
    }
    stand_in.was_deserted(1).await;
}

#[tokio::test]
async fn the_same_question_costs_one_call() {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let server = server(&stand_in, &[]).await;
    for description in ["The same.", " The \n same.\t", "The same."] {
        assert_eq!(classify(&server, description).await.json()["source"], "gemini");
    }
    let body = json!({"title": "Charged twice", "description": "The same."});
    let ticket = server.send_json("POST", "/api/tickets/", &body).await.json();
    assert_eq!(ticket["category_source"], "gemini", "filing uses it too");
    assert_eq!(stand_in.asked().len(), 1);
    let metrics = server.get("/metrics").await.text;
    assert!(metrics.contains("frontdesk_classify_cache_hits_total"), "{metrics}");
    assert!(metrics.contains("frontdesk_classify_breaker_open 0"), "{metrics}");
}

#[tokio::test]
async fn a_failure_that_may_pass_is_tried_again_in_time() {
    for (fault, first) in [
        ("503", DIALECT.error(503, "UNAVAILABLE", "overloaded")),
        ("reset", Reply::Reset),
        ("broken off", Reply::BreakOff),
    ] {
        let stand_in = StandIn::start(DIALECT, move |nth, _| match nth {
            0 => first.clone(),
            _ => DIALECT.says(VERDICT),
        })
        .await;
        let server = server(&stand_in, &[]).await;
        assert_eq!(classify(&server, "a").await.json()["degraded"], false, "{fault}");
        assert_eq!(stand_in.asked().len(), 2, "{fault}");
    }
}

#[tokio::test]
async fn a_provider_that_asks_to_wait_is_left_alone_for_as_long_as_it_says() {
    let limited = |delay: &str| {
        Reply::json(
            429,
            &json!({"error": {"code": 429, "message": "quota", "status": "RESOURCE_EXHAUSTED",
                "details": [
                    {"@type": "type.googleapis.com/google.rpc.QuotaFailure",
                        "violations": [{"quotaId": "GenerateRequestsPerMinute"}]},
                    {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}]}}),
        )
    };
    let stand_in = StandIn::always(DIALECT, limited("37s")).await;
    let strict = server(&stand_in, &["--classifier", "gemini"]).await;
    let answer = classify(&strict, "a").await;
    answer.problem(503);
    assert_eq!(answer.header("retry-after"), "37");
    classify(&strict, "b").await.problem(503);
    assert_eq!(stand_in.asked().len(), 1, "not asked again");
    let breaker = strict.get("/readyz").await.json()["classifier"]["breaker"].clone();
    assert_eq!(
        (&breaker["state"], &breaker["last_failure"]),
        (&json!("open"), &json!("rate_limited"))
    );

    // short waits end by themselves
    let short = limited("0.2s");
    let stand_in = StandIn::start(DIALECT, move |nth, _| match nth {
        0 => short.clone(),
        _ => DIALECT.says(VERDICT),
    })
    .await;
    let auto = server(&stand_in, &[]).await;
    assert_eq!(classify(&auto, "a").await.json()["degraded"], true);
    let recovered = async {
        while classify(&auto, "a").await.json()["degraded"] == true {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), recovered).await.expect("it recovers");
    assert_eq!(auto.get("/readyz").await.json()["classifier"]["breaker"]["state"], "closed");
}

#[tokio::test]
async fn a_spent_day_is_not_asked_about_every_minute() {
    let spent = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [
        {"violations": [{"quotaId": "GenerateRequestsPerDayPerProject"}]},
        {"retryDelay": "12s"}]}});
    let stand_in = StandIn::always(DIALECT, Reply::json(429, &spent)).await;
    let strict = server(&stand_in, &["--classifier", "gemini"]).await;
    assert_eq!(classify(&strict, "a").await.header("retry-after"), "3600");
    let openai = Dialect::OpenAi;
    let broke = openai.error(429, "insufficient_quota", "You exceeded your current quota");
    let stand_in = StandIn::always(openai, broke.with("retry-after", "1")).await;
    let strict = server(&stand_in, &["--classifier", "openai"]).await;
    assert_eq!(classify(&strict, "a").await.header("retry-after"), "3600");
}

#[tokio::test]
async fn one_client_may_not_spend_everybodys_calls() {
    let stand_in = StandIn::always(DIALECT, DIALECT.says(VERDICT)).await;
    let server = server(&stand_in, &[]).await;
    let mut refused = None;
    for n in 0..200 {
        let answer = classify(&server, &n.to_string()).await;
        if answer.status == 429 {
            refused = Some((n, answer));
            break;
        }
    }
    let (asked, answer) = refused.expect("a limit");
    answer.problem(429);
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(stand_in.asked().len(), asked);
}
