//! What strangers may take of the server: how often, and how much at the same time, so that those who
//! work here never wait for those who do not.

use std::{net::IpAddr, sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    measure::limit_hit,
    problem::Problem,
    rate_limit::{RateLimit, subscriber},
};

/// What a stranger wants, for which there is a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// File a ticket.
    Filing,
    /// Ask for a suggestion.
    Suggestion,
    /// Show a secret: sign in, follow a link.
    Secret,
}

/// Requests of strangers that are answered at the same time ...
const PLACES: usize = 8;

/// ... of those that wait for a language model and not for the database ...
const ASKING: usize = 16;

/// ... and that wait for a place; more are sent away.
const WAITING: usize = 64;

/// Longest wait for a place.
const PATIENCE: Duration = Duration::from_secs(2);

/// The limits of all strangers.
pub struct ClientLimits {
    filing: RateLimit<IpAddr>,
    all_filing: RateLimit<()>,
    suggestions: RateLimit<IpAddr>,
    all_suggestions: RateLimit<()>,
    secrets: RateLimit<IpAddr>,
    wrong_tokens: RateLimit<IpAddr>,
    sign_in: RateLimit<IpAddr>,
    sign_in_accounts: RateLimit<[u8; 32]>,
    sign_in_usual: RateLimit<([u8; 32], IpAddr)>,
    places: Arc<Semaphore>,
    asking: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Kind {
    /// Its name in the metrics.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Suggestion => "suggestion",
            Self::Secret => "secret",
        }
    }
}

impl Default for ClientLimits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            filing: RateLimit::new(seconds(15), 20),
            all_filing: RateLimit::new(Duration::from_millis(100), 300),
            suggestions: RateLimit::new(Duration::from_millis(500), 60),
            all_suggestions: RateLimit::new(Duration::from_millis(20), 500),
            secrets: RateLimit::new(seconds(1), 60),
            wrong_tokens: RateLimit::new(seconds(5), 20),
            sign_in: RateLimit::new(seconds(6), 20),
            sign_in_accounts: RateLimit::new(seconds(30), 10),
            sign_in_usual: RateLimit::new(seconds(10), 10),
            places: Arc::new(Semaphore::new(PLACES)),
            asking: Arc::new(Semaphore::new(ASKING)),
            waiting: Semaphore::new(WAITING),
        }
    }
}

impl ClientLimits {
    /// Counts one request of a stranger and waits for its place, which it has until it is answered.
    /// Where access is open nobody is a stranger: only suggestions, which may cost money, are limited.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub async fn admit(
        &self,
        kind: Kind,
        client: IpAddr,
        is_open: bool,
    ) -> Result<Option<OwnedSemaphorePermit>, Problem> {
        let client = subscriber(client);
        // who is beyond their own share takes nothing of what all have
        match kind {
            Kind::Filing if is_open => return Ok(None),
            Kind::Filing => self.filing.check(client).and_then(|()| self.all_filing.check(())),
            Kind::Suggestion => {
                self.suggestions.check(client).and_then(|()| self.all_suggestions.check(()))
            }
            Kind::Secret => self.secrets.check(client),
        }
        .map_err(|wait| too_many(kind.as_str(), wait))?;
        if is_open {
            return Ok(None);
        }
        let full = || too_many("places", PATIENCE);
        let _waits = self.waiting.try_acquire().map_err(|_| full())?;
        let places = if kind == Kind::Suggestion { &self.asking } else { &self.places };
        let place = tokio::time::timeout(PATIENCE, places.clone().acquire_owned()).await;
        place.map_err(|_| full())?.map(Some).map_err(|_| full())
    }

    /// Counts a try to sign in, by address and by account. From addresses where the account's owner is
    /// usual, tries are counted apart: who tries from elsewhere cannot keep the owner out.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn check_sign_in(
        &self,
        client: IpAddr,
        account: [u8; 32],
        is_usual: bool,
    ) -> Result<(), Problem> {
        let client = subscriber(client);
        self.sign_in.check(client).map_err(|wait| too_many("sign_in", wait))?;
        let by_account = if is_usual {
            self.sign_in_usual.check((account, client))
        } else {
            self.sign_in_accounts.check(account)
        };
        by_account.map_err(|wait| too_many("sign_in", wait))
    }

    /// Refuses those who tried too many wrong tokens lately.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn check_wrong_tokens(&self, client: IpAddr) -> Result<(), Problem> {
        self.wrong_tokens.peek(&client).map_err(|wait| too_many("wrong_token", wait))
    }

    /// Notes a wrong token.
    pub fn count_wrong_token(&self, client: IpAddr) {
        let _ = self.wrong_tokens.check(client);
    }
}

fn too_many(limit: &'static str, wait: Duration) -> Problem {
    limit_hit(limit);
    Problem::too_many_requests("too many requests; try again later", wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[tokio::test(start_paused = true)]
    async fn strangers_share_few_places_and_the_rest_is_sent_away() {
        let limits = ClientLimits::default();
        let mut held = Vec::new();
        for n in 0..PLACES {
            let place = limits.admit(Kind::Filing, address(n as u8), false).await;
            held.push(place.ok().flatten().unwrap());
        }
        assert!(limits.admit(Kind::Filing, address(100), false).await.is_err());
        assert!(limits.admit(Kind::Filing, address(100), true).await.is_ok(), "no stranger");
        held.pop();
        assert!(limits.admit(Kind::Filing, address(101), false).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn who_tries_from_elsewhere_does_not_keep_the_owner_out() {
        let limits = ClientLimits::default();
        let account = [7; 32];
        let mut tried = 0;
        // one guess from each of many addresses
        while limits.check_sign_in(address(tried), account, false).is_ok() {
            tried += 1;
        }
        assert_eq!(tried, 10);
        assert!(limits.check_sign_in(address(200), account, false).is_err());
        assert!(limits.check_sign_in(address(201), account, true).is_ok(), "the owner at home");
        assert!(limits.check_sign_in(address(202), [8; 32], false).is_ok(), "another account");
    }

    #[tokio::test(start_paused = true)]
    async fn wrong_tokens_cost_and_right_ones_do_not() {
        let limits = ClientLimits::default();
        for _ in 0..100 {
            assert!(limits.check_wrong_tokens(address(1)).is_ok());
        }
        for _ in 0..20 {
            limits.count_wrong_token(address(1));
        }
        assert!(limits.check_wrong_tokens(address(1)).is_err());
        assert!(limits.check_wrong_tokens(address(2)).is_ok());
    }
}
