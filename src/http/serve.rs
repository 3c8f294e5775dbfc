//! The accept loop. It does what `axum::serve` leaves out: a bound on connections, and deadlines for
//! clients that connect and say nothing or speak very slowly.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, extract::Request};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::{
    stall::{Stalling, UnderWay},
    trailing_slash,
};

/// What clients may take of the server. No setting: the defaults are right behind a proxy and
/// without one; tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections that are open at the same time; more wait to be accepted.
    pub connections: usize,
    /// Longest time until a connection's first byte.
    pub first_byte: Duration,
    /// Longest time a request's head may take to arrive; also how long a kept connection may idle.
    pub head: Duration,
    /// Longest time a request's body may take to arrive.
    pub body: Duration,
    /// Longest time a client may take nothing of its answer.
    pub write: Duration,
    /// How often a stream of live events shows that it lives, and is asked whether it still may.
    pub heartbeat: Duration,
    /// Longest time requests under way may take once the server is told to end.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            first_byte: Duration::from_secs(10),
            head: Duration::from_secs(30),
            body: Duration::from_secs(15),
            write: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            drain: Duration::from_secs(20),
        }
    }
}

/// Serves until `shutdown`, then finishes what is under way. Returns at most `limits.drain` after
/// that, with every connection closed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let over = CancellationToken::new();
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            () = shutdown.cancelled() => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // out of file descriptors, or a client that is gone again: neither is for ever
                tracing::warn!(%error, "cannot accept a connection");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let watcher = graceful.watcher();
        let router = router.clone();
        let (shutdown, over) = (shutdown.clone(), over.clone());
        tokio::spawn(async move {
            let _place = place;
            // a look at the byte, since `readable()` may be mistaken
            let mut byte = [0];
            let speaks = tokio::select! {
                seen = timeout(limits.first_byte, stream.peek(&mut byte)) => matches!(seen, Ok(Ok(1))),
                () = shutdown.cancelled() => false,
            };
            if speaks {
                let observe = |connection| watcher.watch(connection);
                tokio::select! {
                    () = answer(stream, peer, router, limits, observe) => {}
                    () = over.cancelled() => {}
                }
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = sleep(limits.drain) => {
            tracing::warn!("ended with requests still under way");
            // what they do in the database is given up too, which closing that waits for
            over.cancel();
        }
    }
}

async fn answer<F>(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    observe: impl FnOnce(Connection) -> F,
) where
    F: Future<Output = Result<(), Box<dyn std::error::Error + Send + Sync>>>,
{
    let _ = stream.set_nodelay(true);
    let (under_way, mut watched) = UnderWay::new();
    let stream = TokioIo::new(Stalling::new(stream, limits.write, under_way.clone()));
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let turn = under_way.turn();
        let mut request = trailing_slash::complete(request.map(Body::new));
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = router.clone().oneshot(request);
        async move {
            let response = response.await?;
            Ok(response.map(|body| {
                Body::new(body.map_err(move |error| {
                    let _kept_until_the_body_is_gone = &turn;
                    error
                }))
            }))
        }
    });
    let service: Service = TowerToHyperService::new(tower::util::BoxCloneSyncService::new(service));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(20))
        .max_concurrent_streams(100);
    let connection = builder.serve_connection(stream, service).into_owned();
    // hyper's own deadline for a head starts once it knows which HTTP is spoken, and a client that
    // stops after the `P` that `POST` and HTTP/2's preface begin with never tells. HTTP/2 has none.
    let idle = async {
        while watched.wait_for(|turns| *turns == 0).await.is_ok()
            && timeout(limits.head, watched.changed()).await.is_ok()
        {}
    };
    tokio::select! {
        ended = observe(connection) => if let Err(error) = ended {
            tracing::debug!(error, %peer, "a connection broke off");
        },
        () = idle => tracing::debug!(%peer, "a connection asked for nothing in time"),
    }
}

type Service = TowerToHyperService<
    tower::util::BoxCloneSyncService<Request<Incoming>, axum::response::Response, Infallible>,
>;

type Connection = auto::Connection<'static, TokioIo<Stalling<TcpStream>>, Service, TokioExecutor>;
