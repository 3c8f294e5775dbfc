//! No list, count or search reads a whole table. PostgreSQL itself counts what it read; SQLite's plans
//! are looked at where its statements are made (`src/tickets/sqlite/query.rs`).

use frontdesk::{
    db::Store,
    stats::Days,
    tickets::{
        BatchSize, Category, Cursor, Decided, Description, ImportedTicket, PageRequest, Position,
        Priority, SEGMENT_TICKETS, Search, Source, Status, TicketFilter, Title, Word, day_of,
    },
};

use super::second;
use crate::support::{cluster::Database, database::TestDatabase};

const TICKETS: i64 = 20_000;

/// Rows of the large tables that one request may read on average: far fewer than there are.
const ROWS_MAX: i64 = 3_000;

/// Texts as long as in life: of short ones so many are on one page of the disk that the planner takes other
/// ways.
fn so_on() -> String {
    " and so on".repeat(36)
}

async fn fill(store: &dyn Store) {
    let of = |n: i64, among: i64| usize::try_from(n / among % 4).unwrap();
    let tickets: Vec<_> = (0..TICKETS)
        .map(|n| ImportedTicket {
            title: Title::parse(&format!("Ticket nr{n}x")).unwrap(),
            description: Description::parse(format!("common w{}w{}", n % 100, so_on())).unwrap(),
            // as in a team that has begun to look at what machines choose
            category: (
                Category::ALL[of(n, 1)],
                if n % 9 == 0 { Source::Local } else { Source::Requester },
            ),
            priority: (Priority::ALL[of(n, 7)], Source::Requester),
            // only the newest are open, as in a team that keeps up
            status: if n > TICKETS - 50 { Status::Open } else { Status::ALL[1 + of(n, 3) % 3] },
            created_at: second(n),
        })
        .collect();
    for batch in tickets.chunks(BatchSize::SHORT.tickets) {
        store.import_tickets(batch.to_vec(), None).await.unwrap();
    }
    while store.index_search(SEGMENT_TICKETS).await.unwrap() > 0 {}
}

fn none_and_each<W: Word>() -> Vec<Vec<W>> {
    let mut choices: Vec<Vec<W>> = W::ALL.iter().map(|word| vec![*word]).collect();
    choices.push(Vec::new());
    choices.push(W::ALL[1..3].to_vec());
    choices
}

fn filters() -> Vec<TicketFilter> {
    let mut filters = Vec::new();
    for categories in none_and_each() {
        for priorities in none_and_each() {
            for statuses in none_and_each() {
                let (categories, priorities) = (categories.clone(), priorities.clone());
                filters.push(TicketFilter {
                    categories,
                    priorities,
                    statuses,
                    ..Default::default()
                });
            }
        }
    }
    for priorities in none_and_each() {
        for statuses in none_and_each() {
            let (decided, priorities) = (Some(Decided::No), priorities.clone());
            filters.push(TicketFilter { decided, priorities, statuses, ..Default::default() });
        }
    }
    for text in ["nr777x", "absent", "common", "w7w", "w7", "mon w7"] {
        for statuses in [vec![], vec![Status::Closed]] {
            let search = Search::parse(text).unwrap();
            filters.push(TicketFilter { search, statuses, ..Default::default() });
        }
        for decided in [None, Some(Decided::No)] {
            let search = Search::parse(text).unwrap();
            filters.push(TicketFilter { search, decided, ..Default::default() });
        }
    }
    filters
}

/// Asks for the first page of everything and one from its middle; returns how many that were.
async fn ask_for_everything(store: &dyn Store) -> i64 {
    let mut asked = 0;
    let middle = Position { created_at: second(TICKETS / 2), id: 1 };
    for filter in filters() {
        for cursor in [None, Some(Cursor::Older(middle)), Some(Cursor::Newer(middle))] {
            let request = PageRequest { filter: filter.clone(), cursor, limit: 50 };
            store.tickets(request).await.unwrap();
            asked += 1;
        }
    }
    store.ticket_counts().await.unwrap();
    let day = day_of(second(TICKETS));
    store.trends(Days { from: day, to: day }).await.unwrap();
    let end = store.log_end().await.unwrap();
    store.log_since(&end, 1_000).await.unwrap();
    asked + 3
}

