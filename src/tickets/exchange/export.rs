//! Writing tickets, newest first, part by part: any number of them takes the same memory, and nothing
//! of the database is held between two parts.

use serde::Serialize;

use super::Format;
use crate::{
    csv,
    error::{Error, Result},
    tickets::{Position, Ticket, TicketFilter, store::TicketStore},
};

/// Tickets that are read at a time.
pub const EXPORT_PART: u16 = 500;

/// The columns of CSV, which are the fields of NDJSON.
pub const COLUMNS: [&str; 11] = [
    "id",
    "title",
    "description",
    "category",
    "priority",
    "status",
    "category_source",
    "priority_source",
    "created_at",
    "updated_at",
    "version",
];

/// An export under way.
pub struct Export {
    filter: TicketFilter,
    format: Format,
    at: Place,
}

enum Place {
    Start,
    After(Position),
    End,
}

impl Export {
    /// Of all tickets of a filter.
    pub fn new(filter: TicketFilter, format: Format) -> Self {
        Self { filter, format, at: Place::Start }
    }

    /// The next part; `None` at the end. The first one has the header, and may have no more.
    ///
    /// # Errors
    /// Those of the store. After one, the export is not whole and cannot go on.
    pub async fn part<S: TicketStore + ?Sized>(&mut self, store: &S) -> Result<Option<Vec<u8>>> {
        let after = match std::mem::replace(&mut self.at, Place::End) {
            Place::Start => None,
            Place::After(position) => Some(position),
            Place::End => return Ok(None),
        };
        let tickets = store.walk_tickets(self.filter.clone(), after, EXPORT_PART).await?;
        if tickets.len() == usize::from(EXPORT_PART)
            && let Some(last) = tickets.last()
        {
            self.at = Place::After(last.position());
        }
        encode(self.format, after.is_none(), tickets).map(Some)
    }
}

/// Tickets in a format; the first ones of a file come after its header.
fn encode(format: Format, is_first: bool, tickets: Vec<Ticket>) -> Result<Vec<u8>> {
    let mut part = match format {
        Format::Csv if is_first => csv::lines([COLUMNS])?,
        _ => Vec::new(),
    };
    match format {
        Format::Csv => part.extend(csv::lines(tickets.into_iter().map(record))?),
        Format::Ndjson => {
            for ticket in &tickets {
                write_object(&mut part, ticket)?;
            }
        }
    }
    Ok(part)
}

fn record(ticket: Ticket) -> [String; COLUMNS.len()] {
    [
        ticket.id.to_string(),
        ticket.title,
        ticket.description,
        ticket.category.to_string(),
        ticket.priority.to_string(),
        ticket.status.to_string(),
        ticket.category_source.to_string(),
        ticket.priority_source.to_string(),
        ticket.created_at.to_string(),
        ticket.updated_at.to_string(),
        ticket.version.to_string(),
    ]
}

fn write_object(into: &mut Vec<u8>, ticket: &Ticket) -> Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        id: i64,
        title: &'a str,
        description: &'a str,
        category: &'a str,
        priority: &'a str,
        status: &'a str,
        category_source: &'a str,
        priority_source: &'a str,
        created_at: jiff::Timestamp,
        updated_at: jiff::Timestamp,
        version: i64,
    }
    let object = Object {
        id: ticket.id,
        title: &ticket.title,
        description: &ticket.description,
        category: ticket.category.as_str(),
        priority: ticket.priority.as_str(),
        status: ticket.status.as_str(),
        category_source: ticket.category_source.as_str(),
        priority_source: ticket.priority_source.as_str(),
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        version: ticket.version,
    };
    let written = serde_json::to_writer(&mut *into, &object);
    written.map_err(|e| Error::Internal(format!("writing JSON: {e}")))?;
    into.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::tickets::{
        Category, Description, Priority, Source, Status, Title, exchange::Reader,
    };

    fn ticket(id: i64, title: &Title, description: &Description) -> Ticket {
        let at = |n| Timestamp::from_microsecond(1_790_000_000_000_000 + n).unwrap();
        let nth = usize::try_from(id).unwrap();
        Ticket {
            id,
            title: title.as_str().to_owned(),
            description: description.as_str().to_owned(),
            category: Category::ALL[nth % 4],
            priority: Priority::ALL[nth % 3],
            status: Status::ALL[nth / 2 % 4],
            category_source: Source::ALL[nth % 7],
            priority_source: Source::ALL[nth / 3 % 7],
            created_at: at(id),
            updated_at: at(id * 2),
            version: id,
        }
    }

    /// What an import makes of a file, with what it gives anew as it was.
    fn read_back(format: Format, file: &[u8], before: &[Ticket]) -> Vec<Ticket> {
        let mut reader = Reader::open(format, file, Arc::default()).unwrap();
        let mut tickets = Vec::new();
        while let Some(record) = reader.next().unwrap() {
            let read = record.unwrap().check(Timestamp::UNIX_EPOCH).unwrap().sorted();
            let before = &before[tickets.len()];
            tickets.push(Ticket {
                id: before.id,
                title: read.title.as_str().to_owned(),
                description: read.description.as_str().to_owned(),
                category: read.category.0,
                priority: read.priority.0,
                status: read.status,
                category_source: read.category.1,
                priority_source: read.priority.1,
                created_at: read.created_at,
                updated_at: before.updated_at,
                version: before.version,
            });
        }
        tickets
    }

    /// Texts that a file has to be careful with.
    const NASTY: &str = "[-'=+@\t\r\n\",;\\\\ aä漢🦀\u{feff}\u{2028}\u{1}]{1,12}";

    proptest! {
        #[test]
        fn what_is_written_is_read_back_exactly(
            texts in prop::collection::vec((NASTY, NASTY), 1..8),
        ) {
            let parsed = texts.into_iter().filter_map(|(title, description)| {
                Some((Title::parse(&title).ok()?, Description::parse(description).ok()?))
            });
            let tickets: Vec<_> =
                (1..).zip(parsed).map(|(id, (title, text))| ticket(id, &title, &text)).collect();
            for format in [Format::Csv, Format::Ndjson] {
                let file = encode(format, true, tickets.clone()).unwrap();
                prop_assert_eq!(&read_back(format, &file, &tickets), &tickets);
            }
        }
    }

    #[test]
    fn a_field_of_csv_is_a_field_of_the_object() {
        let text = Description::parse("d".into()).unwrap();
        let one = ticket(1, &Title::parse("t").unwrap(), &text);
        let object = encode(Format::Ndjson, true, vec![one.clone()]).unwrap();
        let object: serde_json::Value = serde_json::from_slice(&object).unwrap();
        for (column, field) in COLUMNS.into_iter().zip(record(one)) {
            let value = &object[column];
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_eq!(value, field, "{column}");
        }
        assert_eq!(object.as_object().unwrap().len(), COLUMNS.len());
    }
}
