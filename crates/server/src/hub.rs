//! Who is connected: account → listeners. Events are handed over as hints; the feed is the truth.
//!
//! What was stored by this server comes as an event, what was stored elsewhere as a nudge to look at the store. Never
//! touches the store and never waits: a listener whose queue is full is ended and resumes by its cursor.

mod nudge;
mod presence;
#[cfg(test)]
mod tests;
mod typing;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::feed::FeedEvent;
use bedside_protocol::{AccountId, FeedSeq, Timestamp};
use tokio::sync::{mpsc, watch};

use crate::presence::Presence;
use crate::store::Delivery;
pub(crate) use nudge::{Look, Nudge};
use nudge::{Marker, Slot};
use presence::Words;
pub(crate) use typing::Typing;

/// Events a connection may lag behind before it is ended: two screens of a busy conversation, some 4 KB of pointers.
const QUEUE: usize = 512;
/// Over how long the looks of all connections are spread: 5,000 of them read 1,000 heads a second.
pub(crate) const LOOK_WITHIN: Duration = Duration::from_secs(5);

/// An event on its way to an account's sockets; each form of it is serialised once, by the first socket to need it.
pub(crate) struct LiveEvent {
    pub(crate) event: FeedEvent,
    /// When this server committed it, by the runtime's monotonic clock; nothing for one that was read from the store.
    pub(crate) committed_at: Option<Duration>,
    feed_frame: OnceLock<Utf8Bytes>,
    room_frame: OnceLock<Utf8Bytes>,
}

impl LiveEvent {
    pub(crate) fn new(event: FeedEvent, committed_at: Option<Duration>) -> Self {
        LiveEvent { event, committed_at, feed_frame: OnceLock::new(), room_frame: OnceLock::new() }
    }

    /// The event as a frame of the feed socket.
    pub(crate) fn feed_frame(&self, make: impl FnOnce(&FeedEvent) -> Utf8Bytes) -> Utf8Bytes {
        self.feed_frame.get_or_init(|| make(&self.event)).clone()
    }

    /// The event as a message frame of the room socket.
    pub(crate) fn room_frame(&self, make: impl FnOnce() -> Utf8Bytes) -> Utf8Bytes {
        self.room_frame.get_or_init(make).clone()
    }
}

/// Why a listener was ended from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Its session has ended.
    Revoked,
    /// Its queue was full.
    TooSlow,
}

/// What a connection is told.
pub(crate) enum Told {
    /// Something was stored by this server.
    Event(Arc<LiveEvent>),
    /// It is to look at the store.
    Nudge(Nudge),
    /// Somebody types.
    Typing(Typing),
    /// These have come or gone.
    Presence(Vec<Presence>),
}

/// What lies in a connection's queue; a nudge's content lies in the slot, so that there is one at most, and so does what is
/// to be told of who is there.
enum Queued {
    Event(Arc<LiveEvent>),
    Marker,
    Typing(Typing),
    Presence,
}

struct Listener {
    id: u64,
    session_id: i64,
    queue: mpsc::Sender<Queued>,
    nudges: Arc<Slot>,
    presence: Arc<Words>,
    end: watch::Sender<Option<End>>,
}

/// The connected accounts.
#[derive(Default)]
pub(crate) struct Hub {
    accounts: Mutex<HashMap<AccountId, Vec<Listener>>>,
    next_id: AtomicU64,
}

/// One connection's place in the hub; leaves it when dropped.
pub(crate) struct Subscription {
    hub: Arc<Hub>,
    account: AccountId,
    id: u64,
    queue: mpsc::Receiver<Queued>,
    nudges: Arc<Slot>,
    presence: Arc<Words>,
    end: watch::Receiver<Option<End>>,
}

