//! Views: conditions of the list of tickets that are kept under a name, for oneself or for everybody.

pub mod api;
pub mod postgres;
mod query;
pub mod sqlite;
pub mod store;

use jiff::Timestamp;

use crate::error::{Error, Faults, Result};

pub use query::{QUERY_MAX_CHARS, ViewQuery};

/// Longest name of a view, in characters.
pub const NAME_MAX_CHARS: usize = 60;

/// Most views that stand on one shelf: those that everybody sees, or one person's own.
pub const SHELF_MAX: usize = 50;

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Given by the database, never reused.
    pub id: i64,
    /// Trimmed, 1 to [`NAME_MAX_CHARS`] characters.
    pub name: String,
    /// The list's conditions, as [`ViewQuery`] spells them.
    pub query: String,
    /// Whose it is and who sees it.
    pub shelf: Shelf,
    /// The owner's name; `None` where it has no owner.
    pub owner_name: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed; never before `created_at`. To move it is no change of it.
    pub updated_at: Timestamp,
    /// 1 when made, one more with each change. The ETag.
    pub version: i64,
}

/// Where a view stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Only the account with this id sees it. It is deleted with the account.
    Personal(i64),
    /// Everybody who works on tickets sees it. It stays when its owner goes, and then has none; one made
    /// where access is open by somebody who did not sign in has none either.
    Shared(Option<i64>),
}

impl Shelf {
    /// The account whose view it is.
    pub fn owner(self) -> Option<i64> {
        match self {
            Self::Personal(owner) => Some(owner),
            Self::Shared(owner) => owner,
        }
    }

    /// Whether everybody sees it.
    pub fn is_shared(self) -> bool {
        matches!(self, Self::Shared(_))
    }

    /// Whose it is alone, and who shares it, as it is kept.
    pub fn owners(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Personal(owner) => (Some(owner), None),
            Self::Shared(owner) => (None, owner),
        }
    }
}

/// Who asks for views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Their account; `None`: somebody who did not sign in, where access is open.
    pub account: Option<i64>,
    /// Whether they may administer.
    pub is_admin: bool,
    /// Whether everybody may work on tickets here.
    pub is_open: bool,
}

impl Viewer {
    /// Whether they see it. Nobody sees another's personal views, an admin neither.
    pub fn sees(self, shelf: Shelf) -> bool {
        match shelf {
            Shelf::Personal(owner) => self.account == Some(owner),
            Shelf::Shared(_) => true,
        }
    }

    /// Whether they may change, move or delete it: who made it, and admins what is shared. What nobody
    /// owns is everybody's where access is open.
    pub fn may_change(self, shelf: Shelf) -> bool {
        match shelf {
            Shelf::Personal(owner) => self.account == Some(owner),
            Shelf::Shared(Some(owner)) => self.account == Some(owner) || self.is_admin,
            Shelf::Shared(None) => self.is_admin || self.is_open,
        }
    }
}

/// A view to be kept.
#[derive(Clone, Debug)]
pub struct NewView {
    /// What it is called.
    pub name: ViewName,
    /// What it shows.
    pub query: ViewQuery,
    /// Where it goes, behind all that stand there.
    pub shelf: Shelf,
    /// When it is made.
    pub created_at: Timestamp,
}

/// A change of a view: only what is `Some` is written.
#[derive(Clone, Debug, Default)]
pub struct ViewPatch {
    /// A new name.
    pub name: Option<ViewName>,
    /// Other conditions.
    pub query: Option<ViewQuery>,
    /// Whether everybody sees it. Only its owner may take it back.
    pub is_shared: Option<bool>,
    /// Its place on its shelf, from 1; beyond the last it is the last.
    pub position: Option<usize>,
}

impl ViewPatch {
    /// The view with the change made; its place is not a part of it. `None`: `viewer` may not do that.
    pub fn apply(&self, view: &View, viewer: Viewer, at: Timestamp) -> Option<View> {
        if !viewer.may_change(view.shelf) {
            return None;
        }
        let mut changed = view.clone();
        if let Some(name) = &self.name {
            name.as_str().clone_into(&mut changed.name);
        }
        if let Some(query) = &self.query {
            query.as_str().clone_into(&mut changed.query);
        }
        match (self.is_shared, view.shelf) {
            (Some(true), Shelf::Personal(owner)) => changed.shelf = Shelf::Shared(Some(owner)),
            (Some(false), Shelf::Shared(owner)) => {
                let owner = owner.filter(|_| owner == viewer.account)?;
                changed.shelf = Shelf::Personal(owner);
            }
            _ => {}
        }
        if changed != *view {
            changed.version += 1;
            changed.updated_at = at.max(view.updated_at);
        }
        Some(changed)
    }
}

/// What became of a change or a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It is done.
    Done(T),
    /// There is no such view, or none that they may know of.
    Missing,
    /// They see it and may not do this to it.
    Forbidden,
}

