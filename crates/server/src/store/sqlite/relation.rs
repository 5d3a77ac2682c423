//! How an account stands to a room: what [`crate::access::can`] is asked with.

use bedside_protocol::{AccountId, RoomId, RoomSeq};
use rusqlite::{Connection, Row};

use super::people::role_at;
use crate::access::{Action, Decision};
pub(super) use crate::store::common::membership::{Member, decide};
use crate::store::{Actor, StoreError};

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

/// The actor's membership if it may read the room, or `None` if the room is foreign or missing.
pub(super) fn readable(db: &Connection, actor: Actor, room: RoomId) -> Result<Option<Member>, StoreError> {
    let members = members(db, room)?;
    match decide(actor, Action::ReadRoom, &members) {
        (Decision::Allow, own) => Ok(own),
        (Decision::Deny | Decision::Hide, _) => Ok(None),
    }
}
