//! A view's conditions: read as the list reads its URL, and spelt one way.

use crate::{
    error::{Faults, Result},
    http::query::Parameters,
    tickets::{TicketFilter, Word, api::ticket_filter},
};

/// Longest query of a view, in characters as it is spelt in a URL.
pub const QUERY_MAX_CHARS: usize = 8_000;

/// The list's conditions, in the order of a view's query.
const NAMES: [&str; 7] =
    ["category", "priority", "status", "decided", "search", "created_after", "created_before"];

/// The conditions of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewQuery {
    text: String,
    filter: TicketFilter,
}

impl ViewQuery {
    /// Reads a query string by the rules of the list's own URL. What is no condition of the list is a
    /// fault: a view that forgot a filter would show other tickets than its name says.
    ///
    /// # Errors
    /// `Invalid`: every fault, by the parameter's name.
    pub fn parse(raw: &str) -> Result<Self> {
        let mut parameters = Parameters::new(raw.trim_start_matches('?'));
        for name in parameters.names_beside(&NAMES) {
            let choices = NAMES.join(", ");
            parameters.fault(&name, format!("is no condition of a view; those are: {choices}"));
        }
        let filter = ticket_filter(&mut parameters);
        let text = spelt(&parameters, &filter);
        parameters.check()?;
        if text.chars().count() > QUERY_MAX_CHARS {
            let rule = format!("must have at most {QUERY_MAX_CHARS} characters");
            return Err(Faults::of("query", rule).into());
        }
        Ok(Self { text, filter })
    }

    /// As it stands in a URL, without the question mark; empty for all tickets.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which tickets it shows.
    pub fn into_filter(self) -> TicketFilter {
        self.filter
    }
}

/// The conditions in one order and one spelling, so that what is the same looks the same.
fn spelt(parameters: &Parameters, filter: &TicketFilter) -> String {
    let value = |name| match name {
        "category" => listed(&filter.categories),
        "priority" => listed(&filter.priorities),
        "status" => listed(&filter.statuses),
        _ => parameters.value(name).unwrap_or_default().to_owned(),
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    let pairs = NAMES.map(|name| (name, value(name)));
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    // a comma is nothing that a query must hide
    query.finish().replace("%2C", ",")
}

fn listed<W: Word>(words: &[W]) -> String {
    words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn spelt(raw: &str) -> String {
        ViewQuery::parse(raw).unwrap().as_str().to_owned()
    }

    #[test]
    fn the_same_conditions_are_spelt_alike() {
        assert_eq!(spelt(""), "");
        assert_eq!(spelt("?status=closed&priority=&status=open,closed"), "status=open,closed");
        assert_eq!(
            spelt("search=a%26b+c%2C&created_after=2026-01-02&category=billing"),
            "category=billing&search=a%26b+c,&created_after=2026-01-02"
        );
        let once = spelt("search=100%25+%C3%BC&priority=high%2Clow");
        assert_eq!(spelt(&once), once);
    }

    #[test]
    fn every_fault_has_the_parameters_name() {
        let Err(Error::Invalid(faults)) =
            ViewQuery::parse("status=done&assignee=ada&created_after=soon&limit=5&search=%ff")
        else {
            panic!("it is refused")
        };
        let named: Vec<_> = faults.by_field().keys().map(String::as_str).collect();
        assert_eq!(named, ["assignee", "created_after", "limit", "search", "status"]);
        assert_eq!(faults.by_field()["status"].len(), 1, "said once: {faults}");
    }

    #[test]
    fn a_query_has_an_end() {
        assert!(ViewQuery::parse(&format!("search={}", "%C3%BC".repeat(500))).is_ok());
        assert!(ViewQuery::parse(&format!("search={}", "x".repeat(501))).is_err());
    }
}
