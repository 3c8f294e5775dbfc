use std::net::IpAddr;

use frontdesk::{
    accounts::{AccountPatch, EmailAddress, NewAccount, PersonName, Role},
    audit::{AuditFilter, NewAuditEvent},
    auth::{Link, LinkUse, NewSession, NewToken, SESSION_IDLE, SESSION_LIFE, Scope, Sha256Hash},
};
use futures_util::future::join_all;
use jiff::SignedDuration;

use super::{accounts::account, second as at};
use crate::support::database::TestDatabase;

crate::laws!(
    a_session_lives_as_long_as_it_is_used_and_no_longer,
    sessions_end_with_what_they_stand_on,
    a_link_sets_a_password_once,
    a_setup_link_makes_the_first_admin_and_no_second,
    a_token_works_until_it_ends,
    what_is_over_is_forgotten,
    security_events_are_kept_in_order,
);

const ADDRESS: &str = "192.0.2.7";

fn new_session(account_id: i64, token: u8, seconds: i64) -> NewSession {
    NewSession {
        account_id,
        token: [token; 32],
        at: at(seconds),
        address: ADDRESS.parse().unwrap(),
        user_agent: "test".to_owned(),
    }
}

async fn a_session_lives_as_long_as_it_is_used_and_no_longer(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await;
    let session = store.create_session(new_session(ada.id, 1, 0)).await.unwrap();
    let found = store.session([1; 32], at(1)).await.unwrap().unwrap();
    assert_eq!((&found.0, found.1.id), (&session, ada.id));
    assert_eq!(found.1.last_sign_in_at, Some(at(0)));
    assert!(store.session([2; 32], at(1)).await.unwrap().is_none());

    let idle = SESSION_IDLE.as_secs();
    assert!(store.session([1; 32], at(idle)).await.unwrap().is_none(), "unused for too long");
    let mut now = 0;
    while now + idle / 2 < SESSION_LIFE.as_secs() {
        now += idle / 2;
        store.touch_session(session.id, at(now)).await.unwrap();
        assert!(store.session([1; 32], at(now + 1)).await.unwrap().is_some(), "{now}");
    }
    let end = SESSION_LIFE.as_secs();
    store.touch_session(session.id, at(end - 1)).await.unwrap();
    assert!(store.session([1; 32], at(end)).await.unwrap().is_none(), "its life is over");
}

async fn sessions_end_with_what_they_stand_on(database: TestDatabase) {
    let store = database.open().await;
    let root = account(&*store, "root@x", Role::Admin).await;
    let ada = account(&*store, "ada@x", Role::Agent).await;
    let lives = async |token: u8| store.session([token; 32], at(50)).await.unwrap().is_some();
    let mut ids = Vec::new();
    for token in 1..=4 {
        ids.push(store.create_session(new_session(ada.id, token, 0)).await.unwrap().id);
    }
    store.create_session(new_session(root.id, 9, 0)).await.unwrap();

    assert!(!store.end_session(root.id, ids[0], at(10)).await.unwrap(), "somebody else's");
    assert!(store.end_session(ada.id, ids[0], at(10)).await.unwrap());
    assert!(!store.end_session(ada.id, ids[0], at(11)).await.unwrap());
    assert!(!lives(1).await && lives(2).await);
    let known: Vec<i64> =
        store.sessions(ada.id, at(11)).await.unwrap().iter().map(|s| s.id).collect();
    assert_eq!(known, [ids[3], ids[2], ids[1]]);

    store.set_password(ada.id, "$argon2id$".into(), Some(ids[2]), at(12)).await.unwrap();
    assert!(!lives(2).await && lives(3).await && !lives(4).await, "a new password keeps its own");
    let away = AccountPatch { is_active: Some(false), ..AccountPatch::default() };
    store.change_account(ada.id, away, at(13)).await.unwrap();
    assert!(!lives(3).await && lives(9).await);
    let back = AccountPatch { is_active: Some(true), ..AccountPatch::default() };
    store.change_account(ada.id, back, at(14)).await.unwrap();
    assert!(!lives(3).await, "it does not come back");

    let address: IpAddr = ADDRESS.parse().unwrap();
    assert!(store.is_usual_address(ada.id, address, at(-1)).await.unwrap(), "also ended ones tell");
    assert!(!store.is_usual_address(ada.id, address, at(0)).await.unwrap());
    assert!(!store.is_usual_address(ada.id, "192.0.2.8".parse().unwrap(), at(-1)).await.unwrap());
    store.delete_account(ada.id).await.unwrap();
    assert!(store.sessions(ada.id, at(1)).await.unwrap().is_empty());
}

