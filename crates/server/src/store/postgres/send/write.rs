//! The rows that new messages leave.

use std::collections::{BTreeMap, HashMap};

use bedside_protocol::{AccountId, FeedSeq, MessageId, RoomId, RoomSeq, Timestamp};
use futures_util::future::{try_join4, try_join5};
use tokio_postgres::Row;

use super::super::audit::Event;
use super::super::feed::LOCK_HEADS;
use super::super::notifications;
use super::super::tx::{Tx, at};
use super::New;
use crate::store::common::command::SEND_MESSAGE;
use crate::store::common::feed::Kind;
use crate::store::common::notification::for_message;
use crate::store::{StoreError, There};

/// Messages that are stored, and who is told of them.
pub(super) struct Stored {
    pub(super) ids: Vec<MessageId>,
    pub(super) told: Vec<Told>,
}

/// A message's place in somebody's feed.
pub(super) struct Told {
    /// Which of the new messages.
    pub(super) new: usize,
    pub(super) account: AccountId,
    pub(super) feed_seq: FeedSeq,
}

const MOVE_ROOMS: &str =
    "UPDATE rooms r SET last_seq = moved.last_seq, room_rev = moved.rev, updated_at = moved.at
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[]) AS moved (room, last_seq, rev, at)
    WHERE r.id = moved.room";
const MESSAGES: &str = "INSERT INTO messages
      (room_id, room_seq, sender_id, rev, client_id, content, urgent, composed_at, created_at, sender_no, reply_to)
    SELECT * FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::UUID[], $6::TEXT[],
                         $7::BOOLEAN[], $8::BIGINT[], $9::BIGINT[], $10::BIGINT[], $11::BIGINT[])
    RETURNING room_id, room_seq, id";
const MOVE_FEEDS: &str = "UPDATE feed_heads h SET head = h.head + moved.places
    FROM unnest($1::BIGINT[], $2::BIGINT[]) AS moved (account, places)
    WHERE h.account_id = moved.account RETURNING h.account_id, h.head - moved.places";
const COMMANDS: &str = "INSERT INTO commands (account_id, client_id, kind, digest, message_id)
    SELECT account, client, $1, digest, message
    FROM unnest($2::BIGINT[], $3::UUID[], $4::BYTEA[], $5::BIGINT[]) AS new (account, client, digest, message)";
const AUDIT: &str = "INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
    SELECT at, $1, actor, device, room, message
    FROM unnest($2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[])
      AS new (at, actor, device, room, message)";
const FEED: &str = "INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
    SELECT account, place, $1, room, message, rev, at
    FROM unnest($2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[], $7::BIGINT[])
      AS new (account, place, room, message, rev, at)";

