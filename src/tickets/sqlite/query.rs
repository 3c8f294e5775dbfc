//! The statements that grow with a filter: a page of tickets, and how many there are.

use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::{COLUMNS, micros, read_ticket};
use crate::tickets::{
    Cursor, PageRequest, Search, Ticket, TicketFilter, Walk, Word, store::COUNT_MAX, undecided,
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
        if filter.decided.is_some() {
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
        if let Some(from) = filter.created_from {
            self.push(" and ticket.created_at >= ?");
            self.bind(micros(from));
        }
        if let Some(before) = filter.created_before {
            self.push(" and ticket.created_at < ?");
            self.bind(micros(before));
        }
    }

    /// `from ... where ...` of the tickets of one walk.
    fn along(&mut self, walk: Walk, filter: &TicketFilter) {
        self.push(&format!(" from ticket indexed by {} where true", index_of(walk)));
        for (column, word) in [
            ("category", walk.category.map(Word::as_str)),
            ("priority", walk.priority.map(Word::as_str)),
            ("status", walk.status.map(Word::as_str)),
        ] {
            if let Some(word) = word {
                self.push(&format!(" and ticket.{column} = ?"));
                self.bind(word);
            }
        }
        if walk.undecided {
            self.push(concat!(" and ", undecided!("ticket.")));
        }
        self.range(filter);
    }

    /// The columns of the first `rows` tickets from the cursor on, in their order.
    fn first(request: &PageRequest, rows: u32) -> Self {
        let mut query = Self::default();
        let walks = request.filter.walks();
        let order = order(request);
        if let [walk] = walks[..] {
            query.push(&format!("select {COLUMNS}"));
            query.along(walk, &request.filter);
            query.beyond_cursor(request);
            query.push(&format!(" order by ticket.created_at {order}, ticket.id {order} limit ?"));
            query.bind(rows);
            return query;
        }
        // whole rows only of what is on the page
        query.push(&format!("select {COLUMNS} from (select created_at, id from ("));
        for (n, walk) in walks.into_iter().enumerate() {
            query.push(if n == 0 { "" } else { " union all " });
            query.push("select * from (select ticket.created_at, ticket.id");
            query.along(walk, &request.filter);
            query.beyond_cursor(request);
            query.push(&format!(" order by ticket.created_at {order}, ticket.id {order} limit ?)"));
            query.bind(rows);
        }
        query.push(&format!(
            ") order by created_at {order}, id {order} limit ?) as page
             cross join ticket on ticket.id = page.id
             order by page.created_at {order}, page.id {order}"
        ));
        query.bind(rows);
        query
    }

    fn beyond_cursor(&mut self, request: &PageRequest) {
        let (compare, at) = match request.cursor {
            None => return,
            Some(Cursor::Older(at)) => ("<", at),
            Some(Cursor::Newer(at)) => (">", at),
        };
        self.push(&format!(" and (ticket.created_at, ticket.id) {compare} (?, ?)"));
        self.bind(micros(at.created_at));
        self.bind(at.id);
    }
}

/// The index along which a walk goes: SQLite is told, since without statistics it may take another.
fn index_of(walk: Walk) -> &'static str {
    if walk.undecided {
        return "ticket_undecided_idx";
    }
    match (walk.category, walk.priority, walk.status) {
        (None, None, None) => "ticket_created_idx",
        (Some(_), None, None) => "ticket_category_created_idx",
        (None, Some(_), None) => "ticket_priority_created_idx",
        (None, None, Some(_)) => "ticket_status_created_idx",
        _ => "ticket_cell_created_idx",
    }
}

/// The column of a count that tells of a filter's tickets.
fn counter_of(filter: &TicketFilter) -> &'static str {
    if filter.decided.is_some() { "undecided" } else { "n" }
}

fn order(request: &PageRequest) -> &'static str {
    match request.cursor {
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
        let limit = COUNT_MAX + 1;
        query.push("select count(*) from (");
        for (n, walk) in filter.walks().into_iter().enumerate() {
            query.push(if n == 0 { "" } else { " union all " });
            query.push("select * from (select 1");
            query.along(walk, filter);
            query.push(" limit ?)");
            query.bind(limit.cast_signed());
        }
        query.push(" limit ?)");
        query.bind(limit.cast_signed());
    }
    let n: i64 = connection
        .prepare_cached(&query.sql)?
        .query_row(query.parameters().as_slice(), |row| row.get(0))?;
    let n = n.cast_unsigned();
    Ok((filter.is_counted() || n <= COUNT_MAX).then_some(n))
}

/// A page of a filter without a search, and one row more.
pub fn page(connection: &Connection, request: &PageRequest) -> rusqlite::Result<Vec<Ticket>> {
    let query = Query::first(request, u32::from(request.limit) + 1);
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
    let query = Query::first(request, rows);
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
                    let walks = filter.walks().len();
                    let request = PageRequest { filter, cursor, limit: 50 };
                    let plan = plan(&connection, &Query::first(&request, 51));
                    // of every table that is read, either one row by its key or a walk of an index
                    let whole = |line: &&str| {
                        line.contains("SCAN ticket") && !line.contains("USING") || {
                            // all of a filter's own fields are looked up in it
                            line.contains("SCAN ticket USING")
                                && request.filter.walks()[0] != Walk::default()
                        }
                    };
                    assert_eq!(plan.lines().find(whole), None, "{request:?}\n{plan}");
                    if walks == 1 {
                        assert!(!plan.contains("TEMP B-TREE"), "{request:?} sorts:\n{plan}");
                    }
                }
            }
        }
    }
}
