//! Accounts in PostgreSQL.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::{
    Account, AccountPatch, Credentials, NewAccount, email_is_taken, last_admin,
    store::{ACCOUNTS_MAX, AccountStore},
};
use crate::{
    auth::Sha256Hash,
    db::postgres::{Postgres, is_violation},
    error::Result,
    tickets::postgres::read_word,
};

/// The columns of an account in the order of [`read_account`].
pub const COLUMNS: &str = "account.id, account.email, account.name, account.role, \
     account.is_active, account.password_hash is not null, account.totp_secret is not null, \
     account.created_at, account.last_sign_in_at";

/// How many columns that are.
pub const COLUMN_COUNT: usize = 9;

#[async_trait]
impl AccountStore for Postgres {
    async fn has_accounts(&self) -> Result<bool> {
        self.run(async |connection| {
            let sql = "select exists (select 1 from account)";
            Ok(connection.query_one(sql, &[]).await?.try_get(0)?)
        })
        .await
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        self.run(async |connection| {
            let sql =
                format!("select {COLUMNS} from account order by email collate \"C\" limit $1");
            let statement = connection.prepare_cached(&sql).await?;
            let rows = connection.query(&statement, &[&ACCOUNTS_MAX]).await?;
            rows.iter().map(|row| read_account(row, 0)).collect()
        })
        .await
    }

    async fn account(&self, id: i64) -> Result<Option<Account>> {
        self.run(async |connection| select(&*connection, id).await).await
    }

    async fn credentials(&self, email: &str) -> Result<Option<Credentials>> {
        self.run(async |connection| {
            let sql = format!(
                "select {COLUMNS}, password_hash, totp_secret from account where email = $1"
            );
            let statement = connection.prepare_cached(&sql).await?;
            let Some(row) = connection.query_opt(&statement, &[&email]).await? else {
                return Ok(None);
            };
            Ok(Some(Credentials {
                account: read_account(&row, 0)?,
                password_hash: row.try_get(COLUMN_COUNT)?,
                totp_secret: row.try_get(COLUMN_COUNT + 1)?,
            }))
        })
        .await
    }

    async fn create_account(&self, new: NewAccount) -> Result<Account> {
        self.run(async |connection| insert(&*connection, &new).await).await
    }

    async fn change_account(
        &self,
        id: i64,
        patch: AccountPatch,
        at: Timestamp,
    ) -> Result<Option<Account>> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            lock_admins(&transaction).await?;
            let name = patch.name.as_ref().map(|name| name.as_str());
            let role = patch.role.map(|role| role.as_str());
            transaction
                .execute(
                    "update account set name = coalesce($2, name), role = coalesce($3, role),
                         is_active = coalesce($4, is_active)
                     where id = $1",
                    &[&id, &name, &role, &patch.is_active],
                )
                .await?;
            if patch.is_active == Some(false) {
                end_sessions(&transaction, id, None, at).await?;
            }
            let Some(account) = select(&transaction, id).await? else { return Ok(None) };
            require_admin(&transaction).await?;
            transaction.commit().await?;
            Ok(Some(account))
        })
        .await
    }

    async fn delete_account(&self, id: i64) -> Result<bool> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            lock_admins(&transaction).await?;
            if transaction.execute("delete from account where id = $1", &[&id]).await? == 0 {
                return Ok(false);
            }
            require_admin(&transaction).await?;
            transaction.commit().await?;
            Ok(true)
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
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let known = set_password(&transaction, id, &hash, keep, at).await?;
            transaction.commit().await?;
            Ok(known)
        })
        .await
    }

    async fn set_totp(&self, id: i64, factor: Option<(String, Vec<Sha256Hash>)>) -> Result<bool> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let secret = factor.as_ref().map(|(secret, _)| secret);
            let set = "update account set totp_secret = $2, totp_step = 0 where id = $1";
            if transaction.execute(set, &[&id, &secret]).await? == 0 {
                return Ok(false);
            }
            transaction.execute("delete from recovery_code where account_id = $1", &[&id]).await?;
            let codes = factor.iter().flat_map(|(_, codes)| codes);
            let codes: Vec<&[u8]> = codes.map(|code| code.as_slice()).collect();
            transaction
                .execute(
                    "insert into recovery_code (account_id, code_sha256)
                     select $1, code from unnest($2::bytea[]) as code",
                    &[&id, &codes],
                )
                .await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    async fn use_totp_step(&self, id: i64, step: i64) -> Result<bool> {
        self.run(async |connection| {
            let sql = "update account set totp_step = $2 where id = $1 and totp_step < $2";
            Ok(connection.execute(sql, &[&id, &step]).await? > 0)
        })
        .await
    }

    async fn use_recovery_code(&self, id: i64, code: Sha256Hash) -> Result<bool> {
        self.run(async |connection| {
            let sql = "delete from recovery_code where account_id = $1 and code_sha256 = $2";
            Ok(connection.execute(sql, &[&id, &code.as_slice()]).await? > 0)
        })
        .await
    }
}

