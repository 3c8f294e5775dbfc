//! The index of a search: new segments, and merged ones.

use std::{collections::HashMap, sync::Arc};

use deadpool_postgres::{GenericClient, Object};
use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use crate::{
    background::apart,
    error::Result,
    tickets::{
        MERGED_SEGMENTS, Merge, Position, SEGMENT_TICKETS, Segment, SegmentBuilder, read_ids,
    },
};

/// Documents that are read at once.
const CHUNK: usize = 256;

/// Makes a segment of the tickets that wait for one, if there are at least `at_least`, or else one of
/// several; returns how many tickets it is about.
pub async fn extend(connection: &mut Object, at_least: u32) -> Result<u32> {
    let most = i64::from(SEGMENT_TICKETS);
    let statement = connection
        .prepare_cached("select count(*) from (select 1 from search_pending limit $1) as pending")
        .await?;
    let waiting: i64 = connection.query_one(&statement, &[&most]).await?.try_get(0)?;
    if waiting < i64::from(at_least.max(1)) {
        return merge(connection).await;
    }
    // the longest part reads and computes, and locks nothing
    let statement = connection
        .prepare_cached(
            // `offset 0`: each by its key, whatever the planner knows or guesses of the table
            "select pending.ticket_id, pending.version, ticket.created_at
             from (select * from search_pending order by ticket_id limit $1) as pending
             left join lateral (select created_at from ticket
                 where ticket.id = pending.ticket_id offset 0) as ticket on true
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
        let mut texts = Vec::with_capacity(ids.len());
        for (row, document) in chunk.iter().zip(documents(connection, &ids).await?) {
            let id = row.try_get(0)?;
            // one that was deleted has no document, and only has to go
            if let (Some(created_at), Some(document)) = (row.try_get(2)?, document) {
                texts.push((Position { created_at, id }, document));
            }
            done.ids.push(id);
            done.versions.push(row.try_get(1)?);
        }
        segment = apart(move || {
            for (position, document) in texts {
                segment.push(position, &document);
            }
            segment
        })
        .await?;
    }
    settle(connection, &done, apart(|| segment.build()).await?).await?;
    Ok(u32::try_from(done.ids.len()).unwrap_or(u32::MAX))
}

