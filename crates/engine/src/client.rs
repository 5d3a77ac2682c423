//! The headless client: everything a window, a test or a command line can ask of the engine.
//!
//! A cheap handle. It validates, hands on to the profile's session and the sync driver, and answers; it holds no
//! decision of its own about synchronisation or storage.

mod changes;
mod config;
mod drafts;
mod exports;
mod notices;
mod opening;
mod outreach;
mod preferences;
mod quick_replies;
mod requests;
mod warnings;

use std::sync::Arc;

use bedside_protocol::ipc::view::{ConnectionView, SessionView, ShellView};
use bedside_protocol::ipc::{IpcError, Place, Query, Reply, Request};
use tokio::sync::{broadcast, watch};

pub use config::ClientConfig;

use crate::cache::Cache;
use crate::export::Exports;
use crate::live::{Live, Sink};
use crate::session::{Session, Shared};
use crate::sync::{Command, NotificationWish};
use quick_replies::Additions;
use requests::Sight;
use warnings::PatientsHeld;

/// The engine of one profile. Clones are the same engine.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    session: Session,
    shared: Arc<Shared>,
    live: Live,
    sight: std::sync::Mutex<Sight>,
    additions: Additions,
    patients: PatientsHeld,
    exports: Arc<Exports>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// Opens the profile as far as it opens by itself; the session view says what stands in the way.
    pub async fn open(config: ClientConfig) -> Client {
        let shared = Arc::new(Shared::new(config));
        let session = Session::open(Arc::clone(&shared)).await;
        let live = Live::new(shared.config.runtime.clone(), shared.sources());
        let (sight, additions) = (std::sync::Mutex::default(), Additions::default());
        let patients = PatientsHeld::default();
        let exports = Arc::new(Exports::default());
        let inner = Inner { session, shared, live, sight, additions, patients, exports };
        let client = Client { inner: Arc::new(inner) };
        client.tell_of_exports();
        client
    }

    /// Answers a request.
    ///
    /// # Errors
    /// See [`IpcError`]; nothing has changed then, unless the error says otherwise.
    pub async fn request(&self, request: Request) -> Result<Reply, IpcError> {
        let name = request.name();
        let result = self.answer(request).await;
        if let Err(error) = &result {
            tracing::debug!(request = name, %error, "request failed");
        }
        result
    }

    /// Begins a live query: a snapshot follows on the sink, then differences.
    pub fn subscribe(&self, query: Query, sink: Sink) -> u32 {
        self.inner.live.subscribe(query, sink)
    }

    /// Ends a live query.
    pub fn unsubscribe(&self, subscription: u32) {
        self.inner.live.unsubscribe(subscription);
    }

    /// Ends all of them: the webview was reloaded.
    pub fn unsubscribe_all(&self) {
        self.inner.live.unsubscribe_all();
    }

    /// The shell's own word on whether the window has the focus; it counts beside the webview's.
    pub async fn window_focused(&self, focus: bedside_core::sync::Focus) {
        let seen = self.sight(|sight| sight.window = focus);
        self.see(seen).await;
    }

    /// The shell's word that the computer's network is another one, or that it has slept: what was connected before is
    /// not believed any more.
    pub async fn network_changed(&self) {
        if let Some(active) = self.inner.session.active_behind_lock() {
            active.sync.tell(Command::NetworkChanged).await;
        }
    }

    /// A wish of the shell: show this place.
    pub fn show(&self, place: Place) {
        self.inner.shared.shell.send_modify(|view| {
            view.wish += 1;
            view.open = Some(place);
        });
    }

    /// What is to be shown as native notifications from now on.
    #[must_use]
    pub fn notifications(&self) -> broadcast::Receiver<NotificationWish> {
        self.inner.shared.notifications.subscribe()
    }

    /// Who is signed in, or what stands in the way.
    #[must_use]
    pub fn session(&self) -> watch::Receiver<SessionView> {
        self.inner.shared.session.subscribe()
    }

    /// How the server is reached.
    #[must_use]
    pub fn connection(&self) -> watch::Receiver<ConnectionView> {
        self.inner.shared.connection.subscribe()
    }

    /// Wishes of the shell.
    #[must_use]
    pub fn shell(&self) -> watch::Receiver<ShellView> {
        self.inner.shared.shell.subscribe()
    }

    /// Whether its owner has locked it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.inner.shared.is_locked()
    }

    /// The cache of whoever is signed in.
    #[must_use]
    pub fn cache(&self) -> Option<Cache> {
        self.inner.shared.cache.borrow().clone()
    }

    /// Stops synchronising and closes the cache; nothing is lost either way.
    pub async fn close(&self) {
        self.inner.session.close().await;
    }
}
