//! What becomes of a message that somebody wants to change.

use bedside_protocol::wire::{Message, MessageChange, MessageVersion};
use bedside_protocol::{RoomId, limits};
use sha2::{Digest, Sha256};

use super::audit::Event;
use super::membership::Member;
use crate::access::Action;
use crate::store::{Actor, ChangeCommand, ChangeOutcome};

/// The kind of command that changes a message.
pub(in crate::store) const CHANGE_MESSAGE: &str = "change_message";

/// What makes two commands under one id the same.
pub(in crate::store) fn digest(command: &ChangeCommand) -> [u8; 32] {
    let begun = Sha256::new()
        .chain_update(CHANGE_MESSAGE)
        .chain_update([0])
        .chain_update(command.message_id.get().to_be_bytes());
    let whole = match &command.change {
        MessageChange::Edit { message } => begun.chain_update([0]).chain_update(message),
        MessageChange::Retract => begun.chain_update([1]),
        MessageChange::React { emoji, on } => begun.chain_update([2, u8::from(*on)]).chain_update(emoji),
    };
    whole.finalize().into()
}

/// What a change is authorised by.
pub(in crate::store) const fn action(change: &MessageChange) -> Action {
    match change {
        MessageChange::Edit { .. } | MessageChange::Retract => Action::ChangeMessage,
        MessageChange::React { .. } => Action::React,
    }
}

/// What the audit says of a change; reactions are left out like read marks.
pub(in crate::store) const fn event(change: &MessageChange) -> Option<Event> {
    match change {
        MessageChange::Edit { .. } => Some(Event::MessageEdited),
        MessageChange::Retract => Some(Event::MessageRetracted),
        MessageChange::React { .. } => None,
    }
}

/// Whether a change applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Verdict {
    Applies,
    /// It is so already.
    IsSo,
}

/// Judges a change by an actor that may change things in the room.
///
/// # Errors
/// With what becomes of a change that may not be.
pub(in crate::store) fn judge(
    actor: Actor,
    change: &MessageChange,
    message: &Message,
) -> Result<Verdict, ChangeOutcome> {
    let own = message.sender_account == actor.account_id;
    let retracted = message.retracted_at.is_some();
    match change {
        MessageChange::Edit { .. } | MessageChange::Retract if !own => Err(ChangeOutcome::Forbidden),
        MessageChange::Retract if retracted => Ok(Verdict::IsSo),
        _ if retracted => Err(ChangeOutcome::Retracted),
        MessageChange::Edit { message: text } if *text == message.content => Ok(Verdict::IsSo),
        MessageChange::Edit { .. } | MessageChange::Retract => Ok(Verdict::Applies),
        MessageChange::React { emoji, on } => {
            let theirs = || message.reactions.iter().filter(|set| set.account_id == actor.account_id);
            match (*on, theirs().any(|set| set.emoji == *emoji)) {
                (true, true) | (false, false) => Ok(Verdict::IsSo),
                (true, false) if theirs().count() >= limits::REACTIONS_EACH => {
                    Err(ChangeOutcome::TooManyReactions)
                }
                (true, false) | (false, true) => Ok(Verdict::Applies),
            }
        }
    }
}

/// Whether a message is in a room, and where this member of it may see.
pub(in crate::store) fn is_seen(message: &Message, room: RoomId, member: &Member) -> bool {
    message.room_id == room && member.sees(message.room_seq)
}

/// The text that a message has now.
pub(in crate::store) fn present(message: Message) -> MessageVersion {
    let written_at = message.edited_at.unwrap_or(message.timestamp);
    MessageVersion { rev: message.rev, content: message.content, written_at }
}
