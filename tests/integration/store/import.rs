use frontdesk::{
    db::Store,
    error::Error,
    stats::TicketCounts,
    tickets::{
        BatchSize, Category, Description, ImportMark, ImportProgress, ImportedTicket, PageRequest,
        Priority, Search, Source, Status, Ticket, TicketFilter, TicketPatch, Title,
    },
};

use futures_util::future::join_all;

use super::{agent, events, file, refuse_tickets_of_title, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    imported_tickets_are_as_if_each_had_been_filed,
    a_batch_with_a_bad_row_writes_nothing,
    an_import_keeps_nobody_waiting,
    a_batch_of_an_import_is_written_once_and_in_its_turn,
    batches_that_are_handed_over_at_once_are_written_in_their_order,
    a_whole_batch_is_found_at_once,
);

/// The `n`th of many different tickets.
pub fn imported(n: usize) -> ImportedTicket {
    let all = [Source::Requester, Source::Local, Source::Agent];
    ImportedTicket {
        title: Title::parse(&format!("Ticket nr{n}x")).unwrap(),
        description: Description::parse(format!("ÄRGER {} with word{}w", n / 3, n % 7)).unwrap(),
        category: (Category::ALL[n % 4], all[n % 3]),
        priority: (Priority::ALL[n / 4 % 4], all[n / 2 % 3]),
        status: Status::ALL[n / 3 % 4],
        // many of one moment, and not in the order of time
        created_at: second(i64::try_from(n * 7 % 40).unwrap()),
    }
}

/// Everything that a filter finds, page by page, and what each page counts.
async fn all(store: &dyn Store, filter: &TicketFilter) -> Vec<Ticket> {
    let mut request = PageRequest { filter: filter.clone(), cursor: None, limit: 60 };
    let (mut tickets, mut counts) = (Vec::new(), Vec::new());
    loop {
        let page = store.tickets(request.clone()).await.unwrap();
        tickets.extend(page.tickets);
        counts.push(page.count);
        request.cursor = page.older;
        if request.cursor.is_none() {
            break;
        }
    }
    assert!(counts.iter().all(|count| *count == Some(tickets.len() as u64)), "{counts:?}");
    tickets
}

async fn imported_tickets_are_as_if_each_had_been_filed(database: TestDatabase) {
    let other = match database {
        TestDatabase::Sqlite(_) => TestDatabase::sqlite(),
        TestDatabase::Postgres(_) => TestDatabase::postgres(),
    };
    let (by_import, one_by_one) = (database.open().await, other.open().await);
    let batch: Vec<ImportedTicket> = (0..150).map(imported).collect();
    for store in [&by_import, &one_by_one] {
        file(&**store, "there before", second(3)).await;
    }
    assert_eq!(by_import.import_tickets(batch.clone(), None).await.unwrap(), 150);
    assert_eq!(by_import.import_tickets(Vec::new(), None).await.unwrap(), 0);
    for ticket in batch {
        one_by_one.create_ticket(ticket.into(), None, requester()).await.unwrap();
    }
    for store in [&by_import, &one_by_one] {
        file(&**store, "filed after", second(4)).await;
        let patch = TicketPatch { status: Some(Status::Closed), ..TicketPatch::default() };
        store.patch_ticket(20, patch, Some(1), agent(), second(50)).await.unwrap();
    }

    let searching = |text: &str| TicketFilter {
        search: Search::parse(text).unwrap(),
        ..TicketFilter::default()
    };
    let filters = [
        TicketFilter::default(),
        TicketFilter { statuses: vec![Status::Closed], ..TicketFilter::default() },
        TicketFilter { categories: vec![Category::Billing], ..searching("WORD3W") },
        TicketFilter { created_from: Some(second(20)), ..TicketFilter::default() },
        searching("nr77x"),
        searching("ärger 4"),
        searching("är"),
    ];
    for filter in &filters {
        let expected = all(&*one_by_one, filter).await;
        assert!(!expected.is_empty(), "{filter:?}");
        assert_eq!(all(&*by_import, filter).await, expected, "{filter:?}");
    }
    let counts = by_import.ticket_counts().await.unwrap();
    let expected = one_by_one.ticket_counts().await.unwrap();
    assert_eq!((counts.total(), counts.first_created_at), (152, expected.first_created_at));
    for status in Status::ALL {
        let count = |counts: &TicketCounts| counts.count(|_, _, s| s == *status);
        assert_eq!(count(&counts), count(&expected), "{status}");
    }
    for id in [1, 2, 20, 151, 152] {
        let (written, expected) = (events(&*by_import, id).await, events(&*one_by_one, id).await);
        let what = |event: &frontdesk::tickets::TicketEvent| {
            (event.at, event.version, event.kind, event.actor.clone(), event.changes.clone())
        };
        assert!(written.iter().map(what).eq(expected.iter().map(what)), "{written:?}");
    }
}

