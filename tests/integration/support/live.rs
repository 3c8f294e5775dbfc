//! A client of live events.

use serde_json::Value;

use super::{server::TestServer, wire::soon};

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub id: Option<String>,
    pub data: Value,
}

/// An open stream.
pub struct LiveStream {
    response: reqwest::Response,
    read: String,
    /// The last `id` that came.
    pub position: Option<String>,
    comments: usize,
}

impl LiveStream {
    /// Opens one, from a position where one is given.
    pub async fn open(server: &TestServer, position: Option<&str>) -> Self {
        let mut request = server.request("GET", "/api/events/");
        if let Some(position) = position {
            request = request.header("last-event-id", position);
        }
        Self::of(request).await
    }

    /// Opens the one that is asked for.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = soon("a stream", request.send()).await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"));
        Self { response, read: String::new(), position: None, comments: 0 }
    }

    /// The next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Event> {
        soon("an event", async {
            loop {
                let block = self.block().await?;
                if let Some(event) = self.parse(&block) {
                    return Some(event);
                }
            }
        })
        .await
    }

    /// Waits for the next comment, and skips the events before it.
    pub async fn heartbeat(&mut self) {
        let before = self.comments;
        soon("a heartbeat", async {
            while self.comments == before {
                let block = self.block().await.expect("the stream goes on");
                self.parse(&block);
            }
        })
        .await;
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.read.find("\n\n") {
                return Some(self.read.drain(..end + 2).collect());
            }
            let bytes = self.response.chunk().await.ok()??;
            self.read.push_str(std::str::from_utf8(&bytes).expect("whole characters"));
        }
    }

    /// The next event that is about a ticket.
    pub async fn next_of_ticket(&mut self) -> Event {
        loop {
            let event = self.next().await.expect("the stream goes on");
            if event.name.starts_with("ticket.") {
                return event;
            }
        }
    }

    fn parse(&mut self, block: &str) -> Option<Event> {
        let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
        self.comments += usize::from(block.starts_with(':'));
        let id = field("id: ").map(str::to_owned);
        if id.is_some() {
            self.position.clone_from(&id);
        }
        let data = serde_json::from_str(field("data: ")?).expect("JSON");
        Some(Event { name: field("event: ")?.to_owned(), id, data })
    }
}
