//! What the session shows to the rest of the engine.

use std::sync::{Arc, Mutex, PoisonError};

use bedside_core::sync::Others;
use bedside_protocol::ErrorCode;
use bedside_protocol::ipc::SessionState;
use bedside_protocol::ipc::view::{ConnectionView, PersonView, SessionView, ShellView};
use bedside_protocol::wire::Person;
use futures_util::FutureExt;
use tokio::sync::{broadcast, watch};

use super::Active;
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
    active: Arc<Mutex<Option<Active>>>,
}

impl Shared {
    pub(crate) fn new(config: ClientConfig) -> Self {
        let session = SessionView {
            state: SessionState::Opening,
            server: config.server.clone(),
            username: String::new(),
            passphrase_needed: config.keychain.is_none(),
        };
        Shared {
            session: watch::Sender::new(session),
            connection: watch::Sender::new(disconnected()),
            shell: watch::Sender::new(ShellView { wish: 0, open: None }),
            people_loading: watch::Sender::new(false),
            others: watch::Sender::new(Others::default()),
            cache: watch::Sender::new(None),
            notifications: broadcast::Sender::new(WISHES),
            active: Arc::default(),
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

    /// Asks the server of whoever is signed in by then.
    fn ask_server(&self) -> AskServer {
        let active = Arc::clone(&self.active);
        Arc::new(move |search: ServerSearch| {
            let active = active.lock().unwrap_or_else(PoisonError::into_inner).clone();
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

    pub(super) fn active(&self) -> Option<Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_active(&self, active: Option<Active>) {
        let cache = active.as_ref().map(|active| active.cache.clone());
        *self.active.lock().unwrap_or_else(PoisonError::into_inner) = active;
        self.cache.send_replace(cache);
    }

    pub(super) fn show(&self, state: SessionState) {
        self.session.send_modify(|view| view.state = state);
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