async fn a_batch_with_a_bad_row_writes_nothing(database: TestDatabase) {
    let store = database.open().await;
    refuse_tickets_of_title(&database, "Ticket nr7x");
    // few, and as many as have a piece of the search's index of their own
    for n in [10, 600] {
        assert!(store.import_tickets((0..n).map(imported).collect(), None).await.is_err());
        assert!(all(&*store, &TicketFilter::default()).await.is_empty());
        assert_eq!(store.ticket_counts().await.unwrap().total(), 0);
        let filter = TicketFilter { search: Search::parse("nr1x").unwrap(), ..Default::default() };
        assert!(all(&*store, &filter).await.is_empty());
    }
    store.import_tickets((10..20).map(imported).collect(), None).await.unwrap();
    let tickets = all(&*store, &TicketFilter::default()).await;
    assert_eq!(tickets.len(), 10);
    assert_eq!(events(&*store, tickets[0].id).await.len(), 1);
}

/// The importer is another process as far as the database can tell: it has its own connections.
async fn an_import_keeps_nobody_waiting(database: TestDatabase) {
    let (importer, server) = (database.open().await, database.open().await);
    let import = tokio::spawn(async move {
        for part in 0..12 {
            let batch = (part * BatchSize::SHORT.tickets..(part + 1) * BatchSize::SHORT.tickets)
                .map(imported)
                .collect();
            importer.import_tickets(batch, None).await.unwrap();
        }
    });
    let mut filed = 0;
    while !import.is_finished() {
        let ticket = file(&*server, "meanwhile", second(1)).await;
        let patch = TicketPatch { status: Some(Status::Resolved), ..TicketPatch::default() };
        server.patch_ticket(ticket.id, patch, None, agent(), second(2)).await.unwrap();
        filed += 1;
    }
    import.await.unwrap();
    // one that had to wait for the whole import would be the only one
    assert!(filed > 2, "{filed} were filed meanwhile");
    let counts = server.ticket_counts().await.unwrap();
    assert_eq!(counts.total(), 12 * BatchSize::SHORT.tickets as u64 + filed);
}

async fn a_batch_of_an_import_is_written_once_and_in_its_turn(database: TestDatabase) {
    let store = database.open().await;
    let batch = || (0..10).map(imported).collect::<Vec<_>>();
    let mark = |from, to| Some(ImportMark { source_sha256: [1; 32], from, to });
    assert_eq!(store.import_progress([1; 32]).await.unwrap(), None);
    let early = store.import_tickets(batch(), mark(12, 24)).await.unwrap_err();
    assert!(matches!(early, Error::Conflict(_)), "{early}");
    store.import_tickets(batch(), mark(0, 12)).await.unwrap();
    for wrong in [mark(0, 12), mark(24, 36), mark(11, 12)] {
        let refused = store.import_tickets(batch(), wrong).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict(_)), "{wrong:?}: {refused}");
    }
    // records that were all refused move it on too
    assert_eq!(store.import_tickets(Vec::new(), mark(12, 20)).await.unwrap(), 0);
    store.import_tickets(batch(), mark(20, 30)).await.unwrap();
    let progress = Some(ImportProgress { position: 30, tickets: 20 });
    assert_eq!(store.import_progress([1; 32]).await.unwrap(), progress);
    assert_eq!(store.import_progress([2; 32]).await.unwrap(), None);
    assert_eq!(store.ticket_counts().await.unwrap().total(), 20);
    store.forget_import([1; 32]).await.unwrap();
    assert_eq!(store.import_progress([1; 32]).await.unwrap(), None);
    store.import_tickets(batch(), mark(0, 12)).await.unwrap();
    assert_eq!(store.ticket_counts().await.unwrap().total(), 30);
    assert_eq!(all(&*store, &TicketFilter::default()).await.len(), 30);
}

