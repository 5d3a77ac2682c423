//! A message, a gap, a waiting message: as the timeline shows them.

use bedside_core::cache_write::{ChangeRow, OutboxRow};
use bedside_protocol::ipc::{QuoteView, ReactionView, TimelineItem, TimelineMessage};
use bedside_protocol::wire::Reaction;
use bedside_protocol::{AccountId, ClientId, Timestamp};

use super::window::Entry;
use crate::cache::query::rooms::{Reached, delivery};
use crate::cache::query::shown::Shown;
use crate::cache::query::timeline::MessageHeld;

/// A message composed this long before it was stored shows both moments, in milliseconds.
const WRITTEN_EARLIER_MS: i64 = 2 * 60 * 1_000;

/// What a conversation's reader sees in each of its messages.
pub(super) struct Reader<'a> {
    pub(super) me: Option<AccountId>,
    /// Whether the conversation goes on.
    pub(super) writable: bool,
    /// How far the other is.
    pub(super) other: Reached,
    /// What the server does not have yet, in order.
    pub(super) changes: &'a [ChangeRow],
}

pub(super) fn entry(
    entry: Entry,
    reply: Option<QuoteView>,
    reader: &Reader<'_>,
    fetching: bool,
) -> TimelineItem {
    match entry {
        Entry::Message(message) => TimelineItem::Message(stored(message, reply, reader)),
        // History arrives newest first, so a gap shrinks from its end: its beginning names it.
        Entry::Gap(from, to) => TimelineItem::Gap { key: format!("g:{from}"), from, to, loading: fetching },
    }
}

fn stored(message: MessageHeld, reply: Option<QuoteView>, reader: &Reader<'_>) -> TimelineMessage {
    let own = reader.me == Some(message.sender);
    let key = match message.client_id {
        Some(client_id) if own => key_of(client_id),
        _ => format!("m:{}", message.message_id),
    };
    let bare = TimelineMessage {
        key,
        message_id: Some(message.message_id),
        seq: Some(message.seq),
        client_id: None,
        own,
        text: String::new(),
        at: message.stored_at,
        written_at: message.composed_at.filter(|at| is_earlier(*at, message.stored_at)),
        state: own.then(|| reader.other.state(message.seq)),
        edited: false,
        retracted: false,
        urgent: message.urgent,
        reactions: Vec::new(),
        changeable: false,
        reactable: false,
        change: None,
        reply: None,
    };
    let shown = Shown::of(message, reader.changes, reader.me, reader.writable);
    TimelineMessage {
        edited: shown.edited,
        retracted: shown.retracted,
        reactions: reactions(&shown.reactions, reader.me),
        text: shown.text,
        changeable: shown.changeable,
        reactable: shown.reactable,
        change: shown.change,
        reply: reply.filter(|_| !shown.retracted),
        ..bare
    }
}

/// A message of the outbox; it keeps its key when the server has given it a place.
pub(super) fn waiting(row: OutboxRow, reply: Option<QuoteView>) -> TimelineItem {
    TimelineItem::Message(TimelineMessage {
        key: key_of(row.client_id),
        message_id: None,
        seq: None,
        client_id: Some(row.client_id),
        own: true,
        state: Some(delivery(&row.state)),
        text: row.content,
        at: row.composed_at,
        written_at: None,
        edited: false,
        retracted: false,
        urgent: row.urgent,
        reactions: Vec::new(),
        changeable: false,
        reactable: false,
        change: None,
        reply,
    })
}

fn key_of(client_id: ClientId) -> String {
    format!("c:{client_id}")
}

fn is_earlier(composed: Timestamp, stored: Timestamp) -> bool {
    stored.millis() - composed.millis() >= WRITTEN_EARLIER_MS
}

/// By emoji, in the order in which each first occurs.
fn reactions(reactions: &[Reaction], me: Option<AccountId>) -> Vec<ReactionView> {
    let mut views = Vec::<ReactionView>::new();
    for reaction in reactions {
        let own = me == Some(reaction.account_id);
        match views.iter_mut().find(|view| view.emoji == reaction.emoji) {
            Some(view) => {
                view.count += 1;
                view.own |= own;
            }
            None => views.push(ReactionView { emoji: reaction.emoji.clone(), count: 1, own }),
        }
    }
    views
}