/// Writes the messages and moves what counts them. Rooms are locked already; feeds are in order of their accounts.
pub(super) async fn messages(
    tx: &Tx<'_>,
    new: &[New<'_>],
    seeing: &[(usize, AccountId)],
) -> Result<Stored, StoreError> {
    let rooms = Rooms::of(new);
    let rows = Messages::of(new);
    let mut places: BTreeMap<i64, i64> = BTreeMap::new();
    for (_, account) in seeing {
        *places.entry(account.get()).or_default() += 1;
    }
    let (accounts, counts): (Vec<i64>, Vec<i64>) = places.into_iter().unzip();
    let [move_rooms, insert, lock, move_feeds] =
        tx.prepared([MOVE_ROOMS, MESSAGES, LOCK_HEADS, MOVE_FEEDS]).await?;
    let (_, written, _, moved) = try_join4(
        tx.ask(&move_rooms, &[&rooms.ids, &rooms.last, &rooms.revs, &rooms.at]),
        tx.ask(
            &insert,
            &[
                &rows.rooms,
                &rows.places,
                &rows.senders,
                &rows.revs,
                &rows.clients,
                &rows.contents,
                &rows.urgent,
                &rows.composed,
                &rows.created,
                &rows.numbers,
                &rows.replies,
            ],
        ),
        tx.ask(&lock, &[&accounts]),
        tx.ask(&move_feeds, &[&accounts, &counts]),
    )
    .await?;
    Ok(Stored { ids: ids(new, &written)?, told: told(seeing, &moved)? })
}

/// Writes the commands, the audit, the feeds, and what those are left who are to be told outside the app.
pub(super) async fn traces(
    tx: &Tx<'_>,
    new: &[New<'_>],
    stored: &Stored,
    there: &There,
) -> Result<(), StoreError> {
    let each = |value: fn(&New<'_>) -> i64| new.iter().map(value).collect::<Vec<i64>>();
    let senders = each(|new| new.asked.actor.account_id.get());
    let devices = each(|new| new.asked.actor.device_id.get());
    let (rooms, created) =
        (each(|new| new.asked.command.room_id.get()), each(|new| new.asked.command.now.millis()));
    let ids: Vec<i64> = stored.ids.iter().map(|id| id.get()).collect();
    let clients: Vec<_> = new.iter().map(|new| new.asked.command.client_id.0).collect();
    let digests: Vec<&[u8]> = new.iter().map(|new| new.digest.as_slice()).collect();
    let feed = Feed::of(new, stored);
    let (looks, alerts) = (Looks::of(new, stored), Alerts::of(new, stored, there));
    let [commands, audit, feeds, notify, look] =
        tx.prepared([COMMANDS, AUDIT, FEED, notifications::OF_MESSAGES, notifications::LOOK_AT]).await?;
    try_join5(
        tx.ask(&commands, &[&SEND_MESSAGE, &senders, &clients, &digests, &ids]),
        tx.ask(&audit, &[&Event::MessageStored.word(), &created, &senders, &devices, &rooms, &ids]),
        tx.ask(
            &feeds,
            &[
                &Kind::Message.word(),
                &feed.accounts,
                &feed.places,
                &feed.rooms,
                &feed.messages,
                &feed.revs,
                &feed.created,
            ],
        ),
        tx.ask(&notify, &[&alerts.accounts, &alerts.rooms, &alerts.places, &alerts.urgent, &alerts.created]),
        tx.ask(&look, &[&looks.accounts, &looks.rooms, &looks.due]),
    )
    .await?;
    Ok(())
}

/// The ids of messages, in the order of those.
fn ids(new: &[New<'_>], written: &[Row]) -> Result<Vec<MessageId>, StoreError> {
    let by_place = written
        .iter()
        .map(|row| Ok(((RoomId(at(row, 0)?), RoomSeq(at(row, 1)?)), MessageId(at(row, 2)?))))
        .collect::<Result<HashMap<_, _>, StoreError>>()?;
    let ids = new.iter().map(|new| by_place.get(&(new.asked.command.room_id, new.room_seq)).copied());
    ids.collect::<Option<_>>().ok_or(StoreError::Corrupt("a message that was not written"))
}

/// Who is told in which place, given each feed's last place before.
fn told(seeing: &[(usize, AccountId)], moved: &[Row]) -> Result<Vec<Told>, StoreError> {
    let mut heads = moved
        .iter()
        .map(|row| Ok((AccountId(at(row, 0)?), FeedSeq(at(row, 1)?))))
        .collect::<Result<HashMap<_, _>, StoreError>>()?;
    let told = seeing.iter().map(|(new, account)| {
        let head = heads.get_mut(account)?;
        *head = head.next();
        Some(Told { new: *new, account: *account, feed_seq: *head })
    });
    told.collect::<Option<_>>().ok_or(StoreError::Corrupt("an account without a feed"))
}

/// Where rooms are after their messages, a column each.
#[derive(Default)]
struct Rooms {
    ids: Vec<i64>,
    last: Vec<i64>,
    revs: Vec<i64>,
    at: Vec<i64>,
}

impl Rooms {
    fn of(new: &[New<'_>]) -> Self {
        // The last of each room remains.
        let last: BTreeMap<i64, &New<'_>> =
            new.iter().map(|new| (new.asked.command.room_id.get(), new)).collect();
        let mut rooms = Self::default();
        for (id, new) in last {
            rooms.ids.push(id);
            rooms.last.push(new.room_seq.get());
            rooms.revs.push(new.rev.get());
            rooms.at.push(new.asked.command.now.millis());
        }
        rooms
    }
}

/// Rows of `messages`, a column each.
#[derive(Default)]
struct Messages<'n> {
    rooms: Vec<i64>,
    places: Vec<i64>,
    senders: Vec<i64>,
    revs: Vec<i64>,
    clients: Vec<uuid::Uuid>,
    contents: Vec<&'n str>,
    urgent: Vec<bool>,
    composed: Vec<Option<i64>>,
    created: Vec<i64>,
    numbers: Vec<i64>,
    replies: Vec<Option<i64>>,
}

impl<'n> Messages<'n> {
    fn of(new: &'n [New<'_>]) -> Self {
        let mut rows = Self::default();
        for new in new {
            let command = &new.asked.command;
            rows.rooms.push(command.room_id.get());
            rows.places.push(new.room_seq.get());
            rows.senders.push(new.author.account_id.get());
            rows.revs.push(new.rev.get());
            rows.clients.push(command.client_id.0);
            rows.contents.push(&command.content);
            rows.urgent.push(command.urgent);
            rows.composed.push(command.composed_at.map(Timestamp::millis));
            rows.created.push(command.now.millis());
            rows.numbers.push(new.sender_no);
            rows.replies.push(command.reply_to.map(MessageId::get));
        }
        rows
    }
}

/// Rows of `feed`, a column each.
#[derive(Default)]
struct Feed {
    accounts: Vec<i64>,
    places: Vec<i64>,
    rooms: Vec<i64>,
    messages: Vec<i64>,
    revs: Vec<i64>,
    created: Vec<i64>,
}

impl Feed {
    fn of(new: &[New<'_>], stored: &Stored) -> Self {
        let mut rows = Self::default();
        for told in &stored.told {
            let (Some(new), Some(id)) = (new.get(told.new), stored.ids.get(told.new)) else { continue };
            rows.accounts.push(told.account.get());
            rows.places.push(told.feed_seq.get());
            rows.rooms.push(new.asked.command.room_id.get());
            rows.messages.push(id.get());
            rows.revs.push(new.rev.get());
            rows.created.push(new.asked.command.now.millis());
        }
        rows
    }
}

/// Those who are to be told of each message: everybody who sees it but its author.
fn recipients<'n>(new: &'n [New<'n>], stored: &'n Stored) -> impl Iterator<Item = (&'n New<'n>, AccountId)> {
    let all = stored.told.iter().filter_map(|told| Some((new.get(told.new)?, told.account)));
    all.filter(|(new, account)| *account != new.author.account_id)
}

/// Alerts for those who are not there, a column each.
#[derive(Default)]
struct Alerts {
    accounts: Vec<i64>,
    rooms: Vec<i64>,
    places: Vec<i64>,
    urgent: Vec<bool>,
    created: Vec<i64>,
}

impl Alerts {
    fn of(new: &[New<'_>], stored: &Stored, there: &There) -> Self {
        let mut rows = Self::default();
        for (new, account) in recipients(new, stored).filter(|(_, account)| !there.is(*account)) {
            rows.accounts.push(account.get());
            rows.rooms.push(new.asked.command.room_id.get());
            rows.places.push(new.room_seq.get());
            rows.urgent.push(new.asked.command.urgent);
            rows.created.push(new.asked.command.now.millis());
        }
        rows
    }
}

/// When each recipient's conversation is looked at, a column each.
#[derive(Default)]
struct Looks {
    accounts: Vec<i64>,
    rooms: Vec<i64>,
    due: Vec<i64>,
}

impl Looks {
    fn of(new: &[New<'_>], stored: &Stored) -> Self {
        let mut rows = Self::default();
        for (new, account) in recipients(new, stored) {
            rows.accounts.push(account.get());
            rows.rooms.push(new.asked.command.room_id.get());
            rows.due.push(for_message(new.asked.command.now).millis());
        }
        rows
    }
}
