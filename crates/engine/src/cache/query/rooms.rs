//! The conversation list: one pass over the rooms, which carry their newest message, counts and how they are set up.

mod line;
mod unseen;

use std::collections::{BTreeMap, HashMap, HashSet};

use bedside_core::cache_write::{ChangeRow, OutboxState, ParkReason};
use bedside_protocol::ipc::{DeliveryState, FilterCounts, PersonView, Preview, RoomFilter, RoomsView};
use bedside_protocol::text::fold_for_search;
use bedside_protocol::wire::{Person, RoomFlags, SetFlags};
use bedside_protocol::{MessageId, Rev, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, Row};

use crate::cache::error::CacheError;
use crate::cache::preview::one_line;
use crate::cache::query::shown::Shown;
use crate::cache::{flags, message_changes, outbox, profile, reply_waits, shared_drafts};
use line::Line;

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
    /// How far the server knows that a device of one's own has the room.
    pub my_delivered: RoomSeq,
    /// How far a device of the other's has it.
    pub other_delivered: RoomSeq,
    /// How it is set up, as the server has it.
    pub flags: RoomFlags,
    /// What is wished for there and the server does not have.
    pub flags_wanted: SetFlags,
    /// Their messages not read.
    pub unread: i64,
    /// False once the link ended.
    pub writable: bool,
    /// The newest message held.
    pub newest: Option<MessageId>,
}

/// Every room, by id.
pub(crate) fn held(db: &Connection) -> Result<Vec<RoomHeld>, CacheError> {
    let mut wishes = flags::all_wanted(db)?;
    let mut statement = db.prepare_cached(
        "SELECT room_id, other_account, last_seq, room_rev, my_read, my_read_confirmed, other_read, unread, writable,
                newest_id, pinned, muted_until_at, archived_up_to, marked_unread, flags_rev,
                my_delivered, other_delivered
         FROM rooms ORDER BY room_id",
    )?;
    let rooms = statement.query_map([], |row| {
        let room_id = RoomId(row.get(0)?);
        Ok(RoomHeld {
            room_id,
            other: row.get::<_, Option<i64>>(1)?.map(bedside_protocol::AccountId),
            last_seq: RoomSeq(row.get(2)?),
            room_rev: Rev(row.get(3)?),
            my_read: RoomSeq(row.get(4)?),
            my_read_confirmed: RoomSeq(row.get(5)?),
            other_read: RoomSeq(row.get(6)?),
            unread: row.get(7)?,
            writable: row.get(8)?,
            newest: row.get::<_, Option<i64>>(9)?.map(MessageId),
            flags: flags::held(row, 10)?,
            flags_wanted: wishes.remove(&room_id).unwrap_or_default(),
            my_delivered: RoomSeq(row.get(15)?),
            other_delivered: RoomSeq(row.get(16)?),
        })
    })?;
    Ok(rooms.collect::<Result<_, _>>()?)
}

/// What a list is to show, and at which moment.
pub(crate) struct Wanted {
    pub(crate) search: String,
    /// All, archived ones too, if it is none.
    pub(crate) filter: Option<RoomFilter>,
    /// Listed whatever the filter says.
    pub(crate) keep: Option<RoomId>,
    pub(crate) now: Timestamp,
}

