//! Keeps what finds messages in step with them, in the transaction that changes them; but what many new ones at once
//! bring is left to [`behind`], so that catching up waits for no index.
//!
//! Steps are gathered and taken in the order of the messages' ids at the transaction's end: FTS5 writes out what it holds
//! whenever an id is lower than the one before. Never keeps a term of a text that was taken back or edited away.

pub(super) mod behind;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use bedside_protocol::RoomId;
#[cfg(test)]
use bedside_protocol::RoomSeq;
use bedside_protocol::search::{FORM, Fact, fold, grams, has_link};
use bedside_protocol::wire::Message;
use rusqlite::{Connection, Row, params};

use super::error::CacheError;
use super::group::Group;

/// Milliseconds in a day.
pub(super) const DAY_MS: i64 = 86_400_000;

/// A message as it is indexed.
pub(super) struct Doc {
    arrival: i64,
    room_id: i64,
    sender: i64,
    content: String,
    urgent: bool,
    stored_at: i64,
}

/// Messages with their ids.
type Docs = Vec<(i64, Doc)>;

/// What becomes of a message in the index.
#[derive(Default)]
struct Step {
    /// As it may be indexed now.
    was: Option<Doc>,
    /// As it is to be.
    is: Option<Doc>,
    /// Whether the message came in this transaction.
    came: bool,
}

/// The steps of one transaction, by message id.
#[derive(Default)]
pub(super) struct Index {
    steps: BTreeMap<i64, Step>,
    came: usize,
    /// The arrivals among which the new messages are, once they are too many for this transaction.
    later: Option<Range<i64>>,
}

/// New messages of one transaction that are indexed in it; more are indexed behind it.
const AT_ONCE: usize = 64;

impl Index {
    /// A message came that was not there.
    fn came(&mut self, message: &Message, arrival: i64) {
        if let Some(later) = &mut self.later {
            *later = later.start.min(arrival)..later.end.max(arrival.saturating_add(1));
            return;
        }
        let step = self.steps.entry(message.id.get()).or_default();
        step.is = Doc::of(message, arrival);
        step.came = step.was.is_none();
        self.came += usize::from(step.came);
        if self.came > AT_ONCE {
            self.put_off();
        }
    }

    /// Of the messages that came keeps nothing but where they are.
    fn put_off(&mut self) {
        let mut later: Option<Range<i64>> = None;
        self.steps.retain(|_, step| {
            let Step { is: Some(doc), came: true, .. } = step else { return true };
            let held = later.clone().unwrap_or(doc.arrival..doc.arrival);
            later = Some(held.start.min(doc.arrival)..held.end.max(doc.arrival.saturating_add(1)));
            false
        });
        self.later = later;
    }
}

impl Doc {
    /// From six columns beginning at `first`: arrival, room_id, sender_account, content, urgent, stored_at.
    fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Doc {
            arrival: row.get(first)?,
            room_id: row.get(first + 1)?,
            sender: row.get(first + 2)?,
            content: row.get(first + 3)?,
            urgent: row.get(first + 4)?,
            stored_at: row.get(first + 5)?,
        })
    }

    fn of(message: &Message, arrival: i64) -> Option<Self> {
        message.retracted_at.is_none().then(|| Doc {
            arrival,
            room_id: message.room_id.get(),
            sender: message.sender_account.get(),
            content: message.content.clone(),
            urgent: message.urgent,
            stored_at: message.timestamp.millis(),
        })
    }

    /// Its terms, as FTS5 is fed.
    fn terms(&self) -> String {
        let mut terms = grams(&fold(&self.content));
        let facts = [Fact::Message, Fact::Room(self.room_id), Fact::Sender(self.sender)].into_iter();
        let urgent = self.urgent.then_some(Fact::Urgent);
        let link = has_link(&self.content).then_some(Fact::Link);
        for fact in facts.chain(urgent).chain(link) {
            terms.push(' ');
            terms.push_str(&fact.term());
        }
        terms
    }
}

