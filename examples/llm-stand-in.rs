//! A stand-in for the server of a language model, to try frontdesk against without a key:
//!
//!     cargo run --example llm-stand-in -- gemini 9001
//!     GOOGLE_API_KEY=stand-in-key-4711 GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:9001 frontdesk serve
//!
//! It keeps the provider's contract (a request that breaks it is refused as the real one would) and
//! answers by a few words of the ticket. A ticket that says `fault 503`, `fault hang`, `fault reset`,
//! `fault html` or `fault 429` has that fault.

#[path = "../tests/integration/support/llm/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod llm;

use std::io::Write as _;

use llm::{Asked, Dialect, KEY, Reply, StandIn};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, port] = arguments.as_slice() else {
        let _ = writeln!(std::io::stderr(), "llm-stand-in gemini|anthropic|openai PORT");
        std::process::exit(2);
    };
    let Some(dialect) = Dialect::ALL.into_iter().find(|dialect| dialect.name() == name) else {
        let _ = writeln!(std::io::stderr(), "no such provider: {name}");
        std::process::exit(2);
    };
    let address = format!("127.0.0.1:{port}");
    let stand_in = StandIn::listen(dialect, &address, move |_, asked| reply(dialect, asked)).await;
    let _ = writeln!(std::io::stderr(), "{name} at {}, key {KEY}", stand_in.url());
    let _ = tokio::signal::ctrl_c().await;
}

fn reply(dialect: Dialect, asked: &Asked) -> Reply {
    let _ = writeln!(std::io::stderr(), "{} {}\n{:#}", asked.method, asked.path, asked.body);
    let text = asked.body.to_string().to_lowercase();
    // only what stands in the ticket: the rules name every word
    let ticket = text.split_once("<ticket>\\n").map_or("", |(_, rest)| rest);
    let ticket = ticket.split_once("</ticket>").map_or("", |(ticket, _)| ticket);
    let has = |words: &[&str]| words.iter().any(|word| ticket.contains(word));
    for (fault, reply) in [
        ("fault 503", dialect.error(503, "UNAVAILABLE", "overloaded")),
        ("fault 429", dialect.error(429, "RESOURCE_EXHAUSTED", "quota").with("retry-after", "5")),
        ("fault html", Reply::Whole(200, vec![], "<html>".to_owned())),
        ("fault hang", Reply::Hang),
        ("fault reset", Reply::Reset),
    ] {
        if has(&[fault]) {
            return reply;
        }
    }
    let category = if has(&["refund", "invoice", "charge"]) {
        "billing"
    } else if has(&["password", "sign in", "log in"]) {
        "account"
    } else if has(&["crash", "error", "fail"]) {
        "technical"
    } else {
        "general"
    };
    let priority = if has(&["everybody", "production"]) {
        "critical"
    } else if has(&["twice", "cannot"]) {
        "high"
    } else {
        "low"
    };
    dialect.says(&format!("{{\"category\": \"{category}\", \"priority\": \"{priority}\"}}"))
}
