//! How often one client may ask, in bounded memory.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock as _, clock::DefaultClock};

/// Clients that are remembered before those that asked for nothing lately are forgotten.
const REMEMBERED_MAX: usize = 10_000;

/// A limit per client address.
pub struct RateLimit {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimit {
    /// At most `burst` at once, and one more each `every`.
    pub fn new(every: Duration, burst: NonZeroU32) -> Option<Self> {
        let quota = Quota::with_period(every)?.allow_burst(burst);
        Some(Self { limiter: DefaultKeyedRateLimiter::keyed(quota) })
    }

    /// Counts one request of `client`; `Err` is how long to wait.
    pub fn check(&self, client: IpAddr) -> Result<(), Duration> {
        if self.limiter.len() > REMEMBERED_MAX {
            self.limiter.retain_recent();
        }
        self.limiter
            .check_key(&subscriber(client))
            .map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
    }
}

/// Whom an address stands for: an IPv6 client has a whole /64.
fn subscriber(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => {
            let bits = address.to_bits() & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from_bits(bits))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_its_own_limit_and_a_network_has_one() {
        let limit = RateLimit::new(Duration::from_secs(3600), NonZeroU32::MIN).unwrap();
        let ask = |client: &str| limit.check(client.parse().unwrap());
        assert!(ask("192.0.2.1").is_ok());
        let wait = ask("192.0.2.1").unwrap_err();
        assert!(wait > Duration::from_secs(3500), "{wait:?}");
        assert!(ask("::ffff:192.0.2.1").is_err(), "the same client by another name");
        assert!(ask("192.0.2.2").is_ok());
        assert!(ask("2001:db8::1").is_ok());
        assert!(ask("2001:db8::2").is_err(), "the same network");
        assert!(ask("2001:db8:0:1::1").is_ok());
    }
}
