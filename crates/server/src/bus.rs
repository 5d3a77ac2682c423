//! How several servers on one PostgreSQL wake each other.
//!
//! A signal is a hint: ids and places in feeds, never a text or a name. What it speaks of is read from the store, so
//! that a forged, doubled, late or lost signal does no more than cause or delay a look there; each connection looks at
//! its feed's head every 25 seconds besides. Only who types and who is there is taken as it is said: the store has no word on
//! it, and a forged one shows somebody who is not there. Telling never waits and never fails whoever tells.
//!
//! There are two ways, Redis pub/sub and PostgreSQL's LISTEN/NOTIFY. Which of them is taken:
//!
//! 1. Every server listens on both, always, and connects again by itself, ever more patiently.
//! 2. It tells by Redis while its own connection to it is up.
//! 3. It tells by PostgreSQL as well, unless it knows that this is of no use: both its connections have been up for 15
//!    seconds, and for as long no other server has said that it hears nothing through Redis. A server without Redis,
//!    configured so or cut off, says so every 5 seconds, by PostgreSQL. So Redis may be lost by one server or by all,
//!    and be back for some before others, and everybody is told; a server without `--redis` may stand beside others.
//! 4. What was to go by a way and could not is owed to it: not the signals, but one "look at the store", as soon as the
//!    way is open again.
//! 5. After each loss and each return of a connection, and when another server says "look", all connections of this
//!    server look at the store once, spread over some seconds.
//!
//! Servers that are each connected to a Redis of their own do not notice: that is left to the 25 seconds.

pub mod beside;
mod choice;
mod driver;
mod link;
pub mod postgres;
pub mod redis;
mod signal;
#[cfg(test)]
mod tests;
mod unsent;
pub mod wire;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bedside_runtime::Runtime;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;
use crate::presence::Presences;
use crate::rate::{Rates, sharing};
pub use choice::Standing;
pub(crate) use signal::{NodeId, Signal};
use unsent::Unsent;
use wire::Wire;

/// How long the last signals may take when the server closes.
const CLOSE_DEADLINE: Duration = Duration::from_secs(3);

/// What a server shares with others; the default is nothing.
#[derive(Clone, Default)]
pub struct Wires {
    /// Redis pub/sub.
    pub redis: Option<Arc<dyn Wire>>,
    /// PostgreSQL's LISTEN/NOTIFY.
    pub postgres: Option<Arc<dyn Wire>>,
}

/// Those who are told what other servers tell.
#[derive(Clone)]
pub(crate) struct Ears {
    pub(crate) hub: Arc<Hub>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) presences: Arc<Presences>,
}

/// A cheap handle to tell other servers by; costs nothing where there are none.
#[derive(Clone)]
pub(crate) struct Bus(Option<Arc<Shared>>);

/// What handles and the task share.
struct Shared {
    unsent: Mutex<Unsent>,
    /// Rung after each addition.
    added: Notify,
    standing: watch::Sender<Standing>,
    closing: CancellationToken,
    closed: CancellationToken,
}

impl Bus {
    /// Connects to the other servers, if there may be any, and hands the hub what they tell.
    pub(crate) fn start(runtime: &Runtime, ears: &Ears, wires: Wires) -> Self {
        if wires.redis.is_none() && wires.postgres.is_none() {
            return Bus(None);
        }
        let shared = Arc::new(Shared {
            unsent: Mutex::default(),
            added: Notify::new(),
            standing: watch::Sender::new(Standing::Starting),
            closing: CancellationToken::new(),
            closed: CancellationToken::new(),
        });
        driver::start(runtime, ears.clone(), Arc::clone(&shared), wires);
        let bus = Bus(Some(shared));
        sharing::start(runtime, Arc::clone(&ears.rates), bus.clone());
        bus
    }

    /// Tells the other servers, soon; the signal is made only if there may be any.
    pub(crate) fn publish(&self, signal: impl FnOnce() -> Signal) {
        if let Some(shared) = &self.0 {
            shared.unsent().add(signal());
            shared.added.notify_one();
        }
    }

    /// Whether there may be other servers.
    pub(crate) const fn has_others(&self) -> bool {
        self.0.is_some()
    }

    /// How other servers are reached at present.
    pub(crate) fn standing(&self) -> Standing {
        self.0.as_ref().map_or(Standing::Alone, |shared| *shared.standing.borrow())
    }

    /// Tells what is left to tell and disconnects.
    pub(crate) async fn close(&self, runtime: &Runtime) {
        if let Some(shared) = &self.0 {
            shared.closing.cancel();
            let _ = runtime.timeout(CLOSE_DEADLINE, shared.closed.cancelled()).await; // Others look by themselves.
        }
    }
}

impl Shared {
    fn unsent(&self) -> std::sync::MutexGuard<'_, Unsent> {
        self.unsent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
