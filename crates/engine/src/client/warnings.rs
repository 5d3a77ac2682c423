//! What is noticed in a text before it goes. Asked of this device only: nothing is sent, kept or logged.

use std::sync::Arc;

use bedside_core::guard::patients::{Mention, Patients};
use bedside_core::guard::red_flags::dangers_in;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{IpcError, Reply, Warning};
use bedside_protocol::wire::Role;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::{Mutex, broadcast, watch};

use super::Client;
use super::requests::DRAFT_BYTES;
use crate::cache::query::guard;
use crate::cache::{Cache, CacheError, Changes, Part};
use crate::session::failure;

/// The patients held, ready to be looked for, until somebody of them changes.
#[derive(Default)]
pub(super) struct PatientsHeld(Mutex<Option<Held>>);

struct Held {
    patients: Arc<Patients>,
    /// What has changed since.
    changes: broadcast::Receiver<Arc<Changes>>,
    /// Which cache they are of.
    cache: watch::Receiver<Option<Cache>>,
}

impl Client {
    pub(super) async fn check_message(&self, room_id: RoomId, text: String) -> Result<Reply, IpcError> {
        if text.len() > DRAFT_BYTES {
            return Err(IpcError::Malformed);
        }
        let cache = self.active()?.cache;
        let writing = cache.read(move |db| guard::writing(db, room_id)).await.map_err(failure::of_cache)?;
        let writing = writing.ok_or(IpcError::NotFound)?;
        let warnings = match (writing.role, writing.to) {
            (Role::Patient, _) => emergency(&text),
            (Role::Practitioner, Some(to)) if writing.warn_other_patient => {
                let patients = self.patients(&cache).await.map_err(failure::of_cache)?;
                patients.named_in(&text, to).into_iter().map(other_patient).collect()
            }
            (Role::Practitioner | Role::Admin, _) => Vec::new(),
        };
        Ok(Reply::Warnings { warnings })
    }

    async fn patients(&self, cache: &Cache) -> Result<Arc<Patients>, CacheError> {
        let mut held = self.inner.patients.0.lock().await;
        if let Some(held) = held.as_mut()
            && held.is_current()
        {
            return Ok(Arc::clone(&held.patients));
        }
        // Listened to from before the read: what comes during it makes what was read old.
        let (changes, watch) = (cache.changes(), self.inner.shared.cache.subscribe());
        let read = cache.read(|db| guard::patients(db).map(Patients::new)).await?;
        let patients = Arc::new(read);
        *held = Some(Held { patients: Arc::clone(&patients), changes, cache: watch });
        Ok(patients)
    }
}

impl Held {
    fn is_current(&mut self) -> bool {
        if self.cache.has_changed().unwrap_or(true) {
            return false;
        }
        loop {
            match self.changes.try_recv() {
                Ok(changes) if changes.touch(Part::People) => return false,
                Ok(_) => {}
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return false,
            }
        }
    }
}

fn emergency(text: &str) -> Vec<Warning> {
    let dangers = dangers_in(text);
    if dangers.is_empty() { Vec::new() } else { vec![Warning::Emergency { dangers }] }
}

fn other_patient(mention: Mention) -> Warning {
    Warning::OtherPatient { account_id: mention.account_id, name: mention.name, matched: mention.by }
}
