//! A message as its reader wishes it: what the server has, and over it one's own changes that it does not have yet.

use bedside_core::cache_write::{ChangeRow, ChangeStep};
use bedside_protocol::AccountId;
use bedside_protocol::ipc::ChangeState;
use bedside_protocol::wire::{MessageChange, Reaction};

use super::timeline::MessageHeld;

/// What of a message may be changed, as it is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) edited: bool,
    pub(crate) retracted: bool,
    pub(crate) reactions: Vec<Reaction>,
    /// Whether the text shown, or that it is taken back, is still to be saved or was refused.
    pub(crate) change: Option<ChangeState>,
    /// Whether oneself may edit it or take it back.
    pub(crate) changeable: bool,
    /// Whether oneself may react to it.
    pub(crate) reactable: bool,
}

impl Shown {
    /// A message under a room's changes, in their order.
    pub(crate) fn of(
        message: MessageHeld,
        changes: &[ChangeRow],
        me: Option<AccountId>,
        writable: bool,
    ) -> Self {
        let (id, own) = (message.message_id, me == Some(message.sender));
        let held = Shown {
            text: message.content,
            edited: message.edited_at.is_some(),
            retracted: message.retracted_at.is_some(),
            reactions: message.reactions,
            ..Shown::default()
        };
        let mut shown = held.under(changes.iter().filter(|row| row.message_id == id), me);
        shown.reactable = writable && !shown.retracted;
        shown.changeable = shown.reactable && own;
        shown
    }

    /// The same under its own changes.
    pub(crate) fn under<'a>(
        mut self,
        changes: impl IntoIterator<Item = &'a ChangeRow>,
        me: Option<AccountId>,
    ) -> Self {
        changes.into_iter().for_each(|row| self.take(row, me));
        self
    }

    /// Nothing undoes a retraction; one that was refused leaves the message as it is.
    fn take(&mut self, row: &ChangeRow, me: Option<AccountId>) {
        if row.is_text() {
            self.change = Some(state(row));
        }
        match (&row.change, row.state) {
            _ if self.retracted => {}
            (MessageChange::Edit { message }, _) => {
                self.text.clone_from(message);
                self.edited = true;
            }
            (MessageChange::Retract, ChangeStep::Queued) => {
                self.retracted = true;
                self.text.clear();
                self.reactions.clear();
            }
            (MessageChange::React { emoji, on }, ChangeStep::Queued) => self.react(me, emoji, *on),
            (MessageChange::Retract | MessageChange::React { .. }, ChangeStep::Refused(_)) => {}
        }
    }

    fn react(&mut self, me: Option<AccountId>, emoji: &str, on: bool) {
        let Some(account_id) = me else { return };
        self.reactions.retain(|set| set.account_id != account_id || set.emoji != emoji);
        if on {
            self.reactions.push(Reaction { account_id, emoji: emoji.to_owned() });
            self.reactions.sort_unstable();
        }
    }

    /// Whether oneself may change it like this.
    pub(crate) fn allows(&self, change: &MessageChange) -> bool {
        match change {
            MessageChange::Edit { .. } | MessageChange::Retract => self.changeable,
            MessageChange::React { .. } => self.reactable,
        }
    }

    /// Whether a change would make a difference.
    pub(crate) fn lacks(&self, change: &MessageChange, me: Option<AccountId>) -> bool {
        match change {
            MessageChange::Edit { message } => *message != self.text,
            MessageChange::Retract => !self.retracted,
            MessageChange::React { emoji, on } => {
                let own = |set: &Reaction| me == Some(set.account_id) && set.emoji == *emoji;
                self.reactions.iter().any(own) != *on
            }
        }
    }
}

fn state(row: &ChangeRow) -> ChangeState {
    match row.state {
        ChangeStep::Queued => ChangeState::Saving,
        ChangeStep::Refused(code) => {
            ChangeState::Refused { code, retraction: row.change == MessageChange::Retract }
        }
    }
}
