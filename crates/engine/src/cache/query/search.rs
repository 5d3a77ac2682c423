//! Finding messages: the index names those that may match, newest first; each is looked at as its reader sees it.
//!
//! Stops at the page's size, and whenever nobody waits for the answer any more.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bedside_core::cache_write::{ChangeRow, OutboxRow};
use bedside_protocol::ipc::{Author, SearchFilter};
use bedside_protocol::search::{Fact, Terms, grams_of_part, has_link};
use bedside_protocol::wire::Message;
use bedside_protocol::{AccountId, ClientId, MessageId, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::by_id;
use super::shown::Shown;
use super::timeline::MessageHeld;
use crate::cache::error::CacheError;
use crate::cache::search_index::DAY_MS;
use crate::cache::{message_changes, outbox, profile};

/// Set once nobody waits for an answer any more.
pub(crate) type Stop = Arc<AtomicBool>;

/// What is looked for.
#[derive(Clone)]
pub(crate) struct Sought {
    pub(crate) terms: Terms,
    pub(crate) filter: SearchFilter,
    /// Most messages wanted.
    pub(crate) most: usize,
    pub(crate) stop: Stop,
}

/// A message that was found.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) room_id: RoomId,
    pub(crate) which: Which,
    pub(crate) own: bool,
    pub(crate) at: Timestamp,
    pub(crate) urgent: bool,
    pub(crate) text: String,
}

/// What a message found is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The server has it.
    Stored(MessageId, RoomSeq),
    /// It waits to be sent.
    Waiting(ClientId),
}

/// What was found, the newest first.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) hits: Vec<Hit>,
    /// There is more.
    pub(crate) more: bool,
}

impl Sought {
    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filter == SearchFilter::default()
    }

    fn takes(&self, room_id: RoomId, own: bool, at: Timestamp, urgent: bool, text: &str) -> bool {
        let filter = &self.filter;
        filter.room_id.is_none_or(|wanted| wanted == room_id)
            && filter.from.is_none_or(|from| (from == Author::Me) == own)
            && filter.since.is_none_or(|since| at >= since)
            && filter.until.is_none_or(|until| at < until)
            && (!filter.urgent || urgent)
            && (!filter.link || has_link(text))
            && self.terms.match_text(text)
    }
}

/// The newest messages that match.
pub(crate) fn messages(db: &Connection, sought: &Sought) -> Result<Found, CacheError> {
    if sought.is_empty() {
        return Ok(Found::default());
    }
    let me = profile::profile(db)?.account_id;
    let changes = message_changes::pending(db)?;
    let waiting = outbox::pending(db)?;
    let mut hits: Vec<Hit> =
        waiting.into_iter().rev().map(waiting_hit).filter(|hit| takes(sought, hit)).collect();
    hits.extend(stored(db, sought, &changes, me)?);
    let more = hits.len() > sought.most;
    hits.truncate(sought.most);
    Ok(Found { hits, more })
}

/// What was found, and what the server has found besides: each once, as it is shown here.
pub(crate) fn with_server(
    db: &Connection,
    sought: &Sought,
    mut found: Found,
    messages: &[Message],
) -> Result<Found, CacheError> {
    let me = profile::profile(db)?.account_id;
    let changes = message_changes::pending(db)?;
    let there: HashSet<i64> = found.hits.iter().map(id).collect();
    for message in messages.iter().filter(|message| !there.contains(&message.id.get())) {
        let held = by_id::message(db, message.room_id, message.id)?;
        let hit = match held {
            Some(held) => as_shown(held, message.room_id, &changes, me),
            None => Some(of_server(message, me)),
        };
        found.hits.extend(hit.filter(|hit| takes(sought, hit)));
    }
    found.hits.sort_by_key(|hit| std::cmp::Reverse(id(hit)));
    found.more |= found.hits.len() > sought.most;
    found.hits.truncate(sought.most);
    Ok(found)
}

fn of_server(message: &Message, me: Option<AccountId>) -> Hit {
    Hit {
        room_id: message.room_id,
        which: Which::Stored(message.id, message.room_seq),
        own: me == Some(message.sender_account),
        at: message.timestamp,
        urgent: message.urgent,
        text: message.content.clone(),
    }
}

fn takes(sought: &Sought, hit: &Hit) -> bool {
    sought.takes(hit.room_id, hit.own, hit.at, hit.urgent, &hit.text)
}

fn waiting_hit(row: OutboxRow) -> Hit {
    Hit {
        room_id: row.room_id,
        which: Which::Waiting(row.client_id),
        own: true,
        at: row.composed_at,
        urgent: row.urgent,
        text: row.content,
    }
}

