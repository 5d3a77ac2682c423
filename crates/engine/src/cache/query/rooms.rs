//! The conversation list: one pass over the rooms, which carry their newest message and counts.

use std::collections::HashMap;

use bedside_core::cache_write::{ChangeRow, ParkReason};
use bedside_protocol::ipc::{DeliveryState, PersonView, Preview, RoomFilter, RoomRow, RoomsView};
use bedside_protocol::text::fold_for_search;
use bedside_protocol::wire::Person;
use bedside_protocol::{MessageId, Rev, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, Row};

use crate::cache::error::CacheError;
use crate::cache::preview::one_line;
use crate::cache::query::shown::Shown;
use crate::cache::{message_changes, outbox, profile};

/// A room as held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomHeld {
    /// The room.
    pub room_id: RoomId,
    /// The other member, once known.
    pub other: Option<bedside_protocol::AccountId>,
    /// The last place known.
    pub last_seq: RoomSeq,
    /// The newest revision its row came with.
    pub room_rev: Rev,
    /// One's own mark, as shown.
    pub my_read: RoomSeq,
    /// One's own mark, as the server has it.
    pub my_read_confirmed: RoomSeq,
    /// The other member's mark.
    pub other_read: RoomSeq,
    /// Flagged unread.
    pub marked_unread: bool,
    /// Their messages not read.
    pub unread: i64,
    /// False once the link ended.
    pub writable: bool,
    /// The newest message held.
    pub newest: Option<MessageId>,
}

/// Every room, by id.
pub(crate) fn held(db: &Connection) -> Result<Vec<RoomHeld>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT room_id, other_account, last_seq, room_rev, my_read, my_read_confirmed, other_read,
                marked_unread, unread, writable, newest_id
         FROM rooms ORDER BY room_id",
    )?;
    let rooms = statement.query_map([], |row| {
        Ok(RoomHeld {
            room_id: RoomId(row.get(0)?),
            other: row.get::<_, Option<i64>>(1)?.map(bedside_protocol::AccountId),
            last_seq: RoomSeq(row.get(2)?),
            room_rev: Rev(row.get(3)?),
            my_read: RoomSeq(row.get(4)?),
            my_read_confirmed: RoomSeq(row.get(5)?),
            other_read: RoomSeq(row.get(6)?),
            marked_unread: row.get(7)?,
            unread: row.get(8)?,
            writable: row.get(9)?,
            newest: row.get::<_, Option<i64>>(10)?.map(MessageId),
        })
    })?;
    Ok(rooms.collect::<Result<_, _>>()?)
}

/// The list as shown, newest first.
pub(crate) fn view(db: &Connection, search: &str, filter: RoomFilter) -> Result<RoomsView, CacheError> {
    let loading = profile::profile(db)?.cursor.is_none();
    let mut view = RoomsView { unread: 0, unread_rooms: 0, urgent_rooms: 0, loading, rows: Vec::new() };
    let (drafts, waiting, changes) = (drafts(db)?, waiting(db)?, message_changes::pending(db)?);
    let wanted = fold_for_search(search.trim());
    let mut statement = db.prepare_cached(LIST)?;
    let mut rows = statement.query([])?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        let mut line = Line::read(row, &changes)?;
        line.count(&mut view);
        if line.matches(&wanted, filter) {
            line.show(waiting.get(&line.row.room_id), drafts.get(&line.row.room_id));
            listed.push((line.order, line.row));
        }
    }
    listed.sort_unstable_by(|(a, left), (b, right)| b.cmp(a).then(left.room_id.cmp(&right.room_id)));
    view.rows = listed.into_iter().map(|(_, row)| row).collect();
    Ok(view)
}

const LIST: &str = "SELECT rooms.room_id, newest_seq, newest_sender IS profile.account_id, newest_text, newest_at,
       newest_retracted, other_read, unread, held_urgent, marked_unread, writable, rooms.created_at, name_folded,
       people.account_id, role, role_id, name, profession, birth_date, since_at, newest_id
FROM rooms JOIN people ON people.account_id = rooms.other_account JOIN profile";

/// A row on its way into the list.
struct Line {
    row: RoomRow,
    /// Newest first by this.
    order: Timestamp,
    name_folded: String,
    marked_unread: bool,
}

