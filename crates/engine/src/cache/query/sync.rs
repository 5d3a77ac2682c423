//! What the sync machine needs to know when it starts.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_core::cache_write::{RoomSync, SyncState};
use bedside_protocol::wire::Role;
use bedside_protocol::{MessageId, Rev, RoomId, RoomSeq, WishNumber};
use rusqlite::{Connection, OptionalExtension};

use crate::cache::error::CacheError;
use crate::cache::{flags, message_changes, outbox, profile, shared_drafts};

type Stretches = Vec<(RoomSeq, RoomSeq)>;

/// Cursor, rooms with their gaps, pending outbox rows and changes.
pub(crate) fn state(db: &Connection) -> Result<SyncState, CacheError> {
    let (resync, stale_after) = wanted(db)?;
    let (cursor, rooms, outbox) = (profile::profile(db)?.cursor, rooms(db)?, outbox::pending(db)?);
    let changes = message_changes::pending(db)?;
    let (clinic_rev, role) = (profile::clinic(db)?.rev, role(db)?);
    let drafts = shared_drafts::sync(db)?;
    Ok(SyncState { cursor, rooms, outbox, changes, drafts, resync, stale_after, clinic_rev, role })
}

/// One's own role, once the server has named it.
fn role(db: &Connection) -> Result<Option<Role>, CacheError> {
    let sql = "SELECT role FROM profile JOIN people USING (account_id) WHERE only_row = 1";
    let role: Option<String> = db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(role.and_then(|role| Role::parse(&role)))
}

/// Whether everything is to be listed anew, and the clinic's limit for waiting messages.
fn wanted(db: &Connection) -> Result<(bool, Option<Duration>), CacheError> {
    let sql = "SELECT resync, stale_after_ms FROM profile WHERE only_row = 1";
    let (resync, millis): (bool, Option<i64>) =
        db.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((resync, millis.and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis)))
}

fn rooms(db: &Connection) -> Result<Vec<RoomSync>, CacheError> {
    let (mut gaps, mut wishes) = (gaps(db)?, flags::all_wanted(db)?);
    let mut statement = db.prepare_cached(
        "SELECT room_id, synced_rev, room_rev, last_seq, my_read, my_read_confirmed, newest_id, pinned,
                muted_until_at, archived_up_to, marked_unread, flags_rev, my_delivered,
                coalesce((SELECT max(room_seq) FROM messages
                          WHERE messages.room_id = rooms.room_id AND room_seq > max(my_delivered, my_read)
                            AND sender_account IS NOT profile.account_id), 0),
                flags_number
         FROM rooms, profile ORDER BY room_id",
    )?;
    let rooms = statement.query_map([], |row| {
        let room_id = RoomId(row.get(0)?);
        let (my_read, confirmed): (i64, i64) = (row.get(4)?, row.get(5)?);
        Ok(RoomSync {
            room_id,
            synced_rev: Rev(row.get(1)?),
            room_rev: Rev(row.get(2)?),
            last_seq: RoomSeq(row.get(3)?),
            read_confirmed: RoomSeq(confirmed),
            newest: row.get::<_, Option<i64>>(6)?.map(MessageId),
            delivered_confirmed: RoomSeq(row.get(12)?),
            theirs_held: RoomSeq(row.get(13)?),
            read_wanted: (my_read > confirmed).then_some(RoomSeq(my_read)),
            flags: flags::held(row, 7)?,
            flags_wanted: wishes.remove(&room_id).unwrap_or_default(),
            flags_number: WishNumber(row.get(14)?),
            gaps: gaps.remove(&room_id).unwrap_or_default(),
        })
    })?;
    Ok(rooms.collect::<Result<_, _>>()?)
}

fn gaps(db: &Connection) -> Result<BTreeMap<RoomId, Stretches>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT room_id, from_seq, to_seq FROM gaps ORDER BY room_id, from_seq")?;
    let mut rows = statement.query([])?;
    let mut gaps = BTreeMap::<RoomId, Stretches>::new();
    while let Some(row) = rows.next()? {
        let stretch = (RoomSeq(row.get(1)?), RoomSeq(row.get(2)?));
        gaps.entry(RoomId(row.get(0)?)).or_default().push(stretch);
    }
    Ok(gaps)
}
