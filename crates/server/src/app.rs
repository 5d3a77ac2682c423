//! The server without its listener: state, router, connections, orderly end.

mod connection;
mod patient;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use bedside_runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::announcer::Announcer;
use crate::auth::password::Verifier;
use crate::auth::sign_in::SignInLine;
use crate::bus::{Bus, Ears, Standing, Wires};
use crate::commands::Commands;
use crate::config::Config;
use crate::health::Health;
use crate::hub::Hub;
use crate::live::arrivals::Arrivals;
use crate::live::parting::Parting;
use crate::metrics::Metrics;
use crate::presence::Presences;
use crate::rate::Rates;
use crate::store::{SharedStore, StoreError, There};

/// What every handler may use.
pub(crate) struct AppState {
    pub(crate) runtime: Runtime,
    pub(crate) store: SharedStore,
    pub(crate) config: Config,
    pub(crate) hub: Arc<Hub>,
    pub(crate) presences: Arc<Presences>,
    pub(crate) bus: Bus,
    pub(crate) commands: Commands,
    pub(crate) health: Health,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) verifier: Verifier,
    pub(crate) sign_in_line: SignInLine,
    /// Cancelled when the server begins to close: sockets say goodbye, long polls answer.
    pub(crate) closing: CancellationToken,
    pub(crate) arrivals: Arrivals,
    pub(crate) parting: Parting,
    pub(crate) announcer: Announcer,
    /// Connections and sockets that are to end before the store is closed.
    pub(crate) connections: TaskTracker,
}

impl AppState {
    /// When a client that the closing server sends away is to come back, in milliseconds.
    pub(crate) fn retry_in_ms(&self) -> u64 {
        let retry_in = self.parting.retry_in(&self.runtime, &self.hub);
        u64::try_from(retry_in.as_millis()).unwrap_or(u64::MAX)
    }
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
        App::beside_others(runtime, store, config, Wires::default())
    }

    /// The same for one of several servers on one database, which wake each other by these wires.
    #[must_use]
    pub fn beside_others(runtime: Runtime, store: SharedStore, config: Config, wires: Wires) -> App {
        let metrics = Arc::new(Metrics::new(runtime.now()));
        let hub = Arc::new(Hub::default());
        let rates = Arc::new(Rates::new(runtime.clone(), config.limits));
        let presences = Arc::new(Presences::new(runtime.clone(), Arc::clone(&hub)));
        let asked = Arc::clone(&presences);
        store.ask_who_is_there(There::by(move |account| asked.is_there(account)));
        let ears =
            Ears { hub: Arc::clone(&hub), rates: Arc::clone(&rates), presences: Arc::clone(&presences) };
        let bus = Bus::start(&runtime, &ears, wires);
        let announcer = Announcer::new(runtime.clone(), Arc::clone(&hub), bus.clone());
        let commands_end = CancellationToken::new();
        let place = (Arc::clone(&store), announcer.clone(), Arc::clone(&metrics));
        let commands = Commands::start(&runtime, place, commands_end.clone());
        let closing = runtime.stopping().child_token();
        presences.start(bus.clone(), Arc::clone(&store), closing.clone());
        let state = Arc::new(AppState {
            rates,
            verifier: Verifier::new(runtime.clone()),
            sign_in_line: SignInLine::new(),
            closing,
            arrivals: Arrivals::new(),
            parting: Parting::default(),
            announcer,
            connections: TaskTracker::new(),
            runtime,
            store,
            config,
            hub,
            presences,
            bus,
            commands,
            health: Health::default(),
            metrics,
        });
        App { router: crate::routes::router(Arc::clone(&state)), state, commands_end }
    }

    /// The routes, for in-process requests. Put a [`crate::PeerAddr`] into a request's extensions to say who asks.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What serves `GET /metrics`, and nothing else; not among the routes that people reach.
    pub fn metrics_router(&self) -> Router {
        crate::handlers::metrics::router(Arc::clone(&self.state))
    }

    /// The server's runtime.
    #[must_use]
    pub fn runtime(&self) -> &Runtime {
        &self.state.runtime
    }

    /// How other servers are reached.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.state.bus.standing()
    }

    #[cfg(test)]
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// What the operator chose.
    pub(crate) fn config(&self) -> &Config {
        &self.state.config
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

    /// Removes what nothing can ask for any more; a failure is logged and made good by the next call.
    pub(crate) async fn prune(&self) {
        match self.state.store.prune(self.state.runtime.now()).await {
            Ok(rows) => tracing::debug!(rows, "pruned"),
            Err(error) => tracing::error!(error = %error, "the database could not be pruned"),
        }
    }

    /// Decides and sends everything that is due now to people who are not there; a failure is logged and made good by the
    /// next call.
    pub async fn reach_out(&self) {
        if let Err(error) = crate::outreach::pass(&self.state).await {
            tracing::error!(error = %error, "nobody could be reached");
        }
    }

    /// Reaches out by itself from now on, until the server closes.
    pub(crate) fn keep_reaching_out(&self) {
        crate::outreach::start(&self.state);
    }

    /// Makes messages findable by itself from now on, until the server closes.
    pub(crate) fn keep_indexing(&self) {
        crate::indexing::start(&self.state);
    }

    /// Makes a slice of every room's messages findable that are not yet; whether any has more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn index_messages(&self) -> Result<bool, StoreError> {
        crate::indexing::walk(&self.state).await
    }

    /// Says goodbye to sockets, finishes requests (for at most `deadline`) and commands, closes the store, tells other
    /// servers the last of it.
    pub async fn shutdown(&self, deadline: Duration) {
        self.state.closing.cancel();
        self.state.connections.close();
        let left = self.state.runtime.timeout(deadline, self.state.connections.wait()).await;
        if left.is_none() {
            tracing::warn!(connections = self.state.connections.len(), "connections did not end in time");
        }
        self.commands_end.cancel();
        self.state.presences.close(&self.state.store).await;
        self.state.store.close().await;
        self.state.bus.close(&self.state.runtime).await;
    }
}
