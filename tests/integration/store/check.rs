use frontdesk::{
    check::{Deviation, Part},
    db::Store,
    tickets::{PageRequest, SEGMENT_TICKETS, Search},
};

use super::{file, second};
use crate::support::database::TestDatabase;

crate::laws!(
    what_is_as_it_should_be_is_not_reported,
    each_deviation_is_reported_and_what_can_be_computed_is_mended,
);

async fn parts(store: &dyn Store) -> Vec<Part> {
    let mut parts: Vec<Part> =
        store.deviations().await.unwrap().iter().map(|deviation| deviation.part).collect();
    parts.dedup();
    parts
}

async fn what_is_as_it_should_be_is_not_reported(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(store.deviations().await.unwrap(), []);
    for n in 0..5 {
        file(&*store, &format!("indexed {n}"), second(n)).await;
    }
    assert_eq!(store.index_search(1).await.unwrap(), 5);
    file(&*store, "waiting", second(9)).await;
    store.delete_ticket(2, None).await.unwrap();
    assert_eq!(store.deviations().await.unwrap(), []);
}

async fn each_deviation_is_reported_and_what_can_be_computed_is_mended(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..5 {
        file(&*store, &format!("printer {n}"), second(n)).await;
    }
    store.index_search(1).await.unwrap();
    file(&*store, "printer 5", second(9)).await;

    database.sql("delete from ticket_count").unwrap();
    let found = store.deviations().await.unwrap();
    assert_eq!(
        found,
        [Deviation {
            part: Part::Counter,
            what: "general, medium, open: 0 are counted, 6 are there".to_owned()
        }]
    );
    let day = second(0).strftime("%F");
    database.sql("delete from ticket_day").unwrap();
    assert_eq!(
        store.deviations().await.unwrap()[0].what,
        format!("{day}, general/medium: 0 are counted as filed then, 6 are there")
    );
    database.sql("delete from search_pending").unwrap();
    let block = match &database {
        TestDatabase::Sqlite(_) => "insert into search_block (key, postings) select 99 << 16, ids",
        TestDatabase::Postgres(_) => {
            "insert into search_block (segment, bucket, postings) select 99, 0, ids"
        }
    };
    database.sql(&format!("{block} from search_segment")).unwrap();
    assert_eq!(parts(&*store).await, [Part::Counter, Part::SearchIndex]);
    assert_eq!(store.deviations().await.unwrap().len(), 4);

    store.repair().await.unwrap();
    assert_eq!(store.deviations().await.unwrap(), []);
    assert_eq!(store.ticket_counts().await.unwrap().total(), 6);
    let mut search = PageRequest { limit: 50, ..PageRequest::default() };
    search.filter.search = Search::parse("PRINTER").unwrap();
    for _ in 0..2 {
        assert_eq!(store.tickets(search.clone()).await.unwrap().count, Some(6));
        store.index_search(1).await.unwrap();
    }
    assert_eq!(store.index_search(SEGMENT_TICKETS).await.unwrap(), 0, "all is indexed again");

    database.sql("update ticket_event set version = 7 where ticket_id = 3").unwrap();
    database.sql("delete from ticket_document where ticket_id = 4").unwrap();
    assert_eq!(parts(&*store).await, [Part::Document, Part::Event]);
    store.repair().await.unwrap();
    assert_eq!(parts(&*store).await, [Part::Document, Part::Event], "what only people can know");
    let dangling = match &database {
        TestDatabase::Sqlite(_) => {
            "pragma foreign_keys = off; insert into ticket_document values (999, 'x')"
        }
        TestDatabase::Postgres(_) => {
            "alter table ticket_document add constraint later foreign key (ticket_id)
             references ticket (id) not valid"
        }
    };
    database.sql(dangling).unwrap();
    assert_eq!(parts(&*store).await[0], Part::ForeignKey);
}
