//! Tells of what was stored, after COMMIT: this server's connections all of it, other servers that there is something.
//!
//! Never waits.

use std::sync::Arc;

use bedside_protocol::AccountId;
use bedside_runtime::Runtime;

use crate::bus::{Bus, Signal};
use crate::hub::{Hub, Typing};
use crate::store::{Actor, Delivery};

/// A cheap handle to hub and bus.
#[derive(Clone)]
pub(crate) struct Announcer {
    runtime: Runtime,
    hub: Arc<Hub>,
    bus: Bus,
}

impl Announcer {
    pub(crate) const fn new(runtime: Runtime, hub: Arc<Hub>, bus: Bus) -> Self {
        Announcer { runtime, hub, bus }
    }

    /// Stored events, right after their COMMIT.
    pub(crate) fn deliver(&self, deliveries: Vec<Delivery>) {
        if deliveries.is_empty() {
            return;
        }
        self.bus.publish(|| Signal::wake(&deliveries, self.runtime.now()));
        self.hub.deliver(deliveries, self.runtime.monotonic());
    }

    /// Somebody types, for the other in the room.
    pub(crate) fn typing(&self, to: AccountId, typing: Typing) {
        self.bus.publish(|| Signal::Typing { to, typing });
        self.hub.typing(to, typing);
    }

    /// Something about an account that no event tells: its connections look at the store at once.
    pub(crate) fn changed(&self, account: AccountId) {
        self.bus.publish(|| Signal::Changed { accounts: vec![account] });
        self.hub.look(account);
    }

    /// An ended session: its connections are ended.
    pub(crate) fn revoke(&self, Actor { account_id: account, session_id, .. }: Actor) {
        self.bus.publish(|| Signal::Revoked { account, session_id });
        self.hub.revoke(account, session_id);
    }
}
