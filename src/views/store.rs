//! The contract of keeping views. The rules of `tickets/store.rs` hold here too.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{NewView, Outcome, View, ViewPatch, Viewer};
use crate::error::Result;

/// Keeps views.
#[async_trait]
pub trait ViewStore: Send + Sync {
    /// Those that `account` sees, in their order: those that everybody sees, then its own.
    async fn views(&self, account: Option<i64>) -> Result<Vec<View>>;

    /// One view; `None` if there is none with this id that `viewer` sees.
    async fn view(&self, id: i64, viewer: Viewer) -> Result<Option<View>>;

    /// Keeps a view, the last of its shelf.
    ///
    /// # Errors
    /// `Conflict` if the shelf has [`super::SHELF_MAX`] views.
    async fn create_view(&self, new: NewView) -> Result<View>;

    /// Changes a view, as far as `viewer` may, and returns it; all of the patch or nothing. One that goes to
    /// the other shelf is the last there. With `expected`, only if it is still at that version.
    ///
    /// # Errors
    /// `Stale` if it is not; `Conflict` if the other shelf is full.
    async fn change_view(
        &self,
        id: i64,
        patch: ViewPatch,
        expected: Option<i64>,
        viewer: Viewer,
        at: Timestamp,
    ) -> Result<Outcome<View>>;

    /// Deletes a view, if `viewer` may. With `expected`, only if it is still at that version.
    ///
    /// # Errors
    /// `Stale` if it is not.
    async fn delete_view(
        &self,
        id: i64,
        expected: Option<i64>,
        viewer: Viewer,
    ) -> Result<Outcome<()>>;
}
