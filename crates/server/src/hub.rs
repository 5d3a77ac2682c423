//! Who is connected: account → listeners. Events are handed over as hints; the feed is the truth.
//!
//! Never touches the store and never waits: a listener whose queue is full is ended and resumes by its cursor.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::AccountId;
use bedside_protocol::feed::FeedEvent;
use tokio::sync::{mpsc, watch};

use crate::store::Delivery;

/// Events a connection may lag behind before it is ended: two screens of a busy conversation, some 4 KB of pointers.
const QUEUE: usize = 512;

/// An event on its way to an account's sockets; each form of it is serialised once, by the first socket to need it.
pub(crate) struct LiveEvent {
    pub(crate) event: FeedEvent,
    feed_frame: OnceLock<Utf8Bytes>,
    room_frame: OnceLock<Utf8Bytes>,
}

impl LiveEvent {
    pub(crate) fn new(event: FeedEvent) -> Self {
        LiveEvent { event, feed_frame: OnceLock::new(), room_frame: OnceLock::new() }
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

struct Listener {
    id: u64,
    session_id: i64,
    queue: mpsc::Sender<Arc<LiveEvent>>,
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
    /// Events since joining, not necessarily in order.
    pub(crate) queue: mpsc::Receiver<Arc<LiveEvent>>,
    end: watch::Receiver<Option<End>>,
}

impl Hub {
    /// Joins, so that nothing stored from now on is missed. Call it before answering a handshake.
    pub(crate) fn join(self: &Arc<Self>, account: AccountId, session_id: i64) -> Subscription {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, queue) = mpsc::channel(QUEUE);
        let (end_sender, end) = watch::channel(None);
        let listener = Listener { id, session_id, queue: sender, end: end_sender };
        self.lock().entry(account).or_default().push(listener);
        Subscription { hub: Arc::clone(self), account, id, queue, end }
    }

    /// How many connections an account has.
    pub(crate) fn connections(&self, account: AccountId) -> usize {
        self.lock().get(&account).map_or(0, Vec::len)
    }

    /// Hands stored events to whoever is connected.
    pub(crate) fn deliver(&self, deliveries: Vec<Delivery>) {
        let mut accounts = self.lock();
        for delivery in deliveries {
            if let Some(listeners) = accounts.get_mut(&delivery.account_id) {
                let event = Arc::new(LiveEvent::new(delivery.event));
                listeners.retain(|listener| offer(listener, &event));
            }
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

fn offer(listener: &Listener, event: &Arc<LiveEvent>) -> bool {
    match listener.queue.try_send(Arc::clone(event)) {
        Ok(()) => true,
        Err(mpsc::error::TrySendError::Full(_)) => {
            listener.end.send_replace(Some(End::TooSlow));
            false
        }
        Err(mpsc::error::TrySendError::Closed(_)) => false,
    }
}

impl Subscription {
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

#[cfg(test)]
mod tests {
    use bedside_protocol::FeedSeq;
    use bedside_protocol::feed::Change;

    use super::*;

    const ANA: AccountId = AccountId(1);

    fn delivery(seq: i64) -> Delivery {
        Delivery { account_id: ANA, event: FeedEvent { feed_seq: FeedSeq(seq), change: Change::Gone } }
    }

    #[tokio::test]
    async fn a_listener_that_does_not_read_is_ended() {
        let hub = Arc::new(Hub::default());
        let listener = hub.join(ANA, 7);
        hub.deliver((1..=513).map(delivery).collect());
        assert_eq!(listener.ended().await, End::TooSlow);
        assert_eq!(hub.connections(ANA), 0);
    }

    #[tokio::test]
    async fn ending_a_session_ends_its_connections_only() {
        let hub = Arc::new(Hub::default());
        let (revoked, mut kept) = (hub.join(ANA, 7), hub.join(ANA, 8));
        hub.revoke(ANA, 7);
        assert_eq!(revoked.ended().await, End::Revoked);
        hub.deliver(vec![delivery(1)]);
        assert_eq!(kept.queue.recv().await.unwrap().event.feed_seq, FeedSeq(1));
    }

    #[tokio::test]
    async fn leaving_forgets_the_account() {
        let hub = Arc::new(Hub::default());
        drop(hub.join(ANA, 7));
        assert!(hub.lock().is_empty());
    }
}
