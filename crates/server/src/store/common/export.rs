//! Messages as they are written out: what of a message comes from which table, alike for both databases.

use std::collections::HashMap;

use bedside_export::model;
use bedside_protocol::wire::{Clinic, Message, ReadMark, Role};
use bedside_protocol::{AccountId, MessageId, RoomSeq, Timestamp};

use super::audit::Event;
use super::mark::receipt;
use crate::store::{Actor, ExportPlace, StoreError};

/// Where in `meta` the seed of the signing key is.
pub(in crate::store) const SIGNING_SEED: &str = "signing_seed";

/// Whether a clinic lets somebody write conversations out.
pub(in crate::store) fn may_export(clinic: &Clinic, actor: Actor) -> bool {
    actor.role != Role::Practitioner || clinic.practitioners_export
}

pub(in crate::store) const fn event(place: ExportPlace) -> Event {
    match place {
        ExportPlace::Server => Event::RoomExported,
        ExportPlace::Device => Event::RoomExportedOnDevice,
    }
}

/// A mark of somebody's, and when it reached the places from those of a page on, in order.
pub(in crate::store) struct Reached {
    pub(in crate::store) mark: ReadMark,
    pub(in crate::store) delivered: Vec<(RoomSeq, Timestamp)>,
    pub(in crate::store) read: Vec<(RoomSeq, Timestamp)>,
}

impl Reached {
    fn receipt(&self, seq: RoomSeq) -> model::Receipt {
        let first = |moves: &[(RoomSeq, Timestamp)]| {
            let before = moves.partition_point(|(up_to, _)| *up_to < seq);
            moves.get(before).map(|(_, at)| *at)
        };
        let found = receipt(&self.mark, seq, first(&self.delivered), first(&self.read));
        model::Receipt {
            account_id: found.account_id,
            delivered: found.delivered,
            delivered_at: found.delivered_at,
            read: found.read,
            read_at: found.read_at,
        }
    }
}

/// What there is beside the messages of a page.
#[derive(Default)]
pub(in crate::store) struct Beside {
    /// Earlier texts, oldest first.
    pub(in crate::store) earlier: HashMap<MessageId, Vec<model::Version>>,
    /// Since when an emoji has been set.
    pub(in crate::store) set_at: HashMap<(MessageId, AccountId, String), Timestamp>,
    pub(in crate::store) reached: Vec<Reached>,
}

impl Beside {
    pub(in crate::store) fn written_out(&mut self, message: Message) -> model::Message {
        let receipts =
            self.reached.iter().filter(|reached| reached.mark.account_id != message.sender_account);
        let receipts = receipts.map(|reached| reached.receipt(message.room_seq)).collect();
        let id = message.id;
        let reactions = message.reactions.into_iter().map(|set| model::Reaction {
            set_at: self.set_at.remove(&(id, set.account_id, set.emoji.clone())),
            account_id: set.account_id,
            emoji: set.emoji,
        });
        model::Message {
            message_id: id,
            room_seq: message.room_seq,
            sender: message.sender_account,
            sent_at: message.timestamp,
            composed_at: message.composed_at,
            edited_at: message.edited_at,
            retracted_at: message.retracted_at,
            urgent: message.urgent,
            text: message.content,
            reactions: reactions.collect(),
            // What was taken back is shown to nobody, nor what it said before.
            earlier: self.earlier.remove(&id).filter(|_| message.retracted_at.is_none()).unwrap_or_default(),
            reply_to: message.quote.map(|quote| model::ReplyTo {
                message_id: quote.message_id,
                room_seq: quote.room_seq,
                sender: quote.sender_account,
                excerpt: quote.text,
            }),
            receipts,
        }
    }
}

/// The messages whose earlier texts are to be read, and those whose reactions' moments.
pub(in crate::store) fn to_look_up(messages: &[Message]) -> (Vec<i64>, Vec<i64>) {
    let edited =
        messages.iter().filter(|message| message.edited_at.is_some() && message.retracted_at.is_none());
    let reacted = messages.iter().filter(|message| !message.reactions.is_empty());
    (edited.map(|message| message.id.get()).collect(), reacted.map(|message| message.id.get()).collect())
}

/// The seed as it is kept: 64 hexadecimal digits.
pub(in crate::store) fn seed_to_text(seed: [u8; 32]) -> String {
    seed.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(in crate::store) fn seed_from_text(text: &str) -> Result<[u8; 32], StoreError> {
    let byte = |at: usize| {
        let pair = text.get(2 * at..2 * at + 2)?;
        u8::from_str_radix(pair, 16).ok()
    };
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(StoreError::Corrupt("the signing key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_read_as_it_was_kept() {
        let seed = std::array::from_fn(|at| u8::try_from(at * 7).unwrap());
        assert_eq!(seed_from_text(&seed_to_text(seed)).unwrap(), seed);
        assert!(seed_from_text("00ff").is_err());
    }
}
