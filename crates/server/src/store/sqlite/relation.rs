//! How an account stands to a room: what [`crate::access::can`] is asked with.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, RoomId, RoomSeq};
use rusqlite::{Connection, Row};

use super::people::role_at;
use crate::access::{Action, Decision, Relation, can};
use crate::store::{Actor, StoreError};

/// Somebody who is or was in a room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) account_id: AccountId,
    pub(super) role: Role,
    pub(super) role_no: i64,
    /// The last place it may see, once it has left.
    pub(super) until_seq: Option<RoomSeq>,
}

impl Member {
    const fn relation(&self) -> Relation {
        match self.until_seq {
            None => Relation::Member,
            Some(_) => Relation::FormerMember,
        }
    }

    /// Whether a place of the room lies in what this member may see.
    pub(super) fn sees(&self, place: RoomSeq) -> bool {
        self.until_seq.is_none_or(|last| place <= last)
    }
}

/// Everyone who is or was in a room, in account order; empty for a room that does not exist.
pub(super) fn members(db: &Connection, room: RoomId) -> Result<Vec<Member>, StoreError> {
    let members = db
        .prepare_cached(
            "SELECT m.account_id, m.role, a.role_no, m.until_seq
             FROM room_members m JOIN accounts a ON a.id = m.account_id
             WHERE m.room_id = ?1 ORDER BY m.account_id",
        )?
        .query_map([room.get()], member)?
        .collect::<Result<_, _>>()?;
    Ok(members)
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        account_id: AccountId(row.get(0)?),
        role: role_at(row, 1)?,
        role_no: row.get(2)?,
        until_seq: row.get::<_, Option<i64>>(3)?.map(RoomSeq),
    })
}

/// The decision on an action in a room, and the actor's own membership if there is one.
pub(super) fn decide(actor: Actor, action: Action, members: &[Member]) -> (Decision, Option<Member>) {
    let own = members.iter().find(|member| member.account_id == actor.account_id).copied();
    let relation = own.as_ref().map_or(Relation::Stranger, Member::relation);
    (can(actor.role, action, relation), own)
}

/// The actor's membership if it may read the room, or `None` if the room is foreign or missing.
pub(super) fn readable(db: &Connection, actor: Actor, room: RoomId) -> Result<Option<Member>, StoreError> {
    let members = members(db, room)?;
    match decide(actor, Action::ReadRoom, &members) {
        (Decision::Allow, own) => Ok(own),
        (Decision::Deny | Decision::Hide, _) => Ok(None),
    }
}
