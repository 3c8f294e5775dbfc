//! Sessions, links and tokens in SQLite.

use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::{
    ApiToken, Link, LinkUse, NewSession, NewToken, SESSION_IDLE, SESSION_LIFE, SESSION_MEMORY,
    Session, Sha256Hash, store::AuthStore,
};
use crate::{
    accounts::{
        Account,
        sqlite::{COLUMN_COUNT, COLUMNS, end_sessions, insert, read_account, select, set_password},
    },
    db::sqlite::Sqlite,
    error::Result,
    tickets::sqlite::{micros, read_time, read_word},
};

const SESSION_COLUMNS: &str = "session.id, session.account_id, session.created_at, \
     session.last_seen_at, session.expires_at, session.address, session.user_agent";

const TOKEN_COLUMNS: &str = "api_token.id, api_token.account_id, api_token.name, api_token.hint, \
     api_token.scope, api_token.created_at, api_token.expires_at, api_token.last_used_at";

#[async_trait]
impl AuthStore for Sqlite {
    async fn create_session(&self, new: NewSession) -> Result<Session> {
        self.write(move |connection| {
            connection
                .prepare_cached("update account set last_sign_in_at = ?2 where id = ?1")?
                .execute((new.account_id, micros(new.at)))?;
            let sql = format!(
                "insert into session (account_id, token_sha256, created_at, last_seen_at,
                     expires_at, address, user_agent)
                 values (:account_id, :token, :at, :at, :expires_at, :address, :user_agent)
                 returning {SESSION_COLUMNS}"
            );
            Ok(connection.prepare_cached(&sql)?.query_row(
                named_params! {
                    ":account_id": new.account_id,
                    ":token": new.token,
                    ":at": micros(new.at),
                    ":expires_at": micros(new.at + SESSION_LIFE),
                    ":address": new.address.to_string(),
                    ":user_agent": new.user_agent,
                },
                |row| read_session(row, 0),
            )?)
        })
        .await
    }

    async fn session(
        &self,
        token: Sha256Hash,
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>> {
        self.read(move |connection| {
            let sql = format!(
                "select {COLUMNS}, {SESSION_COLUMNS}
                 from session join account on account.id = session.account_id
                 where session.token_sha256 = ?1 and session.expires_at > ?2
                     and session.last_seen_at > ?3 and account.is_active"
            );
            connection
                .prepare_cached(&sql)?
                .query_row((token, micros(now), micros(now - SESSION_IDLE)), |row| {
                    Ok((read_session(row, COLUMN_COUNT)?, read_account(row, 0)?))
                })
                .optional()
        })
        .await
    }

    async fn touch_session(&self, id: i64, now: Timestamp) -> Result<()> {
        self.write(move |connection| {
            let sql = "update session set last_seen_at = max(last_seen_at, ?2) where id = ?1";
            connection.prepare_cached(sql)?.execute((id, micros(now)))?;
            Ok(())
        })
        .await
    }

    async fn end_session(&self, account_id: i64, id: i64, now: Timestamp) -> Result<bool> {
        self.write(move |connection| {
            let sql = "update session set expires_at = ?3
                 where account_id = ?1 and id = ?2 and expires_at > ?3";
            Ok(connection.prepare_cached(sql)?.execute((account_id, id, micros(now)))? > 0)
        })
        .await
    }

    async fn end_sessions(&self, account_id: i64, now: Timestamp) -> Result<()> {
        self.write(move |connection| Ok(end_sessions(connection, account_id, None, now)?)).await
    }

    async fn sessions(&self, account_id: i64, now: Timestamp) -> Result<Vec<Session>> {
        self.read(move |connection| {
            let sql = format!(
                "select {SESSION_COLUMNS} from session
                 where account_id = ?1 and expires_at > ?2 and last_seen_at > ?3
                 order by id desc limit 1000"
            );
            connection
                .prepare_cached(&sql)?
                .query_map((account_id, micros(now), micros(now - SESSION_IDLE)), |row| {
                    read_session(row, 0)
                })?
                .collect()
        })
        .await
    }

    async fn is_usual_address(
        &self,
        account_id: i64,
        address: IpAddr,
        since: Timestamp,
    ) -> Result<bool> {
        self.read(move |connection| {
            let sql = "select exists (select 1 from session
                 where account_id = ?1 and address = ?2 and created_at > ?3)";
            connection
                .prepare_cached(sql)?
                .query_row((account_id, address.to_string(), micros(since)), |row| row.get(0))
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
        self.write(move |connection| {
            connection.execute("delete from account_link where account_id is ?1", [account_id])?;
            connection.execute(
                "insert into account_link (secret_sha256, account_id, created_at, expires_at)
                 values (?1, ?2, ?3, ?4)",
                (secret, account_id, micros(at), micros(expires_at)),
            )?;
            Ok(())
        })
        .await
    }

    async fn link(&self, secret: Sha256Hash, now: Timestamp) -> Result<Option<Link>> {
        self.read(move |connection| find_link(connection, secret, now)).await
    }

    async fn use_link(&self, secret: Sha256Hash, with: LinkUse) -> Result<Option<Account>> {
        self.write(move |connection| {
            let account = match (find_link(connection, secret, with.at)?, &with.setup) {
                (Some(Link::Password(account)), _) => account,
                (Some(Link::Setup), Some(new)) => insert(connection, new)?,
                _ => return Ok(None),
            };
            connection.execute("delete from account_link where secret_sha256 = ?1", [secret])?;
            set_password(connection, account.id, &with.password_hash, None, with.at)?;
            Ok(select(connection, account.id)?)
        })
        .await
    }

    async fn create_token(&self, new: NewToken) -> Result<ApiToken> {
        self.write(move |connection| {
            let sql = format!(
                "insert into api_token (account_id, name, hint, token_sha256, scope, created_at,
                     expires_at)
                 values (:account_id, :name, :hint, :token, :scope, :created_at, :expires_at)
                 returning {TOKEN_COLUMNS}"
            );
            Ok(connection.prepare_cached(&sql)?.query_row(
                named_params! {
                    ":account_id": new.account_id,
                    ":name": new.name,
                    ":hint": new.hint,
                    ":token": new.token,
                    ":scope": new.scope.as_str(),
                    ":created_at": micros(new.created_at),
                    ":expires_at": micros(new.expires_at),
                },
                |row| read_token(row, 0),
            )?)
        })
        .await
    }

    async fn token(
        &self,
        token: Sha256Hash,
        now: Timestamp,
    ) -> Result<Option<(ApiToken, Account)>> {
        self.read(move |connection| {
            let sql = format!(
                "select {COLUMNS}, {TOKEN_COLUMNS}
                 from api_token join account on account.id = api_token.account_id
                 where token_sha256 = ?1 and expires_at > ?2 and account.is_active"
            );
            connection
                .prepare_cached(&sql)?
                .query_row((token, micros(now)), |row| {
                    Ok((read_token(row, COLUMN_COUNT)?, read_account(row, 0)?))
                })
                .optional()
        })
        .await
    }

    async fn touch_token(&self, id: i64, now: Timestamp) -> Result<()> {
        self.write(move |connection| {
            let sql = "update api_token set last_used_at = ?2 where id = ?1";
            connection.prepare_cached(sql)?.execute((id, micros(now)))?;
            Ok(())
        })
        .await
    }

    async fn tokens(&self, account_id: Option<i64>) -> Result<Vec<ApiToken>> {
        self.read(move |connection| {
            let sql = format!(
                "select {TOKEN_COLUMNS} from api_token where ?1 is null or account_id = ?1
                 order by id desc limit 1000"
            );
            connection
                .prepare_cached(&sql)?
                .query_map([account_id], |row| read_token(row, 0))?
                .collect()
        })
        .await
    }

    async fn delete_token(&self, id: i64, account_id: Option<i64>) -> Result<Option<ApiToken>> {
        self.write(move |connection| {
            let sql = format!(
                "delete from api_token where id = ?1 and (?2 is null or account_id = ?2)
                 returning {TOKEN_COLUMNS}"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_row((id, account_id), |row| read_token(row, 0)).optional()?)
        })
        .await
    }

    async fn forget_expired(&self, now: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            let memory = micros(now - SESSION_MEMORY);
            let mut gone = connection
                .execute("delete from account_link where expires_at <= ?1", [micros(now)])?;
            gone += connection.execute("delete from session where expires_at <= ?1", [memory])?;
            gone += connection.execute("delete from api_token where expires_at <= ?1", [memory])?;
            Ok(gone as u64)
        })
        .await
    }
}

