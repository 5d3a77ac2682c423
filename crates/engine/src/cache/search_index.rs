//! Keeps what finds messages in step with them, in the transaction that changes them.
//!
//! Steps are gathered and taken in the order of the messages' ids at the transaction's end: FTS5 writes out what it holds
//! whenever an id is lower than the one before. Never keeps a term of a text that was taken back or edited away.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bedside_protocol::RoomId;
#[cfg(test)]
use bedside_protocol::RoomSeq;
use bedside_protocol::search::{FORM, Fact, fold, grams, has_link};
use bedside_protocol::wire::Message;
use rusqlite::{Connection, OptionalExtension, Row, params};

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
}

/// The steps of one transaction, by message id.
#[derive(Default)]
pub(super) struct Index {
    steps: BTreeMap<i64, Step>,
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
        let doc = Doc::of(message, self.db.last_insert_rowid());
        self.index.steps.entry(message.id.get()).or_default().is = doc;
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
            Entry::Vacant(place) => place.insert(Step { was: Some(held), is: None }),
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
        let steps = std::mem::take(&mut self.index.steps);
        if steps.is_empty() || fill(self.db)?.form != FORM {
            return Ok(());
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

/// How far what was there before is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    /// The form of the index's terms.
    pub(crate) form: i64,
    /// Messages that arrived before this one are still to be indexed.
    pub(crate) below: i64,
    /// Where that began.
    pub(crate) top: i64,
}

impl Fill {
    /// Whether anything is still to be indexed.
    pub(crate) const fn is_due(&self) -> bool {
        self.below > 0 || self.form != FORM
    }

    /// How much of it is, of 100.
    pub(crate) fn percent(&self) -> u8 {
        let done = self.top.saturating_sub(self.below).saturating_mul(100) / self.top.max(1);
        if self.form == FORM { u8::try_from(done.clamp(0, 99)).unwrap_or_default() } else { 0 }
    }
}

pub(crate) fn fill(db: &Connection) -> Result<Fill, CacheError> {
    let mut statement = db.prepare_cached("SELECT form, below, top FROM search_fill WHERE only_row = 1")?;
    let read = |row: &Row<'_>| Ok(Fill { form: row.get(0)?, below: row.get(1)?, top: row.get(2)? });
    Ok(statement.query_row([], read)?)
}

/// Messages indexed in one transaction: some tens of milliseconds, for which a message that is sent would wait.
const SLICE: i64 = 1_000;

impl Group<'_> {
    /// Indexes some of what was there before; whether more is due.
    pub(super) fn fill_index(&mut self) -> Result<bool, CacheError> {
        let held = fill(self.db)?;
        if !held.is_due() {
            return Ok(false);
        }
        self.changed(super::changes::Part::Search);
        if held.form != FORM {
            return self.begin_index().map(|()| true);
        }
        let (docs, lowest) = unindexed(self.db, held.below)?;
        for (id, doc) in docs {
            self.index.steps.entry(id).or_insert(Step { was: None, is: Some(doc) });
        }
        let below = lowest.unwrap_or(0);
        self.db.execute("UPDATE search_fill SET below = ?1 WHERE only_row = 1", [below])?;
        Ok(below > 0)
    }

    /// Begins anew, with the terms of this build.
    fn begin_index(&self) -> Result<(), CacheError> {
        self.db.execute_batch(
            "INSERT INTO message_grams (message_grams) VALUES ('delete-all');
             DELETE FROM searchable;
             DELETE FROM search_days;",
        )?;
        self.db.execute(
            "UPDATE search_fill SET form = ?1,
                below = (SELECT coalesce(max(arrival) + 1, 0) FROM messages),
                top = (SELECT coalesce(max(arrival) + 1, 0) FROM messages)
             WHERE only_row = 1",
            [FORM],
        )?;
        Ok(())
    }
}

/// Messages with the highest arrivals below one, but for those that are indexed; and how low it was looked.
fn unindexed(db: &Connection, below: i64) -> Result<(Docs, Option<i64>), CacheError> {
    let lowest: Option<i64> = db
        .prepare_cached(
            "SELECT arrival FROM messages WHERE arrival < ?1 ORDER BY arrival DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row([below, SLICE - 1], |row| row.get(0))
        .optional()?;
    let mut statement = db.prepare_cached(
        "SELECT message_id, arrival, room_id, sender_account, content, urgent, stored_at
         FROM messages WHERE arrival < ?1 AND arrival >= ?2 AND retracted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM searchable WHERE searchable.message_id = messages.message_id)",
    )?;
    let rows = statement
        .query_map([below, lowest.unwrap_or(i64::MIN)], |row| Ok((row.get(0)?, Doc::read(row, 1)?)))?;
    Ok((rows.collect::<Result<_, _>>()?, lowest))
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
