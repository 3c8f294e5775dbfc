//! Trends over HTTP.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{RawQuery, State},
};
use jiff::{Span, civil::Date};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::breakdown;
use crate::{
    error::Result,
    http::{App, problem::Problem, query::Parameters},
    stats::{Agreement, Days, Durations, TREND_DAYS_DEFAULT, TREND_DAYS_MAX, Trends},
    tickets::{Category, Measure, Priority, Source, day_of},
};

/// Which days.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct TrendDays {
    /// The first day (UTC). Left out: 29 days before the last.
    #[param(format = Date, example = "2026-10-25")]
    from: Option<String>,
    /// The last day (UTC), at most 366 days with the first one. Left out: today.
    #[param(format = Date, example = "2026-11-23")]
    to: Option<String>,
}

/// What happened on the days asked for. Every number is exact and counted by the database. A resolution is
/// a change from `open` or `in_progress` into `resolved` or `closed`: a ticket that is opened again and
/// resolved again counts again, one that was filed or imported as done does not count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Trends)]
pub struct TrendsBody {
    #[schema(format = Date, example = "2026-10-25")]
    from: String,
    #[schema(format = Date, example = "2026-11-23")]
    to: String,
    /// Tickets filed on these days that are still there.
    #[schema(example = 124)]
    created: u64,
    /// Resolutions on these days.
    #[schema(example = 97)]
    resolved: u64,
    /// Each day of the range, oldest first, also those on which nothing happened.
    days: Vec<TrendDay>,
    /// Of the tickets filed on these days, by what they are now.
    #[schema(example = json!({"low": 30, "medium": 52, "high": 31, "critical": 11}))]
    by_priority: BTreeMap<Priority, u64>,
    #[schema(example = json!({"billing": 28, "technical": 55, "account": 22, "general": 19}))]
    by_category: BTreeMap<Category, u64>,
    /// From the filing to the first change by an agent, of those first changed on these days.
    first_change: DurationsBody,
    /// From the filing to the resolution, of the resolutions on these days.
    resolution: DurationsBody,
    /// For each model that had set a category or priority of what was resolved on these days: how often
    /// the agents left it.
    suggestions: Vec<SuggestionTrend>,
}

/// One UTC day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrendDay {
    #[schema(format = Date, example = "2026-11-23")]
    date: String,
    #[schema(example = 8)]
    created: u64,
    #[schema(example = 5)]
    resolved: u64,
}

/// How long something took.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Durations)]
pub struct DurationsBody {
    #[schema(example = 90)]
    count: u64,
    /// All of them together.
    #[schema(example = 648_000)]
    sum_seconds: u64,
    /// The middle one, estimated from the histogram; null without any, and beyond its last bound.
    #[schema(required, example = 5_400)]
    median_seconds: Option<u64>,
    /// Always the same bounds.
    histogram: Vec<DurationBucket>,
}

/// Those that took at most so long, and longer than the bound before.
#[derive(Debug, Serialize, ToSchema)]
pub struct DurationBucket {
    /// Null: longer than every bound.
    #[schema(required, example = 300)]
    up_to_seconds: Option<u64>,
    #[schema(example = 12)]
    count: u64,
}

/// What became of one model's suggestions.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionTrend {
    source: Source,
    category: AgreementBody,
    priority: AgreementBody,
}

/// How often a choice was left when the ticket was resolved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Agreement)]
pub struct AgreementBody {
    /// It is as the model set it.
    #[schema(example = 41)]
    kept: u64,
    /// An agent made it another.
    #[schema(example = 4)]
    changed: u64,
}

/// How many tickets were created and resolved on each day, how long that took, and how often the models
/// were right.
#[utoipa::path(get, path = "/api/tickets/trends/", tag = "tickets", params(TrendDays), responses(
    (status = 200, body = TrendsBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_trends(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<TrendsBody>, Problem> {
    let mut parameters = Parameters::new(query.as_deref().unwrap_or_default());
    let days = days(&mut parameters, day_of(app.clock.now()))?;
    let trends = app.store.trends(days).await?;
    Ok(Json(TrendsBody::new(days, &trends)))
}

fn days(parameters: &mut Parameters, today: Date) -> Result<Days> {
    let (from, to) = (parameters.date("from"), parameters.date("to"));
    // a fault that was noted is not followed by others that come from it
    parameters.check()?;
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| to.saturating_sub(Span::new().days(TREND_DAYS_DEFAULT - 1)));
    let days = Days { from, to };
    if from > to {
        parameters.fault("from", "must not be after `to`");
    } else if days.number() > TREND_DAYS_MAX {
        parameters.fault("from", format!("must be at most {TREND_DAYS_MAX} days with `to`"));
    }
    parameters.check()?;
    Ok(days)
}

impl TrendsBody {
    fn new(days: Days, trends: &Trends) -> Self {
        let suggestions = Source::ALL.iter().filter_map(|source| {
            let agreement = |kept, changed| trends.agreement(kept, changed, *source);
            let category = agreement(Measure::CategoryKept, Measure::CategoryChanged);
            let priority = agreement(Measure::PriorityKept, Measure::PriorityChanged);
            let is_known = [category, priority].iter().any(|of| of.kept + of.changed > 0);
            is_known.then(|| SuggestionTrend {
                source: *source,
                category: category.into(),
                priority: priority.into(),
            })
        });
        Self {
            from: days.from.to_string(),
            to: days.to.to_string(),
            created: trends.count(Measure::Created, |_, _| true),
            resolved: trends.count(Measure::Resolved, |_, _| true),
            days: days
                .iter()
                .map(|date| TrendDay {
                    date: date.to_string(),
                    created: trends.count_on(date, Measure::Created),
                    resolved: trends.count_on(date, Measure::Resolved),
                })
                .collect(),
            by_priority: breakdown(|word| trends.created(|_, priority| priority == word)),
            by_category: breakdown(|word| trends.created(|category, _| category == word)),
            first_change: trends.durations(Measure::FirstChange).into(),
            resolution: trends.durations(Measure::Resolved).into(),
            suggestions: suggestions.collect(),
        }
    }
}

impl From<Durations> for DurationsBody {
    fn from(durations: Durations) -> Self {
        let histogram = durations.histogram.iter();
        Self {
            count: durations.count,
            sum_seconds: durations.sum_seconds,
            median_seconds: durations.median_seconds(),
            histogram: histogram
                .map(|(up_to_seconds, count)| DurationBucket {
                    up_to_seconds: *up_to_seconds,
                    count: *count,
                })
                .collect(),
        }
    }
}

impl From<Agreement> for AgreementBody {
    fn from(Agreement { kept, changed }: Agreement) -> Self {
        Self { kept, changed }
    }
}
