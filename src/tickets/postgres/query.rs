//! The statements that grow with a filter: a page of tickets, and how many there are.

use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use crate::tickets::{
    Cursor, PageRequest, Search, TicketFilter, Word, store::COUNT_MAX, undecided,
};

/// A statement that grows with the filter, and its parameters in order.
#[derive(Default)]
pub struct Query {
    pub sql: String,
    parameters: Vec<Box<dyn ToSql + Sync + Send>>,
}

impl Query {
    pub fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Adds the value's place holder.
    pub fn bind(&mut self, value: impl ToSql + Sync + Send + 'static) {
        let place = self.place(value);
        self.sql.push_str(&place);
    }

    /// The value's place holder, for several places.
    fn place(&mut self, value: impl ToSql + Sync + Send + 'static) -> String {
        self.parameters.push(Box::new(value));
        format!("${}", self.parameters.len())
    }

    pub fn parameters(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.parameters.iter().map(|value| value.as_ref() as &(dyn ToSql + Sync)).collect()
    }

    fn any_of<W: Word>(&mut self, column: &str, words: &[W]) {
        if !words.is_empty() {
            let words: Vec<&'static str> = words.iter().map(|word| word.as_str()).collect();
            self.push(&format!(" and {column} = any("));
            self.bind(words);
            self.push(")");
        }
    }

    /// The conditions of a filter on tickets that are known by their ids.
    pub fn conditions(&mut self, filter: &TicketFilter) {
        self.cells(filter);
        if filter.is_undecided() {
            self.push(concat!(" and ", undecided!("ticket.")));
        }
        self.range(filter, 0);
    }

    /// Those that counts know too.
    fn cells(&mut self, filter: &TicketFilter) {
        self.any_of("ticket.category", &filter.categories);
        self.any_of("ticket.priority", &filter.priorities);
        self.any_of("ticket.status", &filter.statuses);
    }

    fn range(&mut self, filter: &TicketFilter, turns: usize) {
        for (compare, at) in [(">=", filter.created_from), ("<", filter.created_before)] {
            if let Some(at) = at {
                let at = self.moment(at, turns);
                self.push(&format!(" and {} {compare} {at}", turned("ticket.created_at", turns)));
            }
        }
    }

    /// The place holder of a moment that is compared with one of an index.
    fn moment(&mut self, at: Timestamp, turns: usize) -> String {
        let place = self.place(at);
        turned(&format!("{place}::timestamptz"), turns)
    }

    /// Whether the document has the search in it.
    pub fn matches(&mut self, search: &Search) {
        self.push(" and ticket_document.document like ");
        self.bind(like_pattern(search.as_str()));
    }

    /// `select COLUMNS from ticket where ...` for each walk of the filter, with `union all` between them where they
    /// are several; `end` follows each. One for each cell, and each ordered and limited: only then does
    /// PostgreSQL merge them lazily, and reads of each as far as the page needs.
    fn walks(&mut self, columns: &str, filter: &TicketFilter, end: &str) {
        let start = format!("select {columns} from ticket where true");
        let Some(cells) = filter.cells() else {
            self.push(&start);
            self.push(end);
            return;
        };
        let undecided = if filter.is_undecided() { undecided!("ticket.") } else { "true" };
        // one statement for as many cells, whichever they are
        let [categories, priorities, statuses] = [0, 1, 2].map(|field| {
            let words: Vec<_> = cells.iter().map(|cell| cell.columns()[field].1).collect();
            self.place(words)
        });
        let is_one = cells.len() == 1;
        for n in 1..=cells.len() {
            self.push(if n == 1 { "" } else { " union all " });
            self.push(if is_one { "" } else { "(" });
            self.push(&format!(
                "{start} and ticket.category = ({categories}::text[])[{n}]
                     and ticket.priority = ({priorities}::text[])[{n}]
                     and ticket.status = ({statuses}::text[])[{n}] and {undecided}{end}"
            ));
            self.push(if is_one { "" } else { ")" });
        }
    }

