//! Whether others are there: in memory only, and believed no longer than a socket says so.
//!
//! The next socket begins by telling all that is known: what was heard on an earlier one and is not confirmed is forgotten.

use std::collections::BTreeMap;

use bedside_protocol::ipc::Presence;
use bedside_protocol::{AccountId, Timestamp, limits};

use super::{Machine, SocketId, Timer, Wait};

/// On which socket each was heard of last.
pub(super) type HeardOn = BTreeMap<AccountId, SocketId>;

impl Machine {
    /// The server tells whether somebody is there; with neither word nor moment it is not known.
    pub(super) fn presence_heard(
        &mut self,
        socket: SocketId,
        account_id: AccountId,
        (online, last_seen): (bool, Option<Timestamp>),
    ) {
        let presence = match last_seen {
            _ if online => Presence::Online,
            Some(at) => Presence::LastSeen { at },
            None => {
                self.others.presence.remove(&account_id);
                return;
            }
        };
        self.others.presence.insert(account_id, presence);
        self.heard_on.insert(account_id, socket);
    }

    /// A socket was lost, or another has opened: what was known is believed for a while.
    pub(super) fn presence_uncertain(&mut self) {
        if !self.others.presence.is_empty() {
            self.start(Timer::Presence, Wait::For(limits::PRESENCE_KEPT));
        }
    }

    /// Nothing has confirmed it. Without a socket, when somebody was seen last is still true.
    pub(super) fn presence_outdated(&mut self) {
        let (live, heard_on) = (self.link.live(), &self.heard_on);
        self.others.presence.retain(|account, presence| match live {
            Some(socket) => heard_on.get(account) == Some(&socket),
            None => *presence != Presence::Online,
        });
        let known = &self.others.presence;
        self.heard_on.retain(|account, _| known.contains_key(account));
    }
}
