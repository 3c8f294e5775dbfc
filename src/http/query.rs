//! The parameters of a URL, with every fault of all of them at once.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    error::{Error, Faults},
    tickets::Word,
};

/// The parameters of one request.
pub struct Parameters {
    pairs: Vec<(String, String)>,
    faults: Faults,
}

impl Parameters {
    /// Reads a query string (`application/x-www-form-urlencoded`). Bytes that are no UTF-8 and
    /// U+0000 are faults of their parameter.
    pub fn new(query: &str) -> Self {
        let mut faults = Faults::default();
        let mut pairs = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |text: &str| {
                let text = text.replace('+', " ");
                let decoded = percent_encoding::percent_decode_str(&text).decode_utf8();
                decoded.map(|text| text.into_owned()).map_err(|_| text)
            };
            match (decode(name), decode(value)) {
                (Ok(name), Ok(value)) => pairs.push((name, value)),
                (Ok(name) | Err(name), _) => faults.add(&name, "is not UTF-8"),
            }
        }
        Self { pairs, faults }
    }

    /// Parameters that came another way than in a URL.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, faults: Faults::default() }
    }

    /// Notes a fault.
    pub fn fault(&mut self, name: &str, message: impl Into<String>) {
        self.faults.add(name, message);
    }

    /// The names that were given and are none of `known`, each once.
    pub fn names_beside(&self, known: &[&str]) -> Vec<String> {
        let names =
            self.pairs.iter().map(|(name, _)| name).filter(|name| !known.contains(&name.as_str()));
        let mut names: Vec<String> = names.cloned().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The last non-empty value.
    pub fn value(&self, name: &str) -> Option<&str> {
        let values = self.pairs.iter().rev().filter(|(key, _)| key == name);
        values.map(|(_, value)| value.as_str()).find(|value| !value.is_empty())
    }

    /// Every word of a list that was given, comma-separated or repeated; in the list's order, each
    /// once.
    pub fn words<W: Word>(&mut self, name: &str) -> Vec<W> {
        let mut words = Vec::new();
        for (_, value) in self.pairs.iter().filter(|(key, _)| key == name) {
            for raw in value.split(',').map(str::trim).filter(|raw| !raw.is_empty()) {
                match W::from_word(raw) {
                    Some(word) => words.push(word),
                    None => self
                        .faults
                        .add(name, format!("`{}` is none of: {}", shorten(raw), W::choices())),
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// One word of a list; `None` where it is not given or (noted) wrong.
    pub fn word<W: Word>(&mut self, name: &str) -> Option<W> {
        let words = self.words(name);
        if words.len() > 1 {
            self.faults.add(name, format!("must be one of: {}", W::choices()));
        }
        words.first().copied()
    }

    /// An instant (RFC 3339) or a date (its first instant, UTC).
    pub fn instant(&mut self, name: &str) -> Option<Timestamp> {
        let raw = self.value(name)?.to_owned();
        let instant = raw.parse::<Timestamp>().ok().or_else(|| {
            let date: Date = (raw.len() == 10).then(|| raw.parse().ok())??;
            Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
        });
        // what both databases can keep, with room for arithmetic
        let instant =
            instant.filter(|at| (-62_135_596_800..=253_402_300_799).contains(&at.as_second()));
        if instant.is_none() {
            let example = "must be a time like 2026-11-23T08:00:00Z or a date like 2026-11-23";
            self.faults.add(name, example);
        }
        instant
    }

    /// A day, like 2026-11-23.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let raw = self.value(name)?;
        let date = (raw.len() == 10).then(|| raw.parse::<Date>().ok()).flatten();
        // what both databases can keep
        let date = date.filter(|date| (1..=9999).contains(&date.year()));
        if date.is_none() {
            self.faults.add(name, "must be a date like 2026-11-23");
        }
        date
    }

    /// How many a page may hold, 1 to `max`; `default` where it is not given or (noted) wrong.
    pub fn limit(&mut self, default: u16, max: u16) -> u16 {
        match self.value("limit").map(str::parse::<u16>) {
            None => default,
            Some(Ok(limit)) if (1..=max).contains(&limit) => limit,
            Some(_) => {
                self.fault("limit", format!("must be a number from 1 to {max}"));
                default
            }
        }
    }

    /// `Err` with every fault noted so far.
    ///
    /// # Errors
    /// `Invalid`.
    pub fn check(&mut self) -> Result<(), Error> {
        std::mem::take(&mut self.faults).check()
    }

    /// The parameters as a query string, without those called `without`.
    pub fn encode_without(&self, without: &str) -> form_urlencoded::Serializer<'static, String> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(
            self.pairs.iter().filter(|(name, value)| name != without && !value.is_empty()),
        );
        query
    }
}

/// As much of a client's text as a message should repeat.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(40).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::{Category, Status};

    #[test]
    fn values_may_be_repeated_or_separated() {
        let mut query = Parameters::new("status=closed,open&status=open&category=&x=1");
        assert_eq!(query.words::<Status>("status"), [Status::Open, Status::Closed]);
        assert_eq!(query.words::<Category>("category"), []);
        assert!(query.check().is_ok());
    }

    #[test]
    fn every_fault_is_named() {
        let mut query = Parameters::new("status=done,open&search=%ff&created_after=yesterday");
        query.words::<Status>("status");
        query.instant("created_after");
        let message = query.check().unwrap_err().to_string();
        for part in
            ["status: `done` is none of: open", "search: is not UTF-8", "created_after: must"]
        {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn an_instant_may_be_a_date() {
        let at = |query: &str| Parameters::new(query).instant("a").map(|at| at.to_string());
        assert_eq!(at("a=2026-11-23").as_deref(), Some("2026-11-23T00:00:00Z"));
        assert_eq!(at("a=2026-11-23T01:00:00%2B01:00").as_deref(), Some("2026-11-23T00:00:00Z"));
        for bad in ["a=2026-13-01", "a=1", "a=2026-11-23T01:00:00", "a=-009999-01-01T00:00:00Z"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }
}
