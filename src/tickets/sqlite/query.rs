//! The statements that grow with a filter: a page of tickets, and how many there are.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::{COLUMNS, micros, read_ticket};
use crate::tickets::{
    Cursor, PageRequest, Search, Ticket, TicketFilter, Word, store::COUNT_MAX, undecided,
};

/// A row, if the ticket's document has the search in it.
pub const MATCHES: &str =
    "select 1 from ticket_document where ticket_id = ?1 and instr(document, ?2) > 0";

/// A statement that grows with the filter, and its parameters in order.
#[derive(Default)]
pub struct Query {
    pub sql: String,
    parameters: Vec<Box<dyn ToSql>>,
}

impl Query {
    pub fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    pub fn bind(&mut self, value: impl ToSql + 'static) {
        self.parameters.push(Box::new(value));
    }

    /// The value's place holder, for several places. All that stands before the first of them has to be bound.
    pub fn place(&mut self, value: impl ToSql + 'static) -> String {
        self.bind(value);
        format!("?{}", self.parameters.len())
    }

    pub fn parameters(&self) -> Vec<&dyn ToSql> {
        self.parameters.iter().map(AsRef::as_ref).collect()
    }

    fn any_of<W: Word>(&mut self, column: &str, words: &[W]) {
        if !words.is_empty() {
            let marks = vec!["?"; words.len()].join(", ");
            self.push(&format!(" and {column} in ({marks})"));
            for word in words {
                self.bind(word.as_str());
            }
        }
    }

    /// The conditions of a filter on tickets that are known by their ids.
    pub fn conditions(&mut self, filter: &TicketFilter) {
        self.cells(filter);
        if filter.is_undecided() {
            self.push(concat!(" and ", undecided!("ticket.")));
        }
        self.range(filter);
    }

    /// Those that counts know too.
    fn cells(&mut self, filter: &TicketFilter) {
        self.any_of("ticket.category", &filter.categories);
        self.any_of("ticket.priority", &filter.priorities);
        self.any_of("ticket.status", &filter.statuses);
    }

    fn range(&mut self, filter: &TicketFilter) {
        for (compare, at) in [(">=", filter.created_from), ("<", filter.created_before)] {
            if let Some(at) = at {
                let at = self.place(micros(at));
                self.push(&format!(" and ticket.created_at {compare} {at}"));
            }
        }
    }

    /// `select COLUMNS from ticket where ...` for each walk of the filter, with `union all` between them where they
    /// are several; `end` follows each. SQLite is told the index, since without statistics it may take
    /// another. Ordered together the walks are merged, and each is read as far as the page needs.
    fn walks(&mut self, columns: &str, filter: &TicketFilter, end: &str) {
        let select =
            |index: &str| format!("select {columns} from ticket indexed by {index} where true");
        let Some(cells) = filter.cells() else {
            self.push(&select("ticket_created_idx"));
            self.push(end);
            return;
        };
        let (start, undecided) = if filter.is_undecided() {
            (select("ticket_undecided_idx"), concat!(" and ", undecided!("ticket.")))
        } else {
            (select("ticket_cell_created_idx"), "")
        };
        let mut places: HashMap<&str, String> = HashMap::new();
        for (n, cell) in cells.into_iter().enumerate() {
            self.push(if n == 0 { "" } else { " union all " });
            self.push(&start);
            for (column, word) in cell.columns() {
                // no word is one of two columns
                let place = places.entry(word).or_insert_with(|| self.place(word));
                let condition = format!(" and ticket.{column} = {place}");
                self.push(&condition);
            }
            self.push(undecided);
            self.push(end);
        }
    }

    /// The first `rows` tickets from the cursor on, in their order. Their columns have to include `created_at`
    /// and `id`.
    pub fn first(columns: &str, filter: &TicketFilter, cursor: Option<Cursor>, rows: u32) -> Self {
        let mut query = Self::default();
        let end = query.aside(|query| {
            query.range(filter);
            query.beyond_cursor(cursor);
        });
        query.walks(columns, filter, &end);
        let (order, rows) = (order(cursor), query.place(rows));
        query.push(&format!(" order by created_at {order}, id {order} limit {rows}"));
        query
    }

    /// The first `rows` tickets whole. Merged walks pass on what they are ordered by, which the index has, and the
    /// tickets are read last: those of the page alone.
    fn whole(filter: &TicketFilter, cursor: Option<Cursor>, rows: u32) -> Self {
        if filter.cells().is_none_or(|cells| cells.len() == 1) {
            return Self::first(COLUMNS, filter, cursor, rows);
        }
        let mut query = Self::first("created_at, id", filter, cursor, rows);
        let order = order(cursor);
        query.sql = format!(
            "select {COLUMNS} from ({}) as page cross join ticket on ticket.id = page.id
             order by page.created_at {order}, page.id {order}",
            query.sql
        );
        query
    }

    /// What `write` adds to the statement, which is left as it is.
    fn aside(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let length = self.sql.len();
        write(self);
        self.sql.split_off(length)
    }

    fn beyond_cursor(&mut self, cursor: Option<Cursor>) {
        let (compare, at) = match cursor {
            None => return,
            Some(Cursor::Older(at)) => ("<", at),
            Some(Cursor::Newer(at)) => (">", at),
        };
        let (created_at, id) = (self.place(micros(at.created_at)), self.place(at.id));
        self.push(&format!(" and (ticket.created_at, ticket.id) {compare} ({created_at}, {id})"));
    }
}

