//! What filing a ticket asks the classifier, and how long it waits.

use std::{sync::Arc, time::Duration};

use crate::{
    classify::{Suggestion, TicketText},
    http::App,
};

/// How long filing a ticket waits for a suggestion that it was not given. What comes later still
/// improves the ticket, but nobody waits for it.
const SUGGESTION_PATIENCE: Duration = Duration::from_millis(300);

/// What there is to go by when a ticket is filed.
pub struct Suggested {
    /// The answer, or what the embedded classifier says meanwhile.
    pub now: Option<Suggestion>,
    /// The task that still waits for the answer.
    pub later: Option<tokio::task::JoinHandle<Option<Suggestion>>>,
}

pub async fn suggest(app: &Arc<App>, text: TicketText) -> Suggested {
    let classification = app.classification.clone();
    let question = text.clone();
    let mut task = tokio::spawn(async move {
        classification.choose(&question).await.ok().map(|answer| answer.suggestion)
    });
    match tokio::time::timeout(SUGGESTION_PATIENCE, &mut task).await {
        Ok(answer) => Suggested { now: answer.ok().flatten(), later: None },
        Err(_) => Suggested { now: app.classification.at_once(&text).await, later: Some(task) },
    }
}

/// Improves a filed ticket once its suggestion is there. A server that ends meanwhile leaves the
/// ticket as it was acknowledged.
pub fn refine_later(app: Arc<App>, id: i64, late: tokio::task::JoinHandle<Option<Suggestion>>) {
    tokio::spawn(async move {
        let Ok(Some(suggestion)) = late.await else { return };
        if let Err(error) = app.store.refine_ticket(id, suggestion, app.clock.now()).await {
            tracing::warn!(%error, ticket.id = id, "a late suggestion was lost");
        }
    });
}
