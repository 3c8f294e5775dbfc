//! A connection on which a test sends the bytes it likes, when it likes.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// Longest wait for anything. Shorter than the server's own deadlines, so that a test which
/// shortens one and sees it in force has seen just that.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// What `event` comes to, or a failed test.
pub async fn soon<T>(what: &str, event: impl Future<Output = T>) -> T {
    timeout(PATIENCE, event).await.unwrap_or_else(|_| panic!("in time: {what}"))
}

/// One connection.
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Wire {
    pub async fn open(address: SocketAddr) -> Self {
        let stream = soon("a connection", TcpStream::connect(address)).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, read: Vec::new() }
    }

    /// One whose system keeps little of what is not read.
    pub async fn open_narrow(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(65_536).expect("a small buffer");
        let stream = soon("a connection", socket.connect(address)).await.expect("a connection");
        Self { stream, read: Vec::new() }
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes).await.expect("bytes are taken");
    }

    /// `Err` once the server has closed.
    pub async fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.stream.write_all(bytes.as_ref()).await
    }

    /// The next whole answer: its head in lower case, and its body.
    pub async fn answer(&mut self) -> (String, String) {
        soon("an answer", async {
            let head = loop {
                if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                    break self.take(end + 4);
                }
                assert!(self.fill().await, "closed within a head: {:?}", self.read);
            };
            let head = head.to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().expect("a length"));
            while self.read.len() < length {
                assert!(self.fill().await, "closed within a body");
            }
            (head, self.take(length))
        })
        .await
    }

    /// Waits until the server closes, and returns what it said before.
    pub async fn closed(mut self) -> String {
        soon("the end", async { while self.fill().await {} }).await;
        String::from_utf8_lossy(&self.read).to_lowercase()
    }

    /// Whether the server has said nothing so far, and has not closed.
    pub fn is_silent(&self) -> bool {
        let nothing = self.stream.try_read(&mut [0; 1]);
        self.read.is_empty()
            && nothing.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    fn take(&mut self, length: usize) -> String {
        String::from_utf8(self.read.drain(..length).collect()).expect("text")
    }

    /// Reads some more. `false`: the server has closed.
    async fn fill(&mut self) -> bool {
        matches!(self.stream.read_buf(&mut self.read).await, Ok(1..))
    }
}
