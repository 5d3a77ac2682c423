//! One connection, whatever it runs over: TCP, TLS, or memory under test.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tower::ServiceExt;

use crate::app::App;
use crate::app::patient::Patient;
use crate::peer::PeerAddr;

/// A client that has not sent its request's head by then is dropped.
const HEAD_DEADLINE: Duration = Duration::from_secs(15);
/// Room for a request's head; hyper's default of 400 KiB would be a gift to an attacker.
const HEAD_BYTES: usize = 32 * 1024;

impl App {
    /// Speaks HTTP/1.1 (with WebSocket upgrades) over a byte stream until it ends or the server closes.
    pub async fn serve_connection<I>(&self, io: I, peer: PeerAddr)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        self.state.connections.track_future(self.converse(self.router(), io, peer)).await;
    }

    /// The same with the metrics, and nothing else.
    pub(crate) async fn serve_metrics_connection<I>(&self, io: I, peer: PeerAddr)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        self.state.connections.track_future(self.converse(self.metrics_router(), io, peer)).await;
    }

    async fn converse<I>(&self, router: Router, io: I, peer: PeerAddr)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(move |request| answer(router.clone(), peer, request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_DEADLINE)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(Patient::new(io)), service)
            .with_upgrades();
        let mut connection = std::pin::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.state.closing.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error = %error, "a connection broke");
        }
    }
}

async fn answer(
    router: Router,
    peer: PeerAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    router.oneshot(request).await
}
