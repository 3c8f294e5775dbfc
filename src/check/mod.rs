//! Whether a database is what its own rules say: recounted, and compared with what is kept.

pub mod postgres;
pub mod sqlite;
pub mod store;

use crate::tickets::undecided;

/// Most deviations that each look reports; more are cut off.
pub const REPORTED_MAX: usize = 100;

/// What deviates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The database's own structures.
    Integrity,
    /// A row that refers to one that is not there.
    ForeignKey,
    /// How many tickets there are.
    Counter,
    /// The text of a ticket that a search compares.
    Document,
    /// What happened to a ticket, against its version.
    Event,
    /// The index of a search.
    SearchIndex,
}

impl Part {
    /// Its name for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Integrity => "integrity",
            Self::ForeignKey => "foreign key",
            Self::Counter => "counter",
            Self::Document => "document",
            Self::Event => "event",
            Self::SearchIndex => "search index",
        }
    }

    /// Whether a repair mends it: it can be computed again from the tickets.
    pub const fn is_mendable(self) -> bool {
        matches!(self, Self::Counter | Self::SearchIndex)
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// Where.
    pub part: Part,
    /// What, for people.
    pub what: String,
}

/// Looks that both databases take with the same statement. Each row is a deviation's text.
pub const LOOKS: &[(Part, &str)] = &[
    (
        Part::Counter,
        "select category || ', ' || priority || ', ' || status || ': '
             || cast(sum(kept) as bigint) || ' are counted, '
             || cast(sum(found) as bigint) || ' are there'
         from (
             select category, priority, status, n as kept, 0 as found from ticket_count
             union all
             select category, priority, status, 0, count(*) from ticket
             group by category, priority, status
         ) as cell
         group by category, priority, status having sum(kept) <> sum(found) order by 1",
    ),
    (
        Part::Counter,
        concat!(
            "select category || ', ' || priority || ', ' || status || ': '
                 || cast(sum(kept) as bigint) || ' are counted as not decided, '
                 || cast(sum(found) as bigint) || ' are there'
             from (
                 select category, priority, status, undecided as kept, 0 as found
                 from ticket_count
                 union all
                 select category, priority, status, 0, count(*) from ticket where ",
            undecided!(""),
            "    group by category, priority, status
             ) as cell
             group by category, priority, status having sum(kept) <> sum(found) order by 1"
        ),
    ),
    (
        Part::Document,
        "select 'ticket ' || ticket.id || ' has none' from ticket
         where not exists (select 1 from ticket_document where ticket_id = ticket.id)
         order by ticket.id",
    ),
    (
        Part::Document,
        "select 'document of ticket ' || ticket_id || ', which is not there' from ticket_document
         where not exists (select 1 from ticket where ticket.id = ticket_id) order by ticket_id",
    ),
    (
        Part::Event,
        "select distinct 'event of ticket ' || ticket_id || ', which is not there' from ticket_event
         where not exists (select 1 from ticket where ticket.id = ticket_id) order by 1",
    ),
    (
        Part::Event,
        "select 'ticket ' || ticket.id || ' is at version ' || ticket.version
             || ', and its newest event at ' || event.version
         from ticket join ticket_event event on event.ticket_id = ticket.id
         where event.version <> ticket.version and event.id =
             (select max(id) from ticket_event newest where newest.ticket_id = ticket.id)
         order by ticket.id",
    ),
    (
        Part::Event,
        "select 'ticket ' || ticket_id || ' has ' || count(*) || ' events of version ' || version
         from ticket_event group by ticket_id, version having count(*) > 1
         order by ticket_id, version",
    ),
    (
        Part::SearchIndex,
        "select count(*) || ' blocks of segment ' || segment || ', which is not there: left by a merge'
         from search_block
         where not exists (select 1 from search_segment where search_segment.id = segment)
         group by segment order by segment",
    ),
];

/// What makes the counts and the index of a search again from the tickets; everything waits for the index
/// then, and searches compare the texts themselves until a server has made it.
pub const REINDEX: &[&str] = &[
    "delete from search_block",
    "delete from search_segment",
    "insert into search_pending (ticket_id, version) select id, version from ticket where true
     on conflict (ticket_id) do update set version = excluded.version",
];

/// Which tickets a search would find.
#[derive(Default)]
pub struct Searchable {
    ids: Vec<i64>,
    deviations: Vec<Deviation>,
}

impl Searchable {
    /// Notes a segment: how many tickets it says it is about, and their ids.
    pub fn segment(&mut self, segment: i64, tickets: u32, ids: &[i64]) {
        if ids.len() != tickets as usize {
            self.deviate(format!("segment {segment} names {} of its {tickets} tickets", ids.len()));
        }
        self.ids.extend(ids);
    }

    /// Notes a ticket that waits for a segment.
    pub fn waiting(&mut self, id: i64) {
        self.ids.push(id);
    }

    /// Compares with the tickets that are there.
    pub fn compare(mut self, tickets: impl IntoIterator<Item = i64>) -> Vec<Deviation> {
        self.ids.sort_unstable();
        for id in tickets {
            if self.deviations.len() == REPORTED_MAX {
                break;
            }
            if self.ids.binary_search(&id).is_err() {
                self.deviate(format!("ticket {id} is in no segment and does not wait for one"));
            }
        }
        self.deviations
    }

    fn deviate(&mut self, what: String) {
        self.deviations.push(Deviation { part: Part::SearchIndex, what });
    }
}
