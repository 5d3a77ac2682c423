//! What feed rows point at, and when they continue a cursor. A body is built when it is delivered (rule 9).

use bedside_protocol::limits::FEED_REPLAY_MAX;
use bedside_protocol::{AccountId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId};

/// Whether a feed whose newest place is `head` goes on after a cursor, of which `first` is the next row still kept. If
/// not, the account must take a snapshot. A cursor may hold any number.
pub(in crate::store) fn goes_on(
    epoch: &Epoch,
    after: &Cursor,
    head: FeedSeq,
    first: Option<FeedSeq>,
) -> bool {
    let (place, behind) = (after.feed_seq, head.get().saturating_sub(after.feed_seq.get()));
    let near = place.get() >= 0 && (0..=FEED_REPLAY_MAX).contains(&behind);
    after.epoch == *epoch && near && (behind == 0 || first == Some(place.next()))
}

/// What a feed row points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Object {
    pub(in crate::store) kind: Kind,
    pub(in crate::store) room: Option<RoomId>,
    pub(in crate::store) id: i64,
    pub(in crate::store) rev: Rev,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Kind {
    Message,
    ReadMark,
    Room,
    Person,
    QuickReplies,
    Draft,
}

impl Kind {
    pub(in crate::store) const fn word(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::ReadMark => "read_mark",
            Self::Room => "room",
            Self::Person => "person",
            Self::QuickReplies => "quick_replies",
            Self::Draft => "draft",
        }
    }

    pub(in crate::store) fn parse(word: &str) -> Option<Self> {
        [Self::Message, Self::ReadMark, Self::Room, Self::Person, Self::QuickReplies, Self::Draft]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

impl Object {
    pub(in crate::store) fn message(room: RoomId, message: MessageId, rev: Rev) -> Self {
        Self { kind: Kind::Message, room: Some(room), id: message.get(), rev }
    }

    /// The mark of an account in a room.
    pub(in crate::store) fn read_mark(room: RoomId, account: AccountId, rev: Rev) -> Self {
        Self { kind: Kind::ReadMark, room: Some(room), id: account.get(), rev }
    }

    pub(in crate::store) fn room(room: RoomId, rev: Rev) -> Self {
        Self { kind: Kind::Room, room: Some(room), id: room.get(), rev }
    }

    /// What an account writes in a room: told to nobody else.
    pub(in crate::store) fn draft(room: RoomId, account: AccountId, version: Rev) -> Self {
        Self { kind: Kind::Draft, room: Some(room), id: account.get(), rev: version }
    }

    /// Those of whoever is told.
    pub(in crate::store) const fn quick_replies() -> Self {
        Self { kind: Kind::QuickReplies, room: None, id: 0, rev: Rev(0) }
    }

    pub(in crate::store) fn person(account: AccountId) -> Self {
        Self { kind: Kind::Person, room: None, id: account.get(), rev: Rev(0) }
    }
}
