use super::*;
use crate::{
    classify::{
        Limits, Prices,
        examples::Confirmed,
        llm::{Provider, Settings},
        local::LocalClassifier,
        scripted::{Scripted, suggestion, text},
    },
    clock::Clock,
    tickets::{Category, Priority},
};

fn settings() -> Settings {
    Settings {
        provider: Provider::Gemini,
        key: None,
        base_url: "http://127.0.0.1:1".to_owned(),
        model: None,
        temperature: 0.0,
        timeout: std::time::Duration::from_secs(5),
        breaker_cooldown: std::time::Duration::from_secs(30),
        limits: Limits { requests_per_day: Some(2), ..Limits::default() },
        redacts: true,
        shows_examples: true,
    }
}

fn local() -> Arc<Scripted> {
    Scripted::new(|_| Ok(Suggestion { source: Source::Local, ..suggestion() }))
}

fn with(mode: Mode, model: Option<Arc<Scripted>>, local: Arc<dyn Classifier>) -> Classification {
    let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
    let ledger = Arc::new(Ledger::new(Prices::default(), clock));
    let mut all = Classification::new(mode, None, local, ledger.clone()).unwrap();
    all.model = model.map(|model| Guarded::live(&settings(), model, &ledger));
    all
}

fn refusing() -> Arc<Scripted> {
    Scripted::new(|_| Err(ClassifyError::Refused(String::new())))
}

#[tokio::test]
async fn the_embedded_classifier_answers_where_the_model_fails_and_the_mode_allows_it() {
    let auto = with(Mode::Auto, Some(refusing()), local());
    let answer = auto.classify(&text("a")).await.unwrap();
    assert_eq!((answer.suggestion.source, answer.degraded), (Source::Local, true));
    assert!(auto.at_once(&text("a")).await.is_some());

    let strict = with(Mode::Gemini, Some(refusing()), local());
    let error = strict.classify(&text("a")).await.unwrap_err();
    assert!(matches!(error, ClassifyError::Refused(_)), "{error}");
    assert_eq!(strict.at_once(&text("a")).await, None);
}

#[tokio::test]
async fn a_model_that_answers_is_not_second_guessed() {
    let (model, local) = (Scripted::new(|_| Ok(suggestion())), local());
    let auto = with(Mode::Auto, Some(model), local.clone());
    let answer = auto.classify(&text("a")).await.unwrap();
    assert_eq!((answer.suggestion.source, answer.degraded), (Source::Gemini, false));
    assert_eq!(local.calls(), 0);
}

#[tokio::test]
async fn past_the_budget_the_embedded_classifier_answers() {
    let model = Scripted::new(|_| Ok(suggestion()));
    let auto = with(Mode::Auto, Some(model.clone()), local());
    for (question, degraded, is_sent) in
        [("a", false, true), ("b", false, true), ("c", true, false), ("a", false, true)]
    {
        let answer = auto.classify(&text(question)).await.unwrap();
        assert_eq!((answer.degraded, answer.sent.is_some()), (degraded, is_sent), "{question}");
    }
    assert_eq!(model.calls(), 2);
    assert_eq!(auto.status().breaker.unwrap().state, "closed", "no fault of the provider's");
}

#[tokio::test]
async fn a_model_gets_the_text_without_what_tells_people_apart() {
    let auto = with(Mode::Auto, Some(Scripted::new(|_| Ok(suggestion()))), local());
    let answer = auto.classify(&text("I am ada@example.com")).await.unwrap();
    let sent = answer.sent.unwrap();
    assert!(sent.contains("I am [email]") && !sent.contains("ada"), "{sent}");
    assert_eq!(auto.outgoing(&text("I am ada@example.com")), Some(sent));
}

#[tokio::test]
async fn examples_go_along_and_reasons_are_of_the_askers_text_alone() {
    let said = "Card charged twice, refund. ZEBRA";
    let filled = |all: &Classification| {
        let confirmed = Confirmed {
            id: 17,
            version: 2,
            title: "Charged twice".into(),
            description: format!("{said} bob@example.com"),
            category: Category::Billing,
            priority: Priority::High,
        };
        all.library().unwrap().refresh(vec![confirmed]);
    };
    let auto = with(Mode::Auto, Some(refusing()), Arc::new(LocalClassifier));
    filled(&auto);
    let asked = text("Card charged twice, please refund.");
    let answer = auto.classify(&asked).await.unwrap();
    assert!(answer.sent.as_ref().unwrap().contains("<example ticket=\"17\""), "{answer:?}");
    let evidence = answer.suggestion.reasons.as_ref().unwrap().evidence.clone();
    assert!(!evidence.is_empty());
    assert!(evidence.iter().all(|phrase| asked.description.contains(phrase)), "{evidence:?}");
    for trace in ["ZEBRA", "bob@"] {
        assert!(!format!("{answer:?}").contains(trace), "{trace}: {answer:?}");
    }

    let model = Scripted::new(|_| Ok(suggestion()));
    let auto = with(Mode::Auto, Some(model.clone()), local());
    auto.classify(&asked).await.unwrap();
    filled(&auto);
    auto.classify(&asked).await.unwrap();
    assert_eq!(model.calls(), 2, "another question, since there are examples now");
    auto.choose_again(&asked, 17).await.unwrap();
    assert_eq!(model.calls(), 2, "without itself it is the first question again");
}

#[tokio::test]
async fn without_a_model_the_embedded_one_is_nobodys_fallback() {
    let auto = with(Mode::Auto, None, local());
    assert!(!auto.classify(&text("a")).await.unwrap().degraded);
    let off = with(Mode::Off, None, local());
    assert_eq!(off.classify(&text("a")).await, Err(ClassifyError::Off));
    assert_eq!(off.at_once(&text("a")).await, None);
}

#[tokio::test]
async fn the_status_shows_who_is_asked_and_the_breaker() {
    let model = Scripted::new(|_| Err(ClassifyError::Misconfigured(String::new())));
    let auto = with(Mode::Auto, Some(model), local());
    auto.classify(&text("a")).await.unwrap();
    auto.classify(&text("b")).await.unwrap();
    let failure = |kind, n| Failure { source: Source::Gemini, kind, n };
    let failures = [failure("circuit_open", 1), failure("misconfigured", 1)];
    assert_eq!(auto.failures(), (Timestamp::UNIX_EPOCH, failures.to_vec()));
    let status = serde_json::to_value(auto.status()).unwrap();
    assert_eq!(
        status,
        serde_json::json!({"mode": "auto", "source": "gemini", "model": "gemini-3.5-flash-lite",
            "breaker": {"state": "open", "failures": 1, "last_failure": "misconfigured",
                "retry_in_seconds": 30}})
    );
    let alone = serde_json::to_value(with(Mode::Local, None, local()).status()).unwrap();
    assert_eq!(alone, serde_json::json!({"mode": "local", "source": "local"}));
}