impl Group<'_> {
    /// A message was just inserted.
    pub(super) fn index_inserted(&mut self, message: &Message) {
        self.index.came(message, self.db.last_insert_rowid());
    }

    /// A message is about to be updated.
    pub(super) fn index_updating(&mut self, message: &Message) -> Result<(), CacheError> {
        let held = self.docs(message.room_id, message.room_seq.get(), message.room_seq.get(), i64::MAX)?;
        let Some((_, held)) = held.into_iter().next() else { return Ok(()) };
        if held.content == message.content && message.retracted_at.is_none() {
            return Ok(());
        }
        let is = Doc::of(message, held.arrival);
        self.index_step(message.id.get(), held).is = is;
        Ok(())
    }

    /// Messages between two places (inclusive) with ids below another are about to be removed.
    pub(super) fn index_removing(
        &mut self,
        room_id: RoomId,
        from: i64,
        to: i64,
        below: i64,
    ) -> Result<(), CacheError> {
        for (id, held) in self.docs(room_id, from, to, below)? {
            self.index_step(id, held).is = None;
        }
        Ok(())
    }

    /// A message's step. As it was before the transaction counts, and only that.
    fn index_step(&mut self, id: i64, held: Doc) -> &mut Step {
        match self.index.steps.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(place) => place.insert(Step { was: Some(held), ..Step::default() }),
        }
    }

    fn docs(&self, room_id: RoomId, from: i64, to: i64, below: i64) -> Result<Docs, CacheError> {
        let mut statement = self.db.prepare_cached(
            "SELECT message_id, arrival, room_id, sender_account, content, urgent, stored_at
             FROM messages WHERE room_id = ?1 AND room_seq BETWEEN ?2 AND ?3 AND message_id < ?4",
        )?;
        let rows = statement.query_map(params![room_id.get(), from, to, below], |row| {
            Ok((row.get(0)?, Doc::read(row, 1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes the steps. An index of another form is left alone: it is made anew as a whole.
    pub(super) fn save_index(&mut self) -> Result<(), CacheError> {
        let Index { steps, later, .. } = std::mem::take(&mut self.index);
        if (steps.is_empty() && later.is_none()) || behind::form(self.db)? != FORM {
            return Ok(());
        }
        if let Some(later) = later {
            self.index_later(&later)?;
        }
        let mut days = BTreeMap::new();
        for (id, step) in steps {
            if let Some(was) = step.was {
                remove(self.db, id, &was)?;
            }
            if let Some(is) = step.is {
                add(self.db, id, &is)?;
                let day = days.entry(is.stored_at.div_euclid(DAY_MS)).or_insert((id, id));
                *day = (day.0.min(id), day.1.max(id));
            }
        }
        days.into_iter().try_for_each(|(day, ids)| widen(self.db, day, ids))
    }
}

fn remove(db: &Connection, id: i64, was: &Doc) -> Result<(), CacheError> {
    if db.prepare_cached("DELETE FROM searchable WHERE message_id = ?1")?.execute([id])? == 0 {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO message_grams (message_grams, rowid, grams) VALUES ('delete', ?1, ?2)")?
        .execute(params![id, was.terms()])?;
    Ok(())
}

fn add(db: &Connection, id: i64, is: &Doc) -> Result<(), CacheError> {
    let added = db
        .prepare_cached(
            "INSERT INTO searchable (message_id, arrival) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute([id, is.arrival])?;
    if added == 1 {
        db.prepare_cached("INSERT INTO message_grams (rowid, grams) VALUES (?1, ?2)")?
            .execute(params![id, is.terms()])?;
    }
    Ok(())
}

fn widen(db: &Connection, day: i64, (first, last): (i64, i64)) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO search_days (day, first_id, last_id) VALUES (?1, ?2, ?3)
         ON CONFLICT (day) DO UPDATE SET first_id = min(first_id, ?2), last_id = max(last_id, ?3)",
    )?
    .execute([day, first, last])?;
    Ok(())
}

/// The place of a message that is indexed. For comparisons in tests.
#[cfg(test)]
fn places(db: &Connection) -> Vec<RoomSeq> {
    let sql = "SELECT room_seq FROM searchable JOIN messages USING (arrival) ORDER BY 1";
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0).map(RoomSeq)).unwrap().map(Result::unwrap).collect()
}

#[cfg(test)]
mod tests;
