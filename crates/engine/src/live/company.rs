//! What others do, put into the views: read from memory beside what is read from the cache.

use bedside_core::sync::Others;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{RoomRow, TimelineHead};

/// What a conversation shows of the other at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Company {
    room_id: RoomId,
    typing: bool,
}

impl Company {
    /// What is known of the other in this room.
    fn of(others: &Others, room_id: RoomId) -> Self {
        Company { room_id, typing: others.typing.contains(&room_id) }
    }

    /// Whether something else is known by now.
    pub(super) fn is_outdated(&self, others: &Others) -> bool {
        *self != Company::of(others, self.room_id)
    }
}

/// Shows in a list's row what the other does; somebody who may not write any more is not heard of.
pub(super) fn in_row(others: &Others, row: &mut RoomRow) {
    row.typing = row.writable && others.typing.contains(&row.room_id);
}

/// Shows in a conversation's head what the other does; gives what is shown.
pub(super) fn in_head(others: &Others, head: &mut TimelineHead) -> Company {
    let company = Company::of(others, head.room_id);
    head.typing = head.writable && company.typing;
    company
}
