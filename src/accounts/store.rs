//! The contract of keeping accounts. The rules of `tickets/store.rs` hold here too.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Account, AccountPatch, Credentials, NewAccount};
use crate::{auth::Sha256Hash, error::Result};

/// Most accounts that a list shows.
pub const ACCOUNTS_MAX: i64 = 10_000;

/// Keeps accounts.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Whether there is any account.
    async fn has_accounts(&self) -> Result<bool>;

    /// All accounts, by address; at most [`ACCOUNTS_MAX`].
    async fn accounts(&self) -> Result<Vec<Account>>;

    /// One account; `None` if there is none with this id.
    async fn account(&self, id: i64) -> Result<Option<Account>>;

    /// What signing in with this address (in lower case) is checked against. Also of accounts that
    /// are not active.
    async fn credentials(&self, email: &str) -> Result<Option<Credentials>>;

    /// Makes an account.
    ///
    /// # Errors
    /// `Conflict` if the address is taken.
    async fn create_account(&self, new: NewAccount) -> Result<Account>;

    /// Changes an account and returns it; `None` if there is none with this id. One that is no longer
    /// active has no sessions any more.
    ///
    /// # Errors
    /// `Conflict` if no active admin would be left.
    async fn change_account(
        &self,
        id: i64,
        patch: AccountPatch,
        at: Timestamp,
    ) -> Result<Option<Account>>;

    /// Deletes an account with its sessions, links and tokens. `false` if there is none with this id.
    ///
    /// # Errors
    /// `Conflict` if no active admin would be left.
    async fn delete_account(&self, id: i64) -> Result<bool>;

    /// Sets a password and ends the account's sessions but `keep`. `false` if there is no account.
    async fn set_password(
        &self,
        id: i64,
        hash: String,
        keep: Option<i64>,
        at: Timestamp,
    ) -> Result<bool>;

    /// Sets the second factor with its recovery codes, or removes both. `false` if there is no
    /// account.
    async fn set_totp(&self, id: i64, factor: Option<(String, Vec<Sha256Hash>)>) -> Result<bool>;

    /// Uses up a time step of the second factor: `true` once for each step, and never for an older
    /// one than was used before.
    async fn use_totp_step(&self, id: i64, step: i64) -> Result<bool>;

    /// Uses up a recovery code: `true` once for each.
    async fn use_recovery_code(&self, id: i64, code: Sha256Hash) -> Result<bool>;
}