impl Hub {
    /// Joins, so that nothing stored from now on is missed. Call it before answering a handshake.
    pub(crate) fn join(self: &Arc<Self>, account: AccountId, session_id: i64) -> Subscription {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, queue) = mpsc::channel(QUEUE);
        let (end_sender, end) = watch::channel(None);
        let (nudges, presence) = (Arc::new(Slot::default()), Arc::new(Words::default()));
        let listener = Listener {
            id,
            session_id,
            queue: sender,
            nudges: Arc::clone(&nudges),
            presence: Arc::clone(&presence),
            end: end_sender,
        };
        self.lock().entry(account).or_default().push(listener);
        Subscription { hub: Arc::clone(self), account, id, queue, nudges, presence, end }
    }

    /// How many connections an account has.
    pub(crate) fn connections(&self, account: AccountId) -> usize {
        self.lock().get(&account).map_or(0, Vec::len)
    }

    /// How many connections there are.
    pub(crate) fn sockets(&self) -> usize {
        self.lock().values().map(Vec::len).sum()
    }

    /// Hands events that were committed then to whoever is connected.
    pub(crate) fn deliver(&self, deliveries: Vec<Delivery>, committed_at: Duration) {
        let mut accounts = self.lock();
        for delivery in deliveries {
            if let Some(listeners) = accounts.get_mut(&delivery.account_id) {
                let event = Arc::new(LiveEvent::new(delivery.event, Some(committed_at)));
                listeners.retain(|listener| listener.offer(Queued::Event(Arc::clone(&event))));
            }
        }
    }

    /// Another server stored something: the account's feed has come this far. It was committed then, by that server's
    /// clock, if it says when.
    pub(crate) fn woken(&self, account: AccountId, up_to: FeedSeq, committed_at: Option<Timestamp>) {
        if let Some(listeners) = self.lock().get_mut(&account) {
            let nudge = Nudge { committed_at, ..Nudge::up_to(up_to) };
            listeners.retain(|listener| listener.nudge(nudge));
        }
    }

    /// Another server says that a session has ended: its connections ask the store at once whether that is so.
    pub(crate) fn doubt(&self, account: AccountId, session_id: i64) {
        if let Some(listeners) = self.lock().get_mut(&account) {
            listeners.retain(|listener| {
                listener.session_id != session_id || listener.nudge(Nudge::look(Look::Now))
            });
        }
    }

    /// Tells an account's connections that somebody types; those that lag behind are spared it.
    pub(crate) fn typing(&self, to: AccountId, typing: Typing) {
        for listener in self.lock().get(&to).into_iter().flatten() {
            if listener.queue.capacity() > QUEUE / 2 {
                let _ = listener.queue.try_send(Queued::Typing(typing)); // One that has ended leaves by itself.
            }
        }
    }

    /// Tells an account's connections that somebody has come or gone; those that lag behind find it when they next look
    /// at the store.
    pub(crate) fn presence(&self, to: AccountId, presence: Presence) {
        for listener in self.lock().get(&to).into_iter().flatten() {
            listener.presence.put(presence, || {
                listener.queue.capacity() > QUEUE / 2 && listener.queue.try_send(Queued::Presence).is_ok()
            });
        }
    }

    /// Something about an account was changed beside the servers: its connections look at the store at once.
    pub(crate) fn look(&self, account: AccountId) {
        if let Some(listeners) = self.lock().get_mut(&account) {
            listeners.retain(|listener| listener.nudge(Nudge::look(Look::Now)));
        }
    }

    /// Something may have been missed: everybody looks at the store once, each at a moment of its own.
    pub(crate) fn look_all(&self) {
        for listeners in self.lock().values_mut() {
            listeners.retain(|listener| listener.nudge(Nudge::look(Look::Soon)));
        }
    }

    /// Ends every connection of a session.
    pub(crate) fn revoke(&self, account: AccountId, session_id: i64) {
        if let Some(listeners) = self.lock().get_mut(&account) {
            listeners.retain(|listener| {
                let kept = listener.session_id != session_id;
                if !kept {
                    listener.end.send_replace(Some(End::Revoked));
                }
                kept
            });
        }
    }

    fn leave(&self, account: AccountId, id: u64) {
        let mut accounts = self.lock();
        if let Some(listeners) = accounts.get_mut(&account) {
            listeners.retain(|listener| listener.id != id);
            if listeners.is_empty() {
                accounts.remove(&account);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Vec<Listener>>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// Whether it goes on listening.
    fn offer(&self, queued: Queued) -> bool {
        match self.queue.try_send(queued) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.end.send_replace(Some(End::TooSlow));
                false
            }
            Err(mpsc::error::TrySendError::Closed(_)) => false,
        }
    }

    /// Whether it goes on listening.
    fn nudge(&self, nudge: Nudge) -> bool {
        match self.nudges.put(nudge) {
            Marker::Needed => self.offer(Queued::Marker),
            Marker::Queued => true,
        }
    }
}

impl Subscription {
    /// The next event or nudge since joining, events not necessarily in order; `None` once the connection is ended.
    pub(crate) async fn recv(&mut self) -> Option<Told> {
        let queued = self.queue.recv().await?;
        Some(self.told(queued))
    }

    /// The same if there is one already.
    pub(crate) fn try_recv(&mut self) -> Option<Told> {
        let queued = self.queue.try_recv().ok()?;
        Some(self.told(queued))
    }

    fn told(&self, queued: Queued) -> Told {
        match queued {
            Queued::Event(event) => Told::Event(event),
            Queued::Marker => Told::Nudge(self.nudges.take()),
            Queued::Typing(typing) => Told::Typing(typing),
            Queued::Presence => Told::Presence(self.presence.take()),
        }
    }

    /// What was to be told of who is there, and found no place in the queue.
    pub(crate) fn presence_left(&self) -> Vec<Presence> {
        self.presence.take()
    }

    /// Waits until the connection is ended from outside.
    pub(crate) fn ended(&self) -> impl Future<Output = End> + Send + 'static {
        let mut end = self.end.clone();
        async move {
            match end.wait_for(Option::is_some).await.map(|end| *end) {
                Ok(Some(end)) => end,
                _ => std::future::pending().await,
            }
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.leave(self.account, self.id);
    }
}