/// Stored messages that match, newest first, one more than wanted. Those with a change that the server does not have are
/// looked at by themselves: the index knows only what the server has.
fn stored(
    db: &Connection,
    sought: &Sought,
    changes: &[ChangeRow],
    me: Option<AccountId>,
) -> Result<Vec<Hit>, CacheError> {
    let mut changed = changed(db, changes, me)?;
    let mut hits: Vec<Hit> = changed.values().flatten().filter(|hit| takes(sought, hit)).cloned().collect();
    let (first, last) = bounds(db, &sought.filter)?;
    let mut statement = db.prepare_cached(CANDIDATES)?;
    let mut rows = statement.query(params![expression(sought, me), first, last])?;
    let mut found = 0;
    while found <= sought.most
        && !sought.stop.load(Ordering::Relaxed)
        && let Some(row) = rows.next()?
    {
        let hit = read(row, me)?;
        if !changed.contains_key(&row.get(0)?) && takes(sought, &hit) {
            found += 1;
            hits.push(hit);
        }
    }
    changed.clear();
    hits.sort_by_key(|hit| std::cmp::Reverse(id(hit)));
    Ok(hits)
}

fn id(hit: &Hit) -> i64 {
    match hit.which {
        Which::Stored(id, _) => id.get(),
        Which::Waiting(_) => i64::MAX,
    }
}

/// The messages whose text is to be another one, as they are shown; nothing of one that is taken back.
fn changed(
    db: &Connection,
    changes: &[ChangeRow],
    me: Option<AccountId>,
) -> Result<BTreeMap<i64, Option<Hit>>, CacheError> {
    let mut shown = BTreeMap::new();
    for row in changes.iter().filter(|row| row.is_text() && row.behind.is_none()) {
        if let Some(held) = by_id::message(db, row.room_id, row.message_id)? {
            shown.insert(row.message_id.get(), as_shown(held, row.room_id, changes, me));
        }
    }
    Ok(shown)
}

fn as_shown(held: MessageHeld, room_id: RoomId, changes: &[ChangeRow], me: Option<AccountId>) -> Option<Hit> {
    let which = Which::Stored(held.message_id, held.seq);
    let (own, at, urgent) = (me == Some(held.sender), held.stored_at, held.urgent);
    let shown = Shown::of(held, changes, me, true);
    (!shown.retracted).then_some(Hit { room_id, which, own, at, urgent, text: shown.text })
}

pub(crate) const CANDIDATES: &str = "
    SELECT message_grams.rowid, m.room_id, m.room_seq, m.sender_account, m.stored_at, m.urgent, m.content
    FROM message_grams
        CROSS JOIN searchable AS s ON s.message_id = message_grams.rowid
        CROSS JOIN messages AS m ON m.arrival = s.arrival
    WHERE message_grams MATCH ?1 AND message_grams.rowid BETWEEN ?2 AND ?3
    ORDER BY message_grams.rowid DESC";

fn read(row: &Row<'_>, me: Option<AccountId>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        which: Which::Stored(MessageId(row.get(0)?), RoomSeq(row.get(2)?)),
        room_id: RoomId(row.get(1)?),
        own: me == Some(AccountId(row.get(3)?)),
        at: Timestamp(row.get(4)?),
        urgent: row.get(5)?,
        text: row.get(6)?,
    })
}

/// What the index is asked: every term in quotes, so that nothing a person types means anything to FTS5.
fn expression(sought: &Sought, me: Option<AccountId>) -> String {
    let filter = &sought.filter;
    let me = me.map(|me| Fact::Sender(me.get()));
    let facts = [
        filter.room_id.map(|room_id| Fact::Room(room_id.get())),
        me.filter(|_| filter.from == Some(Author::Me)),
        filter.urgent.then_some(Fact::Urgent),
        filter.link.then_some(Fact::Link),
    ];
    let facts = facts.into_iter().flatten().map(Fact::term);
    let texts = sought.terms.parts().iter().flat_map(|part| grams_of_part(part));
    let mut all: Vec<String> = texts.chain(facts).map(|term| format!("\"{term}\"")).collect();
    if all.is_empty() {
        all.push(format!("\"{}\"", Fact::Message.term()));
    }
    let wanted = all.join(" AND ");
    match me.filter(|_| filter.from == Some(Author::Them)) {
        Some(me) => format!("({wanted}) NOT \"{}\"", me.term()),
        None => wanted,
    }
}

/// Between which ids the messages of a time lie.
fn bounds(db: &Connection, filter: &SearchFilter) -> Result<(i64, i64), CacheError> {
    let day = |at: Timestamp| at.millis().div_euclid(DAY_MS);
    let first = match filter.since {
        None => Some(0),
        Some(since) => db
            .prepare_cached("SELECT min(first_id) FROM search_days WHERE day >= ?1")?
            .query_row([day(since)], |row| row.get(0))
            .optional()?
            .flatten(),
    };
    let last = match filter.until {
        None => Some(i64::MAX),
        Some(until) => db
            .prepare_cached("SELECT max(last_id) FROM search_days WHERE day <= ?1")?
            .query_row([day(until)], |row| row.get(0))
            .optional()?
            .flatten(),
    };
    // Nothing is as late, or as early, as that.
    Ok((first.unwrap_or(i64::MAX), last.unwrap_or(-1)))
}
