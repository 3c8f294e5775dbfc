//! The contract of keeping sessions, links and tokens. The rules of `tickets/store.rs` hold here too.
//! A secret is kept as its SHA-256; who reads the database cannot use it.

use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{ApiToken, Link, LinkUse, NewSession, NewToken, Session, Sha256Hash};
use crate::{accounts::Account, error::Result};

/// Keeps sessions, links and tokens.
#[async_trait]
pub trait AuthStore: Send + Sync {
    /// Begins a session and notes the sign-in.
    async fn create_session(&self, new: NewSession) -> Result<Session>;

    /// The session behind a secret, and whose it is; `None` if it has ended, idled too long, or the
    /// account is not active.
    async fn session(
        &self,
        token: Sha256Hash,
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>>;

    /// Notes that a session is in use.
    async fn touch_session(&self, id: i64, now: Timestamp) -> Result<()>;

    /// Ends one session of an account. `false` if it has none with this id.
    async fn end_session(&self, account_id: i64, id: i64, now: Timestamp) -> Result<bool>;

    /// Ends all sessions of an account.
    async fn end_sessions(&self, account_id: i64, now: Timestamp) -> Result<()>;

    /// An account's sessions that have not ended, the newest first.
    async fn sessions(&self, account_id: i64, now: Timestamp) -> Result<Vec<Session>>;

    /// Whether somebody signed in to this account from this address since then.
    async fn is_usual_address(
        &self,
        account_id: i64,
        address: IpAddr,
        since: Timestamp,
    ) -> Result<bool>;

    /// Keeps a link that sets a password, in place of the account's earlier ones; without an account,
    /// one that makes the first admin, in place of earlier ones.
    async fn create_link(
        &self,
        secret: Sha256Hash,
        account_id: Option<i64>,
        at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()>;

    /// What a link is for; `None` if there is none or it is over.
    async fn link(&self, secret: Sha256Hash, now: Timestamp) -> Result<Option<Link>>;

    /// Uses a link up: sets the password, ends the account's sessions. `None` if there is no such link
    /// (any more), or if it makes the first admin and there is an account by now.
    async fn use_link(&self, secret: Sha256Hash, with: LinkUse) -> Result<Option<Account>>;

    /// Keeps a token.
    async fn create_token(&self, new: NewToken) -> Result<ApiToken>;

    /// The token behind a secret, and whose it is; `None` if it is over or the account is not active.
    async fn token(&self, token: Sha256Hash, now: Timestamp)
    -> Result<Option<(ApiToken, Account)>>;

    /// Notes that a token is in use.
    async fn touch_token(&self, id: i64, now: Timestamp) -> Result<()>;

    /// An account's tokens, or everybody's; the newest first, at most 1,000.
    async fn tokens(&self, account_id: Option<i64>) -> Result<Vec<ApiToken>>;

    /// Deletes a token, of this account where one is given. `None` if there is none.
    async fn delete_token(&self, id: i64, account_id: Option<i64>) -> Result<Option<ApiToken>>;

    /// Deletes what is over: links at once, sessions when they are of no use any more, tokens a month
    /// after their end. Returns how many.
    async fn forget_expired(&self, now: Timestamp) -> Result<u64>;
}
