//! What a command is known by.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Message, Quote};
use bedside_protocol::{AccountId, FeedSeq, MessageId, Rev, RoomSeq};
use sha2::{Digest, Sha256};

use super::membership::Member;
use crate::store::{Delivery, SendCommand};

/// The kind of command that stores a message.
pub(in crate::store) const SEND_MESSAGE: &str = "send_message";

/// What makes two commands under one id the same. `composed_at` does not: a client may correct its clock. One that
/// replies to nothing has the digest that it had before there were replies.
pub(in crate::store) fn digest(command: &SendCommand) -> [u8; 32] {
    let begun = Sha256::new()
        .chain_update(SEND_MESSAGE)
        .chain_update([0])
        .chain_update(command.room_id.get().to_be_bytes());
    let kind = u8::from(command.urgent);
    let told = match command.reply_to {
        None => begun.chain_update([kind]),
        Some(original) => begun.chain_update([kind | REPLIES]).chain_update(original.get().to_be_bytes()),
    };
    told.chain_update(&command.content).finalize().into()
}

/// The bit that tells a reply, whose original follows.
const REPLIES: u8 = 2;

/// The message that a command has become, as its author sees it.
pub(in crate::store) fn as_stored(
    author: &Member,
    command: &SendCommand,
    id: MessageId,
    room_seq: RoomSeq,
    rev: Rev,
    quote: Option<Quote>,
) -> Message {
    Message {
        id,
        room_id: command.room_id,
        room_seq,
        rev,
        sender_type: author.role,
        sender_id: author.role_no,
        sender_account: author.account_id,
        content: command.content.clone(),
        timestamp: command.now,
        composed_at: command.composed_at,
        edited_at: None,
        retracted_at: None,
        urgent: command.urgent,
        reactions: Vec::new(),
        client_id: Some(command.client_id),
        reply_to: quote.as_ref().map(|quote| quote.message_id),
        quote,
    }
}

/// A message, as its author sees it, on its way to a member: the author's id for it is only the author's.
pub(in crate::store) fn delivery(message: &Message, account_id: AccountId, feed_seq: FeedSeq) -> Delivery {
    let change = Change::Message { message: Box::new(seen_by(message.clone(), account_id)) };
    Delivery { account_id, event: FeedEvent { feed_seq, change } }
}

/// A message, as its author sees it, for a viewer.
pub(in crate::store) fn seen_by(message: Message, viewer: AccountId) -> Message {
    let client_id = message.client_id.filter(|_| message.sender_account == viewer);
    Message { client_id, ..message }
}
