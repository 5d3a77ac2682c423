//! The listener for metrics: plain HTTP, for this machine and whoever is named. Serves nothing else.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::ACCEPT_PAUSE;
use super::exposure::is_loopback;
use crate::app::App;
use crate::peer::PeerAddr;

/// Connections at once: some collectors, and somebody who looks.
const CONNECTIONS_MAX: usize = 16;

/// Why metrics are not served there.
#[derive(Debug, thiserror::Error)]
pub enum MetricsError {
    /// Beyond loopback, and nobody is named.
    #[error(
        "metrics are plain HTTP and served on loopback only: listen on 127.0.0.1, or name the --metrics-reader that \
         collects them from another machine"
    )]
    Exposed,
    /// The address cannot be listened on.
    #[error("metrics cannot be served on {address}: is another program there already?")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// A listener that serves nobody yet.
#[derive(Debug)]
pub struct MetricsDoor {
    listener: TcpListener,
    readers: Vec<IpAddr>,
}

impl MetricsDoor {
    /// Listens, for this machine and these readers.
    ///
    /// # Errors
    /// When it may not listen there, or cannot.
    pub async fn open(address: SocketAddr, readers: Vec<IpAddr>) -> Result<Self, MetricsError> {
        if !is_loopback(address.ip()) && readers.is_empty() {
            return Err(MetricsError::Exposed);
        }
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|source| MetricsError::Listen { address, source })?;
        Ok(MetricsDoor { listener, readers: readers.iter().map(IpAddr::to_canonical).collect() })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves the metrics of a server until that closes.
    pub async fn serve(self, app: &App) {
        let (places, closing) = (Arc::new(Semaphore::new(CONNECTIONS_MAX)), app.closing());
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = closing.cancelled() => return,
            };
            match accepted {
                Ok((_, peer)) if !self.admits(peer.ip()) => {
                    tracing::debug!("somebody may not read the metrics")
                }
                Ok((stream, peer)) => {
                    let app = app.clone();
                    app.runtime().clone().spawn("server.metrics", async move {
                        let _place = place;
                        app.serve_metrics_connection(stream, PeerAddr(peer)).await;
                    });
                }
                Err(error) => {
                    tracing::warn!(error = %error, "cannot accept a connection for metrics");
                    app.runtime().sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn admits(&self, peer: IpAddr) -> bool {
        is_loopback(peer) || self.readers.contains(&peer.to_canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Vec<IpAddr> {
        vec!["::ffff:10.0.0.7".parse().unwrap()]
    }

    #[tokio::test]
    async fn beyond_this_machine_a_reader_must_be_named() {
        let everywhere = "0.0.0.0:0".parse().unwrap();
        assert!(matches!(MetricsDoor::open(everywhere, Vec::new()).await, Err(MetricsError::Exposed)));
        assert!(MetricsDoor::open(everywhere, reader()).await.is_ok());
        assert!(MetricsDoor::open("127.0.0.1:0".parse().unwrap(), Vec::new()).await.is_ok());
    }

    #[tokio::test]
    async fn only_those_who_are_named_and_this_machine_are_let_in() {
        let door = MetricsDoor::open("127.0.0.1:0".parse().unwrap(), reader()).await.unwrap();
        for (peer, admitted) in [("127.0.0.1", true), ("::1", true), ("10.0.0.7", true), ("10.0.0.8", false)]
        {
            assert_eq!(door.admits(peer.parse().unwrap()), admitted, "{peer}");
        }
    }
}
