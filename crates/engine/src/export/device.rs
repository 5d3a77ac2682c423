//! Conversations from this device's own copy: complete as far as it has them, and saying what it lacks.

use bedside_export::model::{Head, Message, Person, Reaction, Receipt, ReplyTo, Source, Stretch};
use bedside_protocol::ipc::DeliveryState;
use bedside_protocol::wire::Quote;
use bedside_protocol::{AccountId, RoomId, RoomSeq, Timestamp};
use rusqlite::Connection;

use super::Order;
use crate::cache::query::timeline::{self, MessageHeld, QuoteHeld, RoomFacts};
use crate::cache::query::{by_id, clinic, person, profile};
use crate::cache::receipts::moments_of;
use crate::cache::{Cache, CacheError};

/// Messages on one page.
const PAGE: u32 = 500;

/// A conversation as it is held.
pub(super) struct Held {
    pub(super) head: Head,
    pub(super) last: RoomSeq,
    me: AccountId,
}

/// What stands before the messages; `None` if there is no such conversation.
pub(super) async fn open(
    cache: &Cache,
    room_id: RoomId,
    order: &Order,
    server: String,
    now: Timestamp,
) -> Result<Option<Held>, CacheError> {
    let order = order.clone();
    cache.read(move |db| head(db, room_id, &order, server, now)).await
}

fn head(
    db: &Connection,
    room_id: RoomId,
    order: &Order,
    server: String,
    now: Timestamp,
) -> Result<Option<Held>, CacheError> {
    let (facts, me) = (timeline::facts(db, room_id)?, profile(db)?.account_id);
    let Some(((facts, other), me)) = facts.and_then(|facts| facts.person.map(|other| (facts, other))).zip(me)
    else {
        return Ok(None);
    };
    let mut people = Vec::new();
    for account in [me, other] {
        people.extend(person(db, account)?.as_ref().map(Person::from));
    }
    people.sort_by_key(|person| person.account_id);
    let missing = timeline::gaps_from(db, room_id, RoomSeq(0), u32::MAX)?;
    let missing = missing.into_iter().map(|(from_seq, to_seq)| Stretch { from_seq, to_seq });
    let head = Head {
        room_id,
        clinic: clinic(db)?.name,
        server,
        people,
        made_for: me,
        made_at: now,
        source: Source::Device,
        time_zone: order.time_zone.clone(),
        from: order.from,
        until: order.until,
        missing: missing.collect(),
    };
    Ok(Some(Held { head, last: facts.last_seq, me }))
}

impl Held {
    /// The messages after a place, in order; none after the last.
    pub(super) async fn page(&self, cache: &Cache, after: RoomSeq) -> Result<Vec<Message>, CacheError> {
        let (room_id, me) = (self.head.room_id, self.me);
        cache.read(move |db| page(db, room_id, me, after)).await
    }
}

fn page(db: &Connection, room_id: RoomId, me: AccountId, after: RoomSeq) -> Result<Vec<Message>, CacheError> {
    let Some(facts) = timeline::facts(db, room_id)? else { return Ok(Vec::new()) };
    let held = timeline::from(db, room_id, after.next(), PAGE)?;
    held.into_iter().map(|message| written(db, room_id, (&facts, me), message)).collect()
}

fn written(
    db: &Connection,
    room_id: RoomId,
    (facts, me): (&RoomFacts, AccountId),
    held: MessageHeld,
) -> Result<Message, CacheError> {
    let receipt = if held.sender == me { receipt(db, room_id, facts, &held)? } else { None };
    let reply_to = held.reply.map(|quote| reply(db, room_id, quote)).transpose()?;
    let reactions = held.reactions.into_iter();
    Ok(Message {
        message_id: held.message_id,
        room_seq: held.seq,
        sender: held.sender,
        sent_at: held.stored_at,
        composed_at: held.composed_at,
        edited_at: held.edited_at,
        retracted_at: held.retracted_at,
        urgent: held.urgent,
        text: held.content,
        earlier: Vec::new(),
        reply_to,
        reactions: reactions
            .map(|set| Reaction { account_id: set.account_id, emoji: set.emoji, set_at: None })
            .collect(),
        receipts: receipt.into_iter().collect(),
    })
}

/// How far one's own message came with the other, as far as it is known here.
fn receipt(
    db: &Connection,
    room_id: RoomId,
    facts: &RoomFacts,
    held: &MessageHeld,
) -> Result<Option<Receipt>, CacheError> {
    let Some(account_id) = facts.person else { return Ok(None) };
    let (delivered_at, read_at) = moments_of(db, room_id, held.message_id)?;
    let state = facts.other.state(held.seq);
    let read = read_at.is_some() || state == DeliveryState::Read;
    let delivered = read || delivered_at.is_some() || state == DeliveryState::Delivered;
    Ok(Some(Receipt { account_id, delivered, delivered_at, read, read_at }))
}

/// What is quoted is read from its original if that is held.
fn reply(db: &Connection, room_id: RoomId, quote: QuoteHeld) -> Result<ReplyTo, CacheError> {
    let original = by_id::message(db, room_id, quote.message_id)?;
    let excerpt = match original {
        Some(original) if original.retracted_at.is_some() => String::new(),
        Some(original) => Quote::excerpt(&original.content),
        None => quote.text.unwrap_or_default(),
    };
    Ok(ReplyTo { message_id: quote.message_id, room_seq: quote.seq, sender: quote.sender, excerpt })
}
