//! Statistics over HTTP.

mod trends;

pub use trends::*;

use std::{collections::BTreeMap, sync::Arc};

use axum::{body::Bytes, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::Result,
    http::{
        App,
        json::{self, WrittenJson},
        problem::Problem,
    },
    tickets::{Category, Priority, Status, Word},
};

/// Every number is exact and counted by the database.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    #[schema(example = 124)]
    total_tickets: u64,
    #[schema(example = 67)]
    open_tickets: u64,
    /// Per UTC day, from the first ticket's day to today.
    #[schema(example = 8.3)]
    avg_tickets_per_day: f64,
    #[schema(example = json!({"low": 30, "medium": 52, "high": 31, "critical": 11}))]
    priority_breakdown: BTreeMap<Priority, u64>,
    #[schema(example = json!({"billing": 28, "technical": 55, "account": 22, "general": 19}))]
    category_breakdown: BTreeMap<Category, u64>,
    #[schema(example = json!({"open": 67, "in_progress": 20, "resolved": 25, "closed": 12}))]
    status_breakdown: BTreeMap<Status, u64>,
}

/// How many tickets there are, by priority, category and status.
#[utoipa::path(get, path = "/api/tickets/stats/", tag = "tickets", responses(
    (status = 200, body = Stats),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_stats(State(app): State<Arc<App>>) -> Result<WrittenJson, Problem> {
    let (question, coalescer) = ("/api/tickets/stats/".to_owned(), app.coalescer.clone());
    let make = move || {
        let app = app.clone();
        async move { stats(&app).await }
    };
    Ok(WrittenJson(coalescer.answer(question, make).await?))
}

async fn stats(app: &App) -> Result<Bytes> {
    let counts = app.store.ticket_counts().await?;
    let stats = Stats {
        total_tickets: counts.total(),
        open_tickets: counts.count(|_, _, status| status == Status::Open),
        avg_tickets_per_day: counts.average_per_day(app.clock.now()),
        priority_breakdown: breakdown(|word| counts.count(|_, p, _| p == word)),
        category_breakdown: breakdown(|word| counts.count(|c, _, _| c == word)),
        status_breakdown: breakdown(|word| counts.count(|_, _, s| s == word)),
    };
    json::write(&stats, 512)
}

/// Every word of a list with its count, zeros too.
fn breakdown<W: Word>(count: impl Fn(W) -> u64) -> BTreeMap<W, u64> {
    W::ALL.iter().map(|word| (*word, count(*word))).collect()
}
