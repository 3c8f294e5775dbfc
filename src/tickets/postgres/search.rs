//! A page of a search.

use deadpool_postgres::{GenericClient, Object};
use tokio_postgres::{IsolationLevel, Row};

use super::{
    query::{Query, search_walk_query},
    read_ticket,
};
use crate::{
    error::Result,
    tickets::{Hunt, PageRequest, Position, Search, SegmentHead, Step, Ticket, TicketPage},
};

/// The blocks that may have one of the grams, segment by segment. `offset 0`, here and below, lets each be
/// looked up by its key, whatever the planner knows or guesses of the tables.
const BLOCKS: &str = "select s.id, s.tickets, s.newest, s.oldest, gram.number, b.postings
     from search_segment s cross join unnest($1::bigint[]) as gram (number)
     cross join lateral (select postings from search_block where segment = s.id
         and bucket = (gram.number & (s.buckets - 1))::integer offset 0) as b
     order by s.id";

const IDS: &str = "select id, ids from search_segment where id = any($1)";

/// A page of a search. `request` has one.
pub async fn page(
    connection: &mut Object,
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
    let statement = reading.prepare_cached(BLOCKS).await?;
    for row in reading.query(&statement, &[&hunt.grams()]).await? {
        hunt.add(read_head(&row)?, row.try_get(4)?, row.try_get(5)?);
    }
    let rows = loop {
        match hunt.next_step() {
            Step::Walk(rows) => {
                let query = search_walk_query(request, search, rows.into());
                hunt.walked(read_tickets(&reading, &query).await?);
            }
            Step::Compare { segments, pending } => {
                let mut ids = Vec::new();
                if !segments.is_empty() {
                    let statement = reading.prepare_cached(IDS).await?;
                    for row in reading.query(&statement, &[&segments]).await? {
                        ids.extend(hunt.candidates(row.try_get(0)?, row.try_get(1)?));
                    }
                }
                let mut hits = Vec::new();
                if !ids.is_empty() {
                    hits = compare(&reading, request, search, Some(ids)).await?;
                }
                if pending {
                    hits.extend(compare(&reading, request, search, None).await?);
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

fn read_head(row: &Row) -> Result<SegmentHead> {
    Ok(SegmentHead {
        id: row.try_get(0)?,
        tickets: u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(0),
        newest: row.try_get(2)?,
        oldest: row.try_get(3)?,
    })
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
