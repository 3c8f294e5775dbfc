//! The statements that grow with a filter: a page of tickets, and how many there are.

use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use crate::tickets::{
    Cursor, PageRequest, Search, TicketFilter, Walk, Word, store::COUNT_MAX, undecided,
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
        self.parameters.push(Box::new(value));
        self.sql.push_str(&format!("${}", self.parameters.len()));
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
        if filter.decided.is_some() {
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
                self.push(&format!(" and {} {compare} ", turned("ticket.created_at", turns)));
                self.bind_moment(at, turns);
            }
        }
    }

    /// Adds the place holder of a moment that is compared with one of an index.
    fn bind_moment(&mut self, at: Timestamp, turns: usize) {
        self.parameters.push(Box::new(at));
        let place = format!("${}::timestamptz", self.parameters.len());
        self.push(&turned(&place, turns));
    }

    /// Whether the document has the search in it.
    pub fn matches(&mut self, search: &Search) {
        self.push(" and ticket_document.document like ");
        self.bind(like_pattern(search.as_str()));
    }

    /// `from ... where ...` of tickets along the filter's walks. Where they are several, each is a
    /// lateral select of `columns`, ended by `each`, that what follows knows as `ticket`.
    fn along(&mut self, columns: &str, filter: &TicketFilter, each: impl Fn(&mut Self)) {
        let walks = filter.walks();
        let [first, ..] = walks[..] else { return };
        let is_one = walks.len() == 1;
        if is_one {
            self.push(" from ticket where true");
        } else {
            self.push(" from unnest(");
            self.column_of(&walks, |walk| walk.category.map(Word::as_str));
            self.push(", ");
            self.column_of(&walks, |walk| walk.priority.map(Word::as_str));
            self.push(", ");
            self.column_of(&walks, |walk| walk.status.map(Word::as_str));
            self.push(&format!(
                ") as walk (category, priority, status)
                 cross join lateral (select {columns} from ticket where true"
            ));
        }
        for (column, word) in [
            ("category", first.category.map(Word::as_str)),
            ("priority", first.priority.map(Word::as_str)),
            ("status", first.status.map(Word::as_str)),
        ] {
            if let Some(word) = word {
                self.push(&format!(" and ticket.{column} = "));
                if is_one { self.bind(word) } else { self.push(&format!("walk.{column}")) }
            }
        }
        if first.undecided {
            self.push(concat!(" and ", undecided!("ticket.")));
        }
        self.range(filter, turns(&first));
        each(self);
        if !is_one {
            self.push(") as ticket");
        }
    }

    fn column_of(&mut self, walks: &[Walk], word: impl Fn(&Walk) -> Option<&'static str>) {
        self.bind(walks.iter().map(word).collect::<Vec<_>>());
        self.push("::text[]");
    }

    /// A subselect of the first `rows` tickets from the cursor on, in their order, named `ticket`; its column
    /// `moment` is what they are in the order of.
    fn first(&mut self, request: &PageRequest, rows: i64) {
        let walks = request.filter.walks();
        let turns = walks.first().map_or(0, turns);
        let moment = turned("ticket.created_at", turns);
        let ended = |query: &mut Self| {
            query.beyond_cursor(request, turns);
            query.push(&format!(" {} limit ", order(request, &moment)));
            query.bind(rows);
        };
        if walks.len() == 1 {
            self.push(&format!("(select ticket.*, {moment} as moment"));
            self.along("", &request.filter, ended);
            self.push(") as ticket");
        } else {
            // whole rows only of what is on the page
            self.push("(select ticket.*, ticket.created_at as moment from (select ticket.id");
            self.along("ticket.created_at, ticket.id", &request.filter, ended);
            self.push(&format!(" {} limit ", order(request, "ticket.created_at")));
            self.bind(rows);
            // `offset 0`: each by its key, whatever the planner knows or guesses of the table
            self.push(
                ") as page cross join lateral
                     (select * from ticket where ticket.id = page.id offset 0) as ticket) as ticket",
            );
        }
    }

    fn beyond_cursor(&mut self, request: &PageRequest, turns: usize) {
        let (compare, at) = match request.cursor {
            None => return,
            Some(Cursor::Older(at)) => ("<", at),
            Some(Cursor::Newer(at)) => (">", at),
        };
        let moment = turned("ticket.created_at", turns);
        self.push(&format!(" and ({moment}, ticket.id) {compare} ("));
        self.bind_moment(at.created_at, turns);
        self.push(", ");
        self.bind(at.id);
        self.push(")");
    }
}

/// How often the moment in the index of a walk is turned into UTC, which leaves the order as it is. The kinds
/// of indexes differ by it, so that the planner cannot take another than the walk's own: where it can, it
/// takes the one of all tickets, whose neighbours lie together, and reads through each ticket that was filed
/// since the last that fits. If the newest thirty thousand are of one category, the first page of any
/// other cost thirty thousand rows.
fn turns(walk: &Walk) -> usize {
    match walk {
        Walk { undecided: true, .. } => 3,
        Walk { category: Some(_), priority: Some(_), .. } => 2,
        Walk { category: None, priority: None, status: None, .. } => 0,
        _ => 1,
    }
}

/// A moment as it stands in an index.
fn turned(moment: &str, turns: usize) -> String {
    (0..turns).fold(moment.to_owned(), |inner, _| format!("({inner} at time zone 'UTC')"))
}

fn order(request: &PageRequest, moment: &str) -> String {
    let way = match request.cursor {
        None | Some(Cursor::Older(_)) => "desc",
        Some(Cursor::Newer(_)) => "asc",
    };
    format!("order by {moment} {way}, ticket.id {way}")
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
        let n = if filter.decided.is_some() { "undecided" } else { "n" };
        query.push(&format!(
            "select coalesce(sum({n}), 0)::bigint from ticket_count as ticket where true"
        ));
        query.cells(filter);
    } else {
        let limit = |query: &mut Query| {
            query.push(" limit ");
            query.bind((COUNT_MAX + 1).cast_signed());
        };
        query.push("select count(*) from (select 1");
        query.along("1", filter, limit);
        if filter.walks().len() > 1 {
            limit(&mut query);
        }
        query.push(") as hit");
    }
    query
}

/// A page of a filter without a search, and one row more.
pub fn page_query(request: &PageRequest) -> Query {
    let mut query = Query::default();
    query.push(concat!("select ", columns!(), " from "));
    query.first(request, i64::from(request.limit) + 1);
    query.push(&format!(" {}", order(request, "ticket.moment")));
    query
}

/// Of the first `rows` tickets of the filter those that match the search, a page and one row more.
pub fn search_walk_query(request: &PageRequest, search: &Search, rows: i64) -> Query {
    let mut query = Query::default();
    query.push(concat!("select ", columns!(), " from "));
    query.first(request, rows);
    // `offset 0`: document by document, whatever the planner guesses
    query.push(
        " cross join lateral (select document from ticket_document
               where ticket_document.ticket_id = ticket.id offset 0) as ticket_document where true",
    );
    query.matches(search);
    query.push(&format!(" {} limit ", order(request, "ticket.moment")));
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
