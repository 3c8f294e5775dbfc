//! A page of a search.

use std::collections::HashMap;

use deadpool_postgres::{GenericClient, Object};
use futures_util::future::try_join;
use tokio_postgres::IsolationLevel;

use super::{
    query::{Query, search_walk_query},
    read_ticket, search_read,
};
use crate::{
    error::Result,
    tickets::{
        FoundSegment, Hunt, PageRequest, Position, READ_AT_ONCE, Search, SearchCache, Step, Ticket,
        TicketPage,
    },
};

/// Most candidates of which whole tickets are read at once with the comparison: of many most would be
/// read in vain.
const WHOLE_MAX: usize = 200;

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
    // sent together: one round trip
    let (segments, mut waiting) =
        try_join(search_read::segments(&reading), search_read::waiting(&reading, cache, search))
            .await?;
    for grams in hunt.grams_in_turn().iter().filter(|grams| !grams.is_empty()) {
        for open in hunt.open_among(&segments, grams.len()).chunks(READ_AT_ONCE) {
            let blocks = search_read::blocks(&reading, cache, open, grams).await?;
            hunt.add_all(open, grams, &blocks);
        }
    }
    let mut whole = HashMap::new();
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
                let stored = search_read::ids(&reading, cache, &wanted).await?;
                for (segment, bytes) in wanted.iter().zip(stored) {
                    ids.extend(hunt.candidates(segment.head.id, &bytes));
                }
                let mut hits = Vec::new();
                if pending {
                    match waiting.take() {
                        // all that may still be wrong is the rest of the filter
                        Some(waiting) if request.filter.is_of_search_alone() => {
                            hits.extend(waiting)
                        }
                        Some(waiting) => ids.extend(waiting.iter().map(|at| at.id)),
                        None => hits.extend(compare(&reading, request, search, None).await?),
                    }
                }
                if (1..=WHOLE_MAX).contains(&ids.len()) {
                    for ticket in compare_whole(&reading, request, search, ids).await? {
                        hits.push(ticket.position());
                        whole.insert(ticket.id, ticket);
                    }
                } else if !ids.is_empty() {
                    hits.extend(compare(&reading, request, search, Some(ids)).await?);
                }
                hunt.compared(hits);
            }
            Step::Read(ids) => break read_in_order(&reading, &ids, whole).await?,
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
    let query = comparison("ticket.created_at, ticket.id", request, search, ids);
    let statement = client.prepare_cached(&query.sql).await?;
    let rows = client.query(&statement, &query.parameters()).await?;
    rows.iter()
        .map(|row| Ok(Position { created_at: row.try_get(0)?, id: row.try_get(1)? }))
        .collect()
}

/// The same with all of the tickets.
async fn compare_whole(
    client: &impl GenericClient,
    request: &PageRequest,
    search: &Search,
    ids: Vec<i64>,
) -> Result<Vec<Ticket>> {
    read_tickets(client, &comparison(columns!(), request, search, Some(ids))).await
}

fn comparison(
    columns: &str,
    request: &PageRequest,
    search: &Search,
    ids: Option<Vec<i64>>,
) -> Query {
    let mut query = Query::default();
    query.push(&format!("select {columns} from "));
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
    query.conditions(&request.filter);
    query
}

async fn read_tickets(client: &impl GenericClient, query: &Query) -> Result<Vec<Ticket>> {
    let statement = client.prepare_cached(&query.sql).await?;
    let rows = client.query(&statement, &query.parameters()).await?;
    rows.iter().map(read_ticket).collect()
}

/// The tickets with these ids in this order, some of which are at hand.
async fn read_in_order(
    client: &impl GenericClient,
    ids: &[i64],
    mut at_hand: HashMap<i64, Ticket>,
) -> Result<Vec<Ticket>> {
    let missing: Vec<i64> = ids.iter().filter(|id| !at_hand.contains_key(id)).copied().collect();
    if !missing.is_empty() {
        let mut query = Query::default();
        query.push(concat!("select ", columns!(), " from unnest("));
        query.bind(missing);
        query.push(
            "::bigint[]) as page (id) cross join lateral
                 (select * from ticket where ticket.id = page.id offset 0) as ticket",
        );
        for ticket in read_tickets(client, &query).await? {
            at_hand.insert(ticket.id, ticket);
        }
    }
    Ok(ids.iter().filter_map(|id| at_hand.remove(id)).collect())
}