/// The column of a count that tells of a filter's tickets.
fn counter_of(filter: &TicketFilter) -> &'static str {
    if filter.is_undecided() { "undecided" } else { "n" }
}

fn order(cursor: Option<Cursor>) -> &'static str {
    match cursor {
        None | Some(Cursor::Older(_)) => "desc",
        Some(Cursor::Newer(_)) => "asc",
    }
}

/// How many tickets match a filter without a search; `None` for too many.
pub fn count(connection: &Connection, filter: &TicketFilter) -> rusqlite::Result<Option<u64>> {
    let mut query = Query::default();
    if filter.is_counted() {
        // named like the table of tickets, so that the conditions read alike
        let n = counter_of(filter);
        query.push(&format!("select coalesce(sum({n}), 0) from ticket_count as ticket where true"));
        query.cells(filter);
    } else {
        let range = query.aside(|query| query.range(filter));
        query.push("select count(*) from (");
        query.walks("1", filter, &range);
        let limit = query.place((COUNT_MAX + 1).cast_signed());
        query.push(&format!(" limit {limit})"));
    }
    let n: i64 = connection
        .prepare_cached(&query.sql)?
        .query_row(query.parameters().as_slice(), |row| row.get(0))?;
    let n = n.cast_unsigned();
    Ok((filter.is_counted() || n <= COUNT_MAX).then_some(n))
}

/// A page of a filter without a search, and one row more.
pub fn page(connection: &Connection, request: &PageRequest) -> rusqlite::Result<Vec<Ticket>> {
    let rows = u32::from(request.limit) + 1;
    let query = Query::whole(&request.filter, request.cursor, rows);
    connection
        .prepare_cached(&query.sql)?
        .query_map(query.parameters().as_slice(), read_ticket)?
        .collect()
}

/// Of the first `rows` tickets of the filter those that match the search, a page and one row more.
pub fn search_walk(
    connection: &Connection,
    request: &PageRequest,
    search: &Search,
    rows: u32,
) -> rusqlite::Result<Vec<Ticket>> {
    let query = Query::whole(&request.filter, request.cursor, rows);
    let mut statement = connection.prepare_cached(&query.sql)?;
    let mut rows = statement.query(query.parameters().as_slice())?;
    let mut matching = connection.prepare_cached(MATCHES)?;
    let mut tickets = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if matching.query_row((id, search.as_str()), |_| Ok(())).optional()?.is_some() {
            tickets.push(read_ticket(row)?);
            if tickets.len() > usize::from(request.limit) {
                break;
            }
        }
    }
    Ok(tickets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db::migrate,
        tickets::{Category, Decided, Position, Priority, Status},
    };

    /// What SQLite would do, a line for each table.
    fn plan(connection: &Connection, query: &Query) -> String {
        let mut statement =
            connection.prepare(&format!("explain query plan {}", query.sql)).unwrap();
        let lines = statement
            .query_map(query.parameters().as_slice(), |row| row.get::<_, String>(3))
            .unwrap();
        lines.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    }

    fn filters() -> Vec<TicketFilter> {
        let mut filters = Vec::new();
        for categories in [vec![], vec![Category::Billing], Category::ALL[..2].to_vec()] {
            for priorities in [vec![], vec![Priority::Critical], Priority::ALL[..3].to_vec()] {
                for statuses in [vec![], vec![Status::Open], Status::ALL[1..].to_vec()] {
                    for decided in [None, Some(Decided::No)] {
                        filters.push(TicketFilter {
                            categories: categories.clone(),
                            priorities: priorities.clone(),
                            statuses: statuses.clone(),
                            decided,
                            ..TicketFilter::default()
                        });
                    }
                }
            }
        }
        filters
    }

    #[test]
    fn every_page_is_walked_along_an_index() {
        let connection = Connection::open_in_memory().unwrap();
        for step in migrate::SQLITE {
            connection.execute_batch(step.sql).unwrap();
        }
        let at = Position { created_at: "2026-01-02T03:04:05Z".parse().unwrap(), id: 7 };
        for filter in filters() {
            for cursor in [None, Some(Cursor::Older(at)), Some(Cursor::Newer(at))] {
                for created_from in [None, Some(at.created_at)] {
                    let filter = TicketFilter { created_from, ..filter.clone() };
                    let plan = plan(&connection, &Query::whole(&filter, cursor, 51));
                    // of every table that is read, either one row by its key or a walk of an index
                    let whole = |line: &&str| {
                        line.contains("SCAN ticket") && !line.contains("USING") || {
                            // all of a filter's own fields are looked up in it
                            line.contains("SCAN ticket USING") && filter.cells().is_some()
                        }
                    };
                    assert_eq!(plan.lines().find(whole), None, "{filter:?}, {cursor:?}\n{plan}");
                    // a page alone may be sorted, not what it is merged from
                    let walks = Query::first("created_at, id", &filter, cursor, 51);
                    let walks = self::plan(&connection, &walks);
                    assert!(!walks.contains("TEMP B-TREE"), "{filter:?}, {cursor:?}:\n{walks}");
                }
            }
        }
    }
}
