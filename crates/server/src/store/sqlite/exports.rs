//! Writing conversations out: the right to, its trace, and pages with everything there is to say of each message.

use bedside_export::model;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp, limits};
use rusqlite::{Connection, OptionalExtension, params};

use super::audit::{Entry, audit};
use super::writer::Write;
use super::{accounts, clinic, mark, messages, relation, rooms};
use crate::access::{Action, Decision};
use crate::store::common::export::{
    Beside, Reached, SIGNING_SEED, event, may_export, seed_from_text, seed_to_text, to_look_up,
};
use crate::store::common::mark::Mark;
use crate::store::common::membership::cap;
use crate::store::model::PageRange;
use crate::store::{Actor, ExportOutcome, ExportPlace, ExportStart, PageRequest, StoreError};

pub(super) fn begin(
    tx: &Write<'_>,
    actor: Actor,
    room: RoomId,
    place: ExportPlace,
    now: Timestamp,
) -> Result<ExportOutcome, StoreError> {
    let (decision, _) = relation::decide(actor, Action::ExportRoom, &relation::members(tx, room)?);
    let found = rooms::one(tx, actor, room)?.zip(accounts::own(tx, actor)?);
    let (Decision::Allow, Some((room, account))) = (decision, found) else {
        return Ok(ExportOutcome::NotFound);
    };
    let clinic = clinic::clinic(tx)?;
    if !may_export(&clinic, actor) {
        return Ok(ExportOutcome::SwitchedOff);
    }
    audit(tx, Entry::new(event(place), Some(actor)).in_room(room.room_id), now)?;
    Ok(ExportOutcome::Begun(Box::new(ExportStart { account, room, clinic })))
}

pub(super) fn page(
    db: &Connection,
    actor: Actor,
    room: RoomId,
    after: RoomSeq,
    limit: u32,
) -> Result<Option<Vec<model::Message>>, StoreError> {
    let request = PageRequest { range: PageRange::After(after), limit };
    let Some(page) = messages::page(db, actor, room, request)? else { return Ok(None) };
    let messages: Vec<_> = page.messages.into_iter().map(|message| message.message).collect();
    let (edited, reacted) = to_look_up(&messages);
    let mut beside = Beside { reached: reached(db, actor, room, after)?, ..Beside::default() };
    for id in edited {
        beside.earlier.insert(MessageId(id), earlier(db, id)?);
    }
    for id in reacted {
        set_at(db, id, &mut beside)?;
    }
    Ok(Some(messages.into_iter().map(|message| beside.written_out(message)).collect()))
}

fn earlier(db: &Connection, message: i64) -> Result<Vec<model::Version>, StoreError> {
    let versions = db
        .prepare_cached(
            "SELECT content, written_at FROM message_versions WHERE message_id = ?1 ORDER BY rev",
        )?
        .query_map([message], |row| {
            Ok(model::Version { text: row.get(0)?, written_at: Timestamp(row.get(1)?) })
        })?
        .collect::<Result<_, _>>()?;
    Ok(versions)
}

fn set_at(db: &Connection, message: i64, beside: &mut Beside) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached("SELECT account_id, emoji, created_at FROM reactions WHERE message_id = ?1")?;
    let mut rows = statement.query([message])?;
    while let Some(row) = rows.next()? {
        let key = (MessageId(message), AccountId(row.get(0)?), row.get(1)?);
        beside.set_at.insert(key, Timestamp(row.get(2)?));
    }
    Ok(())
}

fn reached(db: &Connection, actor: Actor, room: RoomId, after: RoomSeq) -> Result<Vec<Reached>, StoreError> {
    let members = relation::members(db, room)?;
    let own = members.iter().find(|member| member.account_id == actor.account_id).copied();
    let own = own.ok_or(StoreError::Corrupt("a room without its reader"))?;
    let each = members.iter().map(|member| {
        let mark = mark::of(db, room, member.account_id, actor.account_id)?;
        let mark = mark.ok_or(StoreError::Corrupt("a member without a read mark"))?;
        Ok(Reached {
            mark: cap(mark, &own),
            delivered: moves(db, room, member.account_id, Mark::Delivered, after)?,
            read: moves(db, room, member.account_id, Mark::Read, after)?,
        })
    });
    each.collect()
}

/// A page has no more places than these, and one beyond them may be what covered the last.
fn moves(
    db: &Connection,
    room: RoomId,
    account: AccountId,
    mark: Mark,
    after: RoomSeq,
) -> Result<Vec<(RoomSeq, Timestamp)>, StoreError> {
    let moves = db
        .prepare_cached(
            "SELECT up_to, reached_at FROM mark_history
             WHERE room_id = ?1 AND account_id = ?2 AND kind = ?3 AND up_to > ?4 ORDER BY up_to LIMIT ?5",
        )?
        .query_map(
            params![room.get(), account.get(), mark.word(), after.get(), limits::PAGE_MAX + 1],
            |row| Ok((RoomSeq(row.get(0)?), Timestamp(row.get(1)?))),
        )?
        .collect::<Result<_, _>>()?;
    Ok(moves)
}

pub(super) fn signing_seed(tx: &Write<'_>, proposed: [u8; 32]) -> Result<[u8; 32], StoreError> {
    tx.prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING")?
        .execute(params![SIGNING_SEED, seed_to_text(proposed)])?;
    let held: Option<String> = tx
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([SIGNING_SEED], |row| row.get(0))
        .optional()?;
    seed_from_text(&held.ok_or(StoreError::Corrupt("the signing key"))?)
}
