//! What the counts of days need to know of a ticket's past. It is kept with the ticket, so that a change need
//! not read all events before it; they tell it as well.

use jiff::Timestamp;

use super::{ActorKind, Category, Changes, EventKind, Priority, Source, Status, Ticket, Word};

/// One event of a ticket's past, as far as it matters here.
#[derive(Clone, Debug)]
pub struct PastEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Who.
    pub actor: ActorKind,
    /// Title and description may be left out.
    pub changes: Changes,
}

/// What is known of a ticket's past when it is changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Whether an agent has changed it before.
    pub(super) is_touched: bool,
    /// The last category that a model had set before the ticket's last change.
    pub(super) category: Option<(Source, Category)>,
    /// The same of the priority.
    pub(super) priority: Option<(Source, Priority)>,
}

/// What stands for nothing in a past as it is kept.
const NOTHING: &str = "-";

/// What stands for an agent who has changed the ticket.
const TOUCHED: &str = "agent";

impl Past {
    /// Of the ticket as it is, from its events, oldest first.
    pub fn of(ticket: &Ticket, steps: &[PastEvent]) -> Self {
        let mut past = Self::default();
        for (step, (was, _)) in steps.iter().zip(stands(ticket, steps)) {
            if step.kind == EventKind::Changed {
                past.step(was, step.actor);
            }
        }
        past
    }

    /// Of the ticket as it is, from what is kept with it; `None` where only the events can tell: it was changed
    /// by a version of this program that kept nothing.
    pub fn kept(ticket: &Ticket, kept: Option<&str>) -> Option<Self> {
        if ticket.version == 1 {
            return Some(Self::default()); // was never changed
        }
        let mut words = kept?.split(' ');
        let mut next = || words.next();
        if next()?.parse() != Ok(ticket.version) {
            return None;
        }
        let is_touched = next()? == TOUCHED;
        let (category, priority) = (choice(next()?)?, choice(next()?)?);
        Some(Self { is_touched, category, priority })
    }

    /// After `actor` changed the ticket that was `before`.
    pub fn after(mut self, before: &Ticket, actor: ActorKind) -> Self {
        self.step(Stand::of(before), actor);
        self
    }

    /// As it is kept with the ticket at this version: the version, whether an agent has changed it, and what models
    /// had chosen.
    pub fn to_text(self, version: i64) -> String {
        let touched = if self.is_touched { TOUCHED } else { NOTHING };
        format!("{version} {touched} {} {}", words_of(self.category), words_of(self.priority))
    }

    pub(super) fn step(&mut self, was: Stand, actor: ActorKind) {
        self.is_touched |= actor == ActorKind::Agent;
        if is_model(was.category.0) {
            self.category = Some(was.category);
        }
        if is_model(was.priority.0) {
            self.priority = Some(was.priority);
        }
    }
}

fn words_of<W: Word>(choice: Option<(Source, W)>) -> String {
    choice
        .map_or_else(|| NOTHING.to_owned(), |(source, word)| format!("{source}:{}", word.as_str()))
}

/// What [`words_of`] wrote; `None` if it did not.
#[expect(clippy::option_option, reason = "no choice is not the same as none that is understood")]
fn choice<W: Word>(words: &str) -> Option<Option<(Source, W)>> {
    if words == NOTHING {
        return Some(None);
    }
    let (source, word) = words.split_once(':')?;
    Some(Some((Source::from_word(source)?, W::from_word(word)?)))
}

/// The part of a ticket that matters here.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    pub category: (Source, Category),
    pub priority: (Source, Priority),
    pub status: Status,
}

impl Stand {
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            category: (ticket.category_source, ticket.category),
            priority: (ticket.priority_source, ticket.priority),
            status: ticket.status,
        }
    }

    /// What it was before `changes`.
    fn before(mut self, changes: &Changes) -> Self {
        fn set<W: Word>(field: &mut W, was: &str) {
            *field = W::from_word(was).unwrap_or(*field);
        }
        for (name, was, _) in changes.iter() {
            let Some(was) = was else { continue };
            match name {
                "category" => set(&mut self.category.1, was),
                "category_source" => set(&mut self.category.0, was),
                "priority" => set(&mut self.priority.1, was),
                "priority_source" => set(&mut self.priority.0, was),
                "status" => set(&mut self.status, was),
                _ => {}
            }
        }
        self
    }
}

/// What the ticket was before and after each of its events, oldest first: read backwards from what it is.
pub(super) fn stands(ticket: &Ticket, steps: &[PastEvent]) -> Vec<(Stand, Stand)> {
    let mut is = Stand::of(ticket);
    let mut stands: Vec<_> = steps
        .iter()
        .rev()
        .map(|step| {
            let was = is.before(&step.changes);
            (was, std::mem::replace(&mut is, was))
        })
        .collect();
    stands.reverse();
    stands
}

/// Whether the source looked at the ticket, other than `default`.
pub(super) fn is_model(source: Source) -> bool {
    source.is_machine() && source != Source::Default
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(version: i64, source: Source) -> Ticket {
        let at = "2026-01-02T03:04:05Z".parse().unwrap();
        Ticket {
            id: 1,
            title: "t".to_owned(),
            description: "d".to_owned(),
            category: Category::Billing,
            priority: Priority::Low,
            status: Status::Open,
            category_source: source,
            priority_source: Source::Requester,
            created_at: at,
            updated_at: at,
            version,
        }
    }

    #[test]
    fn a_past_is_read_back() {
        let model = Past::default().after(&ticket(1, Source::Local), ActorKind::Agent);
        let other = Past::default().after(&ticket(1, Source::Requester), ActorKind::Classifier);
        for past in [Past::default(), model, other] {
            let kept = past.to_text(7);
            assert_eq!(Past::kept(&ticket(7, Source::Agent), Some(&kept)), Some(past), "{kept}");
        }
        assert_eq!(model.to_text(2), "2 agent local:billing -");
    }

    #[test]
    fn a_past_of_another_version_is_none() {
        let kept = Past::default().to_text(2);
        assert_eq!(Past::kept(&ticket(3, Source::Agent), Some(&kept)), None);
        assert_eq!(Past::kept(&ticket(3, Source::Agent), None), None);
        for broken in ["", "3", "3 -", "3 - -", "3 - x -", "3 - local:x -", "x - - -"] {
            assert_eq!(Past::kept(&ticket(3, Source::Agent), Some(broken)), None, "{broken}");
        }
    }

    #[test]
    fn a_ticket_that_was_never_changed_has_none() {
        assert_eq!(Past::kept(&ticket(1, Source::Local), None), Some(Past::default()));
    }
}
