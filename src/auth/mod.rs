//! How somebody is known again: sessions, API tokens, one-time links; and who may do what.

pub mod api;
mod cookie;
pub mod guard;
pub mod identity;
pub mod link;
pub mod postgres;
pub mod secret;
pub mod sqlite;
pub mod store;

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use crate::{
    accounts::{Account, NewAccount, PersonName, Role},
    word::words,
};

/// What is kept of a secret.
pub type Sha256Hash = [u8; 32];

/// A session ends after so long without a request ...
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(24);

/// ... and after so long in any case.
pub const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(24 * 14);

/// How long an ended session is remembered, to know an account's usual addresses.
pub const SESSION_MEMORY: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How long a link that sets a password is good for.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_hours(72);

/// Longest life of an API token, in days.
pub const TOKEN_DAYS_MAX: i64 = 366;

/// What every API token starts with, so that scanners of leaked secrets find it.
pub const TOKEN_PREFIX: &str = "fdk_";

words! {
    /// What an API token may be used for. Ordered: each is good for all that the ones before it are.
    Scope {
        /// Reading tickets and statistics.
        Read = "read",
        /// Also changing tickets.
        Write = "write",
        /// Also administration, where its owner is an admin.
        Admin = "admin",
    }
}

/// Who is asking.
#[derive(Clone, Debug)]
pub enum Principal {
    /// Nobody we know.
    Anonymous,
    /// Somebody who signed in.
    Session(Session, Account),
    /// A program with somebody's token.
    Token(ApiToken, Account),
}

impl Principal {
    /// Whose request it is.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Anonymous => None,
            Self::Session(_, account) | Self::Token(_, account) => Some(account),
        }
    }

    /// The name in records.
    pub fn name(&self) -> &str {
        match self {
            Self::Anonymous => "",
            Self::Session(_, account) | Self::Token(_, account) => &account.email,
        }
    }
}

/// Who may use an operation. Each operation says so once, in the router; the guard, the OpenAPI
/// document and the test that tries every operation as everybody read it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Those who work on tickets; a token needs this scope. Everybody where access is open.
    Agents(Scope),
    /// Somebody who signed in, about themselves; not a token.
    Oneself,
    /// Those who decide who works here; a token needs the scope `admin`.
    Admins,
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// We do not know them: signing in may help.
    Unknown,
    /// We know them, and they may not.
    Forbidden(&'static str),
}

impl Who {
    /// Whether `principal` may. `is_open`: everybody may work on tickets here.
    ///
    /// # Errors
    /// Why not.
    pub fn check(self, principal: &Principal, is_open: bool) -> Result<(), Refusal> {
        match (self, principal) {
            (Self::Anyone, _) => Ok(()),
            // a token is held to its scope also where nobody would need one
            (Self::Agents(needed), Principal::Token(token, _)) => {
                if token.scope >= needed {
                    Ok(())
                } else {
                    Err(Refusal::Forbidden("this token's scope does not reach that far"))
                }
            }
            (Self::Agents(_), Principal::Session(..)) => Ok(()),
            (Self::Agents(_), Principal::Anonymous) if is_open => Ok(()),
            (_, Principal::Anonymous) => Err(Refusal::Unknown),
            (Self::Oneself, Principal::Session(..)) => Ok(()),
            (Self::Oneself, Principal::Token(..)) => {
                Err(Refusal::Forbidden("only who signed in may do this; a token may not"))
            }
            (Self::Admins, Principal::Session(_, account)) if account.role == Role::Admin => Ok(()),
            (Self::Admins, Principal::Token(token, account))
                if account.role == Role::Admin && token.scope == Scope::Admin =>
            {
                Ok(())
            }
            (Self::Admins, _) => Err(Refusal::Forbidden("only an admin may do this")),
        }
    }

    /// The word in the OpenAPI document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Agents(Scope::Read) => "agents:read",
            Self::Agents(_) => "agents:write",
            Self::Oneself => "oneself",
            Self::Admins => "admins",
        }
    }
}

/// Somebody's session, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Given by the database.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
    /// Where it began.
    pub address: String,
    /// What the browser calls itself; at most 200 characters.
    pub user_agent: String,
}

/// A session to be begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose.
    pub account_id: i64,
    /// Of the secret in the cookie.
    pub token: Sha256Hash,
    /// When it begins.
    pub at: Timestamp,
    /// Where.
    pub address: IpAddr,
    /// At most 200 characters.
    pub user_agent: String,
}

