//! A window of one conversation: messages and gaps around an anchor, what waits to be sent after them.
//!
//! Costs what the window holds, whatever the conversation's length: every query reads outwards from the anchor.

mod from_elsewhere;
mod item;
mod quote;
mod window;

use bedside_protocol::ipc::{
    Anchor, EditDraft, EditingView, TimelineHead, TimelineItem, TimelineView, Window,
};
use bedside_protocol::{AccountId, RoomId, RoomSeq, Timestamp};
use rusqlite::Connection;

use crate::cache::query::rooms::person_view;
use crate::cache::query::shown::Shown;
use crate::cache::query::timeline::{self as query, RoomFacts};
use crate::cache::query::{by_id, draft, edit_draft, person, profile};
use crate::cache::{CacheError, marks_of, shared_drafts};
use item::Reader;
use window::{Around, Reach};

/// What a subscription wants to see now.
pub(super) struct Wanted {
    pub(super) room_id: RoomId,
    pub(super) window: Window,
    /// Whether missing stretches are being fetched.
    pub(super) fetching: bool,
    pub(super) now: Timestamp,
}

/// What is fixed when a timeline is first shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opened {
    first_unread: Option<RoomSeq>,
    unread: i64,
    draft: String,
    draft_seen: u64,
    editing: Option<Box<EditingView>>,
}

/// The view, and what it fixed; `None` if the room is not held.
pub(super) fn view(
    db: &Connection,
    wanted: &Wanted,
    opened: Option<Opened>,
) -> Result<Option<(TimelineView, Opened)>, CacheError> {
    let Some(facts) = query::facts(db, wanted.room_id)? else { return Ok(None) };
    let Some(other) = facts.person.map(|other| person(db, other)).transpose()?.flatten() else {
        return Ok(None);
    };
    let me = profile(db)?.account_id;
    let opened = opened.map_or_else(|| open(db, wanted.room_id, &facts, me), Ok)?;
    let changes = query::changes(db, wanted.room_id)?;
    let reader = Reader { me, writable: facts.writable, other: facts.other, changes: &changes };
    let draft = draft(db, wanted.room_id)?;
    let around = window::around(db, wanted.room_id, &wanted.window, reach(&wanted.window, &opened))?;
    // Whoever reads here still sees where it began; what was read on another device is no news on this one.
    let is_news = opened.first_unread.is_none_or(|first| first > facts.read_elsewhere);
    let head = TimelineHead {
        room_id: wanted.room_id,
        person: person_view(other),
        writable: facts.writable,
        at_start: around.at_start,
        at_end: around.at_end,
        last_seq: facts.last_seq,
        first_unread: opened.first_unread.filter(|_| is_news),
        unread_at_open: if is_news { opened.unread } else { 0 },
        unread: facts.unread,
        draft: opened.draft.clone(),
        draft_seen: opened.draft_seen,
        draft_arrived: from_elsewhere::arrived(db, wanted.room_id, opened.draft_seen, &reader)?,
        draft_offer: from_elsewhere::offer(db, wanted.room_id, &reader)?,
        typing: false,
        marks: marks_of(db, wanted.room_id, wanted.now)?,
        // Not as it was when the timeline was opened: the message may have been taken back since.
        draft_reply: quote::of_id(db, wanted.room_id, draft.reply_to, &reader)?,
        presence: None,
        editing: opened.editing.clone(),
    };
    let items = items(db, wanted, &reader, around)?;
    Ok(Some((TimelineView { head, items }, opened)))
}

fn open(
    db: &Connection,
    room_id: RoomId,
    facts: &RoomFacts,
    me: Option<AccountId>,
) -> Result<Opened, CacheError> {
    let first_unread = if facts.unread > 0 { first_unread(db, room_id, facts, me)? } else { None };
    let editing = edit_draft(db, room_id)?.map(|draft| editing(db, room_id, draft, me)).transpose()?;
    let (draft, draft_seen) = (draft(db, room_id)?.text, shared_drafts::of_room(db, room_id)?.arrived);
    Ok(Opened { first_unread, unread: facts.unread, draft, draft_seen, editing })
}

/// The message as it is shown, beside what was being made of it.
fn editing(
    db: &Connection,
    room_id: RoomId,
    draft: EditDraft,
    me: Option<AccountId>,
) -> Result<Box<EditingView>, CacheError> {
    let changes = query::changes(db, room_id)?;
    let held = by_id::message(db, room_id, draft.message_id)?;
    let original = held.map_or_else(String::new, |held| Shown::of(held, &changes, me, true).text);
    Ok(Box::new(EditingView { draft, original }))
}

/// The first of their messages after one's own mark, or the gap that hides it.
fn first_unread(
    db: &Connection,
    room_id: RoomId,
    facts: &RoomFacts,
    me: Option<AccountId>,
) -> Result<Option<RoomSeq>, CacheError> {
    let held = query::first_unread(db, room_id, facts.my_read, me)?;
    let next = facts.my_read.next();
    let hidden = query::gaps_before(db, room_id, next.next(), 1)?.into_iter().any(|(_, to)| to >= next);
    Ok(if hidden { Some(next) } else { held })
}

fn reach(window: &Window, opened: &Opened) -> Reach {
    match (window.anchor, opened.first_unread) {
        (Anchor::Seq { seq }, _) | (Anchor::FirstUnread, Some(seq)) => Reach::Place(seq),
        (Anchor::End, _) | (Anchor::FirstUnread, None) => Reach::End,
    }
}

fn items(
    db: &Connection,
    wanted: &Wanted,
    reader: &Reader<'_>,
    around: Around,
) -> Result<Vec<TimelineItem>, CacheError> {
    let mut items = Vec::with_capacity(around.entries.len());
    for entry in around.entries {
        let reply = quote::of_entry(db, wanted.room_id, &entry, reader)?;
        items.push(item::entry(entry, reply, reader, wanted.fetching));
    }
    let waiting = if around.at_end { query::waiting(db, wanted.room_id)? } else { Vec::new() };
    for row in waiting {
        let reply = quote::of_id(db, wanted.room_id, row.reply_to, reader)?;
        items.push(item::waiting(row, reply));
    }
    Ok(items)
}
