//! The statements that grow with a filter: a page of tickets, and how many there are.

use rusqlite::{Connection, ToSql};

use super::{COLUMNS, micros, read_ticket};
use crate::tickets::{Cursor, PageRequest, Ticket, TicketFilter, Word, store::COUNT_MAX};

/// A statement that grows with the filter, and its parameters in order.
#[derive(Default)]
struct Query {
    sql: String,
    parameters: Vec<Box<dyn ToSql>>,
}

impl Query {
    fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn bind(&mut self, value: impl ToSql + 'static) {
        self.parameters.push(Box::new(value));
    }

    fn parameters(&self) -> Vec<&dyn ToSql> {
        self.parameters.iter().map(AsRef::as_ref).collect()
    }

    fn any_of<W: Word>(&mut self, column: &str, words: &[W]) {
        match words {
            [] => {}
            [word] => {
                self.push(&format!(" and {column} = ?"));
                self.bind(word.as_str());
            }
            words => {
                let marks = vec!["?"; words.len()].join(", ");
                self.push(&format!(" and {column} in ({marks})"));
                for word in words {
                    self.bind(word.as_str());
                }
            }
        }
    }

    /// The conditions of a filter on `ticket`.
    fn conditions(&mut self, filter: &TicketFilter) {
        self.any_of("ticket.category", &filter.categories);
        self.any_of("ticket.priority", &filter.priorities);
        self.any_of("ticket.status", &filter.statuses);
        if let Some(from) = filter.created_from {
            self.push(" and ticket.created_at >= ?");
            self.bind(micros(from));
        }
        if let Some(before) = filter.created_before {
            self.push(" and ticket.created_at < ?");
            self.bind(micros(before));
        }
        if let Some(search) = &filter.search {
            self.push(
                " and exists (select 1 from ticket_document
                   where ticket_document.ticket_id = ticket.id and instr(document, ?) > 0)",
            );
            self.bind(search.as_str().to_owned());
        }
    }
}

pub fn count(connection: &Connection, filter: &TicketFilter) -> rusqlite::Result<Option<u64>> {
    let mut query = Query::default();
    if filter.is_counted() {
        // named like the table of tickets, so that the conditions read alike
        query.push("select coalesce(sum(n), 0) from ticket_count as ticket where true");
        query.conditions(filter);
    } else {
        query.push("select count(*) from (select 1 from ticket where true");
        query.conditions(filter);
        query.push(" limit ?)");
        query.bind((COUNT_MAX + 1).cast_signed());
    }
    let n: i64 = connection
        .prepare_cached(&query.sql)?
        .query_row(query.parameters().as_slice(), |row| row.get(0))?;
    let n = n.cast_unsigned();
    Ok((filter.is_counted() || n <= COUNT_MAX).then_some(n))
}

/// Up to one row more than the page holds, away from the cursor.
pub fn walk(connection: &Connection, request: &PageRequest) -> rusqlite::Result<Vec<Ticket>> {
    let mut query = Query::default();
    query.push(&format!("select {COLUMNS} from ticket where true"));
    query.conditions(&request.filter);
    let order = match request.cursor {
        None => "desc",
        Some(Cursor::Older(at)) => {
            query.push(" and (ticket.created_at, ticket.id) < (?, ?)");
            query.bind(micros(at.created_at));
            query.bind(at.id);
            "desc"
        }
        Some(Cursor::Newer(at)) => {
            query.push(" and (ticket.created_at, ticket.id) > (?, ?)");
            query.bind(micros(at.created_at));
            query.bind(at.id);
            "asc"
        }
    };
    query.push(&format!(" order by ticket.created_at {order}, ticket.id {order} limit ?"));
    query.bind(i64::from(request.limit) + 1);
    connection
        .prepare_cached(&query.sql)?
        .query_map(query.parameters().as_slice(), read_ticket)?
        .collect()
}
