//! Storing messages: each once per client id, in its place, in every member's feed, all in one transaction (rules 1–3, 7–9).
//!
//! The number of statements does not depend on how many messages there are, and those that do not need each other's answers
//! are sent without waiting for them. What is decided is read after the rooms are locked.

mod found;
mod write;

use bedside_protocol::wire::Quote;
use bedside_protocol::{AccountId, MessageId, Rev, RoomSeq};

use super::batches::Pending;
use super::tx::Tx;
use super::{messages, relation};
use crate::access::{Action, Decision};
use crate::store::common::command::{as_stored, delivery, digest};
use crate::store::common::membership::Member;
use crate::store::common::quote::Missing;
use crate::store::{SendOutcome, StoreError, There};
use found::{Found, Heads};
use write::Stored;

/// A message that is not stored yet, and its place.
struct New<'p> {
    asked: &'p Pending,
    author: Member,
    digest: [u8; 32],
    /// What it replies to.
    quote: Option<Quote>,
    room_seq: RoomSeq,
    rev: Rev,
    /// The how-manieth of its author in the room.
    sender_no: i64,
}

/// What becomes of each message, in their order. No two of them have the same id.
pub(super) async fn send(
    tx: &Tx<'_>,
    asked: &[Pending],
    there: &There,
) -> Result<Vec<SendOutcome>, StoreError> {
    let (found, mut heads) = found::read(tx, asked).await?;
    let (mut answers, mut new) = (Vec::with_capacity(asked.len()), Vec::new());
    for pending in asked {
        answers.push(match decide(pending, &found) {
            Verdict::Is(outcome) => Some(outcome),
            Verdict::Repeats(id) => Some(repeated(tx, pending, id).await?),
            Verdict::IsNew { author, digest, quote } => {
                new.push(place(pending, (author, quote), digest, &mut heads)?);
                None
            }
        });
    }
    let mut stored = store(tx, &new, &found, there).await?.into_iter();
    let outcomes = answers.into_iter().map(|answer| answer.or_else(|| stored.next()));
    outcomes.collect::<Option<_>>().ok_or(StoreError::Corrupt("a message without an outcome"))
}

enum Verdict {
    Is(SendOutcome),
    Repeats(MessageId),
    IsNew { author: Member, digest: [u8; 32], quote: Option<Quote> },
}

fn decide(pending: &Pending, found: &Found) -> Verdict {
    let digest = digest(&pending.command);
    if let Some(earlier) = found.earlier.get(&pending.id()) {
        let same = earlier.digest.as_slice() == digest;
        return if same {
            Verdict::Repeats(earlier.message)
        } else {
            Verdict::Is(SendOutcome::ClientIdReused)
        };
    }
    match relation::decide(pending.actor, Action::SendToRoom, found.members(pending.command.room_id)) {
        (Decision::Allow, Some(author)) => match found.quoted(&pending.command, &author) {
            Ok(quote) => Verdict::IsNew { author, digest, quote },
            Err(Missing) => Verdict::Is(SendOutcome::NothingToReplyTo),
        },
        (Decision::Deny, _) => Verdict::Is(SendOutcome::Forbidden),
        _ => Verdict::Is(SendOutcome::NotFound),
    }
}

async fn repeated(tx: &Tx<'_>, pending: &Pending, id: MessageId) -> Result<SendOutcome, StoreError> {
    let message = messages::by_id(tx, id, pending.actor.account_id).await?;
    let message = message.ok_or(StoreError::Corrupt("a command without its message"))?;
    Ok(SendOutcome::Repeated { message: Box::new(message) })
}

fn place<'p>(
    asked: &'p Pending,
    (author, quote): (Member, Option<Quote>),
    digest: [u8; 32],
    heads: &mut Heads,
) -> Result<New<'p>, StoreError> {
    let head = heads.get_mut(&asked.command.room_id).ok_or(StoreError::Corrupt("members without a room"))?;
    let sender_no = head.add(author.account_id);
    Ok(New { asked, author, digest, quote, room_seq: head.last_seq, rev: head.room_rev, sender_no })
}

async fn store(
    tx: &Tx<'_>,
    new: &[New<'_>],
    found: &Found,
    there: &There,
) -> Result<Vec<SendOutcome>, StoreError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let stored = write::messages(tx, new, &seeing(new, found)).await?;
    write::traces(tx, new, &stored, there).await?;
    let Stored { ids, told } = stored;
    let outcomes = new.iter().enumerate().zip(ids).map(|((no, new), id)| {
        let quote = new.quote.clone();
        let message = as_stored(&new.author, &new.asked.command, id, new.room_seq, new.rev, quote);
        let deliveries = told
            .iter()
            .filter(|told| told.new == no)
            .map(|told| delivery(&message, told.account, told.feed_seq));
        SendOutcome::Stored { deliveries: deliveries.collect(), message: Box::new(message) }
    });
    Ok(outcomes.collect())
}

/// Everyone who may see each message.
fn seeing(new: &[New<'_>], found: &Found) -> Vec<(usize, AccountId)> {
    let all = new.iter().enumerate().flat_map(|(no, new)| {
        let members = found.members(new.asked.command.room_id).iter();
        members.filter(|member| member.sees(new.room_seq)).map(move |member| (no, member.account_id))
    });
    all.collect()
}
