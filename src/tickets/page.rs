//! Paging by key: newest first, in the total order of (created, id).

use std::{fmt, str::FromStr};

use jiff::Timestamp;

use super::{Ticket, TicketFilter};

/// Most tickets on a page.
pub const PAGE_LIMIT_MAX: u16 = 200;

/// Tickets on a page where none is asked for.
pub const PAGE_LIMIT_DEFAULT: u16 = 50;

/// A ticket's place in the list. Neither part ever changes, so a walk by position meets every
/// ticket that was there at its start exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// When the ticket was created.
    pub created_at: Timestamp,
    /// Tells tickets of the same microsecond apart.
    pub id: i64,
}

/// Where a page starts and which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// The tickets just before (older than) the position.
    Older(Position),
    /// The tickets just after (newer than) the position.
    Newer(Position),
}

/// One page that is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageRequest {
    /// Which tickets.
    pub filter: TicketFilter,
    /// `None`: the newest.
    pub cursor: Option<Cursor>,
    /// At most so many, 1 to [`PAGE_LIMIT_MAX`].
    pub limit: u16,
}

impl PageRequest {
    /// The tickets older than `after`.
    pub fn older(filter: TicketFilter, after: Option<Position>, limit: u16) -> Self {
        Self { filter, cursor: after.map(Cursor::Older), limit }
    }
}

/// One page of tickets, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketPage {
    /// How many tickets match the filter: exact, or `None` where counting would cost a scan.
    pub count: Option<u64>,
    /// The tickets.
    pub tickets: Vec<Ticket>,
    /// Where the older ones start, if there are any.
    pub older: Option<Cursor>,
    /// Where the newer ones start, if there are any.
    pub newer: Option<Cursor>,
}

impl TicketPage {
    /// Makes the page from up to `limit + 1` rows, in the order they were walked: away from the
    /// cursor. The row too many only tells that there are more.
    pub fn from_walk(request: &PageRequest, count: Option<u64>, mut rows: Vec<Ticket>) -> Self {
        let more = rows.len() > usize::from(request.limit);
        rows.truncate(usize::from(request.limit));
        let backwards = matches!(request.cursor, Some(Cursor::Newer(_)));
        if backwards {
            rows.reverse();
        }
        // Where a walk came from there is something; where it goes to, `more` says.
        let (has_older, has_newer) = match request.cursor {
            None => (more, false),
            Some(Cursor::Older(_)) => (more, true),
            Some(Cursor::Newer(_)) => (true, more),
        };
        let start = request.cursor.map(|c| match c {
            Cursor::Older(p) | Cursor::Newer(p) => p,
        });
        let first = rows.first().map(Ticket::position).or(start);
        let last = rows.last().map(Ticket::position).or(start);
        Self {
            count,
            tickets: rows,
            older: last.filter(|_| has_older).map(Cursor::Older),
            newer: first.filter(|_| has_newer).map(Cursor::Newer),
        }
    }
}

/// Opaque to clients: the direction, the microseconds and the id, in hexadecimal.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (way, at) = match self {
            Self::Older(at) => ('o', at),
            Self::Newer(at) => ('n', at),
        };
        write!(f, "{way}{:x}-{:x}", at.created_at.as_microsecond(), at.id)
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        const BAD: &str = "is not a cursor of this server; take `next` or `previous` of a page";
        let parse = || {
            let (micros, id) = raw.get(1..)?.split_once('-')?;
            // two's complement, as it is printed
            let micros = u64::from_str_radix(micros, 16).ok()?.cast_signed();
            let created_at = Timestamp::from_microsecond(micros);
            let at = Position {
                created_at: created_at.ok()?,
                id: i64::from_str_radix(id, 16).ok().filter(|id| *id > 0)?,
            };
            match raw.as_bytes()[0] {
                b'o' => Some(Self::Older(at)),
                b'n' => Some(Self::Newer(at)),
                _ => None,
            }
        };
        parse().ok_or(BAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_own_spelling() {
        for micros in [0, 1_790_000_000_000_000, -5] {
            let at = Position { created_at: Timestamp::from_microsecond(micros).unwrap(), id: 17 };
            for cursor in [Cursor::Older(at), Cursor::Newer(at)] {
                assert_eq!(cursor.to_string().parse(), Ok(cursor));
            }
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for bad in ["", "o", "x1-1", "o1", "o1-0", "o1--1", "ozz-1", "é1-1", "offfffffffffffffff-1"]
        {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }
}
