//! A page of a search.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{
    query::{MATCHES, Query, search_walk},
    read_time, select,
};
use crate::tickets::{Hunt, PageRequest, Position, Search, SegmentHead, Step, Ticket, TicketPage};

const SEGMENTS: &str = "select id, tickets, newest, oldest, grams, buckets from search_segment";

/// The block of a segment that may have a gram.
const BLOCK: &str = "select postings from search_block where segment = ?1 and bucket = ?2";

/// A page of a search. `request` has one. To be called in a transaction: a ticket that goes from those
/// that wait into a segment is in one of them.
pub fn page(
    connection: &Connection,
    request: &PageRequest,
    search: &Search,
) -> rusqlite::Result<TicketPage> {
    let mut hunt = Hunt::new(request);
    read_index(connection, &mut hunt)?;
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

fn read_index(connection: &Connection, hunt: &mut Hunt<'_>) -> rusqlite::Result<()> {
    let segments = connection
        .prepare_cached(SEGMENTS)?
        .query_map((), |row| Ok((read_head(row)?, row.get::<_, i64>(5)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut block = connection.prepare_cached(BLOCK)?;
    for grams in hunt.grams_in_turn() {
        for (head, buckets) in hunt.open_among(&segments, |(head, _)| head.id, grams.len()) {
            for gram in &grams {
                let mut rows = block.query((head.id, gram & (buckets - 1)))?;
                match rows.next()? {
                    Some(row) => hunt.add(head, *gram, row.get_ref(0)?.as_blob()?),
                    None => hunt.add(head, *gram, &[]),
                }
            }
        }
    }
    Ok(())
}

fn read_head(row: &Row<'_>) -> rusqlite::Result<SegmentHead> {
    Ok(SegmentHead {
        id: row.get(0)?,
        tickets: row.get(1)?,
        newest: read_time(row, 2)?,
        oldest: read_time(row, 3)?,
        grams: row.get(4)?,
    })
}

/// Which of some tickets match the whole filter.
fn compare(
    connection: &Connection,
    request: &PageRequest,
    search: &Search,
    ids: &[i64],
) -> rusqlite::Result<Vec<Position>> {
    let mut matching = connection.prepare_cached(MATCHES)?;
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
