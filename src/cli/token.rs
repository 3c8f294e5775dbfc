//! `frontdesk token`: API tokens, from the machine that the server runs on.

use clap::{Args, Subcommand};

use super::{record, say, user::find, with_store};
use crate::{
    accounts::{PersonName, Role},
    auth::{NewToken, Scope, TOKEN_DAYS_MAX, api::tokens::subject},
    config::DatabaseSettings,
    error::{Error, Result},
    word::Word as _,
};

/// API tokens
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Subcommand)]
enum Command {
    /// Make a token and print it, once
    Add {
        /// Whose account it acts for
        email: String,
        /// A word for it
        name: String,
        /// read, write or admin
        #[arg(long, default_value = "read", value_parser = scope)]
        scope: Scope,
        /// Days until it ends
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=TOKEN_DAYS_MAX))]
        days: i64,
    },
    /// List the tokens, without their secrets
    List,
    /// Delete a token
    Revoke {
        /// Its number, as in the list
        id: i64,
    },
}

fn scope(raw: &str) -> std::result::Result<Scope, String> {
    Scope::from_word(raw).ok_or_else(|| format!("must be one of: {}", Scope::choices()))
}

/// Does it.
pub fn run(token: &Token) -> Result<()> {
    with_store(&token.database, async |store, clock| match &token.command {
        Command::Add { email, name, scope, days } => {
            let account = find(store, email).await?;
            if *scope == Scope::Admin && account.role != Role::Admin {
                return Err(Error::Internal(format!("{} is no admin", account.email)));
            }
            let name = PersonName::parse(name)
                .map_err(|faults| Error::Internal(format!("the name {}", faults.join(", "))))?;
            let (new, token) = NewToken::random(account.id, &name, *scope, *days, clock.now());
            let kept = store.create_token(new).await?;
            record(store, clock, "token.created", subject(&kept)).await?;
            say(&token)
        }
        Command::List => {
            let accounts = store.accounts().await?;
            for token in store.tokens(None).await? {
                let owner = accounts.iter().find(|account| account.id == token.account_id);
                let owner = owner.map_or("?", |account| &account.email);
                let used = token.last_used_at.map_or("never".to_owned(), |at| at.to_string());
                say(&format!(
                    "{}\t{}\t{}\t{}\t{owner}\tends {}\tused {used}",
                    token.id, token.hint, token.scope, token.name, token.expires_at
                ))?;
            }
            Ok(())
        }
        Command::Revoke { id } => match store.delete_token(*id, None).await? {
            Some(token) => {
                record(store, clock, "token.revoked", subject(&token)).await?;
                say(&format!("{} ({}) is revoked", token.name, token.hint))
            }
            None => Err(Error::Internal(format!("there is no token {id}"))),
        },
    })
}
