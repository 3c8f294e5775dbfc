//! A page of a search, and the index behind it.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{
    micros,
    query::{Query, search_walk},
    read_time, select,
};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::{
        Hunt, PageRequest, Position, SEGMENT_TICKETS, Search, Segment, SegmentBuilder, SegmentHead,
        Step, Ticket, TicketPage,
    },
};

/// The blocks that may have one of the grams of a JSON list, segment by segment.
const BLOCKS: &str = "select s.id, s.tickets, s.newest, s.oldest, gram.value, b.postings
     from search_segment s cross join json_each(?1) as gram
     cross join search_block b on b.segment = s.id and b.bucket = (gram.value & (s.buckets - 1))
     order by s.id";

/// A page of a search. `request` has one. To be called in a transaction: a ticket that goes from those
/// that wait into a segment is in one of them.
pub fn page(
    connection: &Connection,
    request: &PageRequest,
    search: &Search,
) -> rusqlite::Result<TicketPage> {
    let mut hunt = Hunt::new(request);
    {
        let mut statement = connection.prepare_cached(BLOCKS)?;
        let mut rows = statement.query([list_of(&hunt.grams())])?;
        while let Some(row) = rows.next()? {
            let block = row.get_ref(5)?.as_blob()?;
            hunt.add(read_head(row)?, row.get(4)?, block);
        }
    }
    let rows = loop {
        match hunt.next_step() {
            Step::Walk(rows) => hunt.walked(search_walk(connection, request, search, rows)?),
            Step::Compare { segments, pending } => {
                let mut ids = Vec::new();
                let mut read =
                    connection.prepare_cached("select ids from search_segment where id = ?1")?;
                for segment in segments {
                    let bytes: Vec<u8> = read.query_row([segment], |row| row.get(0))?;
                    ids.extend(hunt.candidates(segment, &bytes));
                }
                if pending {
                    ids.extend(
                        connection
                            .prepare_cached("select ticket_id from search_pending")?
                            .query_map((), |row| row.get::<_, i64>(0))?
                            .collect::<rusqlite::Result<Vec<_>>>()?,
                    );
                }
                hunt.compared(compare(connection, request, search, &ids)?);
            }
            Step::Read(ids) => break read_in_order(connection, &ids)?,
            Step::Done(rows) => break rows,
        }
    };
    Ok(hunt.page(rows))
}

fn list_of(grams: &[i64]) -> String {
    let grams: Vec<String> = grams.iter().map(ToString::to_string).collect();
    format!("[{}]", grams.join(","))
}

fn read_head(row: &Row<'_>) -> rusqlite::Result<SegmentHead> {
    Ok(SegmentHead {
        id: row.get(0)?,
        tickets: row.get(1)?,
        newest: read_time(row, 2)?,
        oldest: read_time(row, 3)?,
    })
}

/// Which of some tickets match the whole filter.
fn compare(
    connection: &Connection,
    request: &PageRequest,
    search: &Search,
    ids: &[i64],
) -> rusqlite::Result<Vec<Position>> {
    let mut matching = connection.prepare_cached(
        "select 1 from ticket_document where ticket_id = ?1 and instr(document, ?2) > 0",
    )?;
    let mut query = Query::default();
    query.push("select created_at from ticket where true");
    query.conditions(&request.filter);
    query.push(" and id = ?");
    let mut fitting = connection.prepare_cached(&query.sql)?;
    let mut hits = Vec::new();
    for id in ids {
        if matching.query_row((id, search.as_str()), |_| Ok(())).optional()?.is_some() {
            let mut parameters = query.parameters();
            parameters.push(id);
            let hit = fitting
                .query_row(parameters.as_slice(), |row| {
                    Ok(Position { created_at: read_time(row, 0)?, id: *id })
                })
                .optional()?;
            hits.extend(hit);
        }
    }
    Ok(hits)
}

fn read_in_order(connection: &Connection, ids: &[i64]) -> rusqlite::Result<Vec<Ticket>> {
    let tickets = ids.iter().map(|id| select(connection, *id));
    Ok(tickets.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// What a segment is made of: tickets, and the versions of their texts.
type Done = Vec<(i64, i64)>;

/// Makes a segment of the tickets that wait for one, if there are at least `at_least`; returns how
/// many those were.
pub async fn index(database: &Sqlite, at_least: u32) -> Result<u32> {
    // the longest part reads and computes, beside every write
    let (done, segment) = database.read(move |connection| gather(connection, at_least)).await?;
    let n = u32::try_from(done.len()).unwrap_or(u32::MAX);
    if n > 0 {
        database.write(move |connection| Ok(store(connection, &done, segment.as_ref())?)).await?;
    }
    Ok(n)
}

fn gather(connection: &Connection, at_least: u32) -> rusqlite::Result<(Done, Option<Segment>)> {
    let waiting: u32 = connection
        .prepare_cached("select count(*) from (select 1 from search_pending limit ?1)")?
        .query_row([SEGMENT_TICKETS], |row| row.get(0))?;
    if waiting < at_least {
        return Ok((Vec::new(), None));
    }
    let waiting = connection
        .prepare_cached(
            "select pending.ticket_id, pending.version, ticket.created_at
             from (select * from search_pending order by ticket_id limit ?1) as pending
             left join ticket on ticket.id = pending.ticket_id
             order by ticket.created_at desc, pending.ticket_id desc",
        )?
        .query_map([SEGMENT_TICKETS], |row| {
            let created_at =
                row.get::<_, Option<i64>>(2)?.map(|_| read_time(row, 2)).transpose()?;
            Ok((row.get(0)?, row.get(1)?, created_at))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut document =
        connection.prepare_cached("select document from ticket_document where ticket_id = ?1")?;
    let mut done = Vec::new();
    let mut segment = SegmentBuilder::default();
    for (id, version, created_at) in waiting {
        if segment.is_full() {
            break;
        }
        // one that was deleted has no document, and only has to go
        if let Some(created_at) = created_at {
            document.query_row([id], |row| {
                segment.push(Position { created_at, id }, row.get_ref(0)?.as_str()?);
                Ok(())
            })?;
        }
        done.push((id, version));
    }
    Ok((done, segment.build()))
}

/// Stores a segment and lets its tickets wait no longer, but those whose text changed meanwhile.
fn store(
    connection: &Connection,
    done: &[(i64, i64)],
    segment: Option<&Segment>,
) -> rusqlite::Result<()> {
    let mut forget = connection
        .prepare_cached("delete from search_pending where ticket_id = ?1 and version = ?2")?;
    let mut forgotten = 0;
    for (id, version) in done {
        forgotten += forget.execute((id, version))?;
    }
    let Some(segment) = segment.filter(|_| forgotten > 0) else {
        return Ok(()); // another server was faster: its segment is enough
    };
    connection
        .prepare_cached(
            "insert into search_segment (tickets, ids, newest, oldest, buckets)
             values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            segment.tickets,
            &segment.ids,
            micros(segment.newest),
            micros(segment.oldest),
            segment.buckets,
        ))?;
    let id = connection.last_insert_rowid();
    let mut insert = connection.prepare_cached(
        "insert into search_block (segment, bucket, postings) values (?1, ?2, ?3)",
    )?;
    for (bucket, postings) in &segment.blocks {
        insert.execute((id, bucket, postings))?;
    }
    Ok(())
}
