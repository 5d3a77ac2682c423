//! The real network to several servers, as a load balancer offers them: each request and each socket goes to the next
//! server in turn, and on to another if that one cannot be reached.
//!
//! Looks at no answer: what a server says goes back as it is.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use async_trait::async_trait;
use bedside_engine::transport::{NetTransport, Socket, Transport, TransportError};
use bytes::Bytes;
use http::uri::Authority;
use http::{Request, Response, Uri};

/// A way to whichever server is there.
pub struct Balancer {
    network: NetTransport,
    servers: Mutex<Vec<SocketAddr>>,
    turn: AtomicUsize,
}

impl Balancer {
    /// Before these servers. One `CryptoProvider` has to be installed before.
    ///
    /// # Errors
    /// When there is no network.
    pub fn before(servers: Vec<SocketAddr>) -> Result<Self> {
        let network = NetTransport::new()?;
        Ok(Balancer { network, servers: Mutex::new(servers), turn: AtomicUsize::new(0) })
    }

    /// Says that a server is found at another address now.
    ///
    /// # Errors
    /// When there are not so many servers.
    pub fn moved(&self, server: usize, to: SocketAddr) -> Result<()> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        *servers.get_mut(server).context("there is no such server")? = to;
        Ok(())
    }

    /// All servers, beginning with the one whose turn it is.
    fn in_turn(&self) -> Vec<SocketAddr> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let first = self.turn.fetch_add(1, Ordering::Relaxed).checked_rem(servers.len()).unwrap_or(0);
        servers.rotate_left(first);
        servers
    }
}

#[async_trait]
impl Transport for Balancer {
    async fn request(
        &self,
        request: Request<Bytes>,
        silence: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let mut last = nobody();
        for server in self.in_turn() {
            match self.network.request(sent_to(server, request.clone())?, silence).await {
                Err(TransportError::Unreachable(error)) => last = TransportError::Unreachable(error),
                answer => return answer,
            }
        }
        Err(last)
    }

    async fn socket(&self, request: Request<()>) -> Result<Socket, TransportError> {
        let mut last = nobody();
        for server in self.in_turn() {
            match self.network.socket(sent_to(server, request.clone())?).await {
                Err(TransportError::Unreachable(error)) => last = TransportError::Unreachable(error),
                answer => return answer,
            }
        }
        Err(last)
    }
}

fn nobody() -> TransportError {
    TransportError::Unreachable(anyhow!("no server can be reached").into())
}

/// The same request to this server.
fn sent_to<T>(server: SocketAddr, mut request: Request<T>) -> Result<Request<T>, TransportError> {
    let mut parts = request.uri().clone().into_parts();
    parts.authority = Some(Authority::try_from(server.to_string()).map_err(unusable)?);
    *request.uri_mut() = Uri::from_parts(parts).map_err(unusable)?;
    Ok(request)
}

fn unusable(error: impl std::error::Error + Send + Sync + 'static) -> TransportError {
    TransportError::Unreachable(Box::new(error))
}