/// A list, and from when on it is another one though nothing has happened.
pub(crate) struct Listed {
    pub(crate) view: RoomsView,
    /// Since when a patient waits for an answer, by room.
    pub(crate) waiting: HashMap<RoomId, Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

/// The list as shown: what is unread and urgent first, then what is pinned, then newest first.
pub(crate) fn view(db: &Connection, wanted: &Wanted) -> Result<Listed, CacheError> {
    let mut view = RoomsView { loading: profile::profile(db)?.cursor.is_none(), ..empty() };
    let around = Around::read(db, wanted.now)?;
    let search = fold_for_search(wanted.search.trim());
    let mut statement = db.prepare_cached(line::LIST)?;
    let mut rows = statement.query([])?;
    let (mut listed, mut waiting, mut until) = (Vec::new(), HashMap::new(), None);
    while let Some(row) = rows.next()? {
        let mut line = Line::read(row, &around)?;
        line.count(&mut view);
        until = sooner(until, line.until);
        waiting.extend(line.waits_since().map(|since| (line.row.room_id, since)));
        if line.matches(&search, wanted) {
            line.show(&around);
            listed.push(line);
        }
    }
    listed.sort_unstable_by(|a, b| b.order().cmp(&a.order()).then(a.row.room_id.cmp(&b.row.room_id)));
    view.rows = listed.into_iter().map(|line| line.row).collect();
    Ok(Listed { view, waiting, until })
}

/// A list of nothing.
pub(crate) fn empty() -> RoomsView {
    RoomsView {
        unread: 0,
        unread_rooms: 0,
        urgent_rooms: 0,
        filters: FilterCounts::default(),
        loading: true,
        rows: Vec::new(),
    }
}

fn sooner(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}

/// What stands around the rooms, read once a list.
struct Around {
    now: Timestamp,
    drafts: HashMap<RoomId, String>,
    offers: HashMap<RoomId, String>,
    waiting: HashMap<RoomId, Waiting>,
    changes: Vec<ChangeRow>,
    wishes: BTreeMap<RoomId, SetFlags>,
    /// Since when something of one's own is unread there; of practitioners only.
    unseen: HashMap<RoomId, Timestamp>,
    is_practitioner: bool,
    /// After so many days that is long.
    unseen_days: u8,
    /// What they say is not shown.
    sensitive: HashSet<RoomId>,
    /// By when a reply is to have come.
    reply_due: HashMap<RoomId, Timestamp>,
}

impl Around {
    fn read(db: &Connection, now: Timestamp) -> Result<Self, CacheError> {
        let is_practitioner = unseen::is_practitioner(db)?;
        let unseen = if is_practitioner { unseen::since(db)? } else { HashMap::new() };
        let (drafts, offers) = (drafts(db)?, shared_drafts::offers(db)?);
        let (waiting, changes) = (waiting(db)?, message_changes::pending(db)?);
        let (wishes, settings) = (flags::all_wanted(db)?, profile::settings(db)?);
        let sensitive = settings.notices.rooms.iter().filter(|room| room.sensitive).map(|room| room.room_id);
        let (sensitive, unseen_days) = (sensitive.collect(), settings.unseen_days);
        let reply_due = reply_waits::due(db)?;
        Ok(Around {
            now,
            drafts,
            offers,
            waiting,
            changes,
            wishes,
            unseen,
            is_practitioner,
            unseen_days,
            sensitive,
            reply_due,
        })
    }
}

/// The newest message, as its reader wishes it.
fn preview<'a>(
    row: &Row<'_>,
    wished: impl Iterator<Item = &'a ChangeRow>,
) -> Result<Option<Preview>, CacheError> {
    let newest: i64 = row.get(1)?;
    let other = Reached { delivered: RoomSeq(row.get(30)?), read: RoomSeq(row.get(6)?) };
    let own: bool = row.get(2)?;
    if newest == 0 {
        return Ok(None);
    }
    let held = Shown { text: row.get(3)?, retracted: row.get(5)?, ..Shown::default() };
    let shown = held.under(wished, None);
    if shown.retracted {
        return Ok(Some(Preview::Retracted { own }));
    }
    let state = own.then(|| other.state(RoomSeq(newest)));
    Ok(Some(Preview::Message { text: one_line(&shown.text), own, state }))
}

/// How far the other member is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    /// A device of theirs has everything up to here.
    pub(crate) delivered: RoomSeq,
    /// They have read everything up to here.
    pub(crate) read: RoomSeq,
}

impl Reached {
    /// How far one's own stored message is.
    pub(crate) fn state(self, seq: RoomSeq) -> DeliveryState {
        if seq <= self.read {
            DeliveryState::Read
        } else if seq <= self.delivered {
            DeliveryState::Delivered
        } else {
            DeliveryState::Sent
        }
    }
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
        facts: person.facts,
    }
}

/// The newest message of a room that the server does not have.
struct Waiting {
    preview: Preview,
    composed_at: Timestamp,
    /// It waits for its author.
    parked: bool,
}

fn waiting(db: &Connection) -> Result<HashMap<RoomId, Waiting>, CacheError> {
    let rows = outbox::pending(db)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let state = Some(delivery(&row.state));
            let preview = Preview::Message { text: one_line(&row.content), own: true, state };
            let parked = matches!(row.state, OutboxState::Parked(_));
            (row.room_id, Waiting { preview, composed_at: row.composed_at, parked })
        })
        .collect())
}

/// How far a message of the outbox is, as shown.
pub(crate) fn delivery(state: &OutboxState) -> DeliveryState {
    match state {
        OutboxState::Queued | OutboxState::Sending => DeliveryState::Waiting,
        OutboxState::Acked { .. } => DeliveryState::Sent,
        OutboxState::Parked(ParkReason::Rejected(code)) => DeliveryState::Failed { code: *code },
        OutboxState::Parked(ParkReason::Stale) => DeliveryState::Stale,
    }
}

fn drafts(db: &Connection) -> Result<HashMap<RoomId, String>, CacheError> {
    let mut statement = db.prepare_cached("SELECT room_id, content FROM drafts WHERE content <> ''")?;
    let drafts = statement.query_map([], |row| Ok((RoomId(row.get(0)?), row.get(1)?)))?;
    Ok(drafts.collect::<Result<_, _>>()?)
}
