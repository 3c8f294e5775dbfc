//! How often one client may ask, in bounded memory.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroUsize,
    sync::Mutex,
    time::Duration,
};

use lru::LruCache;
use tokio::time::Instant;

/// Keys that are remembered; the one not seen for the longest time is forgotten first. Who has more
/// addresses than this meets the limit that all share.
const REMEMBERED_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// A limit per key: the generic cell rate algorithm (ITU-T I.371), which keeps one time per key.
pub struct RateLimit<K> {
    every: Duration,
    burst: u32,
    /// When each key would be as if it had never asked.
    rested: Mutex<LruCache<K, Instant>>,
}

impl<K: Hash + Eq> RateLimit<K> {
    /// At most `burst` (at least 1) at once, and one more each `every`.
    pub fn new(every: Duration, burst: u32) -> Self {
        Self { every, burst: burst.max(1), rested: Mutex::new(LruCache::new(REMEMBERED_MAX)) }
    }

    /// Counts one request of `key`.
    ///
    /// # Errors
    /// How long to wait, where it is one too many. A refused request is not counted.
    pub fn check(&self, key: K) -> Result<(), Duration> {
        let mut rested = self.rested.lock().unwrap_or_else(|e| e.into_inner());
        let at = self.next(&mut rested, &key)?;
        rested.put(key, at);
        Ok(())
    }

    /// The same without counting it.
    ///
    /// # Errors
    /// As above.
    pub fn peek(&self, key: &K) -> Result<(), Duration> {
        let mut rested = self.rested.lock().unwrap_or_else(|e| e.into_inner());
        self.next(&mut rested, key).map(drop)
    }

    /// When `key` would have rested after one more request.
    fn next(&self, rested: &mut LruCache<K, Instant>, key: &K) -> Result<Instant, Duration> {
        let now = Instant::now();
        let at = rested.get(key).copied().unwrap_or(now).max(now);
        let allowed = self.every * (self.burst - 1);
        let ahead = at - now;
        if ahead > allowed { Err(ahead - allowed) } else { Ok(at + self.every) }
    }
}

/// Whom an address stands for: an IPv6 client has a whole /64.
pub fn subscriber(client: IpAddr) -> IpAddr {
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

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_allowed_and_then_one_each_so_often() {
        let limit = RateLimit::new(Duration::from_secs(10), 3);
        for _ in 0..3 {
            assert_eq!(limit.check("a"), Ok(()));
        }
        assert_eq!(limit.check("a"), Err(Duration::from_secs(10)));
        assert_eq!(limit.check("b"), Ok(()), "each key has its own");
        tokio::time::advance(Duration::from_secs(9)).await;
        assert_eq!(limit.check("a"), Err(Duration::from_secs(1)));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(limit.check("a"), Ok(()));
        assert!(limit.check("a").is_err());
        tokio::time::advance(Duration::from_secs(3600)).await;
        for _ in 0..3 {
            assert_eq!(limit.check("a"), Ok(()));
        }
        assert!(limit.check("a").is_err(), "rest is not saved up beyond a burst");
    }

    #[tokio::test]
    async fn memory_is_bounded_whoever_asks() {
        let limit = RateLimit::new(Duration::from_secs(3600), 1);
        for key in 0..REMEMBERED_MAX.get() + 100 {
            assert_eq!(limit.check(key), Ok(()));
        }
        assert_eq!(limit.rested.lock().unwrap().len(), REMEMBERED_MAX.get());
    }

    #[test]
    fn a_client_has_one_address_and_a_network_is_one_client() {
        let of = |address: &str| subscriber(address.parse().unwrap());
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }
}
