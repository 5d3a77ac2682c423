//! Storing messages many at a time (group commit), each room's in the order they came.
//!
//! While a transaction is on its way to the disk, and to the standby, others gather for the next one. A message whose
//! caller has gone is stored all the same.

use std::sync::{MutexGuard, PoisonError};

use bedside_protocol::{AccountId, ClientId, RoomId};
use tokio::sync::oneshot;

use super::PgStore;
use super::lanes::{Batch, Begin, Lanes, Waiting};
use crate::store::{Actor, SendCommand, SendOutcome, StoreError};

/// A message that waits to be stored.
pub(super) struct Pending {
    pub(super) actor: Actor,
    pub(super) command: SendCommand,
    pub(super) answer: oneshot::Sender<Result<SendOutcome, StoreError>>,
}

impl Pending {
    /// What a command is known by.
    pub(super) fn id(&self) -> (AccountId, ClientId) {
        (self.actor.account_id, self.command.client_id)
    }
}

/// Having a room for oneself; the next in line is let in when this is dropped.
pub(super) struct Turn {
    store: Option<PgStore>,
    room: RoomId,
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(store) = self.store.take() {
            let begin = store.lanes().release(self.room);
            store.begin(self.room, begin);
        }
    }
}

/// The rooms of a batch, released whatever becomes of it.
struct AtWork<'s> {
    store: &'s PgStore,
    rooms: Vec<RoomId>,
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        for room in &self.rooms {
            let begin = self.store.lanes().release(*room);
            self.store.begin(*room, begin);
        }
    }
}

/// A runner is counted until it has ended, also by a panic.
struct Runner {
    store: PgStore,
    idle: bool,
}

impl Drop for Runner {
    fn drop(&mut self) {
        if !self.idle {
            self.store.lanes().runner_ended();
        }
    }
}

impl PgStore {
    /// Stands in the room's line from the first poll on, until it has the room for itself.
    pub(super) async fn turn(&self, room: RoomId) -> Result<Turn, StoreError> {
        let (turn, given) = oneshot::channel();
        self.put(room, Waiting::Turn(turn));
        given.await.map_err(|_| StoreError::Closing)
    }

    /// Stands in the room's line from the first poll on, until it is stored.
    pub(super) async fn store_message(
        &self,
        actor: Actor,
        command: SendCommand,
    ) -> Result<SendOutcome, StoreError> {
        let (answer, answered) = oneshot::channel();
        let room = command.room_id;
        self.put(room, Waiting::Message(Pending { actor, command, answer }));
        answered.await.map_err(|_| StoreError::Closing)?
    }

    pub(super) fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.inner.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, room: RoomId, waiting: Waiting) {
        let begin = self.lanes().put(room, waiting);
        self.begin(room, begin);
    }

    fn begin(&self, room: RoomId, mut begin: Begin) {
        while let Some(waits) = begin.turn.take() {
            let turn = Turn { store: Some(self.clone()), room };
            let Err(mut unwanted) = waits.send(turn) else { break };
            unwanted.store = None; // Whoever stood here has given up: on to the next.
            begin = self.lanes().release(room);
        }
        if begin.runner {
            let runner = Runner { store: self.clone(), idle: false };
            self.inner.runtime.spawn("store.batches", runner.run());
        }
    }

    async fn store_all(&self, Batch { rooms, messages }: Batch) {
        let _at_work = AtWork { store: self, rooms };
        match self.send_all(&messages).await {
            Ok(outcomes) => {
                for (message, outcome) in messages.into_iter().zip(outcomes) {
                    let _ = message.answer.send(Ok(outcome)); // Nobody waits for it any more: it is stored.
                }
            }
            // One message that cannot be stored takes none of the others with it.
            Err(StoreError::Database(_) | StoreError::Corrupt(_)) if messages.len() > 1 => {
                for message in messages {
                    let alone = self.send_all(std::slice::from_ref(&message)).await;
                    let outcome = alone.and_then(|mut outcomes| {
                        outcomes.pop().ok_or(StoreError::Corrupt("a message without an outcome"))
                    });
                    let _ = message.answer.send(outcome);
                }
            }
            Err(error) => {
                for message in messages {
                    let _ = message.answer.send(Err(error.for_another()));
                }
            }
        }
    }
}

impl Runner {
    async fn run(mut self) {
        loop {
            let batch = self.store.lanes().take();
            match batch {
                Some(batch) => self.store.store_all(batch).await,
                None => break self.idle = true,
            }
        }
    }
}
