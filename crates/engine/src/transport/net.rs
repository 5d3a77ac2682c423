//! The real network: reqwest for HTTP, tungstenite for the socket, both over rustls with the system's trust.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, StreamExt};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::{Connector, client_async_tls_with_config};

use super::socket::{self, Socket, from_websocket};
use super::{ANSWER_BYTES, Pieces, Transport, TransportError};

/// Longest wait for a connection, and again for the socket's handshake on it.
const CONNECT: Duration = Duration::from_secs(10);

/// The real network. One CryptoProvider has to be installed before.
#[derive(Clone)]
pub struct NetTransport {
    http: reqwest::Client,
    tls: Arc<ClientConfig>,
}

impl std::fmt::Debug for NetTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetTransport").finish_non_exhaustive()
    }
}

impl NetTransport {
    /// A transport that trusts what the system trusts.
    ///
    /// # Errors
    /// When the system's trust store cannot be used.
    pub fn new() -> Result<Self, TransportError> {
        let tls =
            ClientConfig::builder().with_platform_verifier().map_err(unreachable)?.with_no_client_auth();
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .pool_idle_timeout(Duration::from_secs(60))
            .user_agent(concat!("Bedside/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(unreachable)?;
        Ok(NetTransport { http, tls: Arc::new(tls) })
    }
}

#[async_trait]
impl Transport for NetTransport {
    async fn request(
        &self,
        request: http::Request<Bytes>,
        silence: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(unreachable)?;
        let mut answer = within(silence, self.http.execute(request)).await?.map_err(classify)?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.extend(answer.headers().clone());
        }
        let mut body = BytesMut::new();
        while let Some(part) = within(silence, answer.chunk()).await?.map_err(classify)? {
            if body.len() + part.len() > ANSWER_BYTES {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&part);
        }
        response.body(body.freeze()).map_err(unreachable)
    }

    async fn download(
        &self,
        request: http::Request<Bytes>,
        silence: Duration,
    ) -> Result<http::Response<Pieces>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(unreachable)?;
        let answer = within(silence, self.http.execute(request)).await?.map_err(classify)?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.extend(answer.headers().clone());
        }
        let pieces = stream::try_unfold(answer, move |mut answer| async move {
            let piece = within(silence, answer.chunk()).await?.map_err(classify)?;
            Ok::<_, TransportError>(piece.map(|piece| (piece, answer)))
        });
        response.body(pieces.boxed()).map_err(unreachable)
    }

    async fn socket(&self, request: http::Request<()>) -> Result<Socket, TransportError> {
        let uri = request.uri();
        let secure = uri.scheme_str() == Some("wss");
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let tcp = within(CONNECT, TcpStream::connect((host, port))).await?.map_err(unreachable)?;
        tcp.set_nodelay(true).map_err(unreachable)?;
        let connector = if secure { Connector::Rustls(Arc::clone(&self.tls)) } else { Connector::Plain };
        let opening = client_async_tls_with_config(request, tcp, Some(socket::limits()), Some(connector));
        match within(CONNECT, opening).await? {
            Ok((socket, _)) => Ok(from_websocket(socket)),
            Err(error) => Err(refused(error)),
        }
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, TransportError> {
    tokio::time::timeout(limit, work).await.map_err(|_| TransportError::Silent)
}

/// A failed handshake; an HTTP answer is kept, it may be our server's word.
pub(crate) fn refused(error: WsError) -> TransportError {
    match error {
        WsError::Http(response) => {
            TransportError::Refused(Box::new(response.map(|body| Bytes::from(body.unwrap_or_default()))))
        }
        error => classify(error),
    }
}

fn unreachable(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    TransportError::Unreachable(error.into())
}

/// A certificate that is not trusted is told apart: a person has to hear of it.
fn classify(error: impl StdError + Send + Sync + 'static) -> TransportError {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&error);
    while let Some(current) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = current.downcast_ref() {
            return TransportError::Certificate(Box::new(error));
        }
        cause = within_io(current).or_else(|| current.source());
    }
    unreachable(error)
}

/// What an I/O error wraps; its `source` would pass that by and name the source of what is wrapped.
fn within_io<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    let inner = error.downcast_ref::<std::io::Error>()?.get_ref()?;
    Some(inner)
}
