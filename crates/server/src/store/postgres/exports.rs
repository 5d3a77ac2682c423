//! Writing conversations out: the right to, its trace, and pages with everything there is to say of each message.

use std::collections::BTreeSet;

use bedside_export::model;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp, limits};

use super::audit::{Entry, audit};
use super::tx::{Tx, at};
use super::{accounts, clinic, mark, messages, relation, rooms};
use crate::access::{Action, Decision};
use crate::store::common::export::{
    Beside, Reached, SIGNING_SEED, event, may_export, seed_from_text, seed_to_text, to_look_up,
};
use crate::store::common::mark::Mark;
use crate::store::common::membership::cap;
use crate::store::model::PageRange;
use crate::store::{Actor, ExportOutcome, ExportPlace, ExportStart, PageRequest, StoreError};

pub(super) async fn begin(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    place: ExportPlace,
    now: Timestamp,
) -> Result<ExportOutcome, StoreError> {
    let members = relation::members(tx, room).await?;
    let (decision, _) = relation::decide(actor, Action::ExportRoom, &members);
    let found = rooms::one(tx, actor, room).await?.zip(accounts::own(tx, actor).await?);
    let (Decision::Allow, Some((room, account))) = (decision, found) else {
        return Ok(ExportOutcome::NotFound);
    };
    let clinic = clinic::clinic(tx).await?;
    if !may_export(&clinic, actor) {
        return Ok(ExportOutcome::SwitchedOff);
    }
    audit(tx, Entry::new(event(place), Some(actor)).in_room(room.room_id), now).await?;
    Ok(ExportOutcome::Begun(Box::new(ExportStart { account, room, clinic })))
}

pub(super) async fn page(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    after: RoomSeq,
    limit: u32,
) -> Result<Option<Vec<model::Message>>, StoreError> {
    let request = PageRequest { range: PageRange::After(after), limit };
    let Some(page) = messages::page(tx, actor, room, request).await? else { return Ok(None) };
    let messages: Vec<_> = page.messages.into_iter().map(|message| message.message).collect();
    let (edited, reacted) = to_look_up(&messages);
    let mut beside = Beside { reached: reached(tx, actor, room, after).await?, ..Beside::default() };
    if !edited.is_empty() {
        earlier(tx, &edited, &mut beside).await?;
    }
    if !reacted.is_empty() {
        set_at(tx, &reacted, &mut beside).await?;
    }
    Ok(Some(messages.into_iter().map(|message| beside.written_out(message)).collect()))
}

async fn earlier(tx: &Tx<'_>, messages: &[i64], beside: &mut Beside) -> Result<(), StoreError> {
    let rows = tx
        .rows(
            "SELECT message_id, content, written_at FROM message_versions
             WHERE message_id = ANY($1) ORDER BY message_id, rev",
            &[&messages],
        )
        .await?;
    for row in &rows {
        let version = model::Version { text: at(row, 1)?, written_at: Timestamp(at(row, 2)?) };
        beside.earlier.entry(MessageId(at(row, 0)?)).or_default().push(version);
    }
    Ok(())
}

async fn set_at(tx: &Tx<'_>, messages: &[i64], beside: &mut Beside) -> Result<(), StoreError> {
    let sql = "SELECT message_id, account_id, emoji, created_at FROM reactions WHERE message_id = ANY($1)";
    for row in &tx.rows(sql, &[&messages]).await? {
        let key = (MessageId(at(row, 0)?), AccountId(at(row, 1)?), at(row, 2)?);
        beside.set_at.insert(key, Timestamp(at(row, 3)?));
    }
    Ok(())
}

async fn reached(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    after: RoomSeq,
) -> Result<Vec<Reached>, StoreError> {
    let members = relation::members(tx, room).await?;
    let own = members.iter().find(|member| member.account_id == actor.account_id).copied();
    let own = own.ok_or(StoreError::Corrupt("a room without its reader"))?;
    let mut reached = Vec::with_capacity(members.len());
    for member in &members {
        let wanted = BTreeSet::from([(room, member.account_id)]);
        let mark = mark::of_all(tx, &wanted, actor.account_id).await?.pop();
        let mark = mark.ok_or(StoreError::Corrupt("a member without a read mark"))?;
        reached.push(Reached {
            mark: cap(mark, &own),
            delivered: moves(tx, room, member.account_id, Mark::Delivered, after).await?,
            read: moves(tx, room, member.account_id, Mark::Read, after).await?,
        });
    }
    Ok(reached)
}

/// A page has no more places than these, and one beyond them may be what covered the last.
async fn moves(
    tx: &Tx<'_>,
    room: RoomId,
    account: AccountId,
    mark: Mark,
    after: RoomSeq,
) -> Result<Vec<(RoomSeq, Timestamp)>, StoreError> {
    let rows = tx
        .rows(
            "SELECT up_to, reached_at FROM mark_history
             WHERE room_id = $1 AND account_id = $2 AND kind = $3 AND up_to > $4 ORDER BY up_to LIMIT $5",
            &[&room.get(), &account.get(), &mark.word(), &after.get(), &i64::from(limits::PAGE_MAX + 1)],
        )
        .await?;
    rows.iter().map(|row| Ok((RoomSeq(at(row, 0)?), Timestamp(at(row, 1)?)))).collect()
}

pub(super) async fn signing_seed(tx: &Tx<'_>, proposed: [u8; 32]) -> Result<[u8; 32], StoreError> {
    tx.run(
        "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
        &[&SIGNING_SEED, &seed_to_text(proposed)],
    )
    .await?;
    let row = tx.one("SELECT value FROM meta WHERE key = $1", &[&SIGNING_SEED]).await?;
    seed_from_text(at(&row, 0)?)
}
