use frontdesk::{
    db::Store,
    tickets::{
        Category, Cursor, PageRequest, Position, Priority, Search, Status, Ticket, TicketFilter,
        TicketPage,
    },
};

use super::{file, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    the_newest_come_first,
    a_walk_meets_every_ticket_once_whatever_is_written,
    a_walk_back_meets_the_same_pages,
    filters_compose,
    time_ranges_are_half_open,
    a_page_past_the_end_is_empty,
    a_walk_without_counts_meets_what_the_pages_have,
);

fn page(cursor: Option<Cursor>, limit: u16) -> PageRequest {
    PageRequest { cursor, limit, ..PageRequest::default() }
}

fn ids(tickets: &[Ticket]) -> Vec<i64> {
    tickets.iter().map(|ticket| ticket.id).collect()
}

async fn the_newest_come_first(database: TestDatabase) {
    let store = database.open().await;
    let late = file(&*store, "late", second(9)).await.id;
    let early = file(&*store, "early", second(1)).await.id;
    let same = file(&*store, "as late, filed after", second(9)).await.id;
    let all = store.tickets(page(None, 10)).await.unwrap();
    assert_eq!(ids(&all.tickets), [same, late, early]);
    assert_eq!((all.count, all.older, all.newer), (Some(3), None, None));
}

async fn a_walk_meets_every_ticket_once_whatever_is_written(database: TestDatabase) {
    let store = database.open().await;
    let mut there = Vec::new();
    for n in 0..23 {
        // several of the same moment
        there.push(file(&*store, "there", second(n / 4)).await.id);
    }
    let mut met = Vec::new();
    let mut cursor = None;
    loop {
        let walked = store.tickets(page(cursor, 5)).await.unwrap();
        met.extend(ids(&walked.tickets));
        file(&*store, "written meanwhile", second(100)).await;
        cursor = walked.older;
        if cursor.is_none() {
            break;
        }
    }
    there.sort_unstable();
    met.sort_unstable();
    assert_eq!(met, there);
}

async fn a_walk_back_meets_the_same_pages(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..11 {
        file(&*store, "t", second(n / 2)).await;
    }
    let mut forth: Vec<TicketPage> = vec![store.tickets(page(None, 4)).await.unwrap()];
    while let Some(cursor) = forth.last().unwrap().older {
        forth.push(store.tickets(page(Some(cursor), 4)).await.unwrap());
    }
    assert_eq!(forth.iter().map(|p| p.tickets.len()).collect::<Vec<_>>(), [4, 4, 3]);
    assert!(forth[0].newer.is_none(), "null at the newest end");
    let middle = store.tickets(page(forth[2].newer, 4)).await.unwrap();
    assert_eq!(ids(&middle.tickets), ids(&forth[1].tickets));
    assert!(middle.older.is_some());
    let first = store.tickets(page(middle.newer, 4)).await.unwrap();
    assert_eq!(ids(&first.tickets), ids(&forth[0].tickets));
    assert!(first.newer.is_none() && first.older.is_some());
}

async fn one_of_each(store: &dyn Store) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for (n, category) in (0_i64..).zip(Category::ALL) {
        for (m, priority) in (0_i64..).zip(Priority::ALL) {
            for status in Status::ALL {
                let mut new = new_ticket("t", "d", second(n * 4 + m));
                new.category.0 = *category;
                new.priority.0 = *priority;
                new.status = *status;
                tickets
                    .push(store.create_ticket(new, None, requester()).await.unwrap().into_ticket());
            }
        }
    }
    tickets
}

async fn filters_compose(database: TestDatabase) {
    let store = database.open().await;
    let all = one_of_each(&*store).await;
    let choices: [(&[Category], &[Priority], &[Status]); 8] = [
        (&[], &[], &[]),
        (&[Category::Billing], &[], &[]),
        (&[], &[Priority::Critical], &[]),
        (&[], &[], &[Status::Closed]),
        (&[Category::Account, Category::General], &[], &[Status::Open]),
        (&[Category::Technical], &[Priority::High, Priority::Low], &[Status::Open]),
        (&[], &[Priority::Low, Priority::Medium], &[Status::InProgress, Status::Resolved]),
        (&[Category::Billing], &[Priority::Low], &[Status::Open]),
    ];
    for (categories, priorities, statuses) in choices {
        for created_from in [None, Some(second(6))] {
            let filter = TicketFilter {
                categories: categories.to_vec(),
                priorities: priorities.to_vec(),
                statuses: statuses.to_vec(),
                created_from,
                ..TicketFilter::default()
            };
            let mut expected: Vec<i64> = all
                .iter()
                .filter(|t| categories.is_empty() || categories.contains(&t.category))
                .filter(|t| priorities.is_empty() || priorities.contains(&t.priority))
                .filter(|t| statuses.is_empty() || statuses.contains(&t.status))
                .filter(|t| created_from.is_none_or(|from| t.created_at >= from))
                .map(|t| t.id)
                .collect();
            expected.reverse();
            let request = PageRequest { filter, cursor: None, limit: 200 };
            let found = store.tickets(request).await.unwrap();
            assert_eq!(ids(&found.tickets), expected);
            assert_eq!(found.count, Some(expected.len() as u64));
        }
    }
}

async fn time_ranges_are_half_open(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..4 {
        file(&*store, "t", second(n)).await;
    }
    let filter = TicketFilter {
        created_from: Some(second(1)),
        created_before: Some(second(3)),
        ..TicketFilter::default()
    };
    let found = store.tickets(PageRequest { filter, cursor: None, limit: 10 }).await.unwrap();
    let times: Vec<_> = found.tickets.iter().map(|t| t.created_at).collect();
    assert_eq!((times, found.count), (vec![second(2), second(1)], Some(2)));
}

async fn a_page_past_the_end_is_empty(database: TestDatabase) {
    let store = database.open().await;
    file(&*store, "t", second(5)).await;
    let before_all = Cursor::Older(Position { created_at: second(1), id: 1 });
    let empty = store.tickets(page(Some(before_all), 10)).await.unwrap();
    assert_eq!((empty.tickets.len(), empty.count), (0, Some(1)));
    assert!(empty.older.is_none() && empty.newer.is_some());
}

async fn a_walk_without_counts_meets_what_the_pages_have(database: TestDatabase) {
    let store = database.open().await;
    let all = one_of_each(&*store).await;
    let filter = TicketFilter {
        categories: vec![Category::Billing, Category::General],
        statuses: vec![Status::Open],
        ..TicketFilter::default()
    };
    let search = Search::parse("D").unwrap();
    for filter in [TicketFilter::default(), TicketFilter { search, ..filter }] {
        let request = PageRequest { filter: filter.clone(), cursor: None, limit: 200 };
        let expected = ids(&store.tickets(request).await.unwrap().tickets);
        let (mut met, mut after) = (Vec::new(), None);
        loop {
            let part = store.walk_tickets(filter.clone(), after, 3).await.unwrap();
            assert!(part.len() <= 3);
            let Some(last) = part.last() else { break };
            after = Some(last.position());
            met.extend(ids(&part));
            file(&*store, "written meanwhile", second(100)).await;
        }
        assert_eq!(met, expected);
    }
    assert_eq!(all.len(), 64);
}
