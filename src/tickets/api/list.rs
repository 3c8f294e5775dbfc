//! The list: filters, search, pages.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{RawQuery, State},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::wire::TicketBody;
use crate::{
    error::Result,
    http::{
        App,
        json::{self, WrittenJson},
        problem::Problem,
        query::Parameters,
    },
    tickets::{
        Category, Cursor, Decided, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, PageRequest, Priority,
        Search, Status, TicketFilter,
    },
};

/// The conditions on tickets. They compose (AND); several values of one, comma-separated or repeated, are
/// alternatives (OR); an empty value is no condition.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct TicketConditions {
    #[param(inline, style = Form, explode = false)]
    category: Option<Vec<Category>>,
    #[param(inline, style = Form, explode = false)]
    priority: Option<Vec<Priority>>,
    #[param(inline, style = Form, explode = false)]
    status: Option<Vec<Status>>,
    /// `false`: only tickets whose category or priority a machine set and no agent has confirmed.
    #[param(inline)]
    decided: Option<Decided>,
    /// A substring of title or description, in any case, every character literal.
    #[param(max_length = 500)]
    search: Option<String>,
    /// Filed at or after this time (RFC 3339) or the start of this day (UTC).
    created_after: Option<String>,
    /// Filed before this time or the start of this day.
    created_before: Option<String>,
}

/// Which part of the list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read one by one")]
pub struct ListTickets {
    /// Tickets on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
    /// From `next` or `previous` of a page.
    cursor: Option<String>,
}

/// One page of tickets, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketPage)]
pub struct PageBody {
    /// How many tickets match: exact, or null where counting would cost a scan.
    #[schema(required, example = 124)]
    count: Option<u64>,
    /// Where the older tickets are; null at the end.
    #[schema(required)]
    next: Option<String>,
    /// Where the newer tickets are; null at the start.
    #[schema(required)]
    previous: Option<String>,
    results: Vec<TicketBody>,
}

/// A page of tickets, newest first.
#[utoipa::path(get, path = "/api/tickets/", tag = "tickets",
    params(TicketConditions, ListTickets), responses(
    (status = 200, body = PageBody),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_tickets(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<WrittenJson, Problem> {
    let query = query.unwrap_or_default();
    let mut parameters = Parameters::new(&query);
    let request = page_request(&mut parameters)?;
    if request.filter.search.is_some() {
        return Ok(WrittenJson(page(&app, request, &parameters).await?));
    }
    let (question, coalescer) = (format!("/api/tickets/?{query}"), app.coalescer.clone());
    let parameters = Arc::new(parameters);
    let make = move || {
        let (app, request, parameters) = (app.clone(), request.clone(), parameters.clone());
        async move { page(&app, request, &parameters).await }
    };
    Ok(WrittenJson(coalescer.answer(question, make).await?))
}

/// The page that was asked for by these parameters, as it is answered.
async fn page(app: &App, request: PageRequest, parameters: &Parameters) -> Result<Bytes> {
    let page = app.store.tickets(request).await?;
    let link = |cursor: Option<Cursor>| {
        let mut query = parameters.encode_without("cursor");
        Some(format!(
            "/api/tickets/?{}",
            query.append_pair("cursor", &cursor?.to_string()).finish()
        ))
    };
    let texts = page.tickets.iter().map(|ticket| ticket.title.len() + ticket.description.len());
    let bytes = 512 + texts.map(|text| text + text / 16 + 448).sum::<usize>();
    let body = PageBody {
        count: page.count,
        next: link(page.older),
        previous: link(page.newer),
        results: page.tickets.into_iter().map(TicketBody::from).collect(),
    };
    json::write(&body, bytes)
}

fn page_request(parameters: &mut Parameters) -> Result<PageRequest> {
    let filter = ticket_filter(parameters);
    let limit = parameters.limit(PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX);
    let cursor = match parameters.value("cursor").map(str::parse).transpose() {
        Ok(cursor) => cursor,
        Err(message) => {
            parameters.fault("cursor", message);
            None
        }
    };
    parameters.check()?;
    Ok(PageRequest { filter, cursor, limit })
}

/// The filter that parameters describe; what is wrong with them is noted.
pub fn ticket_filter(parameters: &mut Parameters) -> TicketFilter {
    let search = match Search::parse(parameters.value("search").unwrap_or_default()) {
        Ok(search) => search,
        Err(message) => {
            parameters.fault("search", message);
            None
        }
    };
    TicketFilter {
        categories: parameters.words("category"),
        priorities: parameters.words("priority"),
        statuses: parameters.words("status"),
        decided: parameters.word("decided"),
        search,
        created_from: parameters.instant("created_after"),
        created_before: parameters.instant("created_before"),
    }
}
