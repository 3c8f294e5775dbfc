//! Who is at the other end: the address, and whether the way there is encrypted.
//!
//! What a proxy says about its client (`X-Forwarded-For`, `X-Forwarded-Proto`) is believed only of
//! proxies that the operator named.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, request::Parts},
};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address, as far as it can be known.
    pub address: IpAddr,
    /// Whether it came by https, as a named proxy says.
    pub is_https: bool,
}

impl Client {
    /// The client of `request`, seen through the proxies that are named.
    pub fn of(request: &Parts, proxies: &[IpNet]) -> Self {
        let peer = request.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
        Self::behind(peer.to_canonical(), &request.headers, proxies)
    }

    fn behind(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> Self {
        let is_named = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(&address));
        if !is_named(peer) {
            return Self { address: peer, is_https: false };
        }
        // each proxy adds the address that it saw at the end: the first from there that is no proxy of
        // ours is the client, and what stands before it anybody may have written
        let hops: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let mut address = peer;
        for hop in hops.iter().rev() {
            let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
            address = hop.to_canonical();
            if !is_named(address) {
                break;
            }
        }
        let protocol = headers.get(FORWARDED_PROTO).and_then(|value| value.to_str().ok());
        Self { address, is_https: protocol == Some("https") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], proxies: &[&str]) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        headers.insert(FORWARDED_PROTO, "https".parse().unwrap());
        let proxies: Vec<IpNet> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        let client = Client::behind(peer.parse().unwrap(), &headers, &proxies);
        (client.address.to_string(), client.is_https)
    }

    #[test]
    fn only_named_proxies_are_believed() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(client("192.0.2.1", &["1.1.1.1"], &proxies), ("192.0.2.1".into(), false));
        assert_eq!(client("10.0.0.1", &["1.1.1.1"], &[]), ("10.0.0.1".into(), false));
        assert_eq!(client("10.0.0.1", &["1.1.1.1"], &proxies), ("1.1.1.1".into(), true));
    }

    #[test]
    fn what_stands_before_the_last_stranger_is_hearsay() {
        let proxies = ["10.0.0.0/8"];
        let of = |forwarded: &[&str]| client("10.0.0.1", forwarded, &proxies).0;
        assert_eq!(of(&["6.6.6.6, 1.1.1.1, 10.0.0.2"]), "1.1.1.1");
        assert_eq!(of(&["6.6.6.6", "1.1.1.1"]), "1.1.1.1", "in several headers");
        assert_eq!(of(&["6.6.6.6, garbage, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(of(&["10.0.0.3, 10.0.0.2"]), "10.0.0.3", "a request of a proxy itself");
        assert_eq!(of(&[]), "10.0.0.1");
        assert_eq!(of(&["::ffff:1.1.1.1"]), "1.1.1.1");
    }
}
