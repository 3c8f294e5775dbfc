//! Accounts: who works here. Requesters have none.

pub mod api;
pub mod password;
pub mod postgres;
pub mod sqlite;
pub mod store;
pub mod totp;

use jiff::Timestamp;

use crate::{
    error::{Error, Faults},
    word::words,
};

/// Longest address of an e-mail account, in characters (RFC 5321, 4.5.3.1.3, less two brackets).
pub const EMAIL_MAX_CHARS: usize = 254;

/// Longest name of a person, in characters.
pub const NAME_MAX_CHARS: usize = 100;

words! {
    /// What an account may do. Ordered: each may do all that the ones before it may.
    Role {
        /// Works on tickets.
        Agent = "agent",
        /// Also decides who works here.
        Admin = "admin",
    }
}

/// An account, without anything secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Given by the database, never reused.
    pub id: i64,
    /// In lower case; unique.
    pub email: String,
    /// What others see.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in at all.
    pub is_active: bool,
    /// Whether a password was set.
    pub has_password: bool,
    /// Whether signing in takes a second factor.
    pub has_totp: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When somebody last signed in.
    pub last_sign_in_at: Option<Timestamp>,
}

/// What signing in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// Whose.
    pub account: Account,
    /// Argon2id in PHC's string format; `None` before the first password.
    pub password_hash: Option<String>,
    /// The second factor's secret, in base 32.
    pub totp_secret: Option<String>,
}

/// An account to be made. It has no password yet: a link lets its owner set one.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Unique among accounts.
    pub email: EmailAddress,
    /// What others see.
    pub name: PersonName,
    /// What it may do.
    pub role: Role,
    /// When it is made.
    pub created_at: Timestamp,
}

/// A change of an account: only what is `Some` is written.
#[derive(Clone, Debug, Default)]
pub struct AccountPatch {
    /// A new name.
    pub name: Option<PersonName>,
    /// A new role.
    pub role: Option<Role>,
    /// Whether it may sign in. Taking that away ends its sessions and tokens at once.
    pub is_active: Option<bool>,
}

/// The address that somebody signs in with: trimmed, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Checks `raw`. Only its form: whether it exists is not known before somebody uses it.
    ///
    /// # Errors
    /// What is wrong, in words for the person who wrote it.
    pub fn parse(raw: &str) -> Result<Self, Vec<String>> {
        let email = raw.trim().to_lowercase();
        let is_form = email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
        let is_plain = !email.contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_form || !is_plain {
            return Err(vec!["must be an e-mail address".to_owned()]);
        }
        if email.chars().count() > EMAIL_MAX_CHARS {
            return Err(vec![format!("must have at most {EMAIL_MAX_CHARS} characters")]);
        }
        Ok(Self(email))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's name: trimmed, not blank, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Trims and checks `raw`.
    ///
    /// # Errors
    /// What is wrong, in words for the person who wrote it.
    pub fn parse(raw: &str) -> Result<Self, Vec<String>> {
        let name = raw.trim();
        if name.is_empty() {
            return Err(vec!["must not be blank".to_owned()]);
        }
        if name.chars().count() > NAME_MAX_CHARS {
            return Err(vec![format!("must have at most {NAME_MAX_CHARS} characters")]);
        }
        if name.contains(char::is_control) {
            return Err(vec!["must not contain control characters".to_owned()]);
        }
        Ok(Self(name.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The conflict of an address that another account has.
pub fn email_is_taken() -> Error {
    Error::Conflict(Faults::of("email", "another account has this address"))
}

/// The conflict of a change that would lock everybody out.
pub fn last_admin() -> Error {
    Error::Conflict(Faults::of("role", "this is the last active admin; make another one first"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(EmailAddress::parse(" Ada@Example.COM ").unwrap().as_str(), "ada@example.com");
        let long = format!("{}@example.com", "a".repeat(250));
        for bad in ["", "ada", "@x", "ada@", "a@b@c", "a b@c", "a@b\0", &long] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_a_line_of_text() {
        assert_eq!(PersonName::parse(" Ada Novák ").unwrap().as_str(), "Ada Novák");
        for bad in [" ", "a\nb", &"x".repeat(101)] {
            assert!(PersonName::parse(bad).is_err(), "{bad}");
        }
    }
}
