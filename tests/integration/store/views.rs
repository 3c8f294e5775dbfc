use frontdesk::{
    accounts::Role,
    db::Store,
    error::Error,
    views::{NewView, Outcome, SHELF_MAX, Shelf, View, ViewName, ViewPatch, ViewQuery, Viewer},
};
use futures_util::future::join_all;

use super::{accounts::account, second as at};
use crate::support::database::TestDatabase;

crate::laws!(
    a_view_is_kept_changed_and_deleted,
    somebody_sees_what_is_shared_and_their_own,
    what_is_shared_is_changed_by_its_owner_and_admins,
    of_two_changes_of_one_version_one_is_stale,
    views_stand_in_the_order_they_are_put_in,
    a_view_that_changes_its_shelf_is_the_last_there,
    a_shelf_has_an_end_also_for_many_at_once,
    an_account_takes_its_own_views_along_and_leaves_what_it_shared,
    views_are_checked_by_the_database_too,
);

fn new_view(name: &str, shelf: Shelf) -> NewView {
    let query = ViewQuery::parse("status=open&search=%C3%BCber+uns").unwrap();
    NewView { name: ViewName::parse(name).unwrap(), query, shelf, created_at: at(1) }
}

async fn make(store: &dyn Store, name: &str, shelf: Shelf) -> View {
    store.create_view(new_view(name, shelf)).await.unwrap()
}

fn who(account: i64) -> Viewer {
    Viewer { account: Some(account), is_admin: false, is_open: false }
}

fn admin(account: i64) -> Viewer {
    Viewer { is_admin: true, ..who(account) }
}

fn name(name: &str) -> ViewPatch {
    ViewPatch { name: Some(ViewName::parse(name).unwrap()), ..ViewPatch::default() }
}

fn place(position: usize) -> ViewPatch {
    ViewPatch { position: Some(position), ..ViewPatch::default() }
}

fn shared(is_shared: bool) -> ViewPatch {
    ViewPatch { is_shared: Some(is_shared), ..ViewPatch::default() }
}

async fn change(store: &dyn Store, id: i64, patch: ViewPatch, viewer: Viewer) -> Outcome<View> {
    store.change_view(id, patch, None, viewer, at(2)).await.unwrap()
}

async fn names(store: &dyn Store, account: Option<i64>) -> String {
    let views = store.views(account).await.unwrap();
    views.iter().map(|view| view.name.as_str()).collect::<Vec<_>>().join(" ")
}

