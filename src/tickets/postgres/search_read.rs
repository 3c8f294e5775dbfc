//! The search's index as a server reads it, through what it remembers of it.

use std::sync::Arc;

use deadpool_postgres::GenericClient;
use tokio_postgres::Row;

use crate::{
    error::Result,
    tickets::{FoundSegment, Position, Search, SearchCache, SegmentHead, WAITING_MAX},
};

const SEGMENTS: &str = "select id, tickets, newest, oldest, grams, buckets, uuid_send(key)
     from search_segment order by id";

/// `offset 0`: each is looked up by its key, whatever the planner knows or guesses of the table.
const BLOCKS: &str = "select wanted.n, block.postings
     from unnest($1::bigint[], $2::integer[]) with ordinality as wanted (segment, bucket, n)
     cross join lateral (select postings from search_block where segment = wanted.segment
         and bucket = wanted.bucket offset 0) as block";

const IDS: &str = "select id, ids from search_segment where id = any($1)";

const WAITING: &str = "select coalesce(array_agg(ticket_id), '{}'), coalesce(array_agg(key), '{}')
     from (select ticket_id, key from search_pending limit $1) as waiting";

const TEXTS: &str = "select wanted.id, ticket.created_at, text.document
     from unnest($1::bigint[]) as wanted (id)
     cross join lateral (select created_at from ticket where ticket.id = wanted.id offset 0) as ticket
     cross join lateral (select document from ticket_document
         where ticket_id = wanted.id offset 0) as text";

/// The segments that there are.
pub async fn segments(client: &impl GenericClient) -> Result<Vec<FoundSegment>> {
    let statement = client.prepare_cached(SEGMENTS).await?;
    client.query(&statement, &[]).await?.iter().map(read_segment).collect()
}

/// The blocks of these segments that may have these grams: for each segment one of each gram, empty
/// where there is none.
pub async fn blocks(
    client: &impl GenericClient,
    cache: &SearchCache,
    segments: &[FoundSegment],
    grams: &[i64],
) -> Result<Vec<Arc<[u8]>>> {
    let mut found = cache.blocks(segments, grams);
    if !found.missing().is_empty() {
        let (ids, buckets): (Vec<i64>, Vec<i32>) =
            found.missing().iter().map(|missing| (missing.segment, missing.bucket)).unzip();
        let statement = client.prepare_cached(BLOCKS).await?;
        for row in client.query(&statement, &[&ids, &buckets]).await? {
            let n = usize::try_from(row.try_get::<_, i64>(0)?).unwrap_or(usize::MAX);
            found.put(n.wrapping_sub(1), row.try_get(1)?);
        }
    }
    Ok(cache.remember_blocks(found))
}

/// The ids of each of these segments as they are stored; empty of one that is not there.
pub async fn ids(
    client: &impl GenericClient,
    cache: &SearchCache,
    segments: &[FoundSegment],
) -> Result<Vec<Arc<[u8]>>> {
    let mut found: Vec<Option<Arc<[u8]>>> =
        segments.iter().map(|segment| cache.ids(segment)).collect();
    let is_missing = |(ids, segment): (&Option<Arc<[u8]>>, &FoundSegment)| {
        ids.is_none().then_some(segment.head.id)
    };
    let missing: Vec<i64> = found.iter().zip(segments).filter_map(is_missing).collect();
    if !missing.is_empty() {
        let statement = client.prepare_cached(IDS).await?;
        for row in client.query(&statement, &[&missing]).await? {
            let id: i64 = row.try_get(0)?;
            if let Some(n) = segments.iter().position(|segment| segment.head.id == id) {
                found[n] = Some(cache.remember_ids(&segments[n], row.try_get(1)?));
            }
        }
    }
    Ok(found.into_iter().map(Option::unwrap_or_default).collect())
}

/// The tickets whose texts wait for a segment and have the search in them; `None` if too many wait to
/// be compared here.
pub async fn waiting(
    client: &impl GenericClient,
    cache: &SearchCache,
    search: &Search,
) -> Result<Option<Vec<Position>>> {
    let statement = client.prepare_cached(WAITING).await?;
    let most = i64::try_from(WAITING_MAX + 1).unwrap_or(i64::MAX);
    let row = client.query_one(&statement, &[&most]).await?;
    let (ids, keys): (Vec<i64>, Vec<i64>) = (row.try_get(0)?, row.try_get(1)?);
    if ids.len() > WAITING_MAX {
        return Ok(None);
    }
    let mut waiting = cache.waiting(ids.into_iter().zip(keys).collect());
    let missing = waiting.missing();
    if !missing.is_empty() {
        let waits = Arc::make_mut(&mut waiting);
        let statement = client.prepare_cached(TEXTS).await?;
        for row in client.query(&statement, &[&missing]).await? {
            let at = Position { created_at: row.try_get(1)?, id: row.try_get(0)? };
            waits.put(at, row.try_get(2)?);
        }
    }
    cache.remember_waiting(&waiting);
    Ok(Some(waiting.having(search)))
}

fn read_segment(row: &Row) -> Result<FoundSegment> {
    let key: &[u8] = row.try_get(6)?;
    Ok(FoundSegment {
        head: SegmentHead {
            id: row.try_get(0)?,
            tickets: u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(0),
            newest: row.try_get(2)?,
            oldest: row.try_get(3)?,
            grams: row.try_get(4)?,
        },
        buckets: row.try_get(5)?,
        key: key.try_into().map_or(0, u128::from_be_bytes),
    })
}