/// The documents of some tickets in the order of the ids.
async fn documents(connection: &Object, ids: &[i64]) -> Result<Vec<Option<String>>> {
    let statement = connection
        .prepare_cached(
            "select text.document from unnest($1::bigint[]) with ordinality as wanted (id, n)
             left join lateral (select document from ticket_document
                 where ticket_id = wanted.id offset 0) as text on true
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
async fn settle(connection: &mut Object, done: &Done, segment: Option<Segment>) -> Result<()> {
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
        store(&transaction, segment).await?;
    }
    Ok(transaction.commit().await?)
}

/// Stores a segment.
pub async fn store(client: &impl GenericClient, segment: Segment) -> Result<()> {
    let id = insert(client, &segment).await?;
    insert_blocks(client, id, segment.blocks).await
}

/// Stores a segment but for its blocks; returns its id.
async fn insert(client: &impl GenericClient, segment: &Segment) -> Result<i64> {
    let statement = client
        .prepare_cached(
            "insert into search_segment (tickets, ids, newest, oldest, buckets, grams)
             values ($1, $2, $3, $4, $5, $6) returning id",
        )
        .await?;
    let size = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let row = client
        .query_one(
            &statement,
            &[
                &size(segment.tickets),
                &segment.ids,
                &segment.newest,
                &segment.oldest,
                &size(segment.buckets),
                &segment.grams,
            ],
        )
        .await?;
    Ok(row.try_get(0)?)
}

async fn insert_blocks(
    client: &impl GenericClient,
    segment: i64,
    blocks: Vec<(u32, Vec<u8>)>,
) -> Result<()> {
    let statement = client
        .prepare_cached(
            "insert into search_block (segment, bucket, postings)
             select $1, bucket, postings
             from unnest($2::integer[], $3::bytea[]) as block (bucket, postings)",
        )
        .await?;
    let (buckets, postings): (Vec<i32>, Vec<Vec<u8>>) = blocks
        .into_iter()
        .map(|(bucket, postings)| (i32::try_from(bucket).unwrap_or(i32::MAX), postings))
        .unzip();
    client.execute(&statement, &[&segment, &buckets, &postings]).await?;
    Ok(())
}

/// Makes one segment of the oldest that were not merged yet, if there are enough.
async fn merge(connection: &mut Object) -> Result<u32> {
    let transaction = connection.transaction().await?;
    let buckets = i32::try_from(Merge::buckets()).unwrap_or(i32::MAX);
    let most = i64::try_from(MERGED_SEGMENTS).unwrap_or(i64::MAX);
    // another server that merges the same ones has them locked, and then there are too few
    let statement = transaction
        .prepare_cached(
            "select id, tickets, ids, grams from search_segment where buckets = $1
             order by newest, id limit $2 for update skip locked",
        )
        .await?;
    let rows = transaction.query(&statement, &[&buckets, &most]).await?;
    if rows.len() < MERGED_SEGMENTS {
        transaction.rollback().await?; // and lets go of those it has locked
        return Ok(0);
    }
    let segments = rows
        .iter()
        .map(|row| {
            let tickets = u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(0);
            Ok((row.try_get(0)?, tickets, row.try_get(2)?))
        })
        .collect::<Result<Vec<(i64, u32, Vec<u8>)>>>()?;
    let ids: Vec<i64> = segments.iter().map(|(id, _, _)| *id).collect();
    let grams = rows.iter().map(|row| row.try_get(3)).collect::<Result<Vec<i16>, _>>()?;
    let filed_at = filed_at(&transaction, &segments).await?;
    let tickets = segments.iter().map(|(_, tickets, _)| tickets).sum();
    let merge = Arc::new(apart(move || Merge::new(&segments, &filed_at)).await?);
    if let Some(segment) = merge.segment(grams.into_iter().min().unwrap_or(1)) {
        let id = insert(&transaction, &segment).await?;
        let statement = transaction
            .prepare_cached(
                "select segment, bucket, postings from search_block
                 where segment = any($1) and bucket >= $2 and bucket < $3",
            )
            .await?;
        for step in Merge::steps() {
            let edge = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
            let range: [&(dyn ToSql + Sync); 3] = [&ids, &edge(step.start), &edge(step.end)];
            let rows = transaction.query(&statement, &range).await?;
            let blocks = rows
                .iter()
                .map(|row| {
                    let bucket = u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(0);
                    Ok((row.try_get(0)?, bucket, row.try_get(2)?))
                })
                .collect::<Result<Vec<(i64, u32, Vec<u8>)>>>()?;
            let merge = Arc::clone(&merge);
            let merged = apart(move || {
                merge.blocks(blocks.iter().map(|(id, bucket, block)| (*id, *bucket, &block[..])))
            });
            insert_blocks(&transaction, id, merged.await?).await?;
        }
    }
    for table in ["search_block where segment", "search_segment where id"] {
        transaction.execute(&format!("delete from {table} = any($1)"), &[&ids]).await?;
    }
    transaction.commit().await?;
    Ok(tickets)
}

/// When each of the segments' tickets was filed that still exists.
async fn filed_at(
    client: &impl GenericClient,
    segments: &[(i64, u32, Vec<u8>)],
) -> Result<HashMap<i64, Timestamp>> {
    let statement =
        client.prepare_cached("select id, created_at from ticket where id = any($1)").await?;
    let mut filed_at = HashMap::new();
    for (_, tickets, ids) in segments {
        let rows = client.query(&statement, &[&read_ids(ids, *tickets)]).await?;
        for row in rows {
            filed_at.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(filed_at)
}
