//! What is known of the messages to be stored and of their rooms, read under the rooms' locks.

use std::collections::HashMap;

use bedside_protocol::wire::Quote;
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq};
use futures_util::future::try_join5;
use tokio_postgres::{Row, Statement};
use uuid::Uuid;

use super::super::batches::Pending;
use super::super::rooms::LOCK_OF_MEMBERS;
use super::super::tx::{Tx, at};
use super::super::{messages, relation};
use crate::store::common::membership::Member;
use crate::store::common::quote::{Missing, Original, quoted};
use crate::store::{SendCommand, StoreError};

/// How far rooms have come.
pub(super) type Heads = HashMap<RoomId, Head>;

pub(super) struct Found {
    /// What was recorded under the ids.
    pub(super) earlier: HashMap<(AccountId, ClientId), Earlier>,
    members: HashMap<RoomId, Vec<Member>>,
    originals: HashMap<MessageId, Original>,
}

pub(super) struct Earlier {
    pub(super) digest: Vec<u8>,
    pub(super) message: MessageId,
}

/// How far a room has come, and by whom.
pub(super) struct Head {
    pub(super) last_seq: RoomSeq,
    pub(super) room_rev: Rev,
    /// The last message's author and number among that author's.
    last: Option<(AccountId, i64)>,
}

impl Head {
    /// One more message of an author; its number among that author's.
    pub(super) fn add(&mut self, author: AccountId) -> i64 {
        let so_far = match self.last {
            None => 0,
            Some((last, no)) if last == author => no,
            // A room has two people: what is not by the one is by the other.
            Some((_, no)) => self.last_seq.get() - no,
        };
        self.last = Some((author, so_far + 1));
        self.last_seq = self.last_seq.next();
        self.room_rev = Rev(self.room_rev.get() + 1);
        so_far + 1
    }
}

impl Found {
    /// Everyone who is or was in a room, in account order.
    pub(super) fn members(&self, room: RoomId) -> &[Member] {
        self.members.get(&room).map_or(&[], Vec::as_slice)
    }

    /// What a message of this author quotes.
    pub(super) fn quoted(&self, command: &SendCommand, author: &Member) -> Result<Option<Quote>, Missing> {
        let original = command.reply_to.and_then(|id| self.originals.get(&id));
        quoted(command, author, original)
    }
}

const HEADS: &str = "SELECT r.id, r.last_seq, r.room_rev, m.sender_id, m.sender_no
    FROM rooms r LEFT JOIN messages m ON m.room_id = r.id AND m.room_seq = r.last_seq WHERE r.id = ANY($1)";
const EARLIER: &str = "SELECT c.account_id, c.client_id, c.digest, c.message_id
    FROM unnest($1::BIGINT[], $2::UUID[]) AS asked (account, client)
    JOIN commands c ON c.account_id = asked.account AND c.client_id = asked.client";

/// Locks the rooms that their senders are in, and reads.
pub(super) async fn read(tx: &Tx<'_>, asked: &[Pending]) -> Result<(Found, Heads), StoreError> {
    let (mut rooms, mut accounts, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for pending in asked {
        rooms.push(pending.command.room_id.get());
        accounts.push(pending.actor.account_id.get());
        ids.push(pending.command.client_id.0);
    }
    let [lock, heads, earlier, members, originals] = tx
        .prepared([LOCK_OF_MEMBERS, HEADS, EARLIER, relation::MEMBERS_OF_ROOMS, messages::ORIGINALS])
        .await?;
    let replied: Vec<i64> =
        asked.iter().filter_map(|pending| Some(pending.command.reply_to?.get())).collect();
    // Sent in this order, and each sees what was committed when its turn comes: after the locks.
    let (_, heads, earlier, members, originals) = try_join5(
        tx.ask(&lock, &[&rooms, &accounts]),
        tx.ask(&heads, &[&rooms]),
        tx.ask(&earlier, &[&accounts, &ids]),
        tx.ask(&members, &[&rooms]),
        originals_of(tx, &originals, &replied),
    )
    .await?;
    let heads = heads.iter().map(head_at).collect::<Result<_, StoreError>>()?;
    let earlier = earlier.iter().map(earlier_at).collect::<Result<_, StoreError>>()?;
    let members = relation::by_room(&members)?;
    let originals = originals.iter().filter_map(|row| messages::original_at(row, 0).transpose());
    let originals = originals.map(|found| found.map(|one| (one.id, one))).collect::<Result<_, _>>()?;
    Ok((Found { earlier, members, originals }, heads))
}

/// Most messages reply to nothing: then nothing is asked.
async fn originals_of(tx: &Tx<'_>, statement: &Statement, replied: &[i64]) -> Result<Vec<Row>, StoreError> {
    if replied.is_empty() { Ok(Vec::new()) } else { tx.ask(statement, &[&replied]).await }
}

fn head_at(row: &Row) -> Result<(RoomId, Head), StoreError> {
    let last = match at::<Option<i64>>(row, 3)? {
        Some(sender) => Some((AccountId(sender), at(row, 4)?)),
        None => None,
    };
    Ok((RoomId(at(row, 0)?), Head { last_seq: RoomSeq(at(row, 1)?), room_rev: Rev(at(row, 2)?), last }))
}

fn earlier_at(row: &Row) -> Result<((AccountId, ClientId), Earlier), StoreError> {
    let id = (AccountId(at(row, 0)?), ClientId(at::<Uuid>(row, 1)?));
    Ok((id, Earlier { digest: at(row, 2)?, message: MessageId(at(row, 3)?) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_authors_messages_are_numbered_for_themselves() {
        let (ana, drew) = (AccountId(1), AccountId(2));
        let mut head = Head { last_seq: RoomSeq(0), room_rev: Rev(4), last: None };
        let numbers = [ana, ana, drew, ana, drew, drew].map(|author| head.add(author));
        assert_eq!(numbers, [1, 2, 1, 3, 2, 3]);
        assert_eq!((head.last_seq, head.room_rev), (RoomSeq(6), Rev(10)));
    }
}
