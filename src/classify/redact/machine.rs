//! Addresses of machines: IPv4, IPv6 and MAC.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The next MAC address at or behind `from`: six pairs of digits, or Cisco's three groups of four.
pub fn mac(text: &[char], from: usize) -> Option<(usize, usize)> {
    find(
        text,
        from,
        |c| c.is_ascii_hexdigit() || ":-.".contains(c),
        |word| {
            let has = |mark: char, groups: usize, digits: usize| {
                let mut parts = word.split(mark);
                parts.clone().count() == groups
                    && parts.all(|part| part.len() == digits && is_hex(part))
            };
            has(':', 6, 2) || has('-', 6, 2) || has('.', 3, 4)
        },
    )
}

/// The next IP address at or behind `from`.
pub fn ip(text: &[char], from: usize) -> Option<(usize, usize)> {
    find(
        text,
        from,
        |c| c.is_ascii_hexdigit() || ":.".contains(c),
        |word| {
            let is_v4 = |word: &str| word.parse::<Ipv4Addr>().is_ok();
            let with_port = word.rsplit_once(':').is_some_and(|(address, _)| is_v4(address));
            let is_v6 = word.matches(':').count() > 1
                && word.contains(|c: char| c.is_ascii_hexdigit())
                && word.parse::<Ipv6Addr>().is_ok();
            is_v4(word) || with_port || is_v6
        },
    )
}

fn is_hex(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The next whole word of these characters that `is_one` takes, without the marks around it.
fn find(
    text: &[char],
    from: usize,
    may_hold: impl Fn(char) -> bool,
    is_one: impl Fn(&str) -> bool,
) -> Option<(usize, usize)> {
    let mut start = from;
    while start < text.len() {
        let length = text[start..].iter().take_while(|c| may_hold(**c)).count();
        let mut end = start + length;
        // a full stop or a colon behind it belongs to the sentence, but for the `::` of IPv6
        while end > start && ".-".contains(text[end - 1])
            || end > start + 1 && text[end - 1] == ':' && text[end - 2] != ':'
        {
            end -= 1;
        }
        let word: String = text[start..end].iter().collect();
        let is_whole = start.checked_sub(1).is_none_or(|before| !text[before].is_alphanumeric())
            && text.get(end).is_none_or(|after| !after.is_alphanumeric());
        if length > 0 && is_whole && is_one(&word) {
            return Some((start, end));
        }
        start += length.max(1);
    }
    None
}
