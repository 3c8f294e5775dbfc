//! International bank account numbers (ISO 13616): the length of their country, and 1 modulo 97.

/// Countries and how long their numbers are, by the registry of SWIFT.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 \
    DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 \
    IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 \
    MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 \
    SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// An account's own part has more digits than this; words that happen to fit have fewer.
const DIGITS_MIN: usize = 6;

/// Marks between two characters of one number.
const GAP_MAX: usize = 2;

/// The next number at or behind `from`.
pub fn find(text: &[char], from: usize) -> Option<(usize, usize)> {
    (from..text.len()).find_map(|start| Some((start, ends(text, start)?)))
}

/// Where a number that begins here ends.
fn ends(text: &[char], start: usize) -> Option<usize> {
    let mut number: Vec<u8> = Vec::new();
    let (mut length, mut gap) = (None, 0);
    for (at, c) in text.iter().enumerate().skip(start) {
        if !c.is_ascii_alphanumeric() {
            gap += 1;
            let is_gap = c.is_whitespace() && *c != '\n' || "-.\u{200b}".contains(*c);
            if !is_gap || gap > GAP_MAX || number.is_empty() {
                return None;
            }
            continue;
        }
        gap = 0;
        number.push(c.to_ascii_uppercase() as u8);
        match number.len() {
            1 | 2 if !c.is_ascii_alphabetic() => return None,
            2 => length = Some(length_of(&number)?),
            3 | 4 if !c.is_ascii_digit() => return None,
            n if Some(n) == length => return is_valid(&number).then_some(at + 1),
            _ => {}
        }
    }
    None
}

fn length_of(country: &[u8]) -> Option<usize> {
    let known = LENGTHS.split_whitespace().find(|known| known.as_bytes().starts_with(country))?;
    known.get(2..)?.parse().ok()
}

fn is_valid(number: &[u8]) -> bool {
    let digits = number[4..].iter().filter(|c| c.is_ascii_digit()).count();
    // the country and the check digits go to the end, letters count from 10 on
    let remainder = number[4..].iter().chain(&number[..4]).fold(0_u32, |sum, c| match c {
        b'0'..=b'9' => (sum * 10 + u32::from(c - b'0')) % 97,
        _ => (sum * 100 + u32::from(c - b'A') + 10) % 97,
    });
    digits >= DIGITS_MIN && remainder == 1
}