impl Line {
    fn read(row: &Row<'_>, changes: &[ChangeRow]) -> Result<Self, CacheError> {
        let room_id = RoomId(row.get(0)?);
        let newest = row.get::<_, Option<i64>>(20)?.map(MessageId);
        let wished =
            changes.iter().filter(|change| change.room_id == room_id && Some(change.message_id) == newest);
        let at = row.get::<_, Option<i64>>(4)?.map(Timestamp);
        let listed = RoomRow {
            key: room_id.to_string(),
            room_id,
            person: person_view(profile::read_person(row, 13)?),
            preview: preview(row, wished)?,
            at,
            unread: row.get(7)?,
            urgent: row.get::<_, i64>(8)? > 0,
            writable: row.get(10)?,
            typing: false,
        };
        Ok(Line {
            row: listed,
            order: at.unwrap_or(Timestamp(row.get(11)?)),
            name_folded: row.get(12)?,
            marked_unread: row.get(9)?,
        })
    }

    fn is_unread(&self) -> bool {
        self.row.unread > 0 || self.marked_unread
    }

    fn count(&self, view: &mut RoomsView) {
        view.unread += self.row.unread;
        view.unread_rooms += u32::from(self.is_unread());
        view.urgent_rooms += u32::from(self.row.urgent);
    }

    fn matches(&self, wanted: &str, filter: RoomFilter) -> bool {
        let shown = match filter {
            RoomFilter::All => true,
            RoomFilter::Unread => self.is_unread(),
            RoomFilter::Urgent => self.row.urgent,
        };
        shown && self.name_folded.contains(wanted)
    }

    /// What waits stands above what is stored; a draft above both.
    fn show(&mut self, waiting: Option<&Waiting>, draft: Option<&String>) {
        if let Some(waiting) = waiting {
            self.row.preview = Some(waiting.preview.clone());
            self.row.at = self.row.at.max(Some(waiting.composed_at));
            self.order = self.order.max(waiting.composed_at);
        }
        if let Some(draft) = draft {
            self.row.preview = Some(Preview::Draft { text: one_line(draft) });
        }
    }
}

/// The newest message, as its reader wishes it.
fn preview<'a>(
    row: &Row<'_>,
    wished: impl Iterator<Item = &'a ChangeRow>,
) -> Result<Option<Preview>, CacheError> {
    let (newest, other_read): (i64, i64) = (row.get(1)?, row.get(6)?);
    let own: bool = row.get(2)?;
    if newest == 0 {
        return Ok(None);
    }
    let held = Shown { text: row.get(3)?, retracted: row.get(5)?, ..Shown::default() };
    let shown = held.under(wished, None);
    if shown.retracted {
        return Ok(Some(Preview::Retracted { own }));
    }
    let state = own.then(|| sent_or_read(newest, other_read));
    Ok(Some(Preview::Message { text: one_line(&shown.text), own, state }))
}

/// How far one's own stored message is.
pub(crate) fn sent_or_read(seq: i64, other_read: i64) -> DeliveryState {
    if seq <= other_read { DeliveryState::Read } else { DeliveryState::Sent }
}

/// A person as the UI shows them.
pub(crate) fn person_view(person: Person) -> PersonView {
    PersonView {
        account_id: person.account_id,
        role: person.role,
        name: person.name,
        profession: person.profession,
        birth_date: person.birth_date,
        since: person.since,
    }
}

/// The newest message of a room that the server does not have.
struct Waiting {
    preview: Preview,
    composed_at: Timestamp,
}

fn waiting(db: &Connection) -> Result<HashMap<RoomId, Waiting>, CacheError> {
    let rows = outbox::pending(db)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let state = Some(delivery(&row.state));
            let preview = Preview::Message { text: one_line(&row.content), own: true, state };
            (row.room_id, Waiting { preview, composed_at: row.composed_at })
        })
        .collect())
}

/// How far a message of the outbox is, as shown.
pub(crate) fn delivery(state: &bedside_core::cache_write::OutboxState) -> DeliveryState {
    use bedside_core::cache_write::OutboxState;
    match state {
        OutboxState::Queued | OutboxState::Sending => DeliveryState::Waiting,
        OutboxState::Acked { .. } => DeliveryState::Sent,
        OutboxState::Parked(ParkReason::Rejected(code)) => DeliveryState::Failed { code: *code },
        OutboxState::Parked(ParkReason::Stale) => DeliveryState::Stale,
    }
}

fn drafts(db: &Connection) -> Result<HashMap<RoomId, String>, CacheError> {
    let mut statement = db.prepare_cached("SELECT room_id, content FROM drafts")?;
    let drafts = statement.query_map([], |row| Ok((RoomId(row.get(0)?), row.get(1)?)))?;
    Ok(drafts.collect::<Result<_, _>>()?)
}
