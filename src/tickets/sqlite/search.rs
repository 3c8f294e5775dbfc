//! A page of a search.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{
    query::{MATCHES, Query, search_walk},
    read_time, select,
};
use crate::tickets::{Hunt, PageRequest, Position, Search, SegmentHead, Step, Ticket, TicketPage};

/// The blocks that may have one of the grams of a JSON list, segment by segment.
const BLOCKS: &str = "select s.id, s.tickets, s.newest, s.oldest, s.grams, gram.value, b.postings
     from search_segment s cross join json_each(?1) as gram
     left join search_block b on b.segment = s.id and b.bucket = (gram.value & (s.buckets - 1))
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
            let block = row.get_ref(6)?.as_blob_or_null()?;
            hunt.add(read_head(row)?, row.get(5)?, block.unwrap_or_default());
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