    /// A subselect of the first `rows` tickets from the cursor on, in their order, named `ticket`; its column
    /// `moment` is what they are in the order of.
    pub fn first(&mut self, filter: &TicketFilter, cursor: Option<Cursor>, rows: i64) {
        let turns = turns(filter);
        let limit = self.place(rows);
        let end = self.aside(|query| {
            query.range(filter, turns);
            query.beyond_cursor(cursor, turns);
        });
        let end = format!("{end} {} limit {limit}", order(cursor, "moment", "id"));
        let moment = turned("ticket.created_at", turns);
        if filter.cells().is_none_or(|cells| cells.len() == 1) {
            self.push("(");
            self.walks(&format!("ticket.*, {moment} as moment"), filter, &end);
            self.push(") as ticket");
            return;
        }
        // each connection keeps the plan: 50 KB for each walk that passes on these alone, 100 of whole rows; the
        // rows are read last, by their places
        self.push("(select ticket.*, page.moment from (select * from (");
        self.walks(&format!("ticket.id, {moment} as moment, ticket.ctid as place"), filter, &end);
        self.push(&format!(
            ") as walk {} limit {limit}) as page cross join lateral
                 (select * from ticket where ticket.ctid = page.place offset 0) as ticket) as ticket",
            order(cursor, "walk.moment", "walk.id")
        ));
    }

    /// What `write` adds to the statement, which is left as it is.
    fn aside(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let length = self.sql.len();
        write(self);
        self.sql.split_off(length)
    }

    fn beyond_cursor(&mut self, cursor: Option<Cursor>, turns: usize) {
        let (compare, at) = match cursor {
            None => return,
            Some(Cursor::Older(at)) => ("<", at),
            Some(Cursor::Newer(at)) => (">", at),
        };
        let moment = turned("ticket.created_at", turns);
        let (other, id) = (self.moment(at.created_at, turns), self.place(at.id));
        self.push(&format!(" and ({moment}, ticket.id) {compare} ({other}, {id})"));
    }
}

/// How often the moment in the index of a filter's walks is turned into UTC, which leaves the order as it is.
/// The indexes differ by it, so that the planner cannot take another than the filter's own: where it can,
/// it takes the one of all tickets, whose neighbours lie together, and reads through each ticket that was filed
/// since the last that fits. If the newest thirty thousand are of one category, the first page of any
/// other cost thirty thousand rows.
fn turns(filter: &TicketFilter) -> usize {
    match filter.cells() {
        None => 0,
        Some(_) if filter.is_undecided() => 3,
        Some(_) => 2,
    }
}

/// A moment as it stands in an index.
fn turned(moment: &str, turns: usize) -> String {
    (0..turns).fold(moment.to_owned(), |inner, _| format!("({inner} at time zone 'UTC')"))
}

fn order(cursor: Option<Cursor>, moment: &str, id: &str) -> String {
    let way = match cursor {
        None | Some(Cursor::Older(_)) => "desc",
        Some(Cursor::Newer(_)) => "asc",
    };
    format!("order by {moment} {way}, {id} {way}")
}

/// A pattern that matches `text` anywhere, every character literal.
fn like_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// How many tickets match a filter without a search; one more than [`COUNT_MAX`] for too many.
pub fn count_query(filter: &TicketFilter) -> Query {
    let mut query = Query::default();
    if filter.is_counted() {
        // named like the table of tickets, so that the conditions read alike
        let n = if filter.is_undecided() { "undecided" } else { "n" };
        query.push(&format!(
            "select coalesce(sum({n}), 0)::bigint from ticket_count as ticket where true"
        ));
        query.cells(filter);
    } else {
        let limit = query.place((COUNT_MAX + 1).cast_signed());
        let range = query.aside(|query| query.range(filter, turns(filter)));
        query.push("select count(*) from (select * from (");
        query.walks("1", filter, &format!("{range} limit {limit}"));
        query.push(&format!(") as walk limit {limit}"));
        query.push(") as hit");
    }
    query
}

/// A page of a filter without a search, and one row more.
pub fn page_query(request: &PageRequest) -> Query {
    let mut query = Query::default();
    query.push(concat!("select ", columns!(), " from "));
    query.first(&request.filter, request.cursor, i64::from(request.limit) + 1);
    query.push(&format!(" {}", order(request.cursor, "ticket.moment", "ticket.id")));
    query
}

/// Of the first `rows` tickets of the filter those that match the search, a page and one row more.
pub fn search_walk_query(request: &PageRequest, search: &Search, rows: i64) -> Query {
    let mut query = Query::default();
    query.push(concat!("select ", columns!(), " from "));
    query.first(&request.filter, request.cursor, rows);
    // `offset 0`: document by document, whatever the planner guesses
    query.push(
        " cross join lateral (select document from ticket_document
               where ticket_document.ticket_id = ticket.id offset 0) as ticket_document where true",
    );
    query.matches(search);
    query.push(&format!(" {} limit ", order(request.cursor, "ticket.moment", "ticket.id")));
    query.bind(i64::from(request.limit) + 1);
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_search_is_literal() {
        assert_eq!(like_pattern(r"50%_\"), r"%50\%\_\\%");
    }
}