/// Makes an account.
pub async fn insert(client: &impl GenericClient, new: &NewAccount) -> Result<Account> {
    let sql = format!(
        "insert into account (email, name, role, created_at) values ($1, $2, $3, $4)
         returning {COLUMNS}"
    );
    let row = client
        .query_one(
            &sql,
            &[&new.email.as_str(), &new.name.as_str(), &new.role.as_str(), &new.created_at],
        )
        .await
        .map_err(|error| {
            if is_violation(&error, "account_email_key") { email_is_taken() } else { error.into() }
        })?;
    read_account(&row, 0)
}

/// Two admins who take each other's role at the same moment do it one after the other.
async fn lock_admins(client: &impl GenericClient) -> Result<()> {
    let sql = "select id from account where role = 'admin' order by id for update";
    client.query(sql, &[]).await?;
    Ok(())
}

async fn require_admin(client: &impl GenericClient) -> Result<()> {
    let sql = "select exists (select 1 from account where role = 'admin' and is_active)";
    if client.query_one(sql, &[]).await?.try_get(0)? { Ok(()) } else { Err(last_admin()) }
}

/// Sets a password and ends the account's sessions but `keep`.
pub async fn set_password(
    client: &impl GenericClient,
    id: i64,
    hash: &str,
    keep: Option<i64>,
    at: Timestamp,
) -> Result<bool> {
    let set = "update account set password_hash = $2 where id = $1";
    let known = client.execute(set, &[&id, &hash]).await? > 0;
    end_sessions(client, id, keep, at).await?;
    Ok(known)
}

/// Ends an account's sessions but `keep`.
pub async fn end_sessions(
    client: &impl GenericClient,
    account_id: i64,
    keep: Option<i64>,
    at: Timestamp,
) -> Result<()> {
    client
        .execute(
            "update session set expires_at = $3
             where account_id = $1 and id is distinct from $2 and expires_at > $3",
            &[&account_id, &keep, &at],
        )
        .await?;
    Ok(())
}

/// One account.
pub async fn select(client: &impl GenericClient, id: i64) -> Result<Option<Account>> {
    let sql = format!("select {COLUMNS} from account where id = $1");
    let row = client.query_opt(&sql, &[&id]).await?;
    row.as_ref().map(|row| read_account(row, 0)).transpose()
}

/// The [`COLUMNS`] from `first` on.
pub fn read_account(row: &Row, first: usize) -> Result<Account> {
    Ok(Account {
        id: row.try_get(first)?,
        email: row.try_get(first + 1)?,
        name: row.try_get(first + 2)?,
        role: read_word(row, first + 3)?,
        is_active: row.try_get(first + 4)?,
        has_password: row.try_get(first + 5)?,
        has_totp: row.try_get(first + 6)?,
        created_at: row.try_get(first + 7)?,
        last_sign_in_at: row.try_get(first + 8)?,
    })
}
