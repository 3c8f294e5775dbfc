//! What filing a ticket asks the classifier, how long it waits, and what is kept of it.

use std::{sync::Arc, time::Duration};

use crate::{
    classify::{Answer, Suggested, TicketText},
    http::App,
    tickets::{Occasion, TicketSuggestion},
};

/// How long filing a ticket waits for a suggestion that it was not given. What comes later still
/// improves the ticket, but nobody waits for it.
const SUGGESTION_PATIENCE: Duration = Duration::from_millis(300);

/// What there is to go by when a ticket is filed.
pub struct Advice {
    /// The answer, or what the embedded classifier says meanwhile.
    pub now: Option<TicketSuggestion>,
    /// The task that still waits for the answer.
    pub later: Option<tokio::task::JoinHandle<Option<Answer>>>,
}

/// The suggestion that the form had shown, if it was ours.
pub fn shown(app: &App, id: &str, text: &TicketText) -> Option<TicketSuggestion> {
    if app.classification.is_off() {
        return None;
    }
    let outgoing = || app.classification.outgoing(text);
    app.receipts.redeem(id, text, outgoing, app.clock.now()).map(TicketSuggestion::shown)
}

pub async fn suggest(app: &Arc<App>, text: TicketText) -> Advice {
    let classification = app.classification.clone();
    let question = text.clone();
    let mut task = tokio::spawn(async move { classification.choose(&question).await.ok() });
    let kept = |answer: Answer| kept(app, Occasion::Filing, answer);
    match tokio::time::timeout(SUGGESTION_PATIENCE, &mut task).await {
        Ok(answer) => Advice { now: answer.ok().flatten().map(kept), later: None },
        Err(_) => {
            let now = app.classification.at_once(&text).await;
            Advice { now: now.map(kept), later: Some(task) }
        }
    }
}

/// Improves a filed ticket once its suggestion is there. A server that ends meanwhile leaves the
/// ticket as it was acknowledged.
pub fn refine_later(
    app: Arc<App>,
    id: i64,
    late: tokio::task::JoinHandle<Option<Answer>>,
    beside: impl FnOnce(TicketSuggestion) -> TicketSuggestion + Send + 'static,
) {
    tokio::spawn(async move {
        let Ok(Some(answer)) = late.await else { return };
        if answer.degraded {
            return; // what the embedded classifier says, the ticket has already
        }
        let suggestion = beside(kept(&app, Occasion::Late, answer));
        if let Err(error) = app.store.refine_ticket(id, suggestion, app.clock.now()).await {
            tracing::warn!(%error, ticket.id = id, "a late suggestion was lost");
        }
    });
}

fn kept(app: &App, occasion: Occasion, answer: Answer) -> TicketSuggestion {
    let suggested = Suggested::new(&answer, app.clock.now());
    TicketSuggestion::new(occasion, suggested, answer.sent)
}