fn link_use(setup: Option<NewAccount>) -> LinkUse {
    LinkUse { password_hash: "$argon2id$new".to_owned(), setup, at: at(20) }
}

async fn a_link_sets_a_password_once(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await;
    store.create_session(new_session(ada.id, 1, 0)).await.unwrap();
    let (old, new): (Sha256Hash, Sha256Hash) = ([7; 32], [8; 32]);
    store.create_link(old, Some(ada.id), at(0), at(100)).await.unwrap();
    store.create_link(new, Some(ada.id), at(0), at(100)).await.unwrap();
    assert_eq!(store.link(old, at(1)).await.unwrap(), None, "the newer one replaced it");
    let Some(Link::Password(owner)) = store.link(new, at(1)).await.unwrap() else {
        panic!("it is good")
    };
    assert_eq!(owner.id, ada.id);
    assert_eq!(store.link(new, at(100)).await.unwrap(), None, "over");

    let uses = (0..4).map(|_| store.use_link(new, link_use(None)));
    let used = join_all(uses).await.into_iter().filter(|a| a.as_ref().unwrap().is_some()).count();
    assert_eq!(used, 1, "once, also when tried at once");
    let known = store.credentials("ada@x").await.unwrap().unwrap();
    assert_eq!(known.password_hash.as_deref(), Some("$argon2id$new"));
    assert!(store.session([1; 32], at(21)).await.unwrap().is_none(), "sessions end");

    store.create_link(new, Some(ada.id), at(0), at(10)).await.unwrap();
    assert!(store.use_link(new, link_use(None)).await.unwrap().is_none(), "over");
}

async fn a_setup_link_makes_the_first_admin_and_no_second(database: TestDatabase) {
    let store = database.open().await;
    store.create_link([7; 32], None, at(0), at(100)).await.unwrap();
    store.create_link([8; 32], None, at(0), at(100)).await.unwrap();
    assert_eq!(store.link([7; 32], at(1)).await.unwrap(), None, "only the newest is good");
    assert_eq!(store.link([8; 32], at(1)).await.unwrap(), Some(Link::Setup));
    let new = NewAccount {
        email: EmailAddress::parse("root@x").unwrap(),
        name: PersonName::parse("Root").unwrap(),
        role: Role::Admin,
        created_at: at(20),
    };
    assert!(store.use_link([8; 32], link_use(None)).await.unwrap().is_none(), "for whom?");
    store.create_link([8; 32], None, at(0), at(100)).await.unwrap();
    let root = store.use_link([8; 32], link_use(Some(new.clone()))).await.unwrap().unwrap();
    assert!(root.role == Role::Admin && root.has_password);
    store.create_link([9; 32], None, at(0), at(100)).await.unwrap();
    assert_eq!(store.link([9; 32], at(1)).await.unwrap(), None, "there is an account");
    let second = NewAccount { email: EmailAddress::parse("eve@x").unwrap(), ..new };
    assert!(store.use_link([9; 32], link_use(Some(second))).await.unwrap().is_none());
}

