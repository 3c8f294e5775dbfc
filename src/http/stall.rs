//! A stream whose other end must go on reading: a client that asks for much and takes nothing would
//! keep its place, and its answer in memory, for ever.

use std::{
    future::Future as _,
    io::{Error, ErrorKind, IoSlice, Result},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::watch,
    time::{Instant, Sleep, sleep},
};

/// A stream that fails once nothing could be written to it for so long.
pub struct Stalling<S> {
    stream: S,
    patience: Duration,
    under_way: UnderWay,
    stalled: Option<Pin<Box<Sleep>>>,
}

/// Largest write that is no part of an answer, in bytes: HTTP/2's pings and the like, which go to and
/// fro on a connection that nobody uses.
const PING_MAX: usize = 64;

/// How many requests a connection is busy with, and a stir each time that some of an answer left.
#[derive(Clone)]
pub struct UnderWay(watch::Sender<usize>);

/// One request, until it is dropped.
pub struct Turn(UnderWay);

impl UnderWay {
    /// Nothing so far, and a way to see when that changes.
    pub fn new() -> (Self, watch::Receiver<usize>) {
        let (sender, receiver) = watch::channel(0);
        (Self(sender), receiver)
    }

    /// Begins a request.
    pub fn turn(&self) -> Turn {
        self.0.send_modify(|turns| *turns += 1);
        Turn(self.clone())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.send_modify(|turns| *turns -= 1);
    }
}

impl<S> Stalling<S> {
    /// Wraps `stream`.
    pub fn new(stream: S, patience: Duration, under_way: UnderWay) -> Self {
        Self { stream, patience, under_way, stalled: None }
    }

    fn note(&self, written: &Poll<Result<usize>>) {
        if matches!(written, Poll::Ready(Ok(length)) if *length > PING_MAX) {
            self.under_way.0.send_modify(|_| {});
        }
    }

    /// Passes on how a write went, or fails when it has been stalled for too long.
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(stalled.as_mut().poll(context));
        stalled.as_mut().reset(Instant::now() + patience);
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the client takes nothing")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stalling<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stalling<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(&written);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.note(&written);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, shut)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_reader_may_be_slow_and_may_not_stop() {
        let (under_way, _) = UnderWay::new();
        let (near, mut far) = duplex(4);
        let mut near = Stalling::new(near, Duration::from_secs(30), under_way.clone());
        let writing = tokio::spawn(async move { near.write_all(b"eight by").await });
        sleep(Duration::from_secs(29)).await;
        far.read_exact(&mut [0; 4]).await.unwrap();
        writing.await.unwrap().unwrap();

        let (near, _far) = duplex(4);
        let mut near = Stalling::new(near, Duration::from_secs(30), under_way);
        let begin = Instant::now();
        let stalled = near.write_all(b"eight by").await.unwrap_err();
        assert_eq!(stalled.kind(), ErrorKind::TimedOut);
        assert_eq!(begin.elapsed().as_secs(), 30);
    }

    #[tokio::test]
    async fn an_answer_stirs_and_a_ping_does_not() {
        let (under_way, mut watched) = UnderWay::new();
        let (near, _far) = duplex(1024);
        let mut near = Stalling::new(near, Duration::from_secs(30), under_way.clone());
        near.write_all(&[0; 17]).await.unwrap();
        assert!(!watched.has_changed().unwrap());
        near.write_all(&[0; 500]).await.unwrap();
        assert!(watched.has_changed().unwrap());
        let turn = under_way.turn();
        assert_eq!(*watched.borrow_and_update(), 1);
        drop(turn);
        assert_eq!(*watched.borrow_and_update(), 0);
    }
}
