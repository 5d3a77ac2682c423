//! A profile's life: opened, unlocked, signed in, signed out, erased.
//!
//! Owns the keyring, the cache and the sync driver of the profile. It never overwrites a cache it cannot open; a key
//! that is lost is said to be lost, and the files it opened are set aside when the person asks for a fresh start.

pub(crate) mod failure;
mod fresh_start;
mod locking;
mod opening;
mod shared;
mod sign_in;
mod sign_out;

use std::sync::Arc;

use bedside_protocol::ipc::BrokenCause;
use bedside_runtime::Task;
use tokio::sync::{Mutex, mpsc};

use crate::cache::Cache;
use crate::keys::Keyring;
use crate::sync::SyncHandle;
use crate::transport::api::Api;

pub(crate) use shared::Shared;
pub(crate) use sign_in::SignIn;
pub(crate) use sign_out::SignOut;

/// The profile's state and what may be done with it, one thing at a time.
pub(crate) struct Session {
    shared: Arc<Shared>,
    stage: Arc<Mutex<Stage>>,
    /// Where a driver says that the server has ended its session.
    ended: mpsc::Sender<()>,
}

/// What everybody signed in may use.
#[derive(Clone)]
pub(crate) struct Active {
    pub(crate) cache: Cache,
    pub(crate) sync: SyncHandle,
    pub(crate) api: Api,
}

/// Where the profile is.
enum Stage {
    /// Nothing is on disk yet.
    Empty,
    /// The cache waits for its passphrase.
    Locked(Keyring),
    /// The cache is open; somebody may be signed in.
    Open(Profile),
    /// The cache cannot be opened. It is left as it is.
    Broken(BrokenCause),
}

/// An open cache and its driver, if somebody is signed in.
struct Profile {
    cache: Cache,
    driver: Option<Driver>,
}

struct Driver {
    active: Active,
    task: Task,
    /// Tells of replies that do not come.
    waits: Task,
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.task.abort();
        self.waits.abort();
    }
}

impl Session {
    /// What a signed-in person may use.
    pub(crate) fn active(&self) -> Option<Active> {
        self.shared.active()
    }

    /// The same, also while it is locked.
    pub(crate) fn active_behind_lock(&self) -> Option<Active> {
        self.shared.active_behind_lock()
    }

    /// Stops the driver and closes the cache.
    pub(crate) async fn close(&self) {
        let mut stage = self.stage.lock().await;
        self.let_go(&mut stage).await;
    }

    /// Stops what runs on an open cache and closes it.
    async fn let_go(&self, stage: &mut Stage) {
        if let Stage::Open(profile) = stage {
            self.shared.set_active(None);
            profile.driver = None;
            profile.cache.close().await;
        }
    }

    /// After a step that failed half-way: what is on disk decides where the profile is.
    async fn recover(&self, stage: &mut Stage) {
        self.let_go(stage).await;
        *stage = self.open_disk().await;
    }
}
