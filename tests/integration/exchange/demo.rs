use super::{all, bad, good};
use crate::support::database::TestDatabase;

crate::laws!(made_up_tickets_are_the_same_under_one_seed_and_never_mixed_in_unasked);

async fn made_up_tickets_are_the_same_under_one_seed_and_never_mixed_in_unasked(
    database: TestDatabase,
) {
    let other = TestDatabase::sqlite();
    let demo = ["demo", "1200", "--seed", "7", "--until", "2026-11-23T12:00:00Z"];
    let said = good(&database, &demo);
    assert!(said.starts_with("made 1200 tickets in "), "{said}");
    good(&other, &demo);
    let (store, other) = (database.open().await, other.open().await);
    let tickets = all(&*store).await;
    assert_eq!(tickets.len(), 1200);
    assert_eq!(tickets, all(&*other).await);
    assert!(tickets.iter().rev().map(|ticket| ticket.created_at).is_sorted());

    let refused = bad(&database, &["demo", "1"]);
    assert!(refused.contains("the database has 1200 tickets; --add"), "{refused}");
    good(&database, &["demo", "1", "--add"]);
    assert_eq!(all(&*store).await.len(), 1201);
}
