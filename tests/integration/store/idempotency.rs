use frontdesk::{
    error::Error,
    tickets::{Filed, IDEMPOTENCY_KEY_LIFE, IdempotencyKey},
};

use super::{new_ticket, requester, second};
use crate::support::database::TestDatabase;

crate::laws!(
    a_repeated_request_files_one_ticket,
    a_key_of_another_request_is_refused,
    requests_at_once_under_one_key_file_one_ticket,
    a_key_is_forgotten_after_its_life,
);

fn key(name: &str, request: u8) -> Option<IdempotencyKey> {
    Some(IdempotencyKey { key: name.into(), request_sha256: [request; 32] })
}

async fn a_repeated_request_files_one_ticket(database: TestDatabase) {
    let store = database.open().await;
    let new = new_ticket("once", "d", second(1));
    let Filed::New(first) =
        store.create_ticket(new.clone(), key("k", 1), requester()).await.unwrap()
    else {
        panic!("the first is new");
    };
    let again = store.create_ticket(new.clone(), key("k", 1), requester()).await.unwrap();
    assert_eq!(again, Filed::Before(first.clone()));
    let other = store.create_ticket(new, key("l", 1), requester()).await.unwrap().into_ticket();
    assert_ne!(other.id, first.id);
    assert_eq!(store.ticket_counts().await.unwrap().total(), 2);
}

async fn a_key_of_another_request_is_refused(database: TestDatabase) {
    let store = database.open().await;
    let new = new_ticket("once", "d", second(1));
    store.create_ticket(new.clone(), key("k", 1), requester()).await.unwrap();
    let refused = store.create_ticket(new, key("k", 2), requester()).await;
    assert!(matches!(refused, Err(Error::IdempotencyMismatch)), "{refused:?}");
    assert_eq!(store.ticket_counts().await.unwrap().total(), 1);
}

async fn requests_at_once_under_one_key_file_one_ticket(database: TestDatabase) {
    let store = database.open().await;
    let requests: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .create_ticket(new_ticket("once", "d", second(1)), key("k", 1), requester())
                    .await
            })
        })
        .collect();
    let mut new = 0;
    let mut ids = Vec::new();
    for request in requests {
        let filed = request.await.unwrap().unwrap();
        new += u32::from(matches!(filed, Filed::New(_)));
        ids.push(filed.into_ticket().id);
    }
    ids.dedup();
    assert_eq!((new, ids.len()), (1, 1));
    assert_eq!(store.ticket_counts().await.unwrap().total(), 1);
}

async fn a_key_is_forgotten_after_its_life(database: TestDatabase) {
    let store = database.open().await;
    let life = i64::try_from(IDEMPOTENCY_KEY_LIFE.as_secs()).unwrap();
    let file_at =
        |at| store.create_ticket(new_ticket("t", "d", second(at)), key("k", 1), requester());
    let first = file_at(0).await.unwrap().into_ticket();
    assert!(matches!(file_at(life - 1).await.unwrap(), Filed::Before(_)));
    let Filed::New(second_ticket) = file_at(life).await.unwrap() else { panic!("new again") };
    assert_ne!(first.id, second_ticket.id);
    assert_eq!(store.forget_idempotency_keys(second(life + 1)).await.unwrap(), 0);
    assert_eq!(store.forget_idempotency_keys(second(2 * life)).await.unwrap(), 1);
}
