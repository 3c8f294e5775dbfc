//! For whom a source is asked.

use crate::word::words;

words! {
    /// For whom a source is asked.
    ModelRole {
        /// For people: what it says is shown to them, or set on their ticket.
        Shown = "shown",
        /// For a comparison alone: nobody is shown what it says.
        Shadow = "shadow",
    }
}
