//! Sessions, links and tokens in PostgreSQL.

use std::net::IpAddr;

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::{
    ApiToken, Link, LinkUse, NewSession, NewToken, SESSION_IDLE, SESSION_LIFE, SESSION_MEMORY,
    Session, Sha256Hash, store::AuthStore,
};
use crate::{
    accounts::{
        Account,
        postgres::{
            COLUMN_COUNT, COLUMNS, end_sessions, insert, read_account, select, set_password,
        },
    },
    db::postgres::Postgres,
    error::Result,
    tickets::postgres::read_word,
};

const SESSION_COLUMNS: &str = "session.id, session.account_id, session.created_at, \
     session.last_seen_at, session.expires_at, session.address, session.user_agent";

const TOKEN_COLUMNS: &str = "api_token.id, api_token.account_id, api_token.name, api_token.hint, \
     api_token.scope, api_token.created_at, api_token.expires_at, api_token.last_used_at";

#[async_trait]
impl AuthStore for Postgres {
    async fn create_session(&self, new: NewSession) -> Result<Session> {
        self.run(async |connection| {
            let sql = format!(
                "with signed_in as (update account set last_sign_in_at = $3 where id = $1)
                 insert into session (account_id, token_sha256, created_at, last_seen_at,
                     expires_at, address, user_agent)
                 values ($1, $2, $3, $3, $4, $5, $6)
                 returning {SESSION_COLUMNS}"
            );
            let row = connection
                .query_one(
                    &sql,
                    &[
                        &new.account_id,
                        &new.token.as_slice(),
                        &new.at,
                        &(new.at + SESSION_LIFE),
                        &new.address.to_string(),
                        &new.user_agent,
                    ],
                )
                .await?;
            read_session(&row, 0)
        })
        .await
    }

    async fn session(
        &self,
        token: Sha256Hash,
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>> {
        self.run(async |connection| {
            let sql = format!(
                "select {COLUMNS}, {SESSION_COLUMNS}
                 from session join account on account.id = session.account_id
                 where session.token_sha256 = $1 and session.expires_at > $2
                     and session.last_seen_at > $3 and account.is_active"
            );
            let statement = connection.prepare_cached(&sql).await?;
            let row = connection
                .query_opt(&statement, &[&token.as_slice(), &now, &(now - SESSION_IDLE)])
                .await?;
            row.map(|row| Ok((read_session(&row, COLUMN_COUNT)?, read_account(&row, 0)?)))
                .transpose()
        })
        .await
    }

    async fn touch_session(&self, id: i64, now: Timestamp) -> Result<()> {
        self.run(async |connection| {
            let sql = "update session set last_seen_at = greatest(last_seen_at, $2) where id = $1";
            connection.execute(sql, &[&id, &now]).await?;
            Ok(())
        })
        .await
    }

    async fn end_session(&self, account_id: i64, id: i64, now: Timestamp) -> Result<bool> {
        self.run(async |connection| {
            let sql = "update session set expires_at = $3
                 where account_id = $1 and id = $2 and expires_at > $3";
            Ok(connection.execute(sql, &[&account_id, &id, &now]).await? > 0)
        })
        .await
    }

    async fn end_sessions(&self, account_id: i64, now: Timestamp) -> Result<()> {
        self.run(async |connection| end_sessions(&*connection, account_id, None, now).await).await
    }

    async fn sessions(&self, account_id: i64, now: Timestamp) -> Result<Vec<Session>> {
        self.run(async |connection| {
            let sql = format!(
                "select {SESSION_COLUMNS} from session
                 where account_id = $1 and expires_at > $2 and last_seen_at > $3
                 order by id desc limit 1000"
            );
            let rows = connection.query(&sql, &[&account_id, &now, &(now - SESSION_IDLE)]).await?;
            rows.iter().map(|row| read_session(row, 0)).collect()
        })
        .await
    }

    async fn is_usual_address(
        &self,
        account_id: i64,
        address: IpAddr,
        since: Timestamp,
    ) -> Result<bool> {
        self.run(async |connection| {
            let sql = "select exists (select 1 from session
                 where account_id = $1 and address = $2 and created_at > $3)";
            let row =
                connection.query_one(sql, &[&account_id, &address.to_string(), &since]).await?;
            Ok(row.try_get(0)?)
        })
        .await
    }