/// Waits for the connections of a closed store to end: only then have they handed in their counts.
async fn await_counts(database: &Database) {
    for _ in 0..1_000 {
        let output = database.psql(
            "select count(*) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
                 and backend_type = 'client backend'",
        );
        if output.stdout.trim_ascii() == b"0" {
            return;
        }
        tokio::task::yield_now().await; // they end in this thread
    }
    panic!("connections of a closed store live on");
}

/// How often a large table was read from end to end, and how many of its rows were fetched.
fn read(database: &Database) -> (i64, i64) {
    let output = database.psql(
        "select sum(seq_scan), sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)
         from pg_stat_user_tables
         where relname in ('ticket', 'ticket_document', 'ticket_event', 'ticket_day', 'search_block')",
    );
    let line = String::from_utf8(output.stdout).unwrap();
    let (scans, rows) = line.trim().split_once('|').expect("two numbers");
    (scans.parse().unwrap(), rows.parse().unwrap())
}

#[tokio::test]
async fn no_page_of_postgresql_reads_a_whole_table() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let open = async || frontdesk::db::open(&database.url().parse().unwrap()).await.unwrap();
    let store = open().await;
    fill(&*store).await;
    store.close().await;
    // years of days: the few that the tickets above are of would be read whole, and rightly
    let years = database.psql(
        "insert into ticket_day (day, measure, word, slot, n, seconds)
         select date '1990-01-01' + n, 'created', 'billing/low', slot, 1, 0
         from generate_series(1, 8000) as n, generate_series(0, 3) as slot",
    );
    assert!(years.status.success());
    for statistics in ["", "analyze"] {
        database.psql(statistics);
        await_counts(&database).await;
        let (scans, rows) = read(&database);
        let store = open().await;
        let asked = ask_for_everything(&*store).await;
        store.close().await;
        await_counts(&database).await;
        let (scans_after, rows_after) = read(&database);
        assert_eq!(scans_after - scans, 0, "scans of whole tables ({statistics:?})");
        let rows = (rows_after - rows) / asked;
        assert!(rows > 0, "nothing was counted");
        assert!(rows < ROWS_MAX, "{rows} rows for one request ({statistics:?})");
    }
}

/// The newest tickets say nothing of the others: a page reads what it shows, and not what was filed since.
#[tokio::test]
async fn no_page_of_postgresql_reads_through_tickets_of_another_kind() {
    let TestDatabase::Postgres(database) = TestDatabase::postgres() else { unreachable!() };
    let open = async || frontdesk::db::open(&database.url().parse().unwrap()).await.unwrap();
    let store = open().await;
    fill(&*store).await;
    let newest = |n| ImportedTicket {
        title: Title::parse("Newest").unwrap(),
        description: Description::parse(format!("of one kind{}", so_on())).unwrap(),
        category: (Category::Account, Source::Requester),
        priority: (Priority::High, Source::Requester),
        status: Status::Open,
        created_at: second(TICKETS + n),
    };
    for n in 0..12 {
        let batch = (0..500).map(|m| newest(n * 500 + m)).collect();
        store.import_tickets(batch, None).await.unwrap();
    }
    store.close().await;
    database.psql("analyze");
    let filters: Vec<TicketFilter> = filters()
        .into_iter()
        .filter(|filter| filter.search.is_none())
        .filter(|filter| {
            !filter.categories.contains(&Category::Account)
                && !filter.priorities.contains(&Priority::High)
                && !filter.statuses.contains(&Status::Open)
                && *filter != TicketFilter::default()
        })
        .collect();
    let mut asked = 0;
    for filter in filters {
        await_counts(&database).await;
        let (_, rows) = read(&database);
        let store = open().await;
        for _ in 0..3 {
            let request = PageRequest { filter: filter.clone(), cursor: None, limit: 50 };
            store.tickets(request).await.unwrap();
        }
        store.close().await;
        await_counts(&database).await;
        let (_, rows_after) = read(&database);
        let cells = i64::try_from(filter.cells().map_or(1, |cells| cells.len())).unwrap();
        let rows = (rows_after - rows) / 3;
        assert!(rows <= 51 + cells + 500, "{rows} rows for a page of {filter:?}");
        asked += 1;
    }
    assert!(asked > 10, "{asked}");
}
