//! Exponential and logarithm in plain IEEE arithmetic.
//!
//! Those of the standard library may differ in the last bit from one system to the next, and then
//! so would the model. These are bit for bit the same everywhere, and good to 1e-14.

use std::f64::consts::LN_2;

/// e to the power of `x`; 0 far below zero.
pub fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    // x = n ln 2 + r, |r| <= ln 2 / 2
    let n = (x / LN_2).round();
    let r = x - n * LN_2;
    let mut sum = 1.0;
    let mut term = 1.0;
    for k in 1..=14 {
        term *= r / f64::from(k);
        sum += term;
    }
    sum * power_of_two(n)
}

/// The natural logarithm of a positive, normal `x`.
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    // x = 2^n m, 1 <= m < 2, and then m <= sqrt 2
    let exponent = u16::try_from((bits >> 52) & 0x7ff).unwrap_or_default();
    let mut n = f64::from(exponent) - 1023.0;
    let mut m = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    if m > std::f64::consts::SQRT_2 {
        m /= 2.0;
        n += 1.0;
    }
    // ln m = 2 artanh((m - 1) / (m + 1))
    let t = (m - 1.0) / (m + 1.0);
    let square = t * t;
    let mut sum = 0.0;
    let mut power = t;
    for k in 0..16 {
        sum += power / f64::from(2 * k + 1);
        power *= square;
    }
    2.0 * sum + n * LN_2
}

/// 2 to the power of a whole `n` between -1022 and 1023.
fn power_of_two(n: f64) -> f64 {
    // whole and in range, so that the conversion is exact
    let biased = (n + 1023.0) as u64;
    f64::from_bits(biased << 52)
}

#[cfg(test)]
mod tests {
    #[test]
    fn they_agree_with_the_standard_library() {
        for step in -3_000..3_000 {
            let x = f64::from(step) / 100.0;
            let (ours, theirs) = (super::exp(x), x.exp());
            assert!((ours - theirs).abs() <= 1e-13 * theirs, "exp {x}: {ours} {theirs}");
            let (ours, theirs) = (super::ln(theirs), x);
            assert!((ours - theirs).abs() <= 1e-13 * (1.0 + x.abs()), "ln exp {x}: {ours}");
        }
        assert!(super::exp(-800.0) <= 0.0);
    }
}
