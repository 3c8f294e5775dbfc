//! `frontdesk user`: accounts, from the machine that the server runs on.

use clap::{Args, Subcommand};

use super::{links::Links, record, say, with_store};
use crate::{
    accounts::{
        Account, AccountPatch, EmailAddress, NewAccount, PersonName, Role,
        password::{NewPassword, Passwords},
    },
    auth::link,
    clock::Clock,
    config::DatabaseSettings,
    db::Store,
    error::{Error, Result},
};

/// Accounts
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    database: DatabaseSettings,

    #[command(flatten)]
    links: Links,
}

#[derive(Subcommand)]
enum Command {
    /// Make an account, and print the link with which its owner sets a password
    Add {
        /// What they sign in with
        email: String,
        /// What others see; by default the address up to its @
        #[arg(long)]
        name: Option<String>,
        /// Lets them decide who else works here
        #[arg(long)]
        admin: bool,
        /// Set the password to the line that standard input holds, instead of printing a link
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the accounts
    List,
    /// Print a link with which an account's owner sets a new password
    Link {
        /// Whose
        email: String,
    },
    /// Let an account sign in no more
    Disable {
        /// Whose
        email: String,
    },
    /// Let an account sign in again
    Enable {
        /// Whose
        email: String,
    },
}

/// Does it.
pub fn run(user: &User) -> Result<()> {
    with_store(&user.database, async |store, clock| match &user.command {
        Command::Add { email, name, admin, password_stdin } => {
            let role = if *admin { Role::Admin } else { Role::Agent };
            // first: a password that is refused leaves no account behind
            let password = password_stdin.then(|| read_password(email)).transpose()?;
            let account = add(store, clock, email, name.as_deref(), role).await?;
            let Some(password) = password else {
                return print_link(store, clock, &user.links, &account).await;
            };
            set_password(store, clock, &account, password).await?;
            say(&format!("{} may sign in as {}", account.email, account.role))
        }
        Command::List => list(store).await,
        Command::Link { email } => {
            let account = find(store, email).await?;
            print_link(store, clock, &user.links, &account).await
        }
        Command::Disable { email } => set_active(store, clock, email, false).await,
        Command::Enable { email } => set_active(store, clock, email, true).await,
    })
}

/// The account with this address.
pub async fn find(store: &dyn Store, email: &str) -> Result<Account> {
    let email = email.trim().to_lowercase();
    let known = store.credentials(&email).await?;
    Ok(known.ok_or_else(|| Error::Internal(format!("there is no account {email}")))?.account)
}

async fn add(
    store: &dyn Store,
    clock: &Clock,
    email: &str,
    name: Option<&str>,
    role: Role,
) -> Result<Account> {
    let wrong =
        |what: &str, faults: Vec<String>| Error::Internal(format!("{what} {}", faults.join(", ")));
    let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or(email));
    let new = NewAccount {
        email: EmailAddress::parse(email).map_err(|faults| wrong("the address", faults))?,
        name: PersonName::parse(name).map_err(|faults| wrong("the name", faults))?,
        role,
        created_at: clock.now(),
    };
    let account = store.create_account(new).await?;
    let subject = format!("{} ({})", account.email, account.role);
    record(store, clock, "account.created", subject).await?;
    Ok(account)
}

fn read_password(email: &str) -> Result<NewPassword> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| Error::Internal(e.to_string()))?;
    let raw = line.trim_end_matches(['\r', '\n']).to_owned();
    NewPassword::parse(raw, &email.trim().to_lowercase())
        .map_err(|faults| Error::Internal(format!("the password {}", faults.join(", "))))
}

async fn set_password(
    store: &dyn Store,
    clock: &Clock,
    account: &Account,
    password: NewPassword,
) -> Result<()> {
    let hash = Passwords::default().hash(password).await?;
    store.set_password(account.id, hash, None, clock.now()).await?;
    record(store, clock, "password.changed", account.email.clone()).await
}

async fn print_link(
    store: &dyn Store,
    clock: &Clock,
    links: &Links,
    account: &Account,
) -> Result<()> {
    let secret = link::offer(store, Some(account.id), clock.now()).await?;
    record(store, clock, "link.created", account.email.clone()).await?;
    say(&format!("{} sets a password within three days at", account.email))?;
    say(&links.welcome(&secret))
}

async fn list(store: &dyn Store) -> Result<()> {
    for account in store.accounts().await? {
        let state = match (account.is_active, account.has_password) {
            (false, _) => "disabled",
            (true, false) => "no password yet",
            (true, true) if account.has_totp => "active, second factor",
            (true, true) => "active",
        };
        say(&format!("{}\t{}\t{}\t{state}", account.email, account.role, account.name))?;
    }
    Ok(())
}

async fn set_active(store: &dyn Store, clock: &Clock, email: &str, is_active: bool) -> Result<()> {
    let account = find(store, email).await?;
    let patch = AccountPatch { is_active: Some(is_active), ..AccountPatch::default() };
    store.change_account(account.id, patch, clock.now()).await?;
    let state = if is_active { "active" } else { "not active" };
    record(store, clock, "account.changed", format!("{}, {state}", account.email)).await?;
    say(&format!("{} may {}sign in", account.email, if is_active { "" } else { "not " }))
}
