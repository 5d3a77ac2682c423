//! What the rest of the engine asks of the driver.

use bedside_core::sync::{Haste, Seen};
use bedside_protocol::ipc::RoomDeed;
use bedside_protocol::wire::Room;
use bedside_protocol::{ClientId, MessageId, RoomId, RoomSeq};
use tokio::sync::{mpsc, oneshot};

use crate::cache::{CacheError, NewChange, NewMessage};

/// Commands waiting for the driver; a person cannot press that many buttons.
pub(crate) const WAITING: usize = 256;

/// Something asked of the driver.
pub(crate) enum Command {
    /// Store a message and send it; the number of the last text from another device that stood in its composer.
    Send(NewMessage, u64, oneshot::Sender<Result<ClientId, CacheError>>),
    /// Queue a parked message again.
    Retry(ClientId, oneshot::Sender<Result<(), CacheError>>),
    /// Remove a message that the server cannot have.
    Discard(ClientId, oneshot::Sender<Result<(), CacheError>>),
    /// Keep a change of a message and send it.
    Change(NewChange, oneshot::Sender<Result<(), CacheError>>),
    /// Queue a message's refused change again.
    RetryChange(RoomId, MessageId, oneshot::Sender<Result<(), CacheError>>),
    /// Forget a message's refused change.
    DiscardChange(RoomId, MessageId, oneshot::Sender<Result<(), CacheError>>),
    /// Keep how a room is to be set up and send it.
    SetUp(RoomId, RoomDeed, oneshot::Sender<Result<(), CacheError>>),
    /// What is written in a room was kept.
    DraftKept(RoomId, Haste),
    /// The person may have chosen otherwise whether to share drafts.
    DraftSharing,
    /// What the person sees now; answered once the wish for a read mark is stored.
    See(Seen, oneshot::Sender<()>),
    /// The person says they have read a room up to here; answered once the wish for a read mark is stored.
    ReadUpTo(RoomId, RoomSeq, oneshot::Sender<()>),
    /// The app was locked: nobody looks, and nothing that was told of stays on screen.
    Locked,
    /// The person types in a room, or has stopped.
    Typing(RoomId, bool),
    /// Fetch what is missing around a place of a room before the rest.
    FetchAround(RoomId, RoomSeq),
    /// Fetch the linked people.
    RefreshPeople,
    /// Take in a room the person has opened; answered when it is in the cache.
    TakeRoom(Box<Room>, oneshot::Sender<()>),
    /// Connect now.
    TryNow,
    /// The computer's network is another one: no connection made on the old one is believed (rule 15).
    NetworkChanged,
}

/// A cheap handle of a driver.
#[derive(Clone, Debug)]
pub(crate) struct SyncHandle {
    commands: mpsc::Sender<Command>,
}

impl SyncHandle {
    pub(super) fn new(commands: mpsc::Sender<Command>) -> Self {
        SyncHandle { commands }
    }

    /// Asks without waiting for the outcome.
    pub(crate) async fn tell(&self, command: Command) {
        // A driver that has ended has nothing to be told any more.
        let _ended = self.commands.send(command).await;
    }

    /// Asks and waits for the outcome; `None` if the driver has ended.
    pub(crate) async fn ask<T>(&self, command: impl FnOnce(oneshot::Sender<T>) -> Command) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.commands.send(command(answer)).await.ok()?;
        answered.await.ok()
    }
}
