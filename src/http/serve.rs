//! The accept loop. It does what `axum::serve` leaves out: a bound on connections, and deadlines for
//! clients that connect and say nothing or speak very slowly.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, extract::Request};
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

use super::trailing_slash;

/// Connections that are open at the same time; more wait to be accepted.
const CONNECTIONS_MAX: usize = 4096;

/// Longest time until a connection's first byte.
const FIRST_BYTE_DEADLINE: Duration = Duration::from_secs(10);

/// Longest time a request's head may take to arrive; also how long a kept connection may idle.
const HEAD_DEADLINE: Duration = Duration::from_secs(30);

/// Longest time requests under way may take once the server is told to end.
const DRAIN_DEADLINE: Duration = Duration::from_secs(20);

/// Serves until `shutdown`, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
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
        let shutdown = shutdown.clone();
        tokio::spawn(async move {
            let _place = place;
            let speaks = tokio::select! {
                ready = timeout(FIRST_BYTE_DEADLINE, stream.readable()) => matches!(ready, Ok(Ok(()))),
                () = shutdown.cancelled() => false,
            };
            if speaks {
                answer(stream, peer, router, |connection| watcher.watch(connection)).await;
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = sleep(DRAIN_DEADLINE) => tracing::warn!("ended with requests still under way"),
    }
}

async fn answer<F>(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    watch: impl FnOnce(auto::Connection<'static, TokioIo<TcpStream>, Service, TokioExecutor>) -> F,
) where
    F: Future<Output = Result<(), Box<dyn std::error::Error + Send + Sync>>>,
{
    let _ = stream.set_nodelay(true);
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = trailing_slash::complete(request.map(Body::new));
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let service: Service = TowerToHyperService::new(tower::util::BoxCloneSyncService::new(service));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_DEADLINE);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(20))
        .max_concurrent_streams(100);
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watch(connection).await {
        tracing::debug!(error, %peer, "a connection broke off");
    }
}

type Service = TowerToHyperService<
    tower::util::BoxCloneSyncService<Request<Incoming>, axum::response::Response, Infallible>,
>;
