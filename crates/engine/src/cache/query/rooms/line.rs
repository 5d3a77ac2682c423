//! A row of the list in the making: what it shows, which filters it passes, where it stands.

use bedside_protocol::ipc::{Preview, RoomFilter, RoomMarks, RoomRow, RoomsView};
use bedside_protocol::wire::{Mute, RoomFlags};
use bedside_protocol::{MessageId, RoomId, RoomSeq, Timestamp};
use rusqlite::Row;

use super::{Around, Wanted, person_view, preview, sooner, unseen};
use crate::cache::error::CacheError;
use crate::cache::preview::one_line;
use crate::cache::{flags, profile};

pub(super) const LIST: &str =
    "SELECT rooms.room_id, newest_seq, newest_sender IS profile.account_id, newest_text, newest_at,
       newest_retracted, other_read, unread, held_urgent, last_seq, writable, rooms.created_at, name_folded,
       people.account_id, role, role_id, name, profession, birth_date, since_at,
       phone, language, time_zone, record_number, newest_id,
       pinned, muted_until_at, archived_up_to, marked_unread, flags_rev, other_delivered, asked_at
FROM rooms JOIN people ON people.account_id = rooms.other_account JOIN profile";

/// A row on its way into the list.
pub(super) struct Line {
    pub(super) row: RoomRow,
    /// When the row looks otherwise though nothing happens.
    pub(super) until: Option<Timestamp>,
    /// Newest first by this.
    at: Timestamp,
    name_folded: String,
    /// Since when the last word is the patient's, if it can be answered and nothing of one's own is on its way there.
    waits_since: Option<Timestamp>,
}

impl Line {
    pub(super) fn read(row: &Row<'_>, around: &Around) -> Result<Self, CacheError> {
        let room_id = RoomId(row.get(0)?);
        let at = row.get::<_, Option<i64>>(4)?.map(Timestamp);
        let urgent = row.get::<_, i64>(8)? > 0;
        let flags = flags::held(row, 25)?.with(&around.wishes.get(&room_id).copied().unwrap_or_default());
        let pressing = urgent || around.waiting.get(&room_id).is_some_and(|waiting| waiting.parked);
        let since = around.unseen.get(&room_id).copied();
        let listed = RoomRow {
            key: room_id.to_string(),
            room_id,
            person: person_view(profile::read_person(row, 13)?),
            preview: newest(row, room_id, around)?,
            at,
            unread: row.get(7)?,
            urgent,
            writable: row.get(10)?,
            marks: RoomMarks {
                reply_due: around.reply_due.get(&room_id).copied(),
                ..flags::marks(flags, RoomSeq(row.get(9)?), pressing, around.now)
            },
            typing: false,
            presence: None,
            unseen_since: since.filter(|since| unseen::due(*since, around.unseen_days) <= around.now),
        };
        Ok(Line {
            until: sooner(
                sooner(
                    end_of_mute(flags, around.now),
                    around.reply_due.get(&room_id).copied().filter(|due| *due > around.now),
                ),
                since.map(|since| unseen::due(since, around.unseen_days)).filter(|due| *due > around.now),
            ),
            at: at.unwrap_or(Timestamp(row.get(11)?)),
            name_folded: row.get(12)?,
            waits_since: row.get::<_, Option<i64>>(31)?.map(Timestamp).filter(|_| {
                around.is_practitioner && listed.writable && !around.waiting.contains_key(&room_id)
            }),
            row: listed,
        })
    }

    fn is_unread(&self) -> bool {
        self.row.unread > 0 || self.row.marks.marked_unread
    }

    /// Since when a patient waits for an answer, however often it was asked for; one that is on its way is an answer, a
    /// draft is none.
    pub(super) fn waits_since(&self) -> Option<Timestamp> {
        self.waits_since.filter(|_| !self.row.marks.archived)
    }

    /// Whether its news count in the number on the badge: whoever has muted it or put it away does not want to hear of
    /// its everyday.
    fn is_loud(&self) -> bool {
        self.row.urgent || !(self.row.marks.is_muted() || self.row.marks.archived)
    }

    pub(super) fn count(&self, view: &mut RoomsView) {
        if self.is_loud() {
            view.unread += self.row.unread.max(i64::from(self.row.marks.marked_unread));
        }
        view.unread_rooms += u32::from(self.passes(RoomFilter::Unread));
        view.urgent_rooms += u32::from(self.passes(RoomFilter::Urgent));
        view.filters.archived += u32::from(self.passes(RoomFilter::Archived));
        view.filters.waiting += u32::from(self.passes(RoomFilter::Waiting));
        view.filters.unseen += u32::from(self.passes(RoomFilter::Unseen));
    }

    fn passes(&self, filter: RoomFilter) -> bool {
        let archived = self.row.marks.archived;
        match filter {
            RoomFilter::All => !archived,
            RoomFilter::Unread => self.is_unread() && !archived,
            RoomFilter::Urgent => self.row.urgent,
            RoomFilter::Archived => archived,
            RoomFilter::Waiting => self.waits_since().is_some(),
            RoomFilter::Unseen => self.row.unseen_since.is_some(),
        }
    }

    /// Whoever looks for somebody by name finds them wherever they are.
    pub(super) fn matches(&self, search: &str, wanted: &Wanted) -> bool {
        let kept = wanted.keep == Some(self.row.room_id);
        let found = wanted.filter == Some(RoomFilter::All) && !search.is_empty();
        let passes = wanted.filter.is_none_or(|filter| self.passes(filter));
        (kept || found || passes) && self.name_folded.contains(search)
    }

    /// What waits stands above what is stored, a draft above both, and one that waits for a decision above all.
    pub(super) fn show(&mut self, around: &Around) {
        if let Some(waiting) = around.waiting.get(&self.row.room_id) {
            self.row.preview = Some(waiting.preview.clone());
            self.row.at = self.row.at.max(Some(waiting.composed_at));
            self.at = self.at.max(waiting.composed_at);
        }
        if let Some(draft) = around.drafts.get(&self.row.room_id) {
            self.row.preview = Some(Preview::Draft { text: one_line(draft) });
        }
        if let Some(offer) = around.offers.get(&self.row.room_id) {
            self.row.preview = Some(Preview::OfferedDraft { text: one_line(offer) });
        }
        if around.sensitive.contains(&self.row.room_id) && self.row.preview.is_some() {
            self.row.preview = Some(Preview::Hidden);
        }
    }

    /// The greatest stands first.
    pub(super) fn order(&self) -> (bool, bool, Timestamp) {
        (self.row.urgent, self.row.marks.pinned, self.at)
    }
}

fn newest(row: &Row<'_>, room_id: RoomId, around: &Around) -> Result<Option<Preview>, CacheError> {
    let newest = row.get::<_, Option<i64>>(24)?.map(MessageId);
    let changes = around.changes.iter();
    preview(row, changes.filter(|change| change.room_id == room_id && Some(change.message_id) == newest))
}

fn end_of_mute(flags: RoomFlags, now: Timestamp) -> Option<Timestamp> {
    match flags.muted {
        Mute::Until(end) => Some(end).filter(|end| *end > now),
        Mute::Off | Mute::Forever => None,
    }
}
