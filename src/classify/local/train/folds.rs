//! Which tickets are kept aside together. Near-duplicates go into the same fold: a model that has
//! seen the one is not asked about the other.

use crate::classify::local::features::{DIMENSIONS, Feature};

/// Parts in cross-validation.
pub const FOLDS: usize = 5;

/// Features in more tickets than this say nothing about two tickets being alike.
const COMMON: usize = 30;

/// Tickets are near-duplicates when they share this part of the rarer features of either.
const ALIKE: f64 = 0.5;

/// The fold of each ticket.
pub fn folds(rows: &[Vec<Feature>]) -> Vec<usize> {
    let group = groups(rows);
    group.into_iter().map(|first| usize::try_from(mix(first as u64) % 5).unwrap_or(0)).collect()
}

/// For each ticket the first one of its group.
fn groups(rows: &[Vec<Feature>]) -> Vec<usize> {
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); DIMENSIONS];
    for (row, features) in rows.iter().enumerate() {
        for (bucket, _) in features {
            holders[*bucket as usize].push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
    let rare = |features: &[Feature]| -> Vec<usize> {
        let buckets = features.iter().map(|(bucket, _)| *bucket as usize);
        buckets.filter(|bucket| holders[*bucket].len() <= COMMON).collect()
    };
    let sizes: Vec<usize> = rows.iter().map(|features| rare(features).len()).collect();
    let mut first: Vec<usize> = (0..rows.len()).collect();
    let mut shared = vec![0_usize; rows.len()];
    for (row, features) in rows.iter().enumerate() {
        shared[..row].fill(0);
        for bucket in rare(features) {
            for other in holders[bucket].iter().map(|other| *other as usize) {
                if other < row {
                    shared[other] += 1;
                }
            }
        }
        for other in 0..row {
            let least = sizes[row].min(sizes[other]).max(1);
            if shared[other] as f64 >= ALIKE * least as f64 {
                let (one, other) = (root(&mut first, row), root(&mut first, other));
                first[one.max(other)] = one.min(other);
            }
        }
    }
    (0..rows.len()).map(|row| root(&mut first, row)).collect()
}

fn root(first: &mut [usize], mut row: usize) -> usize {
    while first[row] != row {
        first[row] = first[first[row]];
        row = first[row];
    }
    row
}

/// `splitmix64`: spreads consecutive numbers.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::local::features::features;

    #[test]
    fn near_duplicates_stay_together() {
        let texts = [
            "the invoice of may shows the wrong address",
            "the invoice of june shows the wrong address",
            "my dog ate the router",
        ];
        let rows: Vec<_> = texts.iter().map(|text| features("", text)).collect();
        assert_eq!(groups(&rows), [0, 0, 2]);
    }
}
