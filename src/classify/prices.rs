//! What tokens cost, by the operator's word: prices change, and contracts differ.

use super::Usage;
use crate::error::{Error, Result};

/// Tokens that a price is for.
const UNIT: f64 = 1_000_000.0;

/// Highest price that is taken, for a million tokens: past it somebody wrote the price of something
/// else.
const PRICE_MAX: f64 = 1_000_000.0;

/// Prices by model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices(Vec<(String, Price)>);

/// For a million tokens, in whatever money the operator counts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Price {
    input: f64,
    output: f64,
    /// Of input that the provider had kept.
    cached: f64,
}

impl Prices {
    /// Reads `model=input/output` or `model=input/output/cached`, several divided by commas. The model
    /// `*` stands for every other one.
    ///
    /// # Errors
    /// What is wrong, with the setting's name.
    pub fn parse(raw: &str) -> Result<Self> {
        let mut prices: Vec<(String, Price)> = Vec::new();
        for one in raw.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            let (model, price) = parse_one(one).ok_or_else(|| {
                Error::Internal(format!(
                    "FRONTDESK_LLM_PRICES: must be model=input/output or model=input/output/cached \
                     for a million tokens, such as gemini-3.5-flash-lite=0.10/0.40, and {one:?} is not"
                ))
            })?;
            if prices.iter().any(|(known, _)| *known == model) {
                let twice = format!("FRONTDESK_LLM_PRICES: {model} is there twice");
                return Err(Error::Internal(twice));
            }
            prices.push((model, price));
        }
        Ok(Self(prices))
    }

    /// What these tokens of a model cost; `None` where nobody said its price.
    pub fn cost(&self, model: &str, usage: &Usage) -> Option<f64> {
        let price = self.of(model)?;
        let fresh = usage.input.saturating_sub(usage.cached);
        let sum = fresh as f64 * price.input
            + usage.cached as f64 * price.cached
            + usage.output as f64 * price.output;
        Some(sum / UNIT)
    }

    /// The price of a model by its own name, or by the name that its version of a day is of:
    /// `gpt-5.4-nano-2026-03-17` costs what `gpt-5.4-nano` does, `gpt-5.4-mini` does not cost what
    /// `gpt-5.4` does.
    fn of(&self, model: &str) -> Option<&Price> {
        let is_of_a_day = |known: &str| {
            let rest = model.strip_prefix(known).and_then(|rest| rest.strip_prefix(['-', '@']));
            rest.is_some_and(|day| {
                day.len() >= 8 && day.chars().all(|c| c.is_ascii_digit() || c == '-')
            })
        };
        let by = |is_it: &dyn Fn(&str) -> bool| {
            self.0.iter().find(|(known, _)| is_it(known)).map(|(_, price)| price)
        };
        by(&|known| known == model)
            .or_else(|| by(&is_of_a_day))
            .or_else(|| by(&|known| known == "*"))
    }
}

fn parse_one(one: &str) -> Option<(String, Price)> {
    let (model, prices) = one.split_once('=')?;
    let model = model.trim();
    let numbers: Vec<f64> = prices
        .split('/')
        .map(|number| number.trim().parse().ok().filter(|price| (0.0..=PRICE_MAX).contains(price)))
        .collect::<Option<_>>()?;
    let (input, output, cached) = match numbers[..] {
        [input, output] => (input, output, input),
        [input, output, cached] => (input, output, cached),
        _ => return None,
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:/@*".contains(c);
    let is_model = (1..=200).contains(&model.len()) && model.chars().all(is_name);
    is_model.then(|| (model.to_owned(), Price { input, output, cached }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const USAGE: Usage = Usage { input: 1_000_000, cached: 400_000, output: 500_000 };

    fn cost(prices: &str, model: &str) -> Option<f64> {
        Prices::parse(prices).unwrap().cost(model, &USAGE)
    }

    #[test]
    fn a_cost_is_what_was_read_and_written_by_its_price() {
        assert_eq!(cost("a=0.5/4", "a"), Some(0.5 + 2.0));
        assert_eq!(cost(" a = 1 / 2 / 0.5 ,", "a"), Some(0.6 + 0.2 + 1.0));
        assert_eq!(cost("a=0/0", "a"), Some(0.0));
    }

    #[test]
    fn without_a_price_there_is_no_cost() {
        assert_eq!(cost("", "a"), None);
        assert_eq!(cost("b=1/1", "a"), None);
        assert_eq!(cost("b=1/1,*=2/0", "a"), Some(2.0));
        assert_eq!(cost("*=2/0,a=1/0", "a"), Some(1.0), "its own first");
    }

    #[test]
    fn a_version_of_a_day_costs_what_its_model_does_and_a_sibling_does_not() {
        for dated in ["gpt-5.4-nano-2026-03-17", "gpt-5.4-nano-20260317", "gpt-5.4-nano@20260317"] {
            assert_eq!(cost("gpt-5.4=9/9,gpt-5.4-nano=1/0", dated), Some(1.0), "{dated}");
        }
        assert_eq!(cost("gpt-5.4=9/9", "gpt-5.4-nano"), None);
        assert_eq!(cost("gpt-5=9/9", "gpt-5-4"), None);
    }

    #[test]
    fn what_is_no_price_says_so() {
        for bad in [
            "a",
            "a=",
            "a=1",
            "a=1/2/3/4",
            "=1/2",
            "a=-1/2",
            "a=NaN/1",
            "a=1/inf",
            "a b=1/2",
            "a=1/2,a=1/2",
            "a=1e9/1",
        ] {
            let error = Prices::parse(bad).unwrap_err().to_string();
            assert!(error.contains("FRONTDESK_LLM_PRICES"), "{bad}: {error}");
        }
    }
}