async fn a_view_is_kept_changed_and_deleted(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let kept = make(&*store, "Übersicht", Shelf::Personal(ada)).await;
    assert_eq!((kept.name.as_str(), kept.version, kept.updated_at), ("Übersicht", 1, at(1)));
    assert_eq!(kept.query, "status=open&search=%C3%BCber+uns");
    assert_eq!(kept.owner_name.as_deref(), Some("Ada"));
    assert_eq!(store.view(kept.id, who(ada)).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(store.views(Some(ada)).await.unwrap(), std::slice::from_ref(&kept));

    let patch = ViewPatch { query: Some(ViewQuery::parse("").unwrap()), ..name("Alle") };
    let Outcome::Done(changed) =
        store.change_view(kept.id, patch.clone(), Some(1), who(ada), at(5)).await.unwrap()
    else {
        panic!("it is changed")
    };
    assert_eq!((changed.name.as_str(), changed.query.as_str()), ("Alle", ""));
    assert_eq!((changed.version, changed.created_at, changed.updated_at), (2, at(1), at(5)));
    let again = store.change_view(kept.id, patch, Some(2), who(ada), at(6)).await.unwrap();
    assert_eq!(again, Outcome::Done(changed), "nothing is changed");

    assert_eq!(store.delete_view(999, None, who(ada)).await.unwrap(), Outcome::Missing);
    assert_eq!(store.delete_view(kept.id, Some(2), who(ada)).await.unwrap(), Outcome::Done(()));
    assert_eq!(store.view(kept.id, who(ada)).await.unwrap(), None);
    assert_eq!(change(&*store, kept.id, name("x"), who(ada)).await, Outcome::Missing);
    let next = make(&*store, "next", Shelf::Personal(ada)).await;
    assert!(next.id > kept.id, "an id is never given twice");
}

async fn somebody_sees_what_is_shared_and_their_own(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let bob = account(&*store, "bob@x", Role::Agent).await.id;
    let mine = make(&*store, "ada's", Shelf::Personal(ada)).await;
    make(&*store, "nobody's", Shelf::Shared(None)).await;
    make(&*store, "bob's", Shelf::Personal(bob)).await;
    make(&*store, "everybody's", Shelf::Shared(Some(ada))).await;
    assert_eq!(names(&*store, Some(ada)).await, "nobody's everybody's ada's");
    assert_eq!(names(&*store, Some(bob)).await, "nobody's everybody's bob's");
    assert_eq!(names(&*store, None).await, "nobody's everybody's");
    for other in [who(bob), admin(bob), Viewer { account: None, ..admin(bob) }] {
        assert_eq!(store.view(mine.id, other).await.unwrap(), None);
        assert_eq!(change(&*store, mine.id, name("x"), other).await, Outcome::Missing);
        assert_eq!(store.delete_view(mine.id, None, other).await.unwrap(), Outcome::Missing);
    }
}

async fn what_is_shared_is_changed_by_its_owner_and_admins(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let bob = account(&*store, "bob@x", Role::Agent).await.id;
    let view = make(&*store, "v", Shelf::Shared(Some(bob))).await;
    for patch in [name("x"), place(1), shared(false), ViewPatch::default()] {
        assert_eq!(change(&*store, view.id, patch, who(ada)).await, Outcome::Forbidden);
    }
    assert_eq!(store.delete_view(view.id, None, who(ada)).await.unwrap(), Outcome::Forbidden);
    assert_eq!(change(&*store, view.id, shared(false), admin(ada)).await, Outcome::Forbidden);
    assert_eq!(store.view(view.id, who(ada)).await.unwrap(), Some(view.clone()), "all as it was");
    for (viewer, new) in [(who(bob), "by bob"), (admin(ada), "by ada")] {
        let Outcome::Done(changed) = change(&*store, view.id, name(new), viewer).await else {
            panic!("{new}")
        };
        assert_eq!((changed.name.as_str(), changed.shelf), (new, Shelf::Shared(Some(bob))));
    }
    assert_eq!(store.delete_view(view.id, None, admin(ada)).await.unwrap(), Outcome::Done(()));
}

async fn of_two_changes_of_one_version_one_is_stale(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let view = make(&*store, "v", Shelf::Personal(ada)).await;
    let changes = ["a", "b"].map(|new| {
        let store = store.clone();
        async move { store.change_view(view.id, name(new), Some(1), who(ada), at(2)).await }
    });
    let (done, refused): (Vec<_>, Vec<_>) =
        join_all(changes).await.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (1, 1));
    assert!(matches!(refused[0], Err(Error::Stale { current: 2 })), "{refused:?}");
    let late = store.delete_view(view.id, Some(1), who(ada)).await;
    assert!(matches!(late, Err(Error::Stale { current: 2 })), "{late:?}");
}

async fn views_stand_in_the_order_they_are_put_in(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(make(&*store, name, Shelf::Personal(ada)).await.id);
        make(&*store, &name.to_uppercase(), Shelf::Shared(None)).await;
    }
    for (id, position, order) in [
        (ids[2], 1, "A B C c a b"),
        (ids[2], 2, "A B C a c b"),
        (ids[0], 50, "A B C c b a"),
        (ids[1], 2, "A B C c b a"),
    ] {
        let Outcome::Done(moved) = change(&*store, id, place(position), who(ada)).await else {
            panic!("it is moved")
        };
        assert_eq!(moved.version, 1, "its place is not the view");
        assert_eq!(names(&*store, Some(ada)).await, order);
    }
    store.delete_view(ids[1], None, who(ada)).await.unwrap();
    make(&*store, "d", Shelf::Personal(ada)).await;
    assert_eq!(names(&*store, Some(ada)).await, "A B C c a d");
}