async fn batches_that_are_handed_over_at_once_are_written_in_their_order(database: TestDatabase) {
    let store = database.open().await;
    let hand_over = |first: usize, source_sha256: [u8; 32]| {
        let store = &store;
        join_all((0..6).map(move |part: i64| {
            let mark = ImportMark { source_sha256, from: part * 20, to: (part + 1) * 20 };
            let tickets = (mark.from..mark.to).map(|n| first + usize::try_from(n).unwrap());
            store.import_tickets(tickets.map(imported).collect(), Some(mark))
        }))
    };
    let written = hand_over(0, [1; 32]).await;
    assert!(written.iter().all(|written| matches!(written, Ok(20))), "{written:?}");
    let mut tickets = all(&*store, &TicketFilter::default()).await;
    tickets.sort_unstable_by_key(|ticket| ticket.id);
    let titles: Vec<_> = tickets.iter().map(|ticket| ticket.title.to_string()).collect();
    let expected: Vec<_> = (0..120).map(|n| imported(n).title.as_str().to_owned()).collect();
    assert_eq!(titles, expected, "the ids are in the order of the file");

    // one that fails takes those behind it along, so that the import can go on there
    refuse_tickets_of_title(&database, imported(250).title.as_str());
    let written = hand_over(200, [2; 32]).await;
    let refused =
        |result: &frontdesk::error::Result<u64>| matches!(result, Err(Error::Conflict(_)));
    assert!(matches!(written[..2], [Ok(20), Ok(20)]) && written[2].is_err(), "{written:?}");
    assert!(written[3..].iter().all(refused), "{written:?}");
    let progress = Some(ImportProgress { position: 40, tickets: 40 });
    assert_eq!(store.import_progress([2; 32]).await.unwrap(), progress);
    assert_eq!(store.ticket_counts().await.unwrap().total(), 160);
}

/// Such a batch comes with its own pieces of the search's index.
async fn a_whole_batch_is_found_at_once(database: TestDatabase) {
    let store = database.open().await;
    let n = store.import_size().tickets;
    store.import_tickets((0..n).map(imported).collect(), None).await.unwrap();
    assert_eq!(store.ticket_counts().await.unwrap().total(), n as u64);
    assert_eq!(store.search_waiting().await.unwrap(), 0);
    let found = async |search: &str| {
        let search = Search::parse(search).unwrap();
        all(&*store, &TicketFilter { search, ..TicketFilter::default() }).await
    };
    let [ticket] = &found(&format!("nr{}x", n - 3)).await[..] else { panic!("one is found") };
    assert_eq!(ticket.title, imported(n - 3).title.as_str());

    let title = Some(Title::parse("Something else").unwrap());
    let patch = TicketPatch { title, ..TicketPatch::default() };
    store.patch_ticket(ticket.id, patch, None, agent(), second(9)).await.unwrap();
    assert!(found(&format!("Ticket nr{}x", n - 3)).await.is_empty());
    let [renamed] = &found("something else").await[..] else { panic!("one is found") };
    store.delete_ticket(renamed.id, None).await.unwrap();
    assert!(found("something else").await.is_empty());
}
