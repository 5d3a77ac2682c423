//! Which messages and gaps stand around an anchor.

use bedside_protocol::ipc::Window;
use bedside_protocol::{RoomId, RoomSeq};
use rusqlite::Connection;

use crate::cache::CacheError;
use crate::cache::query::timeline::{self as query, MessageHeld};

/// Most items on either side of an anchor.
const MOST: u32 = 500;

/// What a window is fixed to, once that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// After everything.
    End,
    /// A place.
    Place(RoomSeq),
}

/// A message or a stretch not held.
pub(super) enum Entry {
    Message(MessageHeld),
    Gap(RoomSeq, RoomSeq),
}

/// What stands around an anchor, in order.
pub(super) struct Around {
    pub(super) entries: Vec<Entry>,
    pub(super) at_start: bool,
    pub(super) at_end: bool,
}

impl Entry {
    fn first(&self) -> RoomSeq {
        match self {
            Self::Message(message) => message.seq,
            Self::Gap(from, _) => *from,
        }
    }

    fn last(&self) -> RoomSeq {
        match self {
            Self::Message(message) => message.seq,
            Self::Gap(_, to) => *to,
        }
    }
}

/// Reads outwards from the anchor, as many items as the window wants.
pub(super) fn around(
    db: &Connection,
    room_id: RoomId,
    window: &Window,
    reach: Reach,
) -> Result<Around, CacheError> {
    let (before, after) = (window.before.min(MOST), window.after.min(MOST));
    let (mut entries, anchor) = match reach {
        Reach::End => (older(db, room_id, RoomSeq(i64::MAX), before)?, None),
        Reach::Place(seq) => (older(db, room_id, seq, before)?, Some(seq)),
    };
    if let Some(seq) = anchor {
        entries.extend(newer(db, room_id, seq, after)?);
    }
    let (first, last) = (entries.first().map(Entry::first), entries.last().map(Entry::last));
    let at_start = older(db, room_id, first.or(anchor).unwrap_or(RoomSeq(i64::MAX)), 1)?.is_empty();
    let at_end = match (anchor, last) {
        (None, _) => true,
        (Some(anchor), last) => {
            newer(db, room_id, last.map_or(anchor, |last| last.next().max(anchor)), 1)?.is_empty()
        }
    };
    Ok(Around { entries, at_start, at_end })
}

/// What begins before a place: the nearest `count`, in order.
fn older(db: &Connection, room_id: RoomId, seq: RoomSeq, count: u32) -> Result<Vec<Entry>, CacheError> {
    let messages = query::before(db, room_id, seq, count)?.into_iter().map(Entry::Message);
    let gaps =
        query::gaps_before(db, room_id, seq, count)?.into_iter().map(|(from, to)| Entry::Gap(from, to));
    let mut entries: Vec<_> = messages.chain(gaps).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.first()));
    entries.truncate(size(count));
    entries.reverse();
    Ok(entries)
}

/// What begins at a place or after it: the nearest `count`, in order.
fn newer(db: &Connection, room_id: RoomId, seq: RoomSeq, count: u32) -> Result<Vec<Entry>, CacheError> {
    let messages = query::from(db, room_id, seq, count)?.into_iter().map(Entry::Message);
    let gaps = query::gaps_from(db, room_id, seq, count)?.into_iter().map(|(from, to)| Entry::Gap(from, to));
    let mut entries: Vec<_> = messages.chain(gaps).collect();
    entries.sort_by_key(Entry::first);
    entries.truncate(size(count));
    Ok(entries)
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