/// What a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Setting this account's password.
    Password(Account),
    /// Making the first admin.
    Setup,
}

/// What somebody gave who used a link.
pub struct LinkUse {
    /// Argon2id.
    pub password_hash: String,
    /// The first admin, where the link makes it.
    pub setup: Option<NewAccount>,
    /// When.
    pub at: Timestamp,
}

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Given by the database.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// Its owner's word for it.
    pub name: String,
    /// Its first characters, to recognise it by.
    pub hint: String,
    /// What it is good for.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// An API token to be kept.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Whose.
    pub account_id: i64,
    /// 1 to 100 characters.
    pub name: String,
    /// Its first characters.
    pub hint: String,
    /// Of the whole token.
    pub token: Sha256Hash,
    /// What it is good for.
    pub scope: Scope,
    /// When it is made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl NewToken {
    /// A new token that lives for `days` (1 to [`TOKEN_DAYS_MAX`]), and its secret, which is shown once.
    pub fn random(
        account_id: i64,
        name: &PersonName,
        scope: Scope,
        days: i64,
        now: Timestamp,
    ) -> (Self, String) {
        let token = format!("{TOKEN_PREFIX}{}", secret::random(40));
        let new = Self {
            account_id,
            name: name.as_str().to_owned(),
            hint: token.chars().take(TOKEN_PREFIX.len() + 4).collect(),
            token: secret::sha256(&token),
            scope,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(24 * days),
        };
        (new, token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(role: Role) -> Account {
        Account {
            id: 1,
            email: "a@b".into(),
            name: "A".into(),
            role,
            is_active: true,
            has_password: true,
            has_totp: false,
            created_at: Timestamp::UNIX_EPOCH,
            last_sign_in_at: None,
        }
    }

    fn session(role: Role) -> Principal {
        let at = Timestamp::UNIX_EPOCH;
        let session = Session {
            id: 1,
            account_id: 1,
            created_at: at,
            last_seen_at: at,
            expires_at: at,
            address: String::new(),
            user_agent: String::new(),
        };
        Principal::Session(session, account(role))
    }

    fn token(scope: Scope, role: Role) -> Principal {
        let at = Timestamp::UNIX_EPOCH;
        let token = ApiToken {
            id: 1,
            account_id: 1,
            name: String::new(),
            hint: String::new(),
            scope,
            created_at: at,
            expires_at: at,
            last_used_at: None,
        };
        Principal::Token(token, account(role))
    }

    #[test]
    fn each_may_do_what_the_table_says() {
        use {Role::*, Scope::*};
        let everybody = [
            Principal::Anonymous,
            session(Role::Agent),
            session(Role::Admin),
            token(Read, Role::Admin),
            token(Write, Role::Agent),
            token(Scope::Admin, Role::Agent),
            token(Scope::Admin, Role::Admin),
        ];
        let _ = (Agent, Read);
        // in the order of `everybody`; y: may, n: may not
        for (who, accounts, open) in [
            (Who::Anyone, "yyyyyyy", "yyyyyyy"),
            (Who::Agents(Read), "nyyyyyy", "yyyyyyy"),
            (Who::Agents(Write), "nyynyyy", "yyynyyy"),
            (Who::Oneself, "nyynnnn", "nyynnnn"),
            (Who::Admins, "nnynnny", "nnynnny"),
        ] {
            for (is_open, expected) in [(false, accounts), (true, open)] {
                let may = everybody.iter().map(|one| match who.check(one, is_open) {
                    Ok(()) => 'y',
                    Err(_) => 'n',
                });
                assert_eq!(may.collect::<String>(), expected, "{who:?} open: {is_open}");
            }
        }
        assert_eq!(Who::Admins.check(&Principal::Anonymous, true), Err(Refusal::Unknown));
    }

    #[test]
    fn tokens_can_be_recognised_and_not_guessed() {
        let name = PersonName::parse("export").unwrap();
        let new = || NewToken::random(1, &name, Scope::Read, 90, Timestamp::UNIX_EPOCH);
        let (NewToken { hint, token: kept, .. }, token) = new();
        assert!(token.starts_with(&hint) && hint.starts_with(TOKEN_PREFIX));
        assert_eq!((token.len(), hint.len()), (44, 8));
        assert_eq!(kept, secret::sha256(&token));
        assert_ne!(token, new().1);
    }
}
