//! People who work here, made around the HTTP API.

use super::server::TestServer;
use frontdesk::{
    accounts::{
        Account, EmailAddress, NewAccount, PersonName, Role,
        password::{NewPassword, Passwords},
    },
    auth::{NewSession, NewToken, Scope, secret},
};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// The header that says who asks.
pub type Credential = (&'static str, String);

impl TestServer {
    /// The account with this address, made where there is none.
    pub async fn account(&self, email: &str, role: Role) -> Account {
        let store = self.store().await;
        if let Some(known) = store.credentials(email).await.unwrap() {
            return known.account;
        }
        let new = NewAccount {
            email: EmailAddress::parse(email).unwrap(),
            name: PersonName::parse("Ada Novak").unwrap(),
            role,
            created_at: self.clock.now(),
        };
        store.create_account(new).await.unwrap()
    }

    /// Gives an account [`PASSWORD`].
    pub async fn with_password(&self, account: &Account) {
        let password = NewPassword::parse(PASSWORD.to_owned(), &account.email).ok().unwrap();
        let hash = Passwords::default().hash(password).await.unwrap();
        let store = self.store().await;
        store.set_password(account.id, hash, None, self.clock.now()).await.unwrap();
    }

    /// A fresh session of somebody in this role.
    pub async fn session(&self, role: Role) -> Credential {
        let account = self.account(&format!("{role}@example.com"), role).await;
        let secret = secret::random(43);
        let new = NewSession {
            account_id: account.id,
            token: secret::sha256(&secret),
            at: self.clock.now(),
            address: "127.0.0.1".parse().unwrap(),
            user_agent: "test".to_owned(),
        };
        self.store().await.create_session(new).await.unwrap();
        ("cookie", format!("frontdesk={secret}"))
    }

    /// A token of somebody in this role.
    pub async fn token(&self, role: Role, scope: Scope) -> Credential {
        let account = self.account(&format!("{role}@example.com"), role).await;
        let name = PersonName::parse("test").unwrap();
        let (new, token) = NewToken::random(account.id, &name, scope, 1, self.clock.now());
        self.store().await.create_token(new).await.unwrap();
        ("authorization", format!("Bearer {token}"))
    }
}
