//! The SQL of a room's row and its gaps.

use bedside_core::gaps::Gaps;
use bedside_protocol::wire::{Archive, Mute, RoomFlags};
use bedside_protocol::{AccountId, Rev, RoomId, RoomSeq};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Fields, Held, Newest, Told};
use crate::cache::error::CacheError;

pub(super) fn select(db: &Connection, id: RoomId) -> Result<Option<Fields>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT other_account, room_rev, synced_rev, last_seq, my_read, my_read_confirmed, flags_rev,
                marked_unread, other_read, writable, created_at, updated_at, newest_seq, newest_id,
                newest_sender, newest_text, newest_at, newest_retracted, unread, held_unread, held_urgent,
                told_unread, told_up_to, told_read, pinned, muted_until_at, archived_up_to,
                my_delivered, other_delivered, read_elsewhere
         FROM rooms WHERE room_id = ?1",
    )?;
    Ok(statement.query_row([id.get()], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Fields> {
    Ok(Fields {
        other: row.get::<_, Option<i64>>(0)?.map(AccountId),
        room_rev: row.get(1)?,
        synced_rev: row.get(2)?,
        last_seq: row.get(3)?,
        my_read: row.get(4)?,
        my_read_confirmed: row.get(5)?,
        other_read: row.get(8)?,
        my_delivered: row.get(27)?,
        other_delivered: row.get(28)?,
        read_elsewhere: row.get(29)?,
        writable: row.get(9)?,
        created_at: row.get(10)?,
        updated_at: row.get(11)?,
        newest: Newest {
            seq: row.get(12)?,
            message_id: row.get(13)?,
            sender: row.get(14)?,
            text: row.get(15)?,
            at: row.get(16)?,
            retracted: row.get(17)?,
        },
        unread: row.get(18)?,
        held: Held { unread: row.get(19)?, urgent: row.get(20)? },
        told: Told { unread: row.get(21)?, up_to: row.get(22)?, read: row.get(23)? },
        flags: RoomFlags {
            pinned: row.get(24)?,
            muted: Mute::of_millis(row.get(25)?),
            archived: Archive::of_place(row.get(26)?),
            marked_unread: row.get(7)?,
            rev: Rev(row.get(6)?),
        },
    })
}

/// A row of which only the id is known: messages may arrive before their room does.
pub(super) fn begin(db: &Connection, id: RoomId) -> Result<Fields, CacheError> {
    db.prepare_cached(
        "INSERT INTO rooms (room_id, room_rev, synced_rev, last_seq, my_read, my_read_confirmed, flags_rev,
                            marked_unread, other_read, writable, created_at, updated_at, newest_seq,
                            newest_text, newest_retracted, unread, held_unread, held_urgent, told_unread,
                            told_up_to, told_read)
         VALUES (?1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0)",
    )?
    .execute([id.get()])?;
    Ok(Fields::default())
}

pub(super) fn update(db: &Connection, id: RoomId, fields: &Fields) -> Result<(), CacheError> {
    let changed = db
        .prepare_cached(
            "UPDATE rooms SET other_account = ?2, room_rev = ?3, synced_rev = ?4, last_seq = ?5, my_read = ?6,
                my_read_confirmed = ?7, flags_rev = ?8, marked_unread = ?9, other_read = ?10, writable = ?11,
                created_at = ?12, updated_at = ?13, newest_seq = ?14, newest_id = ?15, newest_sender = ?16,
                newest_text = ?17, newest_at = ?18, newest_retracted = ?19, unread = ?20, held_unread = ?21,
                held_urgent = ?22, told_unread = ?23, told_up_to = ?24, told_read = ?25, pinned = ?26,
                muted_until_at = ?27, archived_up_to = ?28, my_delivered = ?29, other_delivered = ?30,
                read_elsewhere = ?31
             WHERE room_id = ?1",
        )?
        .execute(params![
            id.get(),
            fields.other.map(AccountId::get),
            fields.room_rev,
            fields.synced_rev,
            fields.last_seq,
            fields.my_read,
            fields.my_read_confirmed,
            fields.flags.rev.get(),
            fields.flags.marked_unread,
            fields.other_read,
            fields.writable,
            fields.created_at,
            fields.updated_at,
            fields.newest.seq,
            fields.newest.message_id,
            fields.newest.sender,
            fields.newest.text,
            fields.newest.at,
            fields.newest.retracted,
            fields.unread,
            fields.held.unread,
            fields.held.urgent,
            fields.told.unread,
            fields.told.up_to,
            fields.told.read,
            fields.flags.pinned,
            fields.flags.muted.millis(),
            fields.flags.archived.place(),
            fields.my_delivered,
            fields.other_delivered,
            fields.read_elsewhere,
        ])?;
    if changed == 1 { Ok(()) } else { Err(CacheError::NotFound) }
}

pub(super) fn gaps(db: &Connection, id: RoomId) -> Result<Gaps, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT from_seq, to_seq FROM gaps WHERE room_id = ?1 ORDER BY from_seq")?;
    let stretches = statement
        .query_map([id.get()], |row| Ok((RoomSeq(row.get(0)?), RoomSeq(row.get(1)?))))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Gaps::new(&stretches))
}

/// Writes only the stretches that differ.
pub(super) fn replace_gaps(db: &Connection, id: RoomId, old: &Gaps, new: &Gaps) -> Result<(), CacheError> {
    let (old, new): (Vec<_>, Vec<_>) = (old.stretches().collect(), new.stretches().collect());
    let mut delete = db.prepare_cached("DELETE FROM gaps WHERE room_id = ?1 AND from_seq = ?2")?;
    for (from, _) in old.iter().filter(|stretch| new.binary_search(stretch).is_err()) {
        delete.execute([id.get(), from.get()])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO gaps (room_id, from_seq, to_seq) VALUES (?1, ?2, ?3)")?;
    for (from, to) in new.iter().filter(|stretch| old.binary_search(stretch).is_err()) {
        insert.execute([id.get(), from.get(), to.get()])?;
    }
    Ok(())
}
