//! The commands about accounts and tokens, as an operator types them.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use frontdesk::audit::AuditFilter;

use crate::support::database::TestDatabase;

crate::laws!(an_operator_makes_accounts_and_tokens);

fn run(database: &TestDatabase, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", database.url())
        .env("FRONTDESK_PUBLIC_URL", "https://desk.example")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

async fn an_operator_makes_accounts_and_tokens(database: TestDatabase) {
    let store = database.open().await;
    let good = |arguments: &[&str], input: &str| {
        let output = run(&database, arguments, input);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    };
    let bad = |arguments: &[&str], input: &str| {
        let output = run(&database, arguments, input);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let made = good(&["user", "add", "Root@example.com", "--admin", "--name", "Root"], "");
    assert!(made.contains("https://desk.example/welcome/"), "{made}");
    assert!(bad(&["user", "add", "root@example.com"], "").contains("another account"));
    assert!(bad(&["user", "add", "nonsense"], "").contains("must be an e-mail address"));
    let weak = bad(&["user", "add", "bob@example.com", "--password-stdin"], "short\n");
    assert!(weak.contains("at least 10 characters"), "{weak}");
    assert!(store.credentials("bob@example.com").await.unwrap().is_none(), "nothing half done");
    good(&["user", "add", "ada@example.com", "--password-stdin"], "correct horse battery\n");
    let known = store.credentials("ada@example.com").await.unwrap().unwrap();
    assert!(known.password_hash.unwrap().starts_with("$argon2id$"));
    let list = good(&["user", "list"], "");
    assert!(list.contains("ada@example.com\tagent\tada\tactive"), "{list}");
    assert!(list.contains("root@example.com\tadmin\tRoot\tno password yet"), "{list}");

    let token = good(&["token", "add", "ada@example.com", "export"], "");
    let hash = frontdesk::auth::secret::sha256(token.trim());
    let now = frontdesk::clock::Clock::system().now();
    assert!(store.token(hash, now).await.unwrap().is_some());
    assert!(
        bad(&["token", "add", "ada@example.com", "x", "--scope", "admin"], "").contains("no admin")
    );
    let listed = good(&["token", "list"], "");
    assert!(!listed.contains(token.trim()) && listed.contains("export"), "{listed}");
    good(&["token", "revoke", "1"], "");
    assert!(store.token(hash, now).await.unwrap().is_none());
    good(&["user", "disable", "ada@example.com"], "");
    assert!(bad(&["user", "disable", "root@example.com"], "").contains("last active admin"));
    assert!(bad(&["user", "link", "nobody@example.com"], "").contains("there is no account"));

    let events = store.audit_events(AuditFilter::default(), 100).await.unwrap();
    assert!(events.iter().all(|event| event.actor == "command line"));
    assert_eq!(events[0].subject, "ada@example.com, not active");
}
