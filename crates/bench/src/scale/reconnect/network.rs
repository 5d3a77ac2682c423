//! The clients' way to their server: the engine's own transport, with every failure noted.

use std::error::Error as StdError;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_core::sync::SocketEnd;
use bedside_engine::transport::{NetTransport, ServerAddress, Socket, Transport, TransportError};
use bedside_protocol::{ErrorCode, Problem};
use http::{Request, Response, header};
use tokio_tungstenite::tungstenite::Bytes;

/// Longest silence of an answer, as the app has it.
const ANSWER_DUE: Duration = Duration::from_secs(30);

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// Nobody listened.
    Refused,
    /// The connection broke, or nothing came in time.
    Broken,
    /// The server answered with this status; on a socket, with an error of this status.
    Status(u16),
}

/// All clients' network.
pub(super) struct Network {
    transport: NetTransport,
    server: ServerAddress,
    failures: Mutex<Vec<(Instant, Failed)>>,
}

impl Network {
    pub(super) fn to(address: SocketAddr) -> Result<Self> {
        let server = format!("http://{address}").parse()?;
        Ok(Network { transport: NetTransport::new()?, server, failures: Mutex::default() })
    }

    /// Opens an account's socket.
    pub(super) async fn socket(&self, token: &str) -> Result<Socket, SocketEnd> {
        let request =
            Request::builder().uri(self.server.ws("/ws/feed/")).header(header::AUTHORIZATION, bearer(token));
        let request = websocket(request).map_err(|_| SocketEnd::Lost)?;
        match self.transport.socket(request).await {
            Ok(socket) => Ok(socket),
            Err(TransportError::Refused(answer)) => {
                self.note(Failed::Status(answer.status().as_u16()));
                Err(meaning(&answer))
            }
            Err(error) => {
                self.note(kind(&error));
                Err(SocketEnd::Lost)
            }
        }
    }

    /// Asks for something.
    pub(super) async fn get(
        &self,
        token: &str,
        path: &str,
        wait: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let request = Request::get(self.server.http(path))
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, bearer(token))
            .body(Bytes::new())
            .map_err(|error| TransportError::Unreachable(Box::new(error)))?;
        let answer = self.transport.request(request, ANSWER_DUE + wait).await;
        match &answer {
            Ok(answer) if !answer.status().is_success() => {
                self.note(Failed::Status(answer.status().as_u16()))
            }
            Ok(_) => {}
            Err(error) => self.note(kind(error)),
        }
        answer
    }

    pub(super) fn note(&self, failed: Failed) {
        self.lock().push((Instant::now(), failed));
    }

    /// Takes what has failed since the last time.
    pub(super) fn take_failures(&self) -> Vec<(Instant, Failed)> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Instant, Failed)>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Completes the request of a socket.
fn websocket(request: http::request::Builder) -> Result<Request<()>> {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let request = request.body(())?;
    let mut complete = request.uri().to_string().into_client_request()?;
    complete.headers_mut().extend(request.headers().clone());
    Ok(complete)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn meaning(answer: &Response<Bytes>) -> SocketEnd {
    match serde_json::from_slice::<Problem>(answer.body()).map(|problem| problem.code) {
        Ok(ErrorCode::Unauthenticated) => SocketEnd::Unauthenticated,
        Ok(ErrorCode::UpgradeRequired) => SocketEnd::Incompatible,
        _ => SocketEnd::Lost,
    }
}

fn kind(error: &TransportError) -> Failed {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(error) = current.downcast_ref::<std::io::Error>()
            && error.kind() == std::io::ErrorKind::ConnectionRefused
        {
            return Failed::Refused;
        }
        cause = current.source();
    }
    Failed::Broken
}
