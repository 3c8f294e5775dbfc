use std::collections::BTreeSet;

use frontdesk::{
    db::Store,
    tickets::{
        BatchSize, CANDIDATES_MAX, Category, Cursor, Description, ImportedTicket, PageRequest,
        Priority, SEGMENT_TICKETS, Search, Source, Status, Ticket, TicketFilter, TicketPatch,
        Title, document,
    },
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{agent, second};
use crate::support::database::TestDatabase;

crate::laws!(
    a_search_finds_the_same_whatever_is_indexed,
    a_text_that_changes_while_it_is_indexed_is_found,
    a_ticket_deleted_before_it_is_indexed_is_not_counted,
    many_hits_are_paged_and_not_counted,
);

fn imported(title: &str, text: &str, n: i64) -> ImportedTicket {
    let of = |n: i64| usize::try_from(n).unwrap() % 4;
    ImportedTicket {
        title: Title::parse(title).unwrap(),
        description: Description::parse(text.into()).unwrap(),
        category: (Category::ALL[of(n)], Source::Requester),
        priority: (Priority::ALL[of(n / 4)], Source::Requester),
        status: Status::ALL[of(n / 16)],
        created_at: second(n),
    }
}

fn searching(text: &str) -> TicketFilter {
    TicketFilter { search: Search::parse(text).unwrap(), ..TicketFilter::default() }
}

/// All that a filter finds, and what the first page counts: walked down, and up again from the end.
async fn found(store: &dyn Store, filter: &TicketFilter, limit: u16) -> (Vec<i64>, Option<u64>) {
    let mut request = PageRequest { filter: filter.clone(), cursor: None, limit };
    let first = store.tickets(request.clone()).await.unwrap();
    let (count, mut pages) = (first.count, vec![first]);
    while let Some(cursor) = pages.last().and_then(|page| page.older) {
        request.cursor = Some(cursor);
        let page = store.tickets(request.clone()).await.unwrap();
        assert_eq!(page.count, count, "of {cursor}");
        pages.push(page);
    }
    for pair in pages.windows(2) {
        let back = pair[1].newer.expect("there is a page before");
        assert!(matches!(back, Cursor::Newer(_)));
        request.cursor = Some(back);
        assert_eq!(store.tickets(request.clone()).await.unwrap().tickets, pair[0].tickets);
    }
    let ids = pages.iter().flat_map(|page| &page.tickets).map(|ticket| ticket.id).collect();
    (ids, count)
}

/// What a search has to find among `tickets`, newest first.
fn expected(tickets: &[Ticket], filter: &TicketFilter) -> Vec<i64> {
    let search = filter.search.as_ref().expect("there is one");
    let mut hits: Vec<&Ticket> = tickets
        .iter()
        .filter(|ticket| document(&ticket.title, &ticket.description).contains(search.as_str()))
        .filter(|ticket| {
            filter.categories.is_empty() || filter.categories.contains(&ticket.category)
        })
        .filter(|ticket| filter.created_from.is_none_or(|from| ticket.created_at >= from))
        .collect();
    hits.sort_by_key(|ticket| std::cmp::Reverse((ticket.created_at, ticket.id)));
    hits.iter().map(|ticket| ticket.id).collect()
}

async fn all(store: &dyn Store) -> Vec<Ticket> {
    let mut request = PageRequest { limit: 200, ..PageRequest::default() };
    let mut tickets = Vec::new();
    loop {
        let page = store.tickets(request.clone()).await.unwrap();
        tickets.extend(page.tickets);
        request.cursor = page.older;
        if request.cursor.is_none() {
            return tickets;
        }
    }
}

/// A text of few letters, so that a gram is in many texts and none is in all.
fn text(random: &mut StdRng) -> String {
    let letters = [
        "a",
        "B",
        "c",
        " ",
        "ä",
        "ß",
        "я",
        "日",
        "本",
        "%",
        "_",
        "1",
        "12345",
        "0",
        "\u{1f600}",
        "\n",
    ];
    let length = random.random_range(1..40);
    let text: String = (0..length).map(|_| *letters.choose(random).unwrap()).collect();
    format!("x{text}")
}

async fn a_search_finds_the_same_whatever_is_indexed(database: TestDatabase) {
    let store = database.open().await;
    // a second server, which remembers what it searched before, while the first one writes
    let other = database.open().await;
    let mut random = StdRng::seed_from_u64(4);
    let mut searches: Vec<String> = vec!["absent".into(), "\u{fffd}".into(), "ss".into()];
    for round in 0..12 {
        let batch: Vec<_> = (0..20)
            .map(|_| {
                let (title, text) = (text(&mut random), text(&mut random));
                imported(&title, &text, random.random_range(0..50))
            })
            .collect();
        store.import_tickets(batch, None).await.unwrap();
        let tickets = all(&*store).await;
        for _ in 0..6 {
            let ticket = tickets.choose(&mut random).unwrap();
            if random.random() {
                let text = Description::parse(text(&mut random)).unwrap();
                let patch = TicketPatch { description: Some(text), ..TicketPatch::default() };
                store.patch_ticket(ticket.id, patch, None, agent(), second(90)).await.unwrap();
            } else {
                store.delete_ticket(ticket.id, None).await.unwrap();
            }
        }
        for _ in 0..6 {
            let ticket = tickets.choose(&mut random).unwrap();
            let chars: Vec<char> = ticket.description.chars().collect();
            let from = random.random_range(0..chars.len());
            let length = random.random_range(1..12);
            searches.push(chars[from..].iter().take(length).collect());
        }
        // sometimes some are left for the next one; eight segments become one
        if round % 4 != 3 {
            assert!(store.index_search(1).await.unwrap() > 0);
            while store.index_search(1).await.unwrap() > 0 {}
            // some as they were made before runs of digits were grams
            database.sql("update search_segment set grams = 1 where id % 2 = 0").unwrap();
        }
        let tickets = all(&*store).await;
        for search in searches.iter().rev().take(20) {
            let mut filter = searching(search);
            for server in [&store, &other] {
                let (ids, count) = found(&**server, &filter, 7).await;
                assert_eq!(ids, expected(&tickets, &filter), "{search:?} in round {round}");
                assert_eq!(count, Some(ids.len() as u64), "{search:?}");
                filter.categories = vec![Category::Billing, Category::General];
                filter.created_from = Some(second(20));
            }
        }
    }
}

async fn a_text_that_changes_while_it_is_indexed_is_found(database: TestDatabase) {
    let store = database.open().await;
    let batch = (0..200).map(|n| imported("before", "before", n)).collect();
    store.import_tickets(batch, None).await.unwrap();
    let indexing = {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..60 {
                store.index_search(1).await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    for ticket in all(&*store).await {
        let title = Some(Title::parse("afterwards").unwrap());
        let patch = TicketPatch { title, ..TicketPatch::default() };
        store.patch_ticket(ticket.id, patch, None, agent(), second(300)).await.unwrap();
    }
    indexing.await.unwrap();
    for _ in 0..2 {
        assert_eq!(found(&*store, &searching("afterw"), 200).await.1, Some(200));
        assert_eq!(found(&*store, &searching("before"), 200).await.1, Some(200));
        store.index_search(1).await.unwrap();
    }
}

async fn a_ticket_deleted_before_it_is_indexed_is_not_counted(database: TestDatabase) {
    let store = database.open().await;
    let other = database.open().await;
    let batch = (0..3).map(|n| imported("waits", "for a segment", n)).collect();
    store.import_tickets(batch, None).await.unwrap();
    for left in [3, 2, 1, 0] {
        // the second time of what was remembered the first time
        for server in [&store, &other, &store, &other] {
            let (ids, count) = found(&**server, &searching("segment"), 7).await;
            assert_eq!((ids.len(), count), (left, Some(left as u64)));
        }
        if let Some(ticket) = all(&*store).await.first() {
            store.delete_ticket(ticket.id, None).await.unwrap();
        }
    }
}

async fn many_hits_are_paged_and_not_counted(database: TestDatabase) {
    let store = database.open().await;
    let n = i64::from(SEGMENT_TICKETS) * 8 + 500;
    let tickets: Vec<_> = (0..n)
        .map(|n| {
            let mut text = format!("common nr{n}x");
            if (1_000..4_000).contains(&n) {
                text.push_str(" incident"); // was common once
            }
            imported("t", &text, n)
        })
        .collect();
    for batch in tickets.chunks(BatchSize::SHORT.tickets) {
        store.import_tickets(batch.to_vec(), None).await.unwrap();
    }
    while store.index_search(SEGMENT_TICKETS).await.unwrap() > 0 {}
    let tickets = all(&*store).await;
    const { assert!(3_000 > CANDIDATES_MAX) }; // incidents
    for (search, count) in
        [("common", None), ("incident", None), ("nr77x", Some(1)), ("nr77", Some(111))]
    {
        let mut filter = searching(search);
        let (ids, counted) = found(&*store, &filter, 200).await;
        assert_eq!(counted, count, "{search}");
        assert_eq!(ids, expected(&tickets, &filter), "{search}");
        filter.categories = vec![Category::Technical];
        filter.created_from = Some(second(100));
        let (ids, _) = found(&*store, &filter, 50).await;
        assert_eq!(ids, expected(&tickets, &filter), "{search} with a filter");
    }
    let pages: BTreeSet<_> = found(&*store, &searching("x"), 200).await.0.into_iter().collect();
    assert_eq!(pages.len(), tickets.len());
}
