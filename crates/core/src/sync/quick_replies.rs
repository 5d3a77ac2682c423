//! Quick replies: all of them are fetched with each connection and whenever the feed says that they have changed.

use bedside_protocol::wire::Role;

use super::Machine;
use super::call::{Answer, Call, CallId, Failure, Purpose};
use crate::cache_write::CacheWrite;

/// Where the fetching of them stands.
#[derive(Debug, Default)]
pub(super) struct QuickReplies {
    /// By the cache's word, until the server has named the account.
    pub(super) role: Option<Role>,
    call: Option<CallId>,
    /// They have changed since the call was made: its answer may be without that.
    changed: bool,
}

impl QuickReplies {
    pub(super) fn drop_call(&mut self) {
        self.call = None;
        self.changed = false;
    }
}

impl Machine {
    /// Patients have none.
    pub(super) fn fetch_quick_replies(&mut self) {
        let role = self.account.as_ref().map(|account| account.person.role).or(self.quick_replies.role);
        if role.is_some_and(|role| role != Role::Patient) && self.quick_replies.call.is_none() {
            self.quick_replies.changed = false;
            let call = self.call(Purpose::QuickReplies, Call::QuickReplies);
            self.quick_replies.call = Some(call);
        }
    }

    pub(super) fn quick_replies_changed(&mut self) {
        self.quick_replies.changed = true;
        self.fetch_quick_replies();
    }

    /// What could not be had is asked for with the next connection.
    pub(super) fn quick_replies_answered(&mut self, result: Result<Answer, Failure>) {
        self.quick_replies.call = None;
        if let Ok(Answer::QuickReplies(replies)) = result {
            self.write(vec![CacheWrite::QuickReplies(replies)]);
        }
        if std::mem::take(&mut self.quick_replies.changed) {
            self.fetch_quick_replies();
        }
    }
}
