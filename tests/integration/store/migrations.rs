use super::{file, second};
use crate::support::database::TestDatabase;

crate::laws!(servers_that_start_at_once_do_not_collide, a_newer_schema_is_refused);

async fn servers_that_start_at_once_do_not_collide(database: TestDatabase) {
    let database = std::sync::Arc::new(database);
    let starts: Vec<_> = (0..5)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.open().await })
        })
        .collect();
    for start in starts {
        let store = start.await.unwrap();
        file(&*store, "from each", second(1)).await;
        store.close().await;
    }
    assert_eq!(database.open().await.ticket_counts().await.unwrap().total(), 5);
}

async fn a_newer_schema_is_refused(database: TestDatabase) {
    database.open().await.close().await;
    database
        .sql("insert into schema_migration (number, name, checksum) values (99, 'later', 'x')")
        .unwrap();
    let url = database.url().parse().unwrap();
    let refused = frontdesk::db::open(&url).await.err().expect("it is refused").to_string();
    assert!(refused.contains("99") && refused.contains("newer"), "{refused}");
}
