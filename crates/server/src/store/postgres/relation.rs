//! How an account stands to a room: what [`crate::access::can`] is asked with.

use std::collections::{BTreeSet, HashMap};

use bedside_protocol::{AccountId, RoomId, RoomSeq};
use tokio_postgres::Row;

use super::people::role_at;
use super::tx::{Tx, at};
use crate::access::{Action, Decision};
pub(super) use crate::store::common::membership::{Member, decide};
use crate::store::{Actor, StoreError};

/// Everyone who is or was in a room, in account order; empty for a room that does not exist.
pub(super) async fn members(tx: &Tx<'_>, room: RoomId) -> Result<Vec<Member>, StoreError> {
    let rows = tx
        .rows(
            "SELECT m.account_id, m.role, a.role_no, m.until_seq
             FROM room_members m JOIN accounts a ON a.id = m.account_id
             WHERE m.room_id = $1 ORDER BY m.account_id",
            &[&room.get()],
        )
        .await?;
    rows.iter().map(member).collect()
}

/// The same of several rooms, each named any number of times; the room stands last.
pub(super) const MEMBERS_OF_ROOMS: &str = "SELECT m.account_id, m.role, a.role_no, m.until_seq, m.room_id
    FROM room_members m JOIN accounts a ON a.id = m.account_id
    WHERE m.room_id = ANY($1) ORDER BY m.room_id, m.account_id";

/// Everyone who is or was in one of several rooms.
pub(super) async fn of_rooms(
    tx: &Tx<'_>,
    rooms: &BTreeSet<RoomId>,
) -> Result<HashMap<RoomId, Vec<Member>>, StoreError> {
    if rooms.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = rooms.iter().map(|room| room.get()).collect();
    by_room(&tx.rows(MEMBERS_OF_ROOMS, &[&ids]).await?)
}

/// What [`MEMBERS_OF_ROOMS`] has found.
pub(super) fn by_room(rows: &[Row]) -> Result<HashMap<RoomId, Vec<Member>>, StoreError> {
    let mut rooms: HashMap<RoomId, Vec<Member>> = HashMap::new();
    for row in rows {
        rooms.entry(RoomId(at(row, 4)?)).or_default().push(member(row)?);
    }
    Ok(rooms)
}

fn member(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        account_id: AccountId(at(row, 0)?),
        role: role_at(row, 1)?,
        role_no: at(row, 2)?,
        until_seq: at::<Option<i64>>(row, 3)?.map(RoomSeq),
    })
}

/// The actor's membership if it may read the room, or `None` if the room is foreign or missing.
pub(super) async fn readable(tx: &Tx<'_>, actor: Actor, room: RoomId) -> Result<Option<Member>, StoreError> {
    Ok(allowed(actor, Action::ReadRoom, &members(tx, room).await?))
}

/// The actor's own membership if the action is allowed to it.
pub(super) fn allowed(actor: Actor, action: Action, members: &[Member]) -> Option<Member> {
    match decide(actor, action, members) {
        (Decision::Allow, own) => own,
        (Decision::Deny | Decision::Hide, _) => None,
    }
}
