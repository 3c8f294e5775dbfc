//! The statements that grow with a filter: a page of tickets, and how many there are.

use tokio_postgres::types::ToSql;

use crate::tickets::{Cursor, PageRequest, TicketFilter, Word, store::COUNT_MAX};

/// A statement that grows with the filter, and its parameters in order.
#[derive(Default)]
pub struct Query {
    pub sql: String,
    parameters: Vec<Box<dyn ToSql + Sync + Send>>,
}

impl Query {
    fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Adds the value's place holder.
    fn bind(&mut self, value: impl ToSql + Sync + Send + 'static) {
        self.parameters.push(Box::new(value));
        self.sql.push_str(&format!("${}", self.parameters.len()));
    }

    pub fn parameters(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.parameters.iter().map(|value| value.as_ref() as &(dyn ToSql + Sync)).collect()
    }

    fn any_of<W: Word>(&mut self, column: &str, words: &[W]) {
        let words: Vec<&'static str> = words.iter().map(|word| word.as_str()).collect();
        match words.as_slice() {
            [] => {}
            // equality, not `any`, so that an index on the column keeps its order
            [word] => {
                self.push(&format!(" and {column} = "));
                self.bind(*word);
            }
            _ => {
                self.push(&format!(" and {column} = any("));
                self.bind(words);
                self.push(")");
            }
        }
    }

    /// The conditions of a filter on `ticket`.
    fn conditions(&mut self, filter: &TicketFilter) {
        self.any_of("ticket.category", &filter.categories);
        self.any_of("ticket.priority", &filter.priorities);
        self.any_of("ticket.status", &filter.statuses);
        if let Some(from) = filter.created_from {
            self.push(" and ticket.created_at >= ");
            self.bind(from);
        }
        if let Some(before) = filter.created_before {
            self.push(" and ticket.created_at < ");
            self.bind(before);
        }
        if let Some(search) = &filter.search {
            self.push(" and ticket_document.document like ");
            self.bind(like_pattern(search.as_str()));
        }
    }

    fn tickets_where(&mut self, filter: &TicketFilter) {
        self.push(" from ticket");
        if filter.search.is_some() {
            self.push(" join ticket_document on ticket_document.ticket_id = ticket.id");
        }
        self.push(" where true");
        self.conditions(filter);
    }
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

pub fn count_query(filter: &TicketFilter) -> Query {
    let mut query = Query::default();
    if filter.is_counted() {
        // named like the table of tickets, so that the conditions read alike
        query.push("select coalesce(sum(n), 0)::bigint from ticket_count as ticket where true");
        query.conditions(filter);
    } else {
        query.push("select count(*) from (select 1");
        query.tickets_where(filter);
        query.push(" limit ");
        query.bind((COUNT_MAX + 1).cast_signed());
        query.push(") as hit");
    }
    query
}

/// Up to one row more than the page holds, away from the cursor.
pub fn walk_query(request: &PageRequest) -> Query {
    let mut query = Query::default();
    query.push(concat!("select ", columns!()));
    query.tickets_where(&request.filter);
    let (compare, order, at) = match request.cursor {
        None => ("", "desc", None),
        Some(Cursor::Older(at)) => ("<", "desc", Some(at)),
        Some(Cursor::Newer(at)) => (">", "asc", Some(at)),
    };
    if let Some(at) = at {
        query.push(&format!(" and (ticket.created_at, ticket.id) {compare} ("));
        query.bind(at.created_at);
        query.push(", ");
        query.bind(at.id);
        query.push(")");
    }
    query.push(&format!(" order by ticket.created_at {order}, ticket.id {order} limit "));
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
