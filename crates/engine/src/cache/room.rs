//! A room's row in memory during one transaction: places, marks, gaps, newest message, unread counts.
//!
//! Everything here is a function of the states applied, never of their order: places and marks by max, the row by
//! revision, gaps as the complement of what is held, unread counts by their definition.

mod asked;
mod counts;
mod row;

use bedside_core::gaps::Gaps;
use bedside_protocol::wire::{Message, ReadMark, Room as WireRoom, RoomFlags};
use bedside_protocol::{AccountId, RoomId, RoomSeq};
use rusqlite::Connection;

use super::error::CacheError;
use super::preview::one_line;

/// The columns of a room, loaded, changed and compared as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) other: Option<AccountId>,
    pub(super) room_rev: i64,
    pub(super) synced_rev: i64,
    pub(super) last_seq: i64,
    pub(super) my_read: i64,
    pub(super) my_read_confirmed: i64,
    pub(super) other_read: i64,
    pub(super) my_delivered: i64,
    pub(super) other_delivered: i64,
    pub(super) read_elsewhere: i64,
    pub(super) writable: bool,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
    pub(super) newest: Newest,
    pub(super) unread: i64,
    pub(super) held: Held,
    pub(super) told: Told,
    pub(super) flags: RoomFlags,
}

/// The newest message held, as far as the room list shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Newest {
    pub(super) seq: i64,
    pub(super) message_id: Option<i64>,
    pub(super) sender: Option<i64>,
    pub(super) text: String,
    pub(super) at: Option<i64>,
    pub(super) retracted: bool,
}

/// Their messages held after one's own mark.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Held {
    pub(super) unread: i64,
    pub(super) urgent: i64,
}

/// What the server counted as unread, when its newest room state was read: needed while a gap hides messages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) unread: i64,
    pub(super) up_to: i64,
    pub(super) read: i64,
}

/// A room during one transaction.
pub(super) struct Room {
    pub(super) id: RoomId,
    pub(super) fields: Fields,
    pub(super) gaps: Gaps,
    loaded: Fields,
    loaded_gaps: Gaps,
    recount: bool,
    find_newest: bool,
    find_asked: bool,
    /// This device had put it away in the life before.
    pub(super) was_put_away: bool,
}

impl Room {
    /// Loads the room, or begins one of which nothing is known yet.
    pub(super) fn load(db: &Connection, id: RoomId) -> Result<Self, CacheError> {
        let fields = match row::select(db, id)? {
            Some(fields) => fields,
            None => row::begin(db, id)?,
        };
        let gaps = row::gaps(db, id)?;
        let (loaded, loaded_gaps) = (fields.clone(), gaps.clone());
        let (recount, find_newest, find_asked, was_put_away) = (false, false, false, false);
        Ok(Room { id, fields, gaps, loaded, loaded_gaps, recount, find_newest, find_asked, was_put_away })
    }

    /// Writes back what changed; answers whether anything did.
    pub(super) fn save(&mut self, db: &Connection, me: Option<AccountId>) -> Result<bool, CacheError> {
        if self.find_newest {
            self.fields.newest = counts::newest(db, self.id)?;
        }
        if self.fields.newest != self.loaded.newest {
            // Once a transaction, not once a message: it was a twelfth of the time of catching up (2026-11-22).
            self.fields.newest.text = one_line(&self.fields.newest.text);
        }
        if self.recount {
            self.fields.held = counts::held(db, self.id, self.fields.my_read, me)?;
        }
        if self.fields != self.loaded || self.gaps != self.loaded_gaps || self.recount {
            self.fields.unread = counts::unread(db, self, me)?;
        }
        let fields_changed = self.fields != self.loaded;
        if fields_changed {
            row::update(db, self.id, &self.fields)?;
        }
        let gaps_changed = self.gaps != self.loaded_gaps;
        if gaps_changed {
            row::replace_gaps(db, self.id, &self.loaded_gaps, &self.gaps)?;
        }
        let asked_changed = self.find_asked && asked::note(db, self.id, me)?;
        Ok(fields_changed || gaps_changed || asked_changed)
    }

