//! How the person wishes rooms to be set up: kept here until the server has it, one row a room, and shown over what the
//! server has. What it has done is kept apart.

use std::collections::BTreeMap;

use bedside_protocol::ipc::{MuteSpan, RoomDeed, RoomMarks};
use bedside_protocol::wire::{Archive, Mute, RoomFlags, SetFlags};
use bedside_protocol::{Rev, RoomId, RoomSeq, Timestamp, WishNumber};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Cache;
use super::error::CacheError;
use super::query::timeline;
use super::reply_waits;

impl Cache {
    /// Keeps what a person does to a room of their list; answers all that is wished for in it, and the wish's number.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] for an unknown room; otherwise when nothing could be stored.
    pub async fn set_up(
        &self,
        room_id: RoomId,
        deed: RoomDeed,
    ) -> Result<(SetFlags, WishNumber), CacheError> {
        let kept = self.writer.write(move |group| {
            let facts = timeline::facts(group.db, room_id)?.ok_or(CacheError::NotFound)?;
            let set = wish(deed, facts.last_seq, group.now);
            let number = number(group.db, room_id)?.next();
            group.want_flags(room_id, set, number).map(|wanted| (wanted, number))
        });
        kept.await
    }
}

/// What a deed means in a room that has come this far, at this moment.
fn wish(deed: RoomDeed, last_seq: RoomSeq, now: Timestamp) -> SetFlags {
    let none = SetFlags::default();
    match deed {
        RoomDeed::Pin => SetFlags { pinned: Some(true), ..none },
        RoomDeed::Unpin => SetFlags { pinned: Some(false), ..none },
        RoomDeed::Mute { span } => SetFlags { muted: Some(mute(span, now)), ..none },
        RoomDeed::Unmute => SetFlags { muted: Some(Mute::Off), ..none },
        RoomDeed::MarkUnread => SetFlags { marked_unread: Some(true), ..none },
        RoomDeed::MarkRead => SetFlags { marked_unread: Some(false), ..none },
        RoomDeed::Archive => SetFlags { archived: Some(Archive::UpTo(last_seq)), ..none },
        RoomDeed::Unarchive => SetFlags { archived: Some(Archive::Off), ..none },
    }
}

fn mute(span: MuteSpan, now: Timestamp) -> Mute {
    const HOUR: i64 = 60 * 60 * 1_000;
    match span {
        MuteSpan::Hour => Mute::Until(Timestamp(now.millis().saturating_add(HOUR))),
        MuteSpan::EightHours => Mute::Until(Timestamp(now.millis().saturating_add(8 * HOUR))),
        MuteSpan::Forever => Mute::Forever,
    }
}

/// How a room is shown to be set up at a moment. What is pressing in it (something urgent to be read, something of one's
/// own that was not sent) keeps it from being out of sight.
pub(super) fn marks(flags: RoomFlags, last_seq: RoomSeq, pressing: bool, now: Timestamp) -> RoomMarks {
    RoomMarks {
        pinned: flags.pinned,
        muted: if flags.muted.holds(now) { flags.muted } else { Mute::Off },
        archived: flags.archived.holds(last_seq) && !pressing,
        marked_unread: flags.marked_unread,
        reply_due: None,
    }
}

/// The same of one room.
pub(crate) fn marks_of(db: &Connection, room_id: RoomId, now: Timestamp) -> Result<RoomMarks, CacheError> {
    let wanted = of_room(db, Kept::Wishes, room_id)?;
    let sql = "SELECT pinned, muted_until_at, archived_up_to, marked_unread, flags_rev, last_seq, held_urgent > 0 OR EXISTS
                   (SELECT 1 FROM outbox WHERE outbox.room_id = rooms.room_id AND state = 'parked')
               FROM rooms WHERE room_id = ?1";
    let marks = db.prepare_cached(sql)?.query_row([room_id.get()], |row| {
        Ok(marks(held(row, 0)?.with(&wanted), RoomSeq(row.get(5)?), row.get(6)?, now))
    })?;
    Ok(RoomMarks { reply_due: reply_waits::due_in(db, room_id)?, ..marks })
}

/// What is kept of wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// What the server does not have.
    Wishes,
    /// What it has done for this device and no other one has changed.
    Done,
}

impl Kept {
    const fn table(self) -> &'static str {
        match self {
            Self::Wishes => "flag_wishes",
            Self::Done => "flags_done",
        }
    }
}

const COLUMNS: &str = "SELECT room_id, pinned, muted_until_at, archived_up_to, marked_unread FROM";

/// What is kept of a room.
pub(super) fn of_room(db: &Connection, kept: Kept, room_id: RoomId) -> Result<SetFlags, CacheError> {
    let sql = format!("{COLUMNS} {} WHERE room_id = ?1", kept.table());
    Ok(db.prepare_cached(&sql)?.query_row([room_id.get()], read).optional()?.unwrap_or_default())
}

/// What is wished for in every room.
pub(super) fn all_wanted(db: &Connection) -> Result<BTreeMap<RoomId, SetFlags>, CacheError> {
    let mut statement = db.prepare_cached(&format!("{COLUMNS} flag_wishes"))?;
    let wishes = statement.query_map([], |row| Ok((RoomId(row.get(0)?), read(row)?)))?;
    Ok(wishes.collect::<Result<_, _>>()?)
}

/// The number of the last wish for a room.
pub(super) fn number(db: &Connection, room_id: RoomId) -> Result<WishNumber, CacheError> {
    let mut statement = db.prepare_cached("SELECT flags_number FROM rooms WHERE room_id = ?1")?;
    Ok(WishNumber(statement.query_row([room_id.get()], |row| row.get(0))?))
}

/// A wish for a room has this number.
pub(super) fn count(db: &Connection, room_id: RoomId, number: WishNumber) -> Result<(), CacheError> {
    db.prepare_cached("UPDATE rooms SET flags_number = max(flags_number, ?2) WHERE room_id = ?1")?
        .execute([room_id.get(), number.get()])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<SetFlags> {
    Ok(SetFlags {
        pinned: row.get(1)?,
        muted: row.get::<_, Option<i64>>(2)?.map(Mute::of_millis),
        archived: row.get::<_, Option<i64>>(3)?.map(Archive::of_place),
        marked_unread: row.get(4)?,
    })
}

/// How a room is set up as the server has it, from five columns of its row: pinned, muted, archived, unread, revision.
pub(super) fn held(row: &Row<'_>, at: usize) -> rusqlite::Result<RoomFlags> {
    Ok(RoomFlags {
        pinned: row.get(at)?,
        muted: Mute::of_millis(row.get(at + 1)?),
        archived: Archive::of_place(row.get(at + 2)?),
        marked_unread: row.get(at + 3)?,
        rev: Rev(row.get(at + 4)?),
    })
}

/// This is all that is kept of a room.
pub(super) fn keep(db: &Connection, kept: Kept, room_id: RoomId, set: &SetFlags) -> Result<(), CacheError> {
    let table = kept.table();
    if set.is_empty() {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE room_id = ?1"))?.execute([room_id.get()])?;
        return Ok(());
    }
    db.prepare_cached(&format!(
        "INSERT OR REPLACE INTO {table} (room_id, pinned, muted_until_at, archived_up_to, marked_unread)
         VALUES (?1, ?2, ?3, ?4, ?5)"
    ))?
    .execute(params![
        room_id.get(),
        set.pinned,
        set.muted.map(Mute::millis),
        set.archived.map(Archive::place),
        set.marked_unread,
    ])?;
    Ok(())
}