    async fn create_link(
        &self,
        secret: Sha256Hash,
        account_id: Option<i64>,
        at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let forget = "delete from account_link where account_id is not distinct from $1";
            transaction.execute(forget, &[&account_id]).await?;
            transaction
                .execute(
                    "insert into account_link (secret_sha256, account_id, created_at, expires_at)
                     values ($1, $2, $3, $4)",
                    &[&secret.as_slice(), &account_id, &at, &expires_at],
                )
                .await?;
            Ok(transaction.commit().await?)
        })
        .await
    }

    async fn link(&self, secret: Sha256Hash, now: Timestamp) -> Result<Option<Link>> {
        self.run(async |connection| {
            let sql = "select account_id from account_link
                 where secret_sha256 = $1 and expires_at > $2";
            let row = connection.query_opt(sql, &[&secret.as_slice(), &now]).await?;
            let Some(row) = row else { return Ok(None) };
            purpose(&*connection, row.try_get(0)?).await
        })
        .await
    }

    async fn use_link(&self, secret: Sha256Hash, with: LinkUse) -> Result<Option<Account>> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            // who deletes it has it: of two who use one link at once, one comes too late
            let sql = "delete from account_link where secret_sha256 = $1 and expires_at > $2
                 returning account_id";
            let row = transaction.query_opt(sql, &[&secret.as_slice(), &with.at]).await?;
            let Some(row) = row else { return Ok(None) };
            let account = match (purpose(&transaction, row.try_get(0)?).await?, &with.setup) {
                (Some(Link::Password(account)), _) => account,
                (Some(Link::Setup), Some(new)) => insert(&transaction, new).await?,
                _ => return Ok(None),
            };
            set_password(&transaction, account.id, &with.password_hash, None, with.at).await?;
            let account = select(&transaction, account.id).await?;
            transaction.commit().await?;
            Ok(account)
        })
        .await
    }

    async fn create_token(&self, new: NewToken) -> Result<ApiToken> {
        self.run(async |connection| {
            let sql = format!(
                "insert into api_token (account_id, name, hint, token_sha256, scope, created_at,
                     expires_at)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 returning {TOKEN_COLUMNS}"
            );
            let row = connection
                .query_one(
                    &sql,
                    &[
                        &new.account_id,
                        &new.name,
                        &new.hint,
                        &new.token.as_slice(),
                        &new.scope.as_str(),
                        &new.created_at,
                        &new.expires_at,
                    ],
                )
                .await?;
            read_token(&row, 0)
        })
        .await
    }

    async fn token(
        &self,
        token: Sha256Hash,
        now: Timestamp,
    ) -> Result<Option<(ApiToken, Account)>> {
        self.run(async |connection| {
            let sql = format!(
                "select {COLUMNS}, {TOKEN_COLUMNS}
                 from api_token join account on account.id = api_token.account_id
                 where token_sha256 = $1 and expires_at > $2 and account.is_active"
            );
            let statement = connection.prepare_cached(&sql).await?;
            let row = connection.query_opt(&statement, &[&token.as_slice(), &now]).await?;
            row.map(|row| Ok((read_token(&row, COLUMN_COUNT)?, read_account(&row, 0)?))).transpose()
        })
        .await
    }

    async fn touch_token(&self, id: i64, now: Timestamp) -> Result<()> {
        self.run(async |connection| {
            let sql = "update api_token set last_used_at = $2 where id = $1";
            connection.execute(sql, &[&id, &now]).await?;
            Ok(())
        })
        .await
    }

    async fn tokens(&self, account_id: Option<i64>) -> Result<Vec<ApiToken>> {
        self.run(async |connection| {
            let sql = format!(
                "select {TOKEN_COLUMNS} from api_token
                 where $1::bigint is null or account_id = $1 order by id desc limit 1000"
            );
            let rows = connection.query(&sql, &[&account_id]).await?;
            rows.iter().map(|row| read_token(row, 0)).collect()
        })
        .await
    }

    async fn delete_token(&self, id: i64, account_id: Option<i64>) -> Result<Option<ApiToken>> {
        self.run(async |connection| {
            let sql = format!(
                "delete from api_token where id = $1 and ($2::bigint is null or account_id = $2)
                 returning {TOKEN_COLUMNS}"
            );
            let row = connection.query_opt(&sql, &[&id, &account_id]).await?;
            row.map(|row| read_token(&row, 0)).transpose()
        })
        .await
    }

    async fn forget_expired(&self, now: Timestamp) -> Result<u64> {
        self.run(async |connection| {
            let memory = now - SESSION_MEMORY;
            let mut gone = 0;
            for (sql, at) in [
                ("delete from account_link where expires_at <= $1", now),
                ("delete from session where expires_at <= $1", memory),
                ("delete from api_token where expires_at <= $1", memory),
            ] {
                gone += connection.execute(sql, &[&at]).await?;
            }
            Ok(gone)
        })
        .await
    }
}

async fn purpose(client: &impl GenericClient, account_id: Option<i64>) -> Result<Option<Link>> {
    match account_id {
        Some(id) => {
            let account = select(client, id).await?;
            Ok(account.filter(|account| account.is_active).map(Link::Password))
        }
        None => {
            let sql = "select exists (select 1 from account)";
            let is_late: bool = client.query_one(sql, &[]).await?.try_get(0)?;
            Ok((!is_late).then_some(Link::Setup))
        }
    }
}

fn read_session(row: &Row, first: usize) -> Result<Session> {
    Ok(Session {
        id: row.try_get(first)?,
        account_id: row.try_get(first + 1)?,
        created_at: row.try_get(first + 2)?,
        last_seen_at: row.try_get(first + 3)?,
        expires_at: row.try_get(first + 4)?,
        address: row.try_get(first + 5)?,
        user_agent: row.try_get(first + 6)?,
    })
}

fn read_token(row: &Row, first: usize) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row.try_get(first)?,
        account_id: row.try_get(first + 1)?,
        name: row.try_get(first + 2)?,
        hint: row.try_get(first + 3)?,
        scope: read_word(row, first + 4)?,
        created_at: row.try_get(first + 5)?,
        expires_at: row.try_get(first + 6)?,
        last_used_at: row.try_get(first + 7)?,
    })
}