    /// The row, if as new as what is held.
    pub(super) fn take_row(&mut self, room: &WireRoom) {
        self.raise_last(room.last_seq.get());
        if room.room_rev.get() < self.fields.room_rev {
            return;
        }
        self.fields.room_rev = room.room_rev.get();
        self.fields.other = Some(room.other.account_id);
        self.fields.writable = room.writable;
        self.fields.created_at = room.created_at.millis();
        self.fields.updated_at = room.updated_at.millis();
        self.fields.told =
            Told { unread: room.unread_count, up_to: room.last_seq.get(), read: room.my_read.up_to.get() };
    }

    /// Another life of the server's database has the room like this. One's own mark stays only if nothing has been
    /// written there since: otherwise it would cover what nobody has seen.
    pub(super) fn move_to_other_life(&mut self, room: &WireRoom) {
        let is_news = self.has_news(room);
        self.was_put_away &= !is_news;
        let read = room.my_read.up_to.get();
        self.fields.my_read =
            if is_news { read } else { self.fields.my_read.min(room.last_seq.get()).max(read) };
        self.fields.my_read_confirmed = read;
        self.fields.other_read = room.other_read.up_to.get();
        self.fields.read_elsewhere = 0;
        self.fields.my_delivered = room.my_read.delivered().get();
        self.fields.other_delivered = room.other_read.delivered().get();
        self.fields.last_seq = self.fields.last_seq.min(room.last_seq.get());
        self.gaps.cover(room.last_seq.next(), RoomSeq(i64::MAX));
        self.removed();
    }

    /// Whether something stands there that is not held.
    fn has_news(&self, room: &WireRoom) -> bool {
        room.last_message.as_ref().map(|message| message.id.get()) > self.fields.newest.message_id
    }

    /// A member's mark as the server has it.
    pub(super) fn take_mark(&mut self, mark: &ReadMark, me: Option<AccountId>) {
        if me != Some(mark.account_id) {
            self.fields.other_read = self.fields.other_read.max(mark.up_to.get());
            self.fields.other_delivered = self.fields.other_delivered.max(mark.delivered().get());
            return;
        }
        self.fields.my_delivered = self.fields.my_delivered.max(mark.delivered().get());
        self.fields.my_read_confirmed = self.fields.my_read_confirmed.max(mark.up_to.get());
        if mark.up_to.get() > self.fields.my_read {
            self.fields.read_elsewhere = mark.up_to.get();
        }
        self.read_up_to(mark.up_to);
    }

    /// How it is set up, if as new as what is held.
    pub(super) fn take_flags(&mut self, flags: RoomFlags) {
        if flags.rev >= self.fields.flags.rev {
            self.fields.flags = flags;
        }
    }

    /// Moves one's own mark forward.
    pub(super) fn read_up_to(&mut self, up_to: RoomSeq) {
        if up_to.get() > self.fields.my_read {
            self.fields.my_read = up_to.get();
            self.recount = true;
        }
    }

    /// A message that was not held has been inserted.
    pub(super) fn inserted(&mut self, message: &Message, me: Option<AccountId>) {
        self.raise_last(message.room_seq.get());
        self.find_asked = true;
        self.gaps.cover(message.room_seq, message.room_seq);
        if Some(message.sender_account) != me && message.room_seq.get() > self.fields.my_read {
            self.fields.held.unread += 1;
            self.fields.held.urgent += i64::from(message.urgent);
        }
        self.shown(message);
    }

    /// A message's state is what the table holds now: the preview follows if it is the newest.
    pub(super) fn shown(&mut self, message: &Message) {
        self.find_asked |= message.retracted_at.is_some();
        if message.room_seq.get() >= self.fields.newest.seq {
            self.fields.newest = Newest {
                seq: message.room_seq.get(),
                message_id: Some(message.id.get()),
                sender: Some(message.sender_account.get()),
                text: message.content.clone(),
                at: Some(message.timestamp.millis()),
                retracted: message.retracted_at.is_some(),
            };
        }
    }

    /// A message has been removed: what was counted is counted anew.
    pub(super) fn removed(&mut self) {
        self.recount = true;
        self.find_newest = true;
        self.find_asked = true;
    }

    /// Places up to here exist; those not known before are missing until their messages arrive.
    pub(super) fn raise_last(&mut self, seq: i64) {
        if seq > self.fields.last_seq {
            self.gaps.add(RoomSeq(self.fields.last_seq + 1), RoomSeq(seq));
            self.fields.last_seq = seq;
        }
    }
}
