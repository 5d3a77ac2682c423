//! What is quoted of a message that another one replies to. It is read when the other one is delivered, never copied.

use bedside_protocol::wire::{Message, Quote};
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq};

use super::membership::Member;
use crate::store::SendCommand;

/// A message that may be replied to.
#[derive(Clone, Debug)]
pub(in crate::store) struct Original {
    pub(in crate::store) id: MessageId,
    pub(in crate::store) room: RoomId,
    pub(in crate::store) room_seq: RoomSeq,
    pub(in crate::store) sender: AccountId,
    /// The beginning of its text: more than is quoted, since white space is folded.
    pub(in crate::store) text: String,
    pub(in crate::store) retracted: bool,
}

/// What a message is to reply to is not there for its author.
#[derive(Debug)]
pub(in crate::store) struct Missing;

/// What a message that is to be stored quotes, given what was found of it.
pub(in crate::store) fn quoted(
    command: &SendCommand,
    author: &Member,
    found: Option<&Original>,
) -> Result<Option<Quote>, Missing> {
    if command.reply_to.is_none() {
        return Ok(None);
    }
    let seen = found.filter(|found| found.room == command.room_id && author.sees(found.room_seq));
    seen.map(|original| Some(original.quote())).ok_or(Missing)
}

impl Original {
    fn quote(&self) -> Quote {
        Quote {
            message_id: self.id,
            room_seq: self.room_seq,
            sender_account: self.sender,
            text: Quote::excerpt(&self.text),
            retracted: self.retracted,
        }
    }

    /// Gives a message what it quotes. One that was taken back says nothing any more, not even that.
    pub(in crate::store) fn under(self, message: Message) -> Message {
        if message.retracted_at.is_some() {
            return message;
        }
        Message { reply_to: Some(self.id), quote: Some(self.quote()), ..message }
    }
}