fn find_link(
    connection: &Connection,
    secret: Sha256Hash,
    now: Timestamp,
) -> rusqlite::Result<Option<Link>> {
    let account_id: Option<Option<i64>> = connection
        .prepare_cached(
            "select account_id from account_link where secret_sha256 = ?1 and expires_at > ?2",
        )?
        .query_row((secret, micros(now)), |row| row.get(0))
        .optional()?;
    Ok(match account_id {
        None => None,
        Some(Some(id)) => {
            select(connection, id)?.filter(|account| account.is_active).map(Link::Password)
        }
        Some(None) => {
            let sql = "select exists (select 1 from account)";
            let is_late: bool = connection.query_row(sql, (), |row| row.get(0))?;
            (!is_late).then_some(Link::Setup)
        }
    })
}

fn read_session(row: &Row<'_>, first: usize) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(first)?,
        account_id: row.get(first + 1)?,
        created_at: read_time(row, first + 2)?,
        last_seen_at: read_time(row, first + 3)?,
        expires_at: read_time(row, first + 4)?,
        address: row.get(first + 5)?,
        user_agent: row.get(first + 6)?,
    })
}

fn read_token(row: &Row<'_>, first: usize) -> rusqlite::Result<ApiToken> {
    let used: Option<i64> = row.get(first + 7)?;
    Ok(ApiToken {
        id: row.get(first)?,
        account_id: row.get(first + 1)?,
        name: row.get(first + 2)?,
        hint: row.get(first + 3)?,
        scope: read_word(row, first + 4)?,
        created_at: read_time(row, first + 5)?,
        expires_at: read_time(row, first + 6)?,
        last_used_at: used.map(|_| read_time(row, first + 7)).transpose()?,
    })
}
