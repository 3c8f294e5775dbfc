//! One ticket of a file: as it was read, and as it may be filed. The rules are those of the API.

use jiff::{Timestamp, Unit};

use crate::{
    classify::{TicketText, local::LocalClassifier},
    error::Faults,
    tickets::{Category, Description, ImportedTicket, Priority, Source, Status, Title, Word},
};

/// What is read of a ticket, by the names of columns in a file. Everything else is ignored.
pub const FIELDS: [&str; 8] = [
    "title",
    "description",
    "category",
    "priority",
    "status",
    "created_at",
    "category_source",
    "priority_source",
];

/// How many of [`FIELDS`], the first ones, are a person's text.
const TEXTS: usize = 2;

/// The years that both databases can keep, in seconds since 1970.
const YEARS_1_TO_9999: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A field as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Raw {
    /// Not there, or null.
    #[default]
    Absent,
    /// A text.
    Text(String),
    /// No text, and what is wrong with it.
    Wrong(String),
}

/// A ticket as it was read, field by field in the order of [`FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTicket(pub [Raw; FIELDS.len()]);

/// A ticket that may be filed. What is missing of category and priority is still missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedTicket {
    title: Title,
    description: Description,
    category: Option<(Category, Source)>,
    priority: Option<(Priority, Source)>,
    status: Status,
    created_at: Timestamp,
}

impl RawTicket {
    /// Takes empty fields that are no person's text for absent, as a table has to write them.
    pub fn empty_is_absent(&mut self) {
        for field in &mut self.0[TEXTS..] {
            if *field == Raw::Text(String::new()) {
                *field = Raw::Absent;
            }
        }
    }

    /// Checks all of it. Without a status it is open, without a time it was filed `now`, and who chose
    /// category and priority, where it does not say, was the requester.
    ///
    /// # Errors
    /// Every broken rule of every field.
    pub fn check(self, now: Timestamp) -> Result<CheckedTicket, Faults> {
        let mut faults = Faults::default();
        let [title, description, category, priority, status, created_at, by_whom, by_whom_else] =
            self.0;
        let title = required(&mut faults, "title", title, |raw| Title::parse(&raw));
        let description = required(&mut faults, "description", description, Description::parse);
        let category = word(&mut faults, "category", category);
        let priority = word(&mut faults, "priority", priority);
        let status = word(&mut faults, "status", status).unwrap_or(Status::Open);
        let created_at = parsed(&mut faults, "created_at", created_at, instant).unwrap_or(now);
        let by_whom = word(&mut faults, "category_source", by_whom).unwrap_or(Source::Requester);
        let by_whom_else =
            word(&mut faults, "priority_source", by_whom_else).unwrap_or(Source::Requester);
        match (title, description) {
            (Some(title), Some(description)) if faults.is_empty() => Ok(CheckedTicket {
                title,
                description,
                category: category.map(|category| (category, by_whom)),
                priority: priority.map(|priority| (priority, by_whom_else)),
                status,
                created_at,
            }),
            _ => Err(faults),
        }
    }
}

impl CheckedTicket {
    /// Lets the embedded classifier choose what is missing of category and priority.
    pub fn sorted(self) -> ImportedTicket {
        let (category, priority) = match (self.category, self.priority) {
            (Some(category), Some(priority)) => (category, priority),
            (category, priority) => {
                let suggestion = LocalClassifier::suggest(&TicketText {
                    title: self.title.as_str().to_owned(),
                    description: self.description.as_str().to_owned(),
                    ..TicketText::default()
                });
                (
                    category.unwrap_or((suggestion.category, suggestion.source)),
                    priority.unwrap_or((suggestion.priority, suggestion.source)),
                )
            }
        };
        ImportedTicket {
            title: self.title,
            description: self.description,
            category,
            priority,
            status: self.status,
            created_at: self.created_at,
        }
    }
}

