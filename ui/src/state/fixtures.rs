//! Views for the tests of the reducers.

use bedside_protocol::ipc::{
    DeliveryState, FilterCounts, PersonView, RoomMarks, RoomRow, RoomsView, SessionState, SessionView,
    TimelineHead, TimelineItem, TimelineMessage, TimelineView, Update, UpdateBody, View,
};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};

/// A subscription's first update.
pub(crate) fn snapshot(view: View) -> Update {
    Update { subscription: 1, revision: 1, body: UpdateBody::Snapshot { view } }
}

fn person(name: &str, role: Role) -> PersonView {
    PersonView {
        account_id: AccountId(1),
        role,
        name: name.to_owned(),
        profession: None,
        birth_date: None,
        since: Timestamp(0),
        facts: Default::default(),
    }
}

/// Ana, signed in.
pub(crate) fn ana() -> SessionView {
    SessionView {
        state: SessionState::SignedIn { me: person("Ana", Role::Patient), sign_in_again: false },
        server: "https://chat.example.org".to_owned(),
        username: "ana".to_owned(),
        passphrase_needed: false,
        lock: None,
    }
}

/// A list of conversations.
pub(crate) fn rooms(ids: &[i64]) -> RoomsView {
    let rows = ids.iter().map(|id| row(*id)).collect();
    let filters = FilterCounts::default();
    RoomsView { unread: 0, unread_rooms: 0, urgent_rooms: 0, filters, loading: false, rows }
}

fn row(id: i64) -> RoomRow {
    RoomRow {
        key: id.to_string(),
        room_id: RoomId(id),
        person: person("Drew", Role::Practitioner),
        preview: None,
        at: None,
        unread: 0,
        urgent: false,
        writable: true,
        typing: false,
        marks: RoomMarks::default(),
        unseen_since: None,
        presence: None,
    }
}

/// A timeline of these items, at both ends.
pub(crate) fn timeline(items: Vec<TimelineItem>) -> TimelineView {
    let last_seq = items
        .iter()
        .filter_map(|item| match item {
            TimelineItem::Message(message) => message.seq,
            TimelineItem::Gap { to, .. } => Some(*to),
        })
        .max()
        .unwrap_or_default();
    let head = TimelineHead {
        room_id: RoomId(1),
        person: person("Drew", Role::Practitioner),
        writable: true,
        at_start: true,
        at_end: true,
        last_seq,
        first_unread: None,
        unread_at_open: 0,
        unread: 0,
        draft: String::new(),
        draft_seen: 0,
        draft_arrived: None,
        draft_offer: None,
        typing: false,
        marks: RoomMarks::default(),
        draft_reply: None,
        presence: None,
        editing: None,
    };
    TimelineView { head, items }
}

/// A message of the other side.
pub(crate) fn message(seq: i64) -> TimelineItem {
    message_at(seq, seq)
}

/// One's own message.
pub(crate) fn own(seq: i64) -> TimelineItem {
    own_at(seq, seq)
}

/// A message of the other side at a time.
pub(crate) fn message_at(seq: i64, at: i64) -> TimelineItem {
    TimelineItem::Message(TimelineMessage {
        key: format!("m:{seq}"),
        message_id: Some(MessageId(seq)),
        seq: Some(RoomSeq(seq)),
        client_id: None,
        own: false,
        text: "Good morning.".to_owned(),
        at: Timestamp(at),
        written_at: None,
        state: None,
        edited: false,
        retracted: false,
        urgent: false,
        reactions: Vec::new(),
        changeable: false,
        reactable: false,
        change: None,
        reply: None,
    })
}

/// One's own message at a time.
pub(crate) fn own_at(seq: i64, at: i64) -> TimelineItem {
    match message_at(seq, at) {
        TimelineItem::Message(message) => {
            TimelineItem::Message(TimelineMessage { own: true, state: Some(DeliveryState::Sent), ..message })
        }
        gap @ TimelineItem::Gap { .. } => gap,
    }
}