async fn a_view_that_changes_its_shelf_is_the_last_there(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let first = make(&*store, "first", Shelf::Personal(ada)).await;
    make(&*store, "second", Shelf::Personal(ada)).await;
    make(&*store, "other", Shelf::Shared(None)).await;
    make(&*store, "another", Shelf::Shared(None)).await;
    change(&*store, first.id, shared(true), who(ada)).await;
    assert_eq!(names(&*store, None).await, "other another first");
    change(&*store, first.id, ViewPatch { position: Some(1), ..name("1st") }, who(ada)).await;
    assert_eq!(names(&*store, None).await, "1st other another");
    change(&*store, first.id, shared(false), who(ada)).await;
    assert_eq!(names(&*store, Some(ada)).await, "other another second 1st");
}

async fn a_shelf_has_an_end_also_for_many_at_once(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let bob = account(&*store, "bob@x", Role::Agent).await.id;
    let many = (0..SHELF_MAX + 3).map(|_| store.create_view(new_view("v", Shelf::Personal(ada))));
    let made = join_all(many).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), SHELF_MAX);
    let refused = made.into_iter().find_map(Result::err).unwrap();
    assert!(matches!(&refused, Error::Conflict(why) if why.to_string().contains("50 personal")));
    make(&*store, "bob's", Shelf::Personal(bob)).await;
    let one = make(&*store, "ada's", Shelf::Shared(Some(ada))).await;
    let back = store.change_view(one.id, shared(false), None, who(ada), at(2)).await;
    assert!(matches!(back, Err(Error::Conflict(_))), "{back:?}");
    assert_eq!(store.view(one.id, who(ada)).await.unwrap(), Some(one));
}

async fn an_account_takes_its_own_views_along_and_leaves_what_it_shared(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id;
    let bob = account(&*store, "bob@x", Role::Agent).await.id;
    make(&*store, "bob's", Shelf::Personal(bob)).await;
    let left = make(&*store, "left", Shelf::Shared(Some(bob))).await;
    make(&*store, "ada's", Shelf::Personal(ada)).await;
    assert!(store.delete_account(bob).await.unwrap());
    assert_eq!(names(&*store, Some(bob)).await, "left");
    assert_eq!(names(&*store, Some(ada)).await, "left ada's");
    let left = store.view(left.id, who(ada)).await.unwrap().unwrap();
    assert_eq!((left.shelf, left.owner_name), (Shelf::Shared(None), None));
    assert_eq!(change(&*store, left.id, name("x"), who(ada)).await, Outcome::Forbidden);
    assert!(matches!(change(&*store, left.id, name("x"), admin(ada)).await, Outcome::Done(_)));
}

async fn views_are_checked_by_the_database_too(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await.id.to_string();
    let time = match &database {
        TestDatabase::Sqlite(_) => "1".to_owned(),
        TestDatabase::Postgres(_) => "'1970-01-02'".to_owned(),
    };
    let long = format!("'{}'", "x".repeat(61));
    let insert = |personal: &str, shared: &str, name: &str, position: &str| {
        database.sql(&format!(
            "insert into saved_view (personal_of, shared_by, name, query, position, created_at,
                 updated_at)
             values ({personal}, {shared}, {name}, '', {position}, {time}, {time})"
        ))
    };
    insert(&ada, "null", "'v'", "1").unwrap();
    for (personal, shared, name, position) in [
        (ada.as_str(), ada.as_str(), "'v'", "1"),
        ("999", "null", "'v'", "1"),
        ("null", "999", "'v'", "1"),
        ("null", "null", "''", "1"),
        ("null", "null", &long, "1"),
        ("null", "null", "null", "1"),
        ("null", "null", "'v'", "0"),
    ] {
        let refused = insert(personal, shared, name, position);
        assert!(refused.is_err(), "{personal} {shared} {name} {position}");
    }
}
