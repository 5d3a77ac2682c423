//! The listener: TCP or TLS, bounded, until the server closes. Says where a server may listen at all. Beside it, the one
//! for metrics.

mod door;
pub mod exposure;
mod maintenance;
pub mod metrics;
pub mod tls;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::app::App;
use crate::peer::PeerAddr;
use door::Door;

/// A TLS handshake not done by then is dropped.
const HANDSHAKE_DEADLINE: Duration = Duration::from_secs(10);
/// After `accept` failed (no file descriptors): a moment for others to close.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until the server closes.
pub async fn serve(app: &App, listener: TcpListener, tls: Option<TlsAcceptor>) {
    maintenance::start(app);
    let door = Door::new(app.config());
    let closing = app.closing();
    loop {
        let Some(place) = door.place().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = closing.cancelled() => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                let place = match door.admit(peer.ip(), place) {
                    Ok(place) => place,
                    Err(refused) => {
                        tracing::debug!(?refused, "a connection was not let in");
                        continue;
                    }
                };
                let (app, tls, runtime) = (app.clone(), tls.clone(), app.runtime().clone());
                runtime.spawn("server.connection", async move {
                    let _place = place;
                    converse(&app, stream, peer, tls).await;
                });
            }
            Err(error) => {
                tracing::warn!(error = %error, "cannot accept a connection");
                app.runtime().sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn converse(app: &App, stream: TcpStream, peer: SocketAddr, tls: Option<TlsAcceptor>) {
    let _ = stream.set_nodelay(true); // Only costs time if refused.
    let peer = PeerAddr(peer);
    match tls {
        None => app.serve_connection(stream, peer).await,
        Some(tls) => match app.runtime().timeout(HANDSHAKE_DEADLINE, tls.accept(stream)).await {
            Some(Ok(stream)) => app.serve_connection(stream, peer).await,
            Some(Err(error)) => tracing::debug!(error = %error, "a TLS handshake failed"),
            None => tracing::debug!("a TLS handshake took too long"),
        },
    }
}
