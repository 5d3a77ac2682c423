//! The server without its listener: state, router, connections, orderly end.

mod connection;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use bedside_runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::auth::password::Verifier;
use crate::auth::sign_in::SignInLine;
use crate::commands::Commands;
use crate::config::Config;
use crate::hub::Hub;
use crate::rate::Rates;
use crate::store::SharedStore;

/// What every handler may use.
pub(crate) struct AppState {
    pub(crate) runtime: Runtime,
    pub(crate) store: SharedStore,
    pub(crate) config: Config,
    pub(crate) hub: Arc<Hub>,
    pub(crate) commands: Commands,
    pub(crate) rates: Rates,
    pub(crate) verifier: Verifier,
    pub(crate) sign_in_line: SignInLine,
    /// Cancelled when the server begins to close: sockets say goodbye, long polls answer.
    pub(crate) closing: CancellationToken,
    /// Connections and sockets that are to end before the store is closed.
    pub(crate) connections: TaskTracker,
}

/// The chat server of one clinic, to be served over any byte stream. Clones are the same server.
#[derive(Clone)]
pub struct App {
    state: Arc<AppState>,
    router: Router,
    commands_end: CancellationToken,
}

impl App {
    /// Builds the server. It lives on the runtime and stops when that does; [`App::shutdown`] is the orderly way.
    #[must_use]
    pub fn new(runtime: Runtime, store: SharedStore, config: Config) -> App {
        let hub = Arc::new(Hub::default());
        let commands_end = CancellationToken::new();
        let commands = Commands::start(&runtime, Arc::clone(&store), Arc::clone(&hub), commands_end.clone());
        let state = Arc::new(AppState {
            rates: Rates::new(runtime.clone(), config.limits),
            verifier: Verifier::new(runtime.clone()),
            sign_in_line: SignInLine::new(),
            closing: runtime.stopping().child_token(),
            connections: TaskTracker::new(),
            runtime,
            store,
            config,
            hub,
            commands,
        });
        App { router: crate::routes::router(Arc::clone(&state)), state, commands_end }
    }

    /// The routes, for in-process requests. Put a [`crate::PeerAddr`] into a request's extensions to say who asks.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The server's runtime.
    #[must_use]
    pub fn runtime(&self) -> &Runtime {
        &self.state.runtime
    }

    /// Cancelled once the server is closing; an acceptor stops then.
    #[must_use]
    pub fn closing(&self) -> CancellationToken {
        self.state.closing.clone()
    }

    /// Seals the audit rows written since the last time; a failure is logged and made good by the next call.
    pub async fn seal_audit(&self) {
        if let Err(error) = self.state.store.seal_audit(self.state.runtime.now()).await {
            tracing::error!(error = %error, "the audit trail could not be sealed");
        }
    }

    /// Says goodbye to sockets, finishes requests (for at most `deadline`) and commands, closes the store.
    pub async fn shutdown(&self, deadline: Duration) {
        self.state.closing.cancel();
        self.state.connections.close();
        let left = self.state.runtime.timeout(deadline, self.state.connections.wait()).await;
        if left.is_none() {
            tracing::warn!(connections = self.state.connections.len(), "connections did not end in time");
        }
        self.commands_end.cancel();
        self.state.store.close().await;
    }
}
