//! Whether people are there: told to those who share a room with them, outside the feed, and the first thing to be dropped
//! under load.
//!
//! An account is there while it has a socket at some server, and for ten seconds after its last was closed, so that one who
//! reconnects was never away. Who hides it is not told of, and is told of nobody. Nothing here is on a message's way: the
//! store is asked once when a socket is opened, and told at most once a minute who was last seen when.
//!
//! Servers say who has come and gone, and every 15 seconds who is there; a server that has been silent for 45 is dead, and
//! its people are away.

mod table;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bedside_protocol::{AccountId, Timestamp};
use bedside_runtime::Runtime;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::bus::{Bus, NodeId, Signal};
use crate::hub::Hub;
use crate::store::{Acquaintances, SharedStore};
use table::{BEAT_EVERY, Now, Outcome, Table};

pub(crate) use table::News;

/// How often it is looked whether time has changed anything.
const TICK: Duration = Duration::from_secs(1);
/// How often it is kept who was last seen when.
const KEEP_EVERY: Duration = Duration::from_secs(60);
/// Accounts noted in one transaction, 2 ms of the embedded store's writer: messages go between two of them.
const NOTED_AT_ONCE: usize = 200;

/// What may be told of somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing is known, or they hide it.
    #[default]
    Unknown,
    /// They have a socket.
    Online,
    /// They had their last one until then.
    Left(Timestamp),
}

impl State {
    pub(crate) fn is_online(self) -> bool {
        self == State::Online
    }

    /// When somebody was last seen who is not there.
    pub(crate) const fn last_seen(self) -> Option<Timestamp> {
        match self {
            State::Left(at) => Some(at),
            State::Unknown | State::Online => None,
        }
    }
}

/// What may be told of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Presence {
    pub(crate) account: AccountId,
    pub(crate) state: State,
}

/// Everybody of whom something is known.
pub(crate) struct Presences {
    runtime: Runtime,
    hub: Arc<Hub>,
    /// Set once there is one.
    bus: OnceLock<Bus>,
    table: Mutex<Table>,
    /// Last seen then, and not kept yet.
    unkept: Mutex<BTreeMap<AccountId, Timestamp>>,
    /// Rung when time begins to matter.
    stirred: Notify,
}

/// That somebody has a socket here; over when dropped.
pub(crate) struct Present {
    presences: Arc<Presences>,
    account: AccountId,
}

impl Presences {
    pub(crate) fn new(runtime: Runtime, hub: Arc<Hub>) -> Self {
        Presences {
            runtime,
            hub,
            bus: OnceLock::new(),
            table: Mutex::default(),
            unkept: Mutex::default(),
            stirred: Notify::new(),
        }
    }

    /// Other servers are told by this from now on, and what time changes is seen to until the server closes.
    pub(crate) fn start(self: &Arc<Self>, bus: Bus, store: SharedStore, closing: CancellationToken) {
        let _ = self.bus.set(bus); // Started once.
        let presences = Arc::clone(self);
        self.runtime.spawn_vital("server.presence", presences.keep_time(store, closing));
    }

    /// Somebody opens a socket here; what it is to be told of others.
    pub(crate) fn came(
        self: &Arc<Self>,
        account: AccountId,
        known: &Acquaintances,
    ) -> (Present, Vec<Presence>) {
        let told = self.event(|table| table.came(account, known));
        self.stirred.notify_one();
        (Present { presences: Arc::clone(self), account }, told)
    }

    /// Whether somebody has a socket anywhere, hidden or not; one who hides at another server is not known of.
    pub(crate) fn is_there(&self, account: AccountId) -> bool {
        self.table().is_there(account)
    }

    /// Another server tells who has come and gone.
    pub(crate) fn heard(&self, node: NodeId, news: &News) {
        self.event(|table| ((), table.heard(node, news, self.now())));
        self.stirred.notify_one();
    }

    /// Keeps who was last seen when, now: the server closes.
    pub(crate) async fn close(&self, store: &SharedStore) {
        let seen = self.table().closing(self.now());
        self.unkept().extend(seen);
        self.keep(store).await;
    }

    async fn keep_time(self: Arc<Self>, store: SharedStore, closing: CancellationToken) {
        let (mut said_at, mut kept_at) = (self.runtime.monotonic(), self.runtime.monotonic());
        loop {
            tokio::select! {
                () = self.stirred.notified(), if self.is_at_rest() => {}
                () = self.runtime.sleep(TICK), if !self.is_at_rest() => {}
                () = closing.cancelled() => return,
            }
            self.event(|table| ((), table.tick(self.now())));
            let now = self.runtime.monotonic();
            if now.saturating_sub(said_at) >= BEAT_EVERY {
                said_at = now;
                self.beat();
            }
            if now.saturating_sub(kept_at) >= KEEP_EVERY {
                kept_at = now;
                self.keep(&store).await;
            }
        }
    }

    /// Whether nothing changes until something happens.
    fn is_at_rest(&self) -> bool {
        let table = self.table();
        let says = self.bus.get().is_some_and(Bus::has_others) && table.has_anybody();
        !says && !table.is_restless() && self.unkept().is_empty()
    }

    fn beat(&self) {
        self.event(|table| ((), Outcome { news: table.beat(), ..Outcome::default() }));
    }

    /// What comes of an event is told before the next can happen, so that the last word is the last told.
    fn event<T>(&self, happens: impl FnOnce(&mut Table) -> (T, Outcome)) -> T {
        let mut table = self.table();
        let (value, outcome) = happens(&mut table);
        self.carry_out(outcome);
        value
    }

    /// Never waits.
    fn carry_out(&self, Outcome { tell, news, seen }: Outcome) {
        for (to, presence) in tell {
            self.hub.presence(to, presence);
        }
        if news != News::default()
            && let Some(bus) = self.bus.get()
        {
            bus.publish(|| Signal::Presence(news));
        }
        self.unkept().extend(seen);
    }

    /// What cannot be written is left: it is of little worth, and the next visit writes another.
    async fn keep(&self, store: &SharedStore) {
        let seen: Vec<(AccountId, Timestamp)> = std::mem::take(&mut *self.unkept()).into_iter().collect();
        for some in seen.chunks(NOTED_AT_ONCE) {
            if let Err(error) = store.note_seen(some.to_vec()).await {
                tracing::debug!(error = %error, "who was last seen when was not kept");
                return;
            }
        }
    }

    fn now(&self) -> Now {
        Now { passed: self.runtime.monotonic(), wall: self.runtime.now() }
    }

    fn table(&self) -> std::sync::MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unkept(&self) -> std::sync::MutexGuard<'_, BTreeMap<AccountId, Timestamp>> {
        self.unkept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Present {
    /// What the store says has changed; what the socket is to be told of others.
    pub(crate) fn again(&self, known: &Acquaintances) -> Vec<Presence> {
        self.presences.event(|table| table.again(self.account, known))
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let now = self.presences.now();
        self.presences.table().went(self.account, now);
        self.presences.stirred.notify_one();
    }
}
