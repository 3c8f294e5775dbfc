//! A page of a search.

use rusqlite::{Connection, OptionalExtension as _};

use super::{
    query::{MATCHES, Query, search_walk},
    read_time, search_read, select,
};
use crate::tickets::{
    FoundSegment, Hunt, PageRequest, Position, READ_AT_ONCE, Search, SearchCache, Step, Ticket,
    TicketPage,
};

/// A page of a search. `request` has one. To be called in a transaction: a ticket that goes from those
/// that wait into a segment is in one of them.
pub fn page(
    connection: &Connection,
    cache: &SearchCache,
    request: &PageRequest,
    search: &Search,
) -> rusqlite::Result<TicketPage> {
    let mut hunt = Hunt::new(request);
    let segments = search_read::segments(connection)?;
    read_index(connection, cache, &segments, &mut hunt)?;
    let rows = loop {
        match hunt.next_step() {
            Step::Walk(rows) => hunt.walked(search_walk(connection, request, search, rows)?),
            Step::Compare { segments: wanted, pending } => {
                let mut ids = Vec::new();
                for id in wanted {
                    if let Some(segment) = segments.iter().find(|segment| segment.head.id == id) {
                        let stored = search_read::ids(connection, cache, segment)?;
                        ids.extend(hunt.candidates(id, &stored));
                    }
                }
                let mut hits = Vec::new();
                if pending {
                    match search_read::waiting(connection, cache, search)? {
                        // all that may still be wrong is the rest of the filter
                        Some(waiting) if request.filter.is_of_search_alone() => {
                            hits.extend(waiting)
                        }
                        Some(waiting) => ids.extend(waiting.iter().map(|at| at.id)),
                        None => ids.extend(search_read::all_waiting(connection)?),
                    }
                }
                hits.extend(compare(connection, request, search, &ids)?);
                hunt.compared(hits);
            }
            Step::Read(ids) => break read_in_order(connection, &ids)?,
            Step::Done(rows) => break rows,
        }
    };
    Ok(hunt.page(rows))
}

fn read_index(
    connection: &Connection,
    cache: &SearchCache,
    segments: &[FoundSegment],
    hunt: &mut Hunt<'_>,
) -> rusqlite::Result<()> {
    for grams in hunt.grams_in_turn().iter().filter(|grams| !grams.is_empty()) {
        for open in hunt.open_among(segments, grams.len()).chunks(READ_AT_ONCE) {
            let blocks = search_read::blocks(connection, cache, open, grams)?;
            hunt.add_all(open, grams, &blocks);
        }
    }
    Ok(())
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