async fn a_token_works_until_it_ends(database: TestDatabase) {
    let store = database.open().await;
    let root = account(&*store, "root@x", Role::Admin).await;
    let ada = account(&*store, "ada@x", Role::Agent).await;
    let new = |token: u8| NewToken {
        account_id: ada.id,
        name: "export".to_owned(),
        hint: "fdk_abcd".to_owned(),
        token: [token; 32],
        scope: Scope::Write,
        created_at: at(0),
        expires_at: at(100),
    };
    let first = store.create_token(new(1)).await.unwrap();
    let second = store.create_token(new(2)).await.unwrap();
    let (found, owner) = store.token([1; 32], at(99)).await.unwrap().unwrap();
    assert_eq!((&found, owner.id), (&first, ada.id));
    assert!(store.token([1; 32], at(100)).await.unwrap().is_none());
    store.touch_token(first.id, at(50)).await.unwrap();
    let tokens = store.tokens(Some(ada.id)).await.unwrap();
    assert_eq!(tokens.iter().map(|t| t.id).collect::<Vec<_>>(), [second.id, first.id]);
    assert_eq!((tokens[0].last_used_at, tokens[1].last_used_at), (None, Some(at(50))));
    assert!(store.tokens(Some(root.id)).await.unwrap().is_empty());
    assert_eq!(store.tokens(None).await.unwrap().len(), 2);

    assert!(store.delete_token(first.id, Some(root.id)).await.unwrap().is_none(), "not theirs");
    assert!(store.delete_token(first.id, Some(ada.id)).await.unwrap().is_some());
    assert!(store.token([1; 32], at(1)).await.unwrap().is_none());
    let away = AccountPatch { is_active: Some(false), ..AccountPatch::default() };
    store.change_account(ada.id, away, at(1)).await.unwrap();
    assert!(store.token([2; 32], at(1)).await.unwrap().is_none(), "its owner may not");
}

async fn what_is_over_is_forgotten(database: TestDatabase) {
    let store = database.open().await;
    let ada = account(&*store, "ada@x", Role::Admin).await;
    store.create_session(new_session(ada.id, 1, 0)).await.unwrap();
    store.create_link([7; 32], Some(ada.id), at(0), at(100)).await.unwrap();
    assert_eq!(store.forget_expired(at(50)).await.unwrap(), 0);
    assert_eq!(store.forget_expired(at(100)).await.unwrap(), 1, "the link");
    let month = SignedDuration::from_hours(24 * 30).as_secs();
    let end = SESSION_LIFE.as_secs() + month;
    assert_eq!(store.forget_expired(at(end - 1)).await.unwrap(), 0);
    assert_eq!(store.forget_expired(at(end)).await.unwrap(), 1, "the session");
}

async fn security_events_are_kept_in_order(database: TestDatabase) {
    let store = database.open().await;
    let event = |n: i64, action: &'static str, actor_id: Option<i64>| NewAuditEvent {
        at: at(n),
        action,
        actor_id,
        actor: "ada@x\0".to_owned() + &"x".repeat(400),
        subject: format!("subject {n}"),
        address: ADDRESS.to_owned(),
    };
    for (n, action, actor_id) in [
        (1, "session.created", Some(1)),
        (2, "session.refused", None),
        (3, "account.created", Some(1)),
    ] {
        store.record(event(n, action, actor_id)).await.unwrap();
    }
    let all = store.audit_events(AuditFilter::default(), 10).await.unwrap();
    assert_eq!(all.iter().map(|e| e.at).collect::<Vec<_>>(), [at(3), at(2), at(1)]);
    assert_eq!(all[0].actor.chars().count(), 300);
    assert!(!all[0].actor.contains('\0'));
    let two = store.audit_events(AuditFilter::default(), 2).await.unwrap();
    let filter = AuditFilter { before: Some(two[1].id), ..AuditFilter::default() };
    assert_eq!(store.audit_events(filter, 2).await.unwrap(), all[2..]);
    let filter = AuditFilter { action: Some("session.".into()), ..AuditFilter::default() };
    assert_eq!(store.audit_events(filter, 10).await.unwrap(), all[1..]);
    let filter = AuditFilter { actor_id: Some(1), ..AuditFilter::default() };
    assert_eq!(store.audit_events(filter, 10).await.unwrap().len(), 2);
}
