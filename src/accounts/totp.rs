//! The second factor: codes by time (RFC 6238), and recovery codes for who lost the device.

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

use crate::{
    auth::{Sha256Hash, secret},
    error::{Error, Result},
};

/// Recovery codes that come with a second factor.
pub const RECOVERY_CODES: usize = 10;

/// Bytes of a secret: what RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// A second factor to be set up.
pub struct Enrolment {
    /// The secret, in base 32, for who types it in.
    pub secret: String,
    /// The same for who scans it: `otpauth://...`.
    pub url: String,
    /// The URL as a picture (SVG).
    pub qr_svg: String,
}

impl Enrolment {
    /// A new one for the owner of `email`.
    ///
    /// # Errors
    /// `Internal`, if the picture cannot be drawn.
    pub fn new(email: &str) -> Result<Self> {
        let secret = Secret::from(rand::random::<[u8; SECRET_BYTES]>().to_vec()).to_base32();
        let broken = |reason: String| Error::Internal(format!("cannot set up a factor: {reason}"));
        let url = totp(&secret, email)
            .ok_or_else(|| broken("the secret".to_owned()))?
            .to_url()
            .map_err(|e| broken(e.to_string()))?;
        let code = qrcode::QrCode::new(&url).map_err(|e| broken(e.to_string()))?;
        let qr_svg =
            code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build();
        Ok(Self { secret, url, qr_svg })
    }
}

/// The time step of which `code` is the code, now or one step (30 s) off; `None` if it is of none.
pub fn step_of(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp(secret, "frontdesk")?.check(&code, seconds)?;
    i64::try_from(step).ok()
}

/// The code of this moment, for tests.
#[cfg(test)]
pub fn code_at(secret: &str, now: Timestamp) -> String {
    totp(secret, "x").unwrap().generate(u64::try_from(now.as_second()).unwrap()).to_string()
}

fn totp(secret: &str, email: &str) -> Option<Totp> {
    // a colon would end the issuer's part of the label
    let builder = Builder::new()
        .with_secret(Secret::try_from_base32(secret).ok()?)
        .with_issuer(Some("frontdesk"))
        .with_account_name(email.replace(':', ""));
    builder.build().ok()
}

/// New recovery codes, and what is kept of them.
pub fn recovery_codes() -> (Vec<String>, Vec<Sha256Hash>) {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| grouped(&secret::random(16))).collect();
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    (codes, hashes)
}

/// What is kept of a recovery code, however somebody spaces it.
pub fn recovery_hash(code: &str) -> Sha256Hash {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::sha256(&plain.to_ascii_lowercase())
}

/// `abcd-efgh-...`, in lower case: easier to copy from paper.
fn grouped(code: &str) -> String {
    let lower = code.to_ascii_lowercase();
    let groups: Vec<&str> =
        (0..lower.len()).step_by(4).map(|at| &lower[at..(at + 4).min(lower.len())]).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of its SHA-1 vectors; codes cut to six digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            let now = Timestamp::from_second(seconds).unwrap();
            assert_eq!(step_of(SECRET, code, now), Some(seconds / 30));
            let spaced = format!(" {} {}", &code[..3], &code[3..]);
            assert_eq!(step_of(SECRET, &spaced, now), Some(seconds / 30));
            let later = Timestamp::from_second(seconds + 61).unwrap();
            assert_eq!(step_of(SECRET, code, later), None);
        }
        for bad in ["", "28708", "2870822", "abcdef", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(SECRET, bad, Timestamp::from_second(59).unwrap()), None, "{bad}");
        }
    }

    #[test]
    fn an_enrolment_can_be_scanned_and_typed() {
        let enrolment = Enrolment::new("ada@example.com").unwrap();
        assert!(enrolment.url.starts_with("otpauth://totp/frontdesk:ada"), "{}", enrolment.url);
        assert!(enrolment.url.contains(&enrolment.secret));
        assert!(enrolment.qr_svg.contains("<svg"));
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let code = code_at(&enrolment.secret, now);
        assert!(step_of(&enrolment.secret, &code, now).is_some());
    }

    #[test]
    fn a_recovery_code_may_be_spaced_anyhow() {
        let (codes, hashes) = recovery_codes();
        assert_eq!((codes.len(), hashes.len()), (RECOVERY_CODES, RECOVERY_CODES));
        let plain = codes[0].replace('-', " ").to_uppercase();
        assert_eq!(recovery_hash(&plain), hashes[0]);
        assert_ne!(hashes[0], hashes[1]);
    }
}
