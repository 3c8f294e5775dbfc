//! Live events over HTTP: a stream of server-sent events.

mod frame;

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast},
    time::{Interval, MissedTickBehavior, interval_at},
};

use self::frame::Frames;
pub use self::frame::LiveEvent;
use super::{
    LogPart, LogPosition, Snapshot,
    follow::{ENTRIES_MAX, News},
};
use crate::{
    auth::identity::{Identity, Proof},
    error::Result,
    http::{App, problem::Problem},
};

/// Longest `Last-Event-ID` that is read, in bytes; ours are shorter or not sent.
pub const POSITION_MAX: usize = 4_096;

/// What happens to tickets, as it happens, on whichever server of the same database: server-sent events.
///
/// `ticket.created` and `ticket.changed` have the ticket's id, the version after the event and the ticket as
/// it is now, without its description; `ticket.deleted` has id and last version. `stats` says that
/// statistics are others than before, each second at most. `ready` is the first event: what is loaded after
/// it misses nothing. `reset` says that more happened than is told: load what you show again. Each
/// event's `id`, sent back as `Last-Event-ID`, resumes just after it, on any of the servers; none is missed
/// and none comes twice. A comment comes each 15 seconds. The stream ends with the session or token, with
/// the server, and, after a `reset`, for who reads too slowly.
#[utoipa::path(get, path = "/api/events/", tag = "tickets",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last `id` that was received")),
    responses(
        (status = 200, body = LiveEvent, content_type = "text/event-stream",
            description = "Events without an end; the body is one's `data`"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_events(
    State(app): State<Arc<App>>,
    identity: Identity,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = app.live.place()?;
    let news = app.live.listen().await?;
    let (frames, seen) = opening(&app, &headers).await?;
    let proof = Proof::of(&identity, &headers);
    let stream = Stream {
        pulse: pulse(app.limits.heartbeat),
        app,
        proof,
        news,
        seen,
        ready: Some(frames.into_bytes()),
        is_over: false,
        _place: place,
    };
    let body = stream::unfold(stream, |mut stream| async move {
        let bytes = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(bytes), stream))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // proxies that collect answers before they pass them on
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// What a stream begins with, and how far that comes.
async fn opening(app: &App, headers: &HeaderMap) -> Result<(Frames, Snapshot)> {
    let mut frames = Frames::default();
    frames.retry();
    let Some(last) = headers.get("last-event-id").filter(|last| !last.is_empty()) else {
        let now = app.store.log_end().await?;
        frames.ready(&now);
        return Ok((frames, now));
    };
    let last = last.to_str().ok().filter(|last| last.len() <= POSITION_MAX);
    if let Some(position) = last.and_then(|last| last.parse::<LogPosition>().ok())
        && let Some(LogPart { entries, now, is_too_much: false }) =
            app.store.log_since(&position.seen, ENTRIES_MAX).await?
    {
        let has_news = frames.resume(position, entries, &now);
        if has_news {
            frames.stats();
        }
        return Ok((frames, now));
    }
    let now = app.store.log_end().await?;
    frames.reset(Some(&now));
    Ok((frames, now))
}

fn pulse(every: Duration) -> Interval {
    let mut pulse = interval_at(tokio::time::Instant::now() + every, every);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pulse
}

/// One who listens.
struct Stream {
    app: Arc<App>,
    proof: Proof,
    news: broadcast::Receiver<Arc<News>>,
    /// What it was told, or was there before it came.
    seen: Snapshot,
    ready: Option<Bytes>,
    is_over: bool,
    pulse: Interval,
    _place: OwnedSemaphorePermit,
}

impl Stream {
    /// What is sent next; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        if self.is_over {
            return None;
        }
        if let Some(ready) = self.ready.take() {
            return Some(ready);
        }
        loop {
            let ending = self.app.live.ending.clone();
            tokio::select! {
                biased;
                () = ending.cancelled() => return None,
                _ = self.pulse.tick() => {
                    // a database that does not answer now has nothing to tell either
                    if let Ok(false) = self.proof.is_good(&self.app).await {
                        return None;
                    }
                    return Some(frame::heartbeat());
                }
                news = self.news.recv() => {
                    let Ok(news) = news else { return Some(self.cut_off()) };
                    if let Some(bytes) = self.tell(&news) {
                        return Some(bytes);
                    }
                }
            }
        }
    }

    fn tell(&mut self, news: &News) -> Option<Bytes> {
        let mut frames = Frames::default();
        if news.is_reset {
            frames.reset(Some(&news.now));
            self.seen = news.now.clone();
        } else if self.seen.is_within(&news.now) {
            if !news.since.is_within(&self.seen) {
                return Some(self.cut_off()); // a part is missing
            }
            let entries = news.entries.iter().filter(|entry| !self.seen.has(entry.transaction));
            let entries: Vec<_> = entries.collect();
            frames.entries(&self.seen, &news.now, &entries);
            self.seen = news.now.clone();
        }
        if news.is_hint {
            frames.stats();
        }
        frames.into_some_bytes()
    }

    /// The last event of who cannot be told everything. It has no `id`: who comes again resumes if they can.
    fn cut_off(&mut self) -> Bytes {
        self.is_over = true;
        let mut frames = Frames::default();
        frames.reset(None);
        frames.into_bytes()
    }
}
