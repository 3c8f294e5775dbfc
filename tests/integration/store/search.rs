use frontdesk::{
    db::Store,
    tickets::{
        Category, Description, PageRequest, Search, Source, TicketFilter, TicketPatch, Title,
    },
};

use super::{agent, new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    a_search_finds_substrings_literally_in_any_case,
    a_search_follows_a_change_of_text,
    a_search_composes_with_filters_and_pages,
);

fn searching(text: &str) -> TicketFilter {
    TicketFilter { search: Search::parse(text).unwrap(), ..TicketFilter::default() }
}

async fn hits(store: &dyn Store, text: &str) -> Vec<i64> {
    let request = PageRequest { filter: searching(text), cursor: None, limit: 200 };
    let page = store.tickets(request).await.unwrap();
    let mut ids: Vec<i64> = page.tickets.iter().map(|ticket| ticket.id).collect();
    assert_eq!(page.count, Some(ids.len() as u64), "{text}");
    ids.sort_unstable();
    ids
}

async fn a_search_finds_substrings_literally_in_any_case(database: TestDatabase) {
    let store = database.open().await;
    let texts = [
        ("Login fails", "since 9:00 it shows ERROR 50% of the time"),
        ("ÜBERWEISUNG", "Die Straße wurde nicht gefunden; user_name = a_b, c:\\temp"),
        ("Привет", "не могу войти \u{1f600} 'quoted' \"double\" *star* (paren) NEAR"),
        ("日本語", "ログインできません; 500 of them; user-name"),
    ];
    let mut id = Vec::new();
    for (title, description) in texts {
        let new = new_ticket(title, description, second(1));
        id.push(store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id);
    }
    let cases: &[(&str, &[usize])] = &[
        ("login", &[0]),
        ("OGIN F", &[0]),
        ("error 50%", &[0]),
        ("50%", &[0]),
        ("50", &[0, 3]),
        ("überweisung", &[1]),
        ("STRASSE", &[1]),
        ("user_name", &[1]),
        ("a_b", &[1]),
        ("c:\\temp", &[1]),
        ("ПРИВЕТ", &[2]),
        ("ВОЙТИ", &[2]),
        ("\u{1f600}", &[2]),
        ("'quoted'", &[2]),
        ("\"double\"", &[2]),
        ("*star*", &[2]),
        ("(paren) near", &[2]),
        ("本", &[3]),
        ("インで", &[3]),
        ("e", &[0, 1, 2, 3]),
        ("fails since", &[]),
        ("logi*", &[]),
        ("err_r", &[]),
        ("absent", &[]),
    ];
    for (text, expected) in cases {
        let expected: Vec<i64> = expected.iter().map(|n| id[*n]).collect();
        assert_eq!(hits(&*store, text).await, expected, "{text}");
    }
}

async fn a_search_follows_a_change_of_text(database: TestDatabase) {
    let store = database.open().await;
    let new = new_ticket("Apple", "Pear", second(1));
    let id = store.create_ticket(new, None, requester()).await.unwrap().into_ticket().id;
    let patch =
        TicketPatch { title: Some(Title::parse("Cherry").unwrap()), ..TicketPatch::default() };
    store.patch_ticket(id, patch, None, agent(), second(2)).await.unwrap();
    assert!(hits(&*store, "apple").await.is_empty());
    assert_eq!(hits(&*store, "cherry").await, [id]);
    assert_eq!(hits(&*store, "pear").await, [id]);
    let patch = TicketPatch {
        description: Some(Description::parse("Plum".into()).unwrap()),
        ..TicketPatch::default()
    };
    store.patch_ticket(id, patch, None, agent(), second(3)).await.unwrap();
    assert!(hits(&*store, "pear").await.is_empty());
    assert_eq!(hits(&*store, "plum").await, [id]);
}

async fn a_search_composes_with_filters_and_pages(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..9 {
        let mut new = new_ticket(if n % 3 == 0 { "needle" } else { "hay" }, "d", second(n));
        new.category = (Category::ALL[usize::try_from(n).unwrap() % 2], Source::Requester);
        store.create_ticket(new, None, requester()).await.unwrap();
    }
    let filter = TicketFilter { categories: vec![Category::Billing], ..searching("NEEDLE") };
    let request = PageRequest { filter, cursor: None, limit: 1 };
    let first = store.tickets(request.clone()).await.unwrap();
    assert_eq!((first.count, first.tickets[0].created_at), (Some(2), second(6)));
    let rest = store.tickets(PageRequest { cursor: first.older, ..request }).await.unwrap();
    assert_eq!((rest.tickets[0].created_at, rest.older), (second(0), None));
}
