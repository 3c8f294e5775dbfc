use frontdesk::{
    accounts::{Account, AccountPatch, EmailAddress, NewAccount, PersonName, Role},
    db::Store,
    error::Error,
};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::second as at;
use crate::support::database::TestDatabase;

crate::laws!(
    an_account_is_made_found_changed_and_deleted,
    an_address_belongs_to_one_account,
    somebody_can_always_administer,
    of_two_admins_who_remove_each_other_one_remains,
    a_step_and_a_recovery_code_work_once,
    accounts_are_checked_by_the_database_too,
);

pub async fn account(store: &dyn Store, email: &str, role: Role) -> Account {
    let new = NewAccount {
        email: EmailAddress::parse(email).unwrap(),
        name: PersonName::parse("Ada").unwrap(),
        role,
        created_at: at(0),
    };
    store.create_account(new).await.unwrap()
}

fn role(role: Role) -> AccountPatch {
    AccountPatch { role: Some(role), ..AccountPatch::default() }
}

fn active(is_active: bool) -> AccountPatch {
    AccountPatch { is_active: Some(is_active), ..AccountPatch::default() }
}

async fn an_account_is_made_found_changed_and_deleted(database: TestDatabase) {
    let store = database.open().await;
    assert!(!store.has_accounts().await.unwrap());
    let admin = account(&*store, "root@x", Role::Admin).await;
    let ada = account(&*store, "ada@x", Role::Agent).await;
    assert!(store.has_accounts().await.unwrap());
    assert!(ada.is_active && !ada.has_password && !ada.has_totp && ada.last_sign_in_at.is_none());
    assert_eq!(store.accounts().await.unwrap(), [ada.clone(), admin.clone()], "by address");
    assert_eq!(store.account(ada.id).await.unwrap().as_ref(), Some(&ada));
    assert_eq!(store.account(999).await.unwrap(), None);

    let hash = "$argon2id$x".to_owned();
    assert!(store.set_password(ada.id, hash.clone(), None, at(1)).await.unwrap());
    assert!(!store.set_password(999, hash.clone(), None, at(1)).await.unwrap());
    let known = store.credentials("ada@x").await.unwrap().unwrap();
    assert_eq!((known.password_hash, known.account.has_password), (Some(hash), true));
    assert!(store.credentials("nobody@x").await.unwrap().is_none());

    let patch =
        AccountPatch { name: Some(PersonName::parse("Ada N").unwrap()), ..role(Role::Admin) };
    let changed = store.change_account(ada.id, patch, at(2)).await.unwrap().unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.role, changed.is_active),
        ("Ada N", Role::Admin, true)
    );
    assert_eq!(store.change_account(999, active(false), at(2)).await.unwrap(), None);

    assert!(store.delete_account(ada.id).await.unwrap());
    assert!(!store.delete_account(ada.id).await.unwrap());
    let again = account(&*store, "ada@x", Role::Agent).await;
    assert!(again.id > ada.id, "an id is never given twice");
}

async fn an_address_belongs_to_one_account(database: TestDatabase) {
    let store = database.open().await;
    account(&*store, "ada@x", Role::Admin).await;
    let new = || NewAccount {
        email: EmailAddress::parse("ADA@x").unwrap(),
        name: PersonName::parse("Other").unwrap(),
        role: Role::Agent,
        created_at: at(1),
    };
    let Err(Error::Conflict(faults)) = store.create_account(new()).await else {
        panic!("it is taken")
    };
    assert!(faults.by_field().contains_key("email"));
}

async fn somebody_can_always_administer(database: TestDatabase) {
    let store = database.open().await;
    let root = account(&*store, "root@x", Role::Admin).await;
    account(&*store, "ada@x", Role::Agent).await;
    let is_conflict = |error| matches!(error, Error::Conflict(_));
    assert!(is_conflict(
        store.change_account(root.id, role(Role::Agent), at(1)).await.unwrap_err()
    ));
    assert!(is_conflict(store.change_account(root.id, active(false), at(1)).await.unwrap_err()));
    assert!(is_conflict(store.delete_account(root.id).await.unwrap_err()));
    let unchanged = store.account(root.id).await.unwrap().unwrap();
    assert_eq!((unchanged.role, unchanged.is_active), (Role::Admin, true));
}

async fn of_two_admins_who_remove_each_other_one_remains(database: TestDatabase) {
    let store = database.open().await;
    let (a, b) =
        (account(&*store, "a@x", Role::Admin).await, account(&*store, "b@x", Role::Admin).await);
    let removals = [a.id, b.id].map(|id| store.change_account(id, role(Role::Agent), at(1)));
    let removed = join_all(removals).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(removed, 1);
    let admins = store.accounts().await.unwrap();
    assert_eq!(admins.iter().filter(|account| account.role == Role::Admin).count(), 1);
}

async fn a_step_and_a_recovery_code_work_once(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await;
    let factor = ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(), vec![[1; 32], [2; 32]]);
    assert!(store.set_totp(ada.id, Some(factor)).await.unwrap());
    assert!(store.account(ada.id).await.unwrap().unwrap().has_totp);
    let uses = (0..8).map(|_| store.use_totp_step(ada.id, 7));
    let used = join_all(uses).await.into_iter().filter(|used| *used.as_ref().unwrap()).count();
    assert_eq!(used, 1, "also when tried at once");
    assert!(!store.use_totp_step(ada.id, 6).await.unwrap(), "an older code");
    assert!(store.use_totp_step(ada.id, 8).await.unwrap());

    let uses = (0..8).map(|_| store.use_recovery_code(ada.id, [1; 32]));
    let used = join_all(uses).await.into_iter().filter(|used| *used.as_ref().unwrap()).count();
    assert_eq!(used, 1);
    assert!(!store.use_recovery_code(999, [2; 32]).await.unwrap(), "somebody else's");

    assert!(store.set_totp(ada.id, None).await.unwrap());
    assert!(!store.account(ada.id).await.unwrap().unwrap().has_totp);
    assert!(!store.use_recovery_code(ada.id, [2; 32]).await.unwrap(), "gone with the factor");
    assert!(!store.set_totp(999, None).await.unwrap());
}

async fn accounts_are_checked_by_the_database_too(database: TestDatabase) {
    let store = database.open().await;
    account(&*store, "ada@x", Role::Admin).await;
    let day = SignedDuration::from_hours(24);
    let time = match &database {
        TestDatabase::Sqlite(_) => (Timestamp::UNIX_EPOCH + day).as_microsecond().to_string(),
        TestDatabase::Postgres(_) => "'1970-01-02'".to_owned(),
    };
    let insert = |email: &str, name: &str, role: &str, hash: &str| {
        database.sql(&format!(
            "insert into account (email, name, role, password_hash, created_at)
             values ({email}, {name}, {role}, {hash}, {time})"
        ))
    };
    insert("'b@x'", "'B'", "'agent'", "null").unwrap();
    for (email, name, role, hash) in [
        ("'ada@x'", "'B'", "'agent'", "null"),
        ("null", "'B'", "'agent'", "null"),
        ("'@'", "'B'", "'agent'", "null"),
        ("'c@x'", "''", "'agent'", "null"),
        ("'c@x'", "'B'", "'root'", "null"),
        ("'c@x'", "'B'", "'agent'", "'plain text'"),
    ] {
        let refused = insert(email, name, role, hash);
        assert!(refused.is_err(), "{email} {name} {role} {hash}");
    }
}
