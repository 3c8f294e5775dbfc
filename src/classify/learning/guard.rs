//! Whether what was learnt is better than what was shipped: by tickets that were predicted before they were
//! learnt.

/// Tickets that are compared at most, the newest.
pub const COMPARED: usize = 100;

/// With fewer there is nothing to tell yet ...
pub const COMPARED_MIN: usize = 20;

/// ... unless the shipped model is right about so many more.
pub const CLEAR_LEAD: usize = 3;

/// How often each was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Tickets compared.
    pub n: usize,
    /// The model that is built in was right.
    pub shipped: usize,
    /// What was learnt was right.
    pub learnt: usize,
}

/// Looks through all predictions, the oldest first: whether the shipped model was right, and whether what
/// was learnt was. Tells whether to use what was learnt, and the score of the newest.
///
/// It is used until it is worse. After that it is used again once it is better: not as soon as both are the
/// same, or it would come and go with each ticket.
pub fn judge(predictions: impl IntoIterator<Item = (bool, bool)>) -> (bool, Score) {
    let mut is_used = true;
    let mut score = Score::default();
    let mut window = std::collections::VecDeque::with_capacity(COMPARED + 1);
    for (shipped, learnt) in predictions {
        window.push_back((shipped, learnt));
        score.n += 1;
        score.shipped += usize::from(shipped);
        score.learnt += usize::from(learnt);
        if score.n > COMPARED
            && let Some((shipped, learnt)) = window.pop_front()
        {
            score.n -= 1;
            score.shipped -= usize::from(shipped);
            score.learnt -= usize::from(learnt);
        }
        let lead = score.shipped.saturating_sub(score.learnt);
        if lead >= CLEAR_LEAD || (lead > 0 && score.n >= COMPARED_MIN) {
            is_used = false;
        } else if score.learnt > score.shipped && score.n >= COMPARED_MIN {
            is_used = true;
        }
    }
    (is_used, score)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: (bool, bool) = (true, true);
    const SHIPPED: (bool, bool) = (true, false);
    const LEARNT: (bool, bool) = (false, true);

    fn used(parts: &[((bool, bool), usize)]) -> bool {
        judge(parts.iter().flat_map(|(one, n)| std::iter::repeat_n(*one, *n))).0
    }

    #[test]
    fn it_is_used_until_it_is_worse() {
        assert!(used(&[]) && used(&[(BOTH, 500)]));
        assert!(used(&[(SHIPPED, 1), (BOTH, 18)]), "of 19 one says little");
        assert!(!used(&[(SHIPPED, 1), (BOTH, 19)]), "of 20 it does");
        assert!(used(&[(SHIPPED, 2)]));
        assert!(!used(&[(SHIPPED, 3)]), "this is clear at once");
        assert!(used(&[(LEARNT, 3), (SHIPPED, 3), (BOTH, 50)]), "it is not worse");
    }

    #[test]
    fn it_comes_back_when_it_is_better_and_not_before() {
        assert!(!used(&[(SHIPPED, 1), (BOTH, 40), (LEARNT, 1)]), "the same is not enough");
        assert!(used(&[(SHIPPED, 1), (BOTH, 40), (LEARNT, 2)]));
        assert!(!used(&[(SHIPPED, 1), (BOTH, 300)]), "nor is time");
    }

    #[test]
    fn only_the_last_hundred_count() {
        let old = [(SHIPPED, 60), (BOTH, 100), (LEARNT, 1)];
        assert!(used(&old));
        let (_, score) = judge(old.iter().flat_map(|(one, n)| std::iter::repeat_n(*one, *n)));
        assert_eq!(score, Score { n: 100, shipped: 99, learnt: 100 });
        assert!(!used(&[(LEARNT, 60), (BOTH, 100), (SHIPPED, 1)]), "merits are forgotten too");
    }
}
