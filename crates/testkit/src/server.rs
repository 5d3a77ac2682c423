//! The real server in this process, with a database that outlives it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bedside_protocol::AccountId;
use bedside_runtime::Runtime;
use bedside_server::password::{self, Cost};
use bedside_server::store::{
    Actor, NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome, SessionKind, SharedStore, Store,
    TokenHash,
};
use bedside_server::{App, Config};

use crate::ground::{Ground, Place};
use crate::people::Person;

/// How long a server that stops in order waits for its connections.
const GOODBYE: Duration = Duration::from_secs(5);

/// A running server.
pub struct TestServer {
    app: App,
    store: SharedStore,
    runtime: Runtime,
    actors: tokio::sync::Mutex<BTreeMap<Person, Actor>>,
}

impl TestServer {
    /// Opens a database and serves it.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub async fn start(runtime: &Runtime, place: &Place) -> Result<Self> {
        let runtime = runtime.fork();
        let store: SharedStore = Ground::open(&runtime, place).await?;
        let app = App::new(runtime.clone(), Arc::clone(&store), config());
        Ok(TestServer { app, store, runtime, actors: tokio::sync::Mutex::default() })
    }

    /// The server without its listener.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Its database.
    #[must_use]
    pub fn store(&self) -> &SharedStore {
        &self.store
    }

    /// Ends it where it stands.
    pub fn crash(self) {
        self.runtime.kill();
    }

    /// Ends it in order.
    pub async fn stop(self) {
        self.app.shutdown(GOODBYE).await;
        self.runtime.kill();
    }

    /// Who acts as this person when the test itself asks the store.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn actor(&self, person: Person) -> Result<Actor> {
        let mut actors = self.actors.lock().await;
        if let Some(actor) = actors.get(&person) {
            return Ok(*actor);
        }
        let made = actor(&self.runtime, &*self.store, person).await?;
        actors.insert(person, made);
        Ok(made)
    }
}

/// Makes everybody's account, links the pairs and opens their rooms.
///
/// # Errors
/// When the store refuses.
pub async fn furnish(runtime: &Runtime, place: &Place) -> Result<()> {
    let runtime = runtime.fork();
    let store = Ground::open(&runtime, place).await?;
    for person in Person::ALL {
        create(&runtime, &*store, person).await?;
    }
    for (patient, practitioner) in Person::PAIRS {
        store.link(None, patient.username(), practitioner.username()).await?;
        let (one, other) =
            (actor(&runtime, &*store, patient).await?, actor(&runtime, &*store, practitioner).await?);
        let opened = store.open_room(one, other.account_id, runtime.now()).await?;
        ensure!(matches!(opened, OpenRoomOutcome::Room { .. }), "no room");
    }
    store.close().await;
    runtime.kill();
    Ok(())
}

async fn create(runtime: &Runtime, store: &dyn Store, person: Person) -> Result<AccountId> {
    let password_hash = password::hash(runtime, &person.password().into(), Cost::Least)?;
    let new = NewAccount {
        role: person.role(),
        username: person.username().to_owned(),
        name: person.name().to_owned(),
        profession: None,
        birth_date: None,
        facts: Default::default(),
        password_hash,
        now: runtime.now(),
    };
    match store.create_account(None, new).await? {
        NewAccountOutcome::Created(account) => Ok(account.person.account_id),
        other => anyhow::bail!("no account: {other:?}"),
    }
}

/// A session of the test's own, beside those of the desks.
async fn actor(runtime: &Runtime, store: &dyn Store, person: Person) -> Result<Actor> {
    let found = store.credentials(person.username()).await?.context("no such account")?;
    let session = NewSession {
        account_id: found.account_id,
        kind: SessionKind::Bearer,
        token: TokenHash(runtime.random_bytes()),
        device_name: "observer".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: runtime.now(),
        lifetime_ms: 365 * 24 * 60 * 60 * 1_000,
    };
    Ok(store.create_session(session).await?.actor)
}

/// As in production, but nothing grows stale in a test about something else.
fn config() -> Config {
    Config { stale_after: Duration::from_secs(30 * 24 * 60 * 60), ..Config::default() }
}
