//! A page of a search, and the index behind it.

use deadpool_postgres::{GenericClient, Object};
use tokio_postgres::{IsolationLevel, Row};

use super::{
    query::{Query, search_walk_query},
    read_ticket,
};
use crate::{
    error::Result,
    tickets::{
        Hunt, PageRequest, Position, SEGMENT_TICKETS, Search, Segment, SegmentBuilder, SegmentHead,
        Step, Ticket, TicketPage,
    },
};

/// The blocks that may have one of the grams, segment by segment.
const BLOCKS: &str = "select s.id, s.tickets, s.newest, s.oldest, gram.number, b.postings
     from search_segment s cross join unnest($1::bigint[]) as gram (number)
     join search_block b on b.segment = s.id and b.bucket = (gram.number & (s.buckets - 1))::integer
     order by s.id";

/// Documents that are read at once.
const CHUNK: usize = 256;

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
    // each is looked up by its id, whatever the planner thinks of their number
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

/// Makes a segment of the tickets that wait for one, if there are at least `at_least`; returns how
/// many those were.
pub async fn index(connection: &mut Object, at_least: u32) -> Result<u32> {
    let most = i64::from(SEGMENT_TICKETS);
    let statement = connection
        .prepare_cached("select count(*) from (select 1 from search_pending limit $1) as pending")
        .await?;
    let waiting: i64 = connection.query_one(&statement, &[&most]).await?.try_get(0)?;
    if waiting < i64::from(at_least.max(1)) {
        return Ok(0);
    }
    // the longest part reads and computes, and locks nothing
    let statement = connection
        .prepare_cached(
            "select pending.ticket_id, pending.version, ticket.created_at
             from (select * from search_pending order by ticket_id limit $1) as pending
             left join ticket on ticket.id = pending.ticket_id
             order by ticket.created_at desc, pending.ticket_id desc",
        )
        .await?;
    let waiting = connection.query(&statement, &[&most]).await?;
    let mut done = Done::default();
    let mut segment = SegmentBuilder::default();
    for chunk in waiting.chunks(CHUNK) {
        if segment.is_full() {
            break;
        }
        let ids = chunk.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
        let documents = documents(connection, &ids).await?;
        for (row, document) in chunk.iter().zip(&documents) {
            let id = row.try_get(0)?;
            // one that was deleted has no document, and only has to go
            if let (Some(created_at), Some(document)) = (row.try_get(2)?, document) {
                segment.push(Position { created_at, id }, document);
            }
            done.ids.push(id);
            done.versions.push(row.try_get(1)?);
        }
    }
    store(connection, &done, segment.build()).await?;
    Ok(u32::try_from(done.ids.len()).unwrap_or(u32::MAX))
}

/// The documents of some tickets in the order of the ids.
async fn documents(connection: &Object, ids: &[i64]) -> Result<Vec<Option<String>>> {
    let statement = connection
        .prepare_cached(
            "select document from unnest($1::bigint[]) with ordinality as wanted (id, n)
             left join ticket_document on ticket_document.ticket_id = wanted.id
             order by wanted.n",
        )
        .await?;
    let rows = connection.query(&statement, &[&ids]).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// What a segment was made of: tickets, and the versions of their texts.
#[derive(Default)]
struct Done {
    ids: Vec<i64>,
    versions: Vec<i64>,
}

/// Stores a segment and lets its tickets wait no longer, but those whose text changed meanwhile.
async fn store(connection: &mut Object, done: &Done, segment: Option<Segment>) -> Result<()> {
    let transaction = connection.transaction().await?;
    let statement = transaction
        .prepare_cached(
            "delete from search_pending
             using unnest($1::bigint[], $2::bigint[]) as done (ticket_id, version)
             where search_pending.ticket_id = done.ticket_id
                 and search_pending.version = done.version",
        )
        .await?;
    if transaction.execute(&statement, &[&done.ids, &done.versions]).await? == 0 {
        return Ok(()); // another server was faster: its segment is enough
    }
    if let Some(segment) = segment {
        let statement = transaction
            .prepare_cached(
                "with segment as (
                     insert into search_segment (tickets, ids, newest, oldest, buckets)
                     values ($1, $2, $3, $4, $5) returning id
                 )
                 insert into search_block (segment, bucket, postings)
                 select segment.id, block.bucket, block.postings
                 from segment, unnest($6::integer[], $7::bytea[]) as block (bucket, postings)",
            )
            .await?;
        let size = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let (buckets, postings): (Vec<i32>, Vec<Vec<u8>>) =
            segment.blocks.into_iter().map(|(bucket, bytes)| (size(bucket), bytes)).unzip();
        let tickets = i32::try_from(segment.tickets).unwrap_or(i32::MAX);
        transaction
            .execute(
                &statement,
                &[
                    &tickets,
                    &segment.ids,
                    &segment.newest,
                    &segment.oldest,
                    &size(segment.buckets),
                    &buckets,
                    &postings,
                ],
            )
            .await?;
    }
    Ok(transaction.commit().await?)
}
