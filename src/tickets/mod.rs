//! Tickets: the types and the pure rules. Nothing here is async, knows HTTP or a database.

mod rules;
mod word;

pub use rules::{
    DESCRIPTION_MAX_CHARS, TITLE_MAX_CHARS, WHITE_SPACE, description_faults, title_faults,
};
pub use word::{Category, Priority, Source, Status};
