//! A page of a search.

use deadpool_postgres::{GenericClient, Object};
use tokio_postgres::IsolationLevel;

use super::{
    query::{Query, search_walk_query},
    read_ticket,
    search_cache::{FoundSegment, SearchCache},
};
use crate::{
    error::Result,
    tickets::{Hunt, PageRequest, Position, Search, Step, Ticket, TicketPage},
};

/// A page of a search. `request` has one.
pub async fn page(
    connection: &mut Object,
    cache: &SearchCache,
    request: &PageRequest,
    search: &Search,
) -> Result<TicketPage> {
    let mut hunt = Hunt::new(request);
    // one moment for all steps: a ticket that goes from those that wait into a segment is in one of them
    let reading = connection
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let segments = cache.segments(&reading).await?;
    let grams = hunt.grams();
    let blocks = cache.blocks(&reading, &segments, &grams).await?;
    for (segment, blocks) in segments.iter().zip(blocks.chunks(grams.len().max(1))) {
        for (gram, block) in grams.iter().zip(blocks) {
            hunt.add(segment.head, *gram, block);
        }
    }
    let rows = loop {
        match hunt.next_step() {
            Step::Walk(rows) => {
                let query = search_walk_query(request, search, rows.into());
                hunt.walked(read_tickets(&reading, &query).await?);
            }
            Step::Compare { segments: wanted, pending } => {
                let named = |id: &i64| segments.iter().find(|segment| segment.head.id == *id);
                let wanted: Vec<FoundSegment> = wanted.iter().filter_map(named).copied().collect();
                let mut ids = Vec::new();
                for (segment, bytes) in wanted.iter().zip(cache.ids(&reading, &wanted).await?) {
                    ids.extend(hunt.candidates(segment.head.id, &bytes));
                }
                let mut hits = Vec::new();
                if pending {
                    match cache.waiting(&reading, search).await? {
                        Some(waiting) => ids.extend(waiting),
                        None => hits.extend(compare(&reading, request, search, None).await?),
                    }
                }
                if !ids.is_empty() {
                    hits.extend(compare(&reading, request, search, Some(ids)).await?);
                }
                hunt.compared(hits);
            }
            Step::Read(ids) => break read_in_order(&reading, &ids).await?,
            Step::Done(rows) => break rows,
        }
    };
    reading.commit().await?;
    Ok(hunt.page(rows))
}

/// Which of some tickets match the whole filter; `None`: of those that no segment has.
async fn compare(
    client: &impl GenericClient,
    request: &PageRequest,
    search: &Search,
    ids: Option<Vec<i64>>,
) -> Result<Vec<Position>> {
    let filter = &request.filter;
    let mut query = Query::default();
    query.push("select ticket.created_at, ticket.id from ");
    if let Some(ids) = ids {
        query.push("unnest(");
        query.bind(ids);
        query.push("::bigint[]) as candidate (ticket_id)");
    } else {
        query.push("search_pending as candidate");
    }
    query.push(
        " cross join lateral (select document from ticket_document
               where ticket_document.ticket_id = candidate.ticket_id offset 0) as ticket_document
           cross join lateral (select * from ticket where ticket.id = candidate.ticket_id offset 0)
               as ticket
           where true",
    );
    query.matches(search);
    query.conditions(filter);
    let statement = client.prepare_cached(&query.sql).await?;
    let rows = client.query(&statement, &query.parameters()).await?;
    rows.iter()
        .map(|row| Ok(Position { created_at: row.try_get(0)?, id: row.try_get(1)? }))
        .collect()
}

async fn read_tickets(client: &impl GenericClient, query: &Query) -> Result<Vec<Ticket>> {
    let statement = client.prepare_cached(&query.sql).await?;
    let rows = client.query(&statement, &query.parameters()).await?;
    rows.iter().map(read_ticket).collect()
}

async fn read_in_order(client: &impl GenericClient, ids: &[i64]) -> Result<Vec<Ticket>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::default();
    query.push(concat!("select ", columns!(), " from ticket join unnest("));
    query.bind(ids.to_vec());
    query
        .push("::bigint[]) with ordinality as page (id, n) on page.id = ticket.id order by page.n");
    read_tickets(client, &query).await
}
