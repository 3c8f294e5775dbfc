//! Server-sent events as bytes.

use std::fmt::Write as _;

use axum::body::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

use super::POSITION_MAX;
use crate::live::{LogEntry, LogKind, LogPosition, Snapshot, TicketHead};

/// How long a client waits before it comes again, in milliseconds.
const RETRY: u32 = 2_000;

/// The `data` of an event about a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiveEvent<'a> {
    /// The ticket's.
    #[schema(example = 17)]
    id: i64,
    /// The ticket's, after the event; of a deleted ticket its last.
    #[schema(example = 3)]
    version: i64,
    /// The ticket as it is now, perhaps at a later version; left out where it is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a TicketHead>,
}

/// Events one after the other.
#[derive(Default)]
pub struct Frames(String);

impl Frames {
    /// When to come again.
    pub fn retry(&mut self) {
        let _ = write!(self.0, "retry: {RETRY}\n\n");
    }

    /// The first event.
    pub fn ready(&mut self, now: &Snapshot) {
        self.frame("ready", Some(now.clone().into()), "{}");
    }

    /// What is shown is to be loaded again.
    pub fn reset(&mut self, now: Option<&Snapshot>) {
        self.frame("reset", now.map(|now| now.clone().into()), "{}");
    }

    /// Statistics have changed.
    pub fn stats(&mut self) {
        self.frame("stats", None, "{}");
    }

    /// What is new at `now` after a position; `false` if that is nothing.
    pub fn resume(
        &mut self,
        position: LogPosition,
        entries: Vec<LogEntry>,
        now: &Snapshot,
    ) -> bool {
        let (mut rest, mut later): (Vec<_>, Vec<_>) = (Vec::new(), entries.iter().collect());
        let mut seen = position.seen;
        if let Some((partly, id)) = position.partly {
            // first the rest of the part that it broke off in
            (rest, later) = later.into_iter().partition(|entry| partly.has(entry.transaction));
            rest.retain(|entry| entry.id > id);
            self.entries(&seen, &partly, &rest);
            seen = partly;
        }
        self.entries(&seen, now, &later);
        !rest.is_empty() || !later.is_empty()
    }

    /// All that `now` has and `seen` has not.
    pub fn entries(&mut self, seen: &Snapshot, now: &Snapshot, entries: &[&LogEntry]) {
        for (n, entry) in entries.iter().enumerate() {
            let position = if n + 1 == entries.len() {
                now.clone().into()
            } else {
                LogPosition { seen: seen.clone(), partly: Some((now.clone(), entry.id)) }
            };
            let name = match entry.kind {
                LogKind::Created => "ticket.created",
                LogKind::Changed => "ticket.changed",
                LogKind::Deleted => "ticket.deleted",
            };
            let data = LiveEvent {
                id: entry.ticket_id,
                version: entry.version,
                ticket: entry.ticket.as_ref(),
            };
            // such a value has a spelling, always
            self.frame(name, Some(position), &serde_json::to_string(&data).unwrap_or_default());
        }
    }

    /// All of them.
    pub fn into_bytes(self) -> Bytes {
        self.0.into()
    }

    /// `None`: there are none.
    pub fn into_some_bytes(self) -> Option<Bytes> {
        (!self.0.is_empty()).then(|| self.into_bytes())
    }

    fn frame(&mut self, name: &str, position: Option<LogPosition>, data: &str) {
        let _ = writeln!(self.0, "event: {name}");
        // without one, a client keeps the id before, and meets some events twice if it resumes there
        let id = position.map(|position| position.to_string());
        if let Some(id) = id.filter(|id| id.len() <= POSITION_MAX) {
            let _ = writeln!(self.0, "id: {id}");
        }
        let _ = write!(self.0, "data: {data}\n\n");
    }
}

/// A comment, which shows that the stream lives.
pub fn heartbeat() -> Bytes {
    Bytes::from_static(b": alive\n\n")
}
