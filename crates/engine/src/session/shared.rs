//! What the session shows to the rest of the engine.

use std::sync::{Arc, Mutex, PoisonError};

use bedside_core::sync::Others;
use bedside_protocol::ErrorCode;
use bedside_protocol::ipc::view::{ConnectionView, PersonView, SessionView, ShellView};
use bedside_protocol::ipc::{LockWay, SessionState};
use bedside_protocol::wire::Person;
use futures_util::FutureExt;
use tokio::sync::{broadcast, watch};

use super::Active;
use super::locking::Wrong;
use crate::cache::Cache;
use crate::client::ClientConfig;
use crate::live::{About, AskServer, NotSearched, ServerSearch, Sources};
use crate::sync::{NotificationWish, disconnected};
use crate::transport::api::ApiError;

/// Wishes nobody has taken yet: the shell takes them at once.
const WISHES: usize = 64;

/// Views and handles, published where whoever is interested can watch them.
pub(crate) struct Shared {
    pub(crate) config: ClientConfig,
    pub(crate) session: watch::Sender<SessionView>,
    pub(crate) connection: watch::Sender<ConnectionView>,
    pub(crate) shell: watch::Sender<ShellView>,
    pub(crate) people_loading: watch::Sender<bool>,
    pub(crate) others: watch::Sender<Others>,
    /// The cache, while somebody is signed in.
    pub(crate) cache: watch::Sender<Option<Cache>>,
    pub(crate) notifications: broadcast::Sender<NotificationWish>,
    /// Whether the app is locked.
    pub(crate) locked: watch::Sender<bool>,
    active: Arc<Mutex<Option<Active>>>,
    /// What the session is behind its lock.
    behind: Mutex<Option<SessionState>>,
    wrong: Mutex<Wrong>,
}

impl Shared {
    pub(crate) fn new(config: ClientConfig) -> Self {
        let session = SessionView {
            state: SessionState::Opening,
            server: config.server.clone(),
            username: String::new(),
            passphrase_needed: config.keychain.is_none(),
            lock: None,
        };
        Shared {
            session: watch::Sender::new(session),
            connection: watch::Sender::new(disconnected()),
            shell: watch::Sender::new(ShellView { wish: 0, open: None }),
            people_loading: watch::Sender::new(false),
            others: watch::Sender::new(Others::default()),
            cache: watch::Sender::new(None),
            notifications: broadcast::Sender::new(WISHES),
            locked: watch::Sender::new(false),
            active: Arc::default(),
            behind: Mutex::new(None),
            wrong: Mutex::default(),
            config,
        }
    }

    /// What live queries are made of.
    pub(crate) fn sources(&self) -> Sources {
        Sources {
            session: self.session.subscribe(),
            connection: self.connection.subscribe(),
            shell: self.shell.subscribe(),
            people_loading: self.people_loading.subscribe(),
            others: self.others.subscribe(),
            cache: self.cache.subscribe(),
            ask_server: Some(self.ask_server()),
            about: About { version: self.config.version.clone(), profile: self.config.profile.clone() },
        }
    }

    /// Asks the server of whoever is signed in by then, unless it is locked.
    fn ask_server(&self) -> AskServer {
        let (active, locked) = (Arc::clone(&self.active), self.locked.subscribe());
        Arc::new(move |search: ServerSearch| {
            let active = active.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let active = active.filter(|_| !*locked.borrow());
            async move {
                let Active { api, .. } = active.ok_or(NotSearched::Now)?;
                api.search(&search).await.map_err(|error| match error {
                    // A server of a version that does not search, or does not know what is asked for.
                    ApiError::Refused(problem)
                        if matches!(problem.code, ErrorCode::NotFound | ErrorCode::BadRequest) =>
                    {
                        NotSearched::Ever
                    }
                    _ => NotSearched::Now,
                })
            }
            .boxed()
        })
    }

    /// What whoever is signed in may use; nothing while it is locked.
    pub(crate) fn active(&self) -> Option<Active> {
        self.active_behind_lock().filter(|_| !self.is_locked())
    }

    /// The same, also while it is locked: for what is no view and no request of a window.
    pub(super) fn active_behind_lock(&self) -> Option<Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_active(&self, active: Option<Active>) {
        *self.active.lock().unwrap_or_else(PoisonError::into_inner) = active;
        self.publish_cache();
    }

    fn publish_cache(&self) {
        self.cache.send_replace(self.active().map(|active| active.cache));
    }

    pub(super) fn show(&self, state: SessionState) {
        let mut behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_locked() && matches!(state, SessionState::SignedIn { .. }) {
            *behind = Some(state);
            return self.session.send_modify(|view| view.state = SessionState::Locked);
        }
        self.locked.send_replace(false);
        self.session.send_modify(|view| view.state = state);
    }

    pub(crate) fn is_locked(&self) -> bool {
        *self.locked.borrow()
    }

    pub(super) fn lock_way(&self) -> Option<LockWay> {
        self.session.borrow().lock
    }

    /// Hides everything.
    pub(super) fn lock(&self) {
        let now = self.session.borrow().state.clone();
        self.locked.send_replace(true);
        self.show(now);
        self.publish_cache();
    }

    /// What opens next opens locked.
    pub(super) fn begin_locked(&self) {
        self.locked.send_replace(true);
    }

    /// Shows everything again.
    pub(super) fn open_lock(&self) {
        self.locked.send_replace(false);
        let behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(state) = behind {
            self.show(state);
        }
        self.publish_cache();
    }

    /// The server has ended the session: whoever reads is asked to sign in again, now or when they are back.
    pub(super) fn ask_to_sign_in_again(&self) {
        let again = |state: &mut SessionState| {
            if let SessionState::SignedIn { sign_in_again, .. } = state {
                *sign_in_again = true;
            }
        };
        self.behind.lock().unwrap_or_else(PoisonError::into_inner).iter_mut().for_each(again);
        self.session.send_modify(|view| again(&mut view.state));
    }

    pub(super) fn wrong(&self) -> Wrong {
        *self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn change_wrong(&self, change: impl FnOnce(Wrong) -> Wrong) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        *wrong = change(*wrong);
    }

    pub(super) fn remember(&self, server: &str, username: &str) {
        self.session.send_modify(|view| {
            if !server.is_empty() {
                server.clone_into(&mut view.server);
            }
            username.clone_into(&mut view.username);
        });
    }

    /// An open cache has its key.
    pub(super) fn passphrases_are_not_asked(&self) {
        self.session.send_modify(|view| view.passphrase_needed = false);
    }

    pub(super) fn ask_for_passphrases(&self) {
        self.session.send_modify(|view| view.passphrase_needed = true);
    }
}

/// A person as views show them.
pub(super) fn person_view(person: &Person) -> PersonView {
    PersonView {
        account_id: person.account_id,
        role: person.role,
        name: person.name.clone(),
        profession: person.profession.clone(),
        birth_date: person.birth_date.clone(),
        since: person.since,
        facts: person.facts.clone(),
    }
}