/// A view's name: a line of text, trimmed, not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewName(String);

impl ViewName {
    /// Trims and checks `raw`.
    ///
    /// # Errors
    /// What is wrong, in words for the person who wrote it.
    pub fn parse(raw: &str) -> Result<Self, Vec<String>> {
        let name = raw.trim();
        if name.is_empty() {
            return Err(vec!["must not be blank".to_owned()]);
        }
        if name.chars().count() > NAME_MAX_CHARS {
            return Err(vec![format!("must have at most {NAME_MAX_CHARS} characters")]);
        }
        if name.contains(char::is_control) {
            return Err(vec!["must not contain control characters".to_owned()]);
        }
        Ok(Self(name.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `shelf` with the view `id` moved to `position`, from 1.
pub fn moved(mut shelf: Vec<i64>, id: i64, position: usize) -> Vec<i64> {
    shelf.retain(|other| *other != id);
    shelf.insert(position.saturating_sub(1).min(shelf.len()), id);
    shelf
}

/// Whether a view is still at the version that somebody knows, if they said which.
///
/// # Errors
/// `Stale` if it is not.
pub fn check_version(view: &View, expected: Option<i64>) -> Result<()> {
    match expected {
        Some(version) if version != view.version => Err(Error::Stale { current: view.version }),
        _ => Ok(()),
    }
}

/// The conflict of one view too many.
pub fn shelf_is_full(shelf: Shelf) -> Error {
    let whose = if shelf.is_shared() { "shared" } else { "personal" };
    let text = format!("there are {SHELF_MAX} {whose} views, as many as may be; delete one first");
    Error::Conflict(Faults::of("is_shared", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: i64 = 1;

    fn viewer(account: Option<i64>, is_admin: bool, is_open: bool) -> Viewer {
        Viewer { account, is_admin, is_open }
    }

    fn view(shelf: Shelf) -> View {
        View {
            id: 7,
            name: "Mine".into(),
            query: "status=open".into(),
            shelf,
            owner_name: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn each_may_do_what_the_table_says() {
        let everybody = [
            viewer(Some(ADA), false, false),
            viewer(Some(2), false, false),
            viewer(Some(3), true, false),
            viewer(None, false, true),
            viewer(Some(2), false, true),
        ];
        // in the order of `everybody`; s: sees, c: may also change
        for (shelf, expected) in [
            (Shelf::Personal(ADA), "c----"),
            (Shelf::Shared(Some(ADA)), "cscss"),
            (Shelf::Shared(None), "ssccc"),
        ] {
            let may = everybody.iter().take(expected.len()).map(|one| {
                match (one.sees(shelf), one.may_change(shelf)) {
                    (true, true) => 'c',
                    (true, false) => 's',
                    (false, false) => '-',
                    (false, true) => '!',
                }
            });
            assert_eq!(may.collect::<String>(), expected, "{shelf:?}");
        }
    }

    #[test]
    fn only_the_owner_takes_back_what_is_shared() {
        let shared = view(Shelf::Shared(Some(ADA)));
        let back = ViewPatch { is_shared: Some(false), ..ViewPatch::default() };
        let at = Timestamp::UNIX_EPOCH;
        let taken = back.apply(&shared, viewer(Some(ADA), false, false), at).unwrap();
        assert_eq!((taken.shelf, taken.version), (Shelf::Personal(ADA), 2));
        assert_eq!(back.apply(&shared, viewer(Some(3), true, false), at), None);
        let orphan = view(Shelf::Shared(None));
        assert_eq!(back.apply(&orphan, viewer(None, false, true), at), None);
    }

    #[test]
    fn what_changes_nothing_is_no_new_version() {
        let mine = view(Shelf::Personal(ADA));
        let same = ViewPatch {
            name: Some(ViewName::parse(" Mine ").unwrap()),
            is_shared: Some(false),
            ..ViewPatch::default()
        };
        let later = Timestamp::from_second(9).unwrap();
        assert_eq!(same.apply(&mine, viewer(Some(ADA), false, false), later), Some(mine));
    }

    #[test]
    fn a_view_is_moved_among_the_others() {
        assert_eq!(moved(vec![1, 2, 3], 3, 1), [3, 1, 2]);
        assert_eq!(moved(vec![1, 2, 3], 1, 2), [2, 1, 3]);
        assert_eq!(moved(vec![1, 2, 3], 1, 9), [2, 3, 1]);
    }

    #[test]
    fn a_name_is_a_line_of_text() {
        assert_eq!(ViewName::parse(" Overdue ").unwrap().as_str(), "Overdue");
        for bad in [" ", "a\nb", &"x".repeat(61)] {
            assert!(ViewName::parse(bad).is_err(), "{bad}");
        }
    }
}
