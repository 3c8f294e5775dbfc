//! Accounts in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::{
    Account, AccountPatch, Credentials, NewAccount, email_is_taken, last_admin,
    store::{ACCOUNTS_MAX, AccountStore},
};
use crate::{
    auth::Sha256Hash,
    db::sqlite::Sqlite,
    error::{Error, Result},
    tickets::sqlite::{micros, read_time, read_word},
};

/// The columns of an account in the order of [`read_account`].
pub const COLUMNS: &str = "account.id, account.email, account.name, account.role, \
     account.is_active, account.password_hash is not null, account.totp_secret is not null, \
     account.created_at, account.last_sign_in_at";

/// How many columns that are.
pub const COLUMN_COUNT: usize = 9;

#[async_trait]
impl AccountStore for Sqlite {
    async fn has_accounts(&self) -> Result<bool> {
        self.read(|connection| {
            connection.query_row("select exists (select 1 from account)", (), |row| row.get(0))
        })
        .await
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "select {COLUMNS} from account order by email limit {ACCOUNTS_MAX}"
                ))?
                .query_map((), |row| read_account(row, 0))?
                .collect()
        })
        .await
    }

    async fn account(&self, id: i64) -> Result<Option<Account>> {
        self.read(move |connection| select(connection, id)).await
    }

    async fn credentials(&self, email: &str) -> Result<Option<Credentials>> {
        let email = email.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached(&format!(
                    "select {COLUMNS}, password_hash, totp_secret from account where email = ?1"
                ))?
                .query_row([email], |row| {
                    Ok(Credentials {
                        account: read_account(row, 0)?,
                        password_hash: row.get(COLUMN_COUNT)?,
                        totp_secret: row.get(COLUMN_COUNT + 1)?,
                    })
                })
                .optional()
        })
        .await
    }

    async fn create_account(&self, new: NewAccount) -> Result<Account> {
        self.write(move |connection| insert(connection, &new)).await
    }

    async fn change_account(
        &self,
        id: i64,
        patch: AccountPatch,
        at: Timestamp,
    ) -> Result<Option<Account>> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "update account set name = coalesce(:name, name), role = coalesce(:role, role),
                         is_active = coalesce(:is_active, is_active)
                     where id = :id",
                )?
                .execute(named_params! {
                    ":id": id,
                    ":name": patch.name.as_ref().map(|name| name.as_str()),
                    ":role": patch.role.map(|role| role.as_str()),
                    ":is_active": patch.is_active,
                })?;
            if patch.is_active == Some(false) {
                end_sessions(connection, id, None, at)?;
            }
            let account = select(connection, id)?;
            if account.is_some() {
                require_admin(connection)?;
            }
            Ok(account)
        })
        .await
    }

    async fn delete_account(&self, id: i64) -> Result<bool> {
        self.write(move |connection| {
            let deleted = connection.execute("delete from account where id = ?1", [id])? > 0;
            if deleted {
                require_admin(connection)?;
            }
            Ok(deleted)
        })
        .await
    }

    async fn set_password(
        &self,
        id: i64,
        hash: String,
        keep: Option<i64>,
        at: Timestamp,
    ) -> Result<bool> {
        self.write(move |connection| Ok(set_password(connection, id, &hash, keep, at)?)).await
    }

    async fn set_totp(&self, id: i64, factor: Option<(String, Vec<Sha256Hash>)>) -> Result<bool> {
        self.write(move |connection| {
            let secret = factor.as_ref().map(|(secret, _)| secret);
            let set = "update account set totp_secret = ?2, totp_step = 0 where id = ?1";
            if connection.prepare_cached(set)?.execute((id, secret))? == 0 {
                return Ok(false);
            }
            connection.execute("delete from recovery_code where account_id = ?1", [id])?;
            for code in factor.iter().flat_map(|(_, codes)| codes) {
                connection
                    .prepare_cached(
                        "insert into recovery_code (account_id, code_sha256) values (?1, ?2)",
                    )?
                    .execute((id, code))?;
            }
            Ok(true)
        })
        .await
    }

    async fn use_totp_step(&self, id: i64, step: i64) -> Result<bool> {
        self.write(move |connection| {
            let sql = "update account set totp_step = ?2 where id = ?1 and totp_step < ?2";
            Ok(connection.prepare_cached(sql)?.execute((id, step))? > 0)
        })
        .await
    }

    async fn use_recovery_code(&self, id: i64, code: Sha256Hash) -> Result<bool> {
        self.write(move |connection| {
            let sql = "delete from recovery_code where account_id = ?1 and code_sha256 = ?2";
            Ok(connection.prepare_cached(sql)?.execute((id, code))? > 0)
        })
        .await
    }
}

/// Makes an account.
pub fn insert(connection: &Connection, new: &NewAccount) -> Result<Account> {
    // there is one writer: nobody takes the address between the question and the answer
    let taken = "select exists (select 1 from account where email = ?1)";
    if connection.prepare_cached(taken)?.query_row([new.email.as_str()], |row| row.get(0))? {
        return Err(email_is_taken());
    }
    let id = connection
        .prepare_cached(
            "insert into account (email, name, role, created_at) values (?1, ?2, ?3, ?4)
             returning id",
        )?
        .query_row(
            (new.email.as_str(), new.name.as_str(), new.role.as_str(), micros(new.created_at)),
            |row| row.get::<_, i64>(0),
        )?;
    select(connection, id)?.ok_or_else(|| Error::Internal("a new account is gone".to_owned()))
}

fn require_admin(connection: &Connection) -> Result<()> {
    let sql = "select exists (select 1 from account where role = 'admin' and is_active)";
    if connection.query_row(sql, (), |row| row.get(0))? { Ok(()) } else { Err(last_admin()) }
}

/// Sets a password and ends the account's sessions but `keep`.
pub fn set_password(
    connection: &Connection,
    id: i64,
    hash: &str,
    keep: Option<i64>,
    at: Timestamp,
) -> rusqlite::Result<bool> {
    let set = "update account set password_hash = ?2 where id = ?1";
    let known = connection.prepare_cached(set)?.execute((id, hash))? > 0;
    end_sessions(connection, id, keep, at)?;
    Ok(known)
}

/// Ends an account's sessions but `keep`.
pub fn end_sessions(
    connection: &Connection,
    account_id: i64,
    keep: Option<i64>,
    at: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "update session set expires_at = ?3
             where account_id = ?1 and id is not ?2 and expires_at > ?3",
        )?
        .execute((account_id, keep, micros(at)))?;
    Ok(())
}

/// One account.
pub fn select(connection: &Connection, id: i64) -> rusqlite::Result<Option<Account>> {
    connection
        .prepare_cached(&format!("select {COLUMNS} from account where id = ?1"))?
        .query_row([id], |row| read_account(row, 0))
        .optional()
}

/// The [`COLUMNS`] from `first` on.
pub fn read_account(row: &Row<'_>, first: usize) -> rusqlite::Result<Account> {
    let signed_in: Option<i64> = row.get(first + 8)?;
    Ok(Account {
        id: row.get(first)?,
        email: row.get(first + 1)?,
        name: row.get(first + 2)?,
        role: read_word(row, first + 3)?,
        is_active: row.get(first + 4)?,
        has_password: row.get(first + 5)?,
        has_totp: row.get(first + 6)?,
        created_at: read_time(row, first + 7)?,
        last_sign_in_at: signed_in.map(|_| read_time(row, first + 8)).transpose()?,
    })
}
