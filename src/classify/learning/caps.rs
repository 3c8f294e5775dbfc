//! How much of what is learnt may come from one agent, or say one label.

use std::collections::BTreeMap;

use super::lesson::Lesson;

/// One agent's part of the whole weight, at most.
pub const AGENT_SHARE: f64 = 0.25;

/// One label's part of the whole weight, at most.
pub const LABEL_SHARE: f64 = 0.5;

/// What the shipped model counts as in the whole weight. Without it a desk of three agents could never keep
/// to [`AGENT_SHARE`], and with it one agent alone counts as a third of this at most.
pub const PRIOR: f64 = 40.0;

/// Rounds after which the rest is too little to matter.
const ROUNDS: usize = 200;

/// What each lesson weighs for a head (0 the category, 1 the priority), capped. The order of the lessons
/// changes nothing but the order of the result.
pub fn weights(lessons: &[&Lesson], head: usize) -> Vec<f64> {
    let mut weights: Vec<f64> = lessons.iter().map(|lesson| lesson.weight(head)).collect();
    for _ in 0..ROUNDS {
        let by_agent = cap(&mut weights, AGENT_SHARE, |at| lessons[at].agent_id.unwrap_or(0));
        let by_label = cap(&mut weights, LABEL_SHARE, |at| lessons[at].class(head));
        if !by_agent && !by_label {
            break;
        }
    }
    weights
}

/// Scales down the groups that have more than their share. `false`: none has.
fn cap<K: Ord>(weights: &mut [f64], share: f64, group: impl Fn(usize) -> K) -> bool {
    let mut sums: BTreeMap<K, f64> = BTreeMap::new();
    for (at, weight) in weights.iter().enumerate() {
        *sums.entry(group(at)).or_default() += weight;
    }
    let most = share * (PRIOR + sums.values().sum::<f64>());
    let mut is_capped = false;
    for (at, weight) in weights.iter_mut().enumerate() {
        let sum = sums.get(&group(at)).copied().unwrap_or_default();
        if sum > most * (1.0 + 1e-9) {
            *weight *= most / sum;
            is_capped = true;
        }
    }
    is_capped
}

#[cfg(test)]
mod tests {
    use super::{
        super::lesson::{LEFT_WEIGHT, SET_WEIGHT},
        *,
    };
    use crate::tickets::{Category, Priority};

    fn lesson(agent_id: Option<i64>, category: Category, is_set: bool) -> Lesson {
        let priority = Priority::Low;
        Lesson { ticket_id: 1, agent_id, category, priority, is_set: [is_set; 2], studied: None }
    }

    /// The weights of so many lessons of each agent, who label alike.
    fn by_agent(counts: &[usize]) -> Vec<f64> {
        let mut lessons = Vec::new();
        for (agent, count) in (1_i64..).zip(counts) {
            for n in 0..*count {
                lessons.push(lesson(Some(agent), Category::ALL[n % 4], true));
            }
        }
        let weights = weights(&lessons.iter().collect::<Vec<_>>(), 0);
        let mut rest = weights.as_slice();
        counts
            .iter()
            .map(|count| {
                let (of_agent, after) = rest.split_at(*count);
                rest = after;
                of_agent.iter().sum()
            })
            .collect()
    }

    #[test]
    fn few_count_in_full_and_what_was_left_counts_a_fifth() {
        let (one, other) =
            (lesson(Some(1), Category::Billing, true), lesson(None, Category::General, false));
        assert_eq!(weights(&[&one, &other], 0), [SET_WEIGHT, LEFT_WEIGHT]);
    }

    #[test]
    fn no_agent_has_more_than_a_quarter() {
        for counts in [&[500][..], &[400, 1_000], &[300, 20, 5], &[900, 300, 300, 300, 200]] {
            let sums = by_agent(counts);
            let most = AGENT_SHARE * (PRIOR + sums.iter().sum::<f64>());
            for (sum, count) in sums.iter().zip(counts) {
                assert!(*sum <= most * 1.001 && *sum > 0.0, "{sums:?}");
                let is_capped = (*sum - *count as f64).abs() > 1e-6;
                assert!(!is_capped || (most - sum) < 0.01 * most, "no less than need be: {sums:?}");
            }
        }
        assert!((by_agent(&[5_000])[0] - PRIOR / 3.0).abs() < 0.01);
    }

    #[test]
    fn no_label_has_more_than_half() {
        let mut lessons: Vec<_> =
            (0..600).map(|n| lesson(Some(n % 50), Category::General, true)).collect();
        lessons.extend((0..100).map(|n| lesson(Some(n % 50), Category::Billing, true)));
        let weights = weights(&lessons.iter().collect::<Vec<_>>(), 0);
        let (general, billing): (f64, f64) =
            (weights[..600].iter().sum(), weights[600..].iter().sum());
        assert!((billing - 100.0).abs() < 1e-6);
        assert!((general - LABEL_SHARE * (PRIOR + general + billing)).abs() < 0.1, "{general}");
    }
}
