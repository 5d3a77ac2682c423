//! How an account stands to a room, what [`crate::access::can`] is asked with, and what follows for what it sees.

use bedside_protocol::wire::{ReadMark, Role};
use bedside_protocol::{AccountId, RoomSeq};

use crate::access::{Action, Decision, Relation, can};
use crate::store::Actor;

/// Somebody who is or was in a room.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Member {
    pub(in crate::store) account_id: AccountId,
    pub(in crate::store) role: Role,
    pub(in crate::store) role_no: i64,
    /// The last place it may see, once it has left.
    pub(in crate::store) until_seq: Option<RoomSeq>,
}

impl Member {
    const fn relation(&self) -> Relation {
        match self.until_seq {
            None => Relation::Member,
            Some(_) => Relation::FormerMember,
        }
    }

    /// Whether a place of the room lies in what this member may see.
    pub(in crate::store) fn sees(&self, place: RoomSeq) -> bool {
        self.until_seq.is_none_or(|last| place <= last)
    }
}

/// The decision on an action in a room, and the actor's own membership if there is one.
pub(in crate::store) fn decide(
    actor: Actor,
    action: Action,
    members: &[Member],
) -> (Decision, Option<Member>) {
    let own = members.iter().find(|member| member.account_id == actor.account_id).copied();
    let relation = own.as_ref().map_or(Relation::Stranger, Member::relation);
    (can(actor.role, action, relation), own)
}

/// A mark never shows a place that its reader may not know of; the "unread" flag is its owner's own affair.
pub(in crate::store) fn cap(mut read_mark: ReadMark, member: &Member) -> ReadMark {
    let last = member.until_seq.unwrap_or(RoomSeq(i64::MAX));
    read_mark.up_to = read_mark.up_to.min(last);
    read_mark.delivered_to = read_mark.delivered_to.min(last);
    read_mark.marked_unread &= read_mark.account_id == member.account_id;
    read_mark
}

/// Whether dates of birth and record numbers are shown: to practitioners, and to oneself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Sees {
    BirthDates,
    NoBirthDates,
}

impl Sees {
    pub(in crate::store) const fn of(viewer: Role) -> Self {
        match viewer {
            Role::Practitioner => Self::BirthDates,
            Role::Patient | Role::Admin => Self::NoBirthDates,
        }
    }
}
