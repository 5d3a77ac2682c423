//! What others do, put into the views: read from memory beside what is read from the cache.

use bedside_core::sync::Others;
use bedside_protocol::ipc::{LinkedPersonRow, Presence, RoomRow, TimelineHead};
use bedside_protocol::{AccountId, RoomId};

/// What a conversation shows of the other at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Company {
    room_id: RoomId,
    account_id: AccountId,
    typing: bool,
    presence: Option<Presence>,
}

impl Company {
    /// What is known of the other in this room.
    fn of(others: &Others, room_id: RoomId, account_id: AccountId) -> Self {
        let (typing, presence) = (others.typing.contains(&room_id), presence(others, account_id));
        Company { room_id, account_id, typing, presence }
    }

    /// Whether something else is known by now.
    pub(super) fn is_outdated(&self, others: &Others) -> bool {
        *self != Company::of(others, self.room_id, self.account_id)
    }
}

/// Shows in a list's row what the other does; somebody who may not write any more is not heard of.
pub(super) fn in_row(others: &Others, row: &mut RoomRow) {
    row.typing = row.writable && others.typing.contains(&row.room_id);
    row.presence = presence(others, row.person.account_id).filter(|_| row.writable);
}

/// Shows in a conversation's head what the other does; gives what is shown.
pub(super) fn in_head(others: &Others, head: &mut TimelineHead) -> Company {
    let company = Company::of(others, head.room_id, head.person.account_id);
    head.typing = head.writable && company.typing;
    head.presence = company.presence.filter(|_| head.writable);
    company
}

/// Shows in a list of people whether somebody is there.
pub(super) fn in_person(others: &Others, row: &mut LinkedPersonRow) {
    row.presence = presence(others, row.person.account_id);
}

fn presence(others: &Others, account_id: AccountId) -> Option<Presence> {
    others.presence.get(&account_id).copied()
}
