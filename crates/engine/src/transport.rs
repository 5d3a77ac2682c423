//! How bytes reach the server: one trait, so that tests put a hostile network in its place.
//!
//! Owns addresses, the HTTP API's requests and answers, and sockets as streams of text. Decides nothing about when
//! to connect; never follows a redirect to another host and never sends a token over an unprotected line.

mod address;
pub(crate) mod api;
mod net;
mod socket;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};

pub use address::{InvalidAddress, ServerAddress};
pub use net::NetTransport;
pub use socket::{Incoming, Socket, SocketError, SocketSink, SocketStream, from_websocket};

/// The largest answer that is read, in bytes.
pub const ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Why nothing came back, or nothing usable.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No connection, or it broke.
    #[error("the server cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Nothing came for longer than the call may be silent.
    #[error("no answer in time")]
    Silent,
    /// The certificate is not trusted.
    #[error("the server's certificate is not trusted")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A WebSocket handshake was answered by something else.
    #[error("the socket was refused with status {}", .0.status())]
    Refused(Box<http::Response<Bytes>>),
    /// The answer is larger than [`ANSWER_BYTES`].
    #[error("the answer is too large")]
    TooLarge,
}

/// An answer as it comes.
pub type Pieces = BoxStream<'static, Result<Bytes, TransportError>>;

/// A way to the server.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// One request with its whole answer, whatever its status. A long answer over a slow line may take its time, but
    /// never be silent for longer than `silence`.
    ///
    /// # Errors
    /// When there is no answer.
    async fn request(
        &self,
        request: http::Request<Bytes>,
        silence: Duration,
    ) -> Result<http::Response<Bytes>, TransportError>;

    /// One request whose answer comes piece by piece and may be of any size.
    ///
    /// # Errors
    /// When there is no answer; its pieces say when it breaks off.
    async fn download(
        &self,
        request: http::Request<Bytes>,
        silence: Duration,
    ) -> Result<http::Response<Pieces>, TransportError> {
        let answer = self.request(request, silence).await?;
        Ok(answer.map(|body| stream::once(async { Ok(body) }).boxed()))
    }

    /// A WebSocket; the request's URL has the scheme `ws` or `wss`.
    ///
    /// # Errors
    /// When it does not open.
    async fn socket(&self, request: http::Request<()>) -> Result<Socket, TransportError>;
}
