//! Predicting a ticket before it is learnt.

use super::{
    calibration::untempered,
    store::{Candidate, Labels, NewCorrection, Step, Trial},
};
use crate::{
    classify::{
        TicketText,
        local::{
            self, Reading,
            learnt::Learnt,
            model::{BOTH, CLASSES},
        },
    },
    tickets::{Category, Priority},
};

/// What is to be done about a ticket that was changed.
pub fn step(candidate: Candidate, learnt: Option<&Learnt>) -> Step {
    let Candidate { ticket_id, version, text, labels, agent_id, is_finished, known } = candidate;
    if !is_finished {
        return Step::Forget { ticket_id, version };
    }
    let fingerprint = text.fingerprint();
    if known == Some((labels, fingerprint)) {
        return Step::Keep { ticket_id, version };
    }
    let trial = tried(&text, learnt);
    Step::Learn(NewCorrection { ticket_id, version, fingerprint, labels, agent_id, trial })
}

/// What the shipped model and what was learnt make of a text, whether that is used or not.
fn tried(text: &TicketText, learnt: Option<&Learnt>) -> Trial {
    let shipped = local::reading(text, None);
    let on_trial = learnt.map(Learnt::on_trial);
    let read = local::reading(text, on_trial.as_ref());
    let [of_categories, of_priorities] = on_trial.as_ref().map_or([1.0; 2], |it| it.temperatures);
    let plain =
        [untempered(&read.category, of_categories), untempered(&read.priority, of_priorities)];
    let probabilities: [f32; BOTH] =
        std::array::from_fn(|class| plain[class / CLASSES][class % CLASSES]);
    let generation = learnt.map(|learnt| learnt.generation);
    Trial { shipped: words(&shipped), learnt: words(&read), probabilities, generation }
}

fn words(reading: &Reading) -> (Category, Priority) {
    let (category, priority) = reading.chosen();
    (Category::ALL[category], Priority::ALL[priority])
}

impl Trial {
    /// Whether the shipped model, and what was learnt, were right about a head: 0 the category, 1 the
    /// priority.
    pub fn was_right(&self, labels: &Labels, head: usize) -> (bool, bool) {
        if head == 0 {
            (self.shipped.0 == labels.category, self.learnt.0 == labels.category)
        } else {
            (self.shipped.1 == labels.priority, self.learnt.1 == labels.priority)
        }
    }
}
