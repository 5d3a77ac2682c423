//! What a message quotes, as it stands now: the original itself where it is held, with what oneself has changed in it.

use bedside_protocol::ipc::QuoteView;
use bedside_protocol::wire::Quote;
use bedside_protocol::{MessageId, RoomId};
use rusqlite::Connection;

use super::item::Reader;
use super::window::Entry;
use crate::cache::CacheError;
use crate::cache::query::by_id;
use crate::cache::query::shown::Shown;
use crate::cache::query::timeline::{self as query, MessageHeld, QuoteHeld};

/// What a stored message replies to.
pub(super) fn of_entry(
    db: &Connection,
    room_id: RoomId,
    entry: &Entry,
    reader: &Reader<'_>,
) -> Result<Option<QuoteView>, CacheError> {
    let Entry::Message(MessageHeld { reply: Some(reply), .. }) = entry else { return Ok(None) };
    let there = query::from(db, room_id, reply.seq, 1)?.pop();
    let original = there.filter(|there| there.message_id == reply.message_id);
    Ok(Some(original.map_or_else(|| told(reply, reader), |original| held(original, reader))))
}

/// A message that is to be replied to, if it is held.
pub(super) fn of_id(
    db: &Connection,
    room_id: RoomId,
    id: Option<MessageId>,
    reader: &Reader<'_>,
) -> Result<Option<QuoteView>, CacheError> {
    let original = id.map_or(Ok(None), |id| by_id::message(db, room_id, id))?;
    Ok(original.map(|original| held(original, reader)))
}

fn held(original: MessageHeld, reader: &Reader<'_>) -> QuoteView {
    let (message_id, seq) = (original.message_id, original.seq);
    let own = reader.me == Some(original.sender);
    let shown = Shown::of(original, reader.changes, reader.me, reader.writable);
    QuoteView { message_id, seq, own, text: Quote::excerpt(&shown.text), retracted: shown.retracted }
}

/// By the server's word, for as long as the original is not here.
fn told(reply: &QuoteHeld, reader: &Reader<'_>) -> QuoteView {
    QuoteView {
        message_id: reply.message_id,
        seq: reply.seq,
        own: reader.me == Some(reply.sender),
        text: reply.text.clone().unwrap_or_default(),
        retracted: reply.text.as_deref() == Some(""),
    }
}