/// A field as `parse` understands it; `None` where it is absent or (noted) wrong.
fn parsed<T>(
    faults: &mut Faults,
    name: &str,
    raw: Raw,
    parse: impl FnOnce(String) -> Result<T, Vec<String>>,
) -> Option<T> {
    let messages = match raw {
        Raw::Absent => return None,
        Raw::Wrong(message) => vec![message],
        Raw::Text(text) => match parse(text) {
            Ok(value) => return Some(value),
            Err(messages) => messages,
        },
    };
    for message in messages {
        faults.add(name, message);
    }
    None
}

fn required<T>(
    faults: &mut Faults,
    name: &str,
    raw: Raw,
    parse: impl FnOnce(String) -> Result<T, Vec<String>>,
) -> Option<T> {
    if raw == Raw::Absent {
        faults.add(name, "is required");
    }
    parsed(faults, name, raw, parse)
}

fn word<W: Word>(faults: &mut Faults, name: &str, raw: Raw) -> Option<W> {
    parsed(faults, name, raw, |text| {
        W::from_word(&text).ok_or_else(|| vec![format!("must be one of: {}", W::choices())])
    })
}

fn instant(text: String) -> Result<Timestamp, Vec<String>> {
    let at: Option<Timestamp> = text.parse().ok();
    at.and_then(|at| at.round(Unit::Microsecond).ok())
        .filter(|at| YEARS_1_TO_9999.contains(&at.as_second()))
        .ok_or_else(|| vec!["must be a time like 2026-11-23T08:00:00Z".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(fields: &[(&str, &str)]) -> RawTicket {
        let mut ticket = RawTicket::default();
        for (name, value) in fields {
            let at = FIELDS.iter().position(|field| field == name).unwrap();
            ticket.0[at] = Raw::Text((*value).to_owned());
        }
        ticket
    }

    fn check(fields: &[(&str, &str)]) -> Result<ImportedTicket, String> {
        let checked = raw(fields).check(Timestamp::UNIX_EPOCH);
        checked.map(CheckedTicket::sorted).map_err(|faults| faults.to_string())
    }

    #[test]
    fn what_is_missing_has_documented_values() {
        let ticket =
            check(&[("title", " Refund "), ("description", "I was charged twice")]).unwrap();
        assert_eq!(ticket.title.as_str(), "Refund");
        assert_eq!((ticket.status, ticket.created_at), (Status::Open, Timestamp::UNIX_EPOCH));
        assert_eq!(ticket.category, (Category::Billing, Source::Local));
        assert_eq!(ticket.priority.1, Source::Local);
        let half = check(&[("title", "t"), ("description", "d"), ("category", "account")]).unwrap();
        assert_eq!(half.category, (Category::Account, Source::Requester));
        assert_eq!(half.priority.1, Source::Local);
    }

    #[test]
    fn what_is_there_is_kept() {
        let ticket = check(&[
            ("title", "t"),
            ("description", " d\n"),
            ("category", "general"),
            ("priority", "critical"),
            ("status", "closed"),
            ("created_at", "2024-02-29T23:30:00.123456789+01:00"),
            ("category_source", "agent"),
            ("priority_source", "gemini"),
        ])
        .unwrap();
        assert_eq!(ticket.description.as_str(), " d\n");
        assert_eq!(ticket.category, (Category::General, Source::Agent));
        assert_eq!(ticket.priority, (Priority::Critical, Source::Gemini));
        assert_eq!(ticket.created_at.to_string(), "2024-02-29T22:30:00.123457Z");
    }

    #[test]
    fn every_fault_is_named() {
        let faults = check(&[
            ("description", "\n"),
            ("category", "Billing"),
            ("status", "new"),
            ("created_at", "yesterday"),
        ])
        .unwrap_err();
        for part in [
            "title: is required",
            "description: must not be blank",
            "category: must be one of: billing,",
            "status: must be one of: open,",
            "created_at: must be a time like",
        ] {
            assert!(faults.contains(part), "{faults}");
        }
        for year in ["0000-12-31T00:00:00Z", "2024-02-30T00:00:00Z", "2024-02-29T00:00:00"] {
            let faults = check(&[("title", "t"), ("description", "d"), ("created_at", year)]);
            assert!(faults.is_err(), "{year}");
        }
    }
}
