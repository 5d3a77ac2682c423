//! What has to be true once everything has come to rest: nothing lost, nothing twice, one order, equal everywhere.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use bedside_engine::cache::ChangeStep;
use bedside_protocol::wire::{Message, Room};
use bedside_protocol::{ClientId, RoomId, RoomSeq};
use bedside_server::store::model::PageRange;
use bedside_server::store::{Actor, PageRequest, Store};

use crate::desk::Desk;
use crate::world::World;

/// Compares everybody's device with the server, and the server with what everybody has written.
///
/// # Errors
/// The first difference.
pub async fn everything(world: &World) -> Result<()> {
    let server = world.server()?;
    for desk in &world.desks {
        let actor = server.actor(desk.person).await?;
        let there = Conversations::of(&**server.store(), actor).await?;
        there.are_dense()?;
        there.hold_what_was_written(desk, world.restored)?;
        let same = world.desks.iter().filter(|other| other.person == desk.person);
        there.hold_nothing_else(&same.flat_map(|desk| &desk.written).map(|(_, id)| *id).collect())?;
        there
            .equal_cache(desk)
            .await
            .with_context(|| format!("{:?} at desk {:?}", desk.person, desk.line))?;
        let head = server.store().feed_head(actor.account_id).await?;
        let cursor = desk.cache()?.profile().await?.cursor;
        ensure!(cursor.as_ref() == Some(&head), "cursor {cursor:?}, head {head:?}");
    }
    Ok(())
}

/// What the server has for one account.
struct Conversations {
    rooms: Vec<Room>,
    messages: BTreeMap<RoomId, Vec<Message>>,
}

impl Conversations {
    async fn of(store: &dyn Store, actor: Actor) -> Result<Self> {
        let rooms = store.chat_list(actor, None, 500).await?.rooms;
        let mut messages = BTreeMap::new();
        for room in &rooms {
            messages.insert(room.room_id, every_message(store, actor, room.room_id).await?);
        }
        Ok(Conversations { rooms, messages })
    }

    /// Places are 1, 2, 3 … in every room.
    fn are_dense(&self) -> Result<()> {
        for (room_id, messages) in &self.messages {
            let places = messages.iter().map(|message| message.room_seq.0);
            ensure!(places.eq(1..=i64::try_from(messages.len())?), "room {room_id} is not dense");
        }
        Ok(())
    }

    /// Each message written at the desk is there exactly once, in the order it was written; after a restore, what is sent
    /// before it is noticed comes before what is offered again.
    fn hold_what_was_written(&self, desk: &Desk, restored: bool) -> Result<()> {
        for (room_id, messages) in &self.messages {
            let written = desk.written.iter().filter(|(room, _)| room == room_id).map(|(_, id)| *id);
            let mut written: Vec<ClientId> = written.collect();
            let there = messages.iter().filter_map(|message| message.client_id);
            let mut there: Vec<ClientId> = there.filter(|id| written.contains(id)).collect();
            if restored {
                written.sort();
                there.sort();
            }
            ensure!(there == written, "room {room_id}: written {written:?}, on the server {there:?}");
        }
        Ok(())
    }

    /// Nothing by this account but what somebody wrote at one of their desks: the same message sent again under another id
    /// would be something else.
    fn hold_nothing_else(&self, written: &BTreeSet<ClientId>) -> Result<()> {
        for (room_id, messages) in &self.messages {
            let mut own = messages.iter().filter_map(|message| message.client_id);
            ensure!(own.all(|id| written.contains(&id)), "room {room_id} has a message that nobody wrote");
        }
        Ok(())
    }

    async fn equal_cache(&self, desk: &Desk) -> Result<()> {
        let cache = desk.cache()?;
        let held = cache.rooms_held().await?;
        ensure!(held.len() == self.rooms.len(), "{} rooms held of {}", held.len(), self.rooms.len());
        for (room, held) in self.rooms.iter().zip(&held) {
            let read = (held.my_read, held.my_read_confirmed, held.other_read);
            let marks = (read, held.my_delivered, held.other_delivered);
            let read = (room.my_read.up_to, room.my_read.up_to, room.other_read.up_to);
            let there = (read, room.my_read.delivered(), room.other_read.delivered());
            ensure!(room.room_id == held.room_id && marks == there, "marks {marks:?}, there {there:?}");
            ensure!(held.flags == room.flags, "set up {:?}, there {:?}", held.flags, room.flags);
            ensure!(held.flags_wanted.is_empty(), "{:?} is wished for", held.flags_wanted);
            ensure!(held.unread == room.unread_count, "unread {}, there {}", held.unread, room.unread_count);
            let held = cache.messages_held(room.room_id).await?;
            let held: Vec<_> = held
                .iter()
                .map(|m| {
                    let changed = (m.edited_at, m.retracted_at, &m.reactions);
                    let changed = (changed, m.reply.as_ref().map(|reply| reply.message_id));
                    let written = (m.sender, m.urgent, m.stored_at, m.content.as_str());
                    (m.message_id, m.seq, m.rev, written, changed)
                })
                .collect();
            let there = self.messages.get(&room.room_id).context("no messages")?;
            let mine = room.my_read.account_id;
            let theirs = there.iter().filter(|message| message.sender_account != mine);
            let last = theirs.map(|message| message.room_seq).max().unwrap_or_default();
            let delivered = room.my_read.delivered();
            ensure!(delivered >= last, "room {}: delivered up to {delivered}, held {last}", room.room_id);
            let there: Vec<_> = there
                .iter()
                .map(|m| {
                    let changed = ((m.edited_at, m.retracted_at, &m.reactions), m.reply_to);
                    let written = (m.sender_account, m.urgent, m.timestamp, m.content.as_str());
                    (m.id, m.room_seq, m.rev, written, changed)
                })
                .collect();
            ensure!(held == there, "room {}: {} held, {} there", room.room_id, held.len(), there.len());
        }
        let changes = cache.message_changes().await?;
        let waiting = changes.iter().filter(|change| change.state == ChangeStep::Queued).count();
        ensure!(waiting == 0, "{waiting} changes wait");
        let gaps = cache.sync_state().await?.rooms.into_iter().any(|room| !room.gaps.is_empty());
        ensure!(!gaps, "gaps are left");
        Ok(())
    }
}

async fn every_message(store: &dyn Store, actor: Actor, room: RoomId) -> Result<Vec<Message>> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let after = all.last().map_or(RoomSeq(0), |message| message.room_seq);
        let request = PageRequest { range: PageRange::After(after), limit: 500 };
        let page = store.messages(actor, room, request).await?.context("no such room")?;
        all.extend(page.messages.into_iter().map(|message| message.message));
        if !page.has_more {
            return Ok(all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Person;

    /// Which of the checks complain: of places, of what was written, of what nobody wrote, of the cache.
    async fn complaints(there: &Conversations, desk: &Desk) -> [bool; 4] {
        let written = desk.written.iter().map(|(_, id)| *id).collect();
        [
            there.are_dense().is_err(),
            there.hold_what_was_written(desk, false).is_err(),
            there.hold_nothing_else(&written).is_err(),
            there.equal_cache(desk).await.is_err(),
        ]
    }

    fn reorder(messages: &mut [Message]) {
        messages.swap(0, 1);
        for (message, place) in messages.iter_mut().zip(1..) {
            message.room_seq = RoomSeq(place);
        }
    }

    fn send_again(messages: &mut Vec<Message>) {
        let mut again = messages[1].clone();
        (again.id.0, again.room_seq) = (again.id.0 + 1_000, RoomSeq(4));
        again.client_id = Some(ClientId(uuid::Uuid::from_u128(77)));
        messages.push(again);
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_lost_doubled_or_out_of_order_is_complained_of() {
        let mut world = World::new(1, &[Person::Ana, Person::Drew]).await.unwrap();
        world.settle().await.unwrap();
        let room = world.desks[0].rooms().await.unwrap()[0];
        for text in ["one", "two", "three"] {
            world.desks[0].write(room, text).await.unwrap();
        }
        world.settle().await.unwrap();
        type Spoil = fn(&mut Vec<Message>);
        let faults: [(&str, Spoil, [bool; 4]); 6] = [
            ("nothing", |_| {}, [false, false, false, false]),
            ("lost", |messages| drop(messages.remove(1)), [true, true, false, true]),
            ("the last one lost", |messages| drop(messages.pop()), [false, true, false, true]),
            ("doubled", |messages| messages.insert(1, messages[1].clone()), [true, true, false, true]),
            ("doubled under another id", send_again, [false, false, true, true]),
            ("out of order", |messages| reorder(messages), [false, true, false, true]),
        ];
        let (server, desk) = (world.server().unwrap(), &world.desks[0]);
        let actor = server.actor(desk.person).await.unwrap();
        for (fault, spoil, complained) in faults {
            let mut there = Conversations::of(&**server.store(), actor).await.unwrap();
            spoil(there.messages.get_mut(&room).unwrap());
            assert_eq!(complaints(&there, desk).await, complained, "{fault}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_world_that_lacks_what_was_written_does_not_settle() {
        let mut world = World::new(2, &[Person::Ana, Person::Drew]).await.unwrap();
        world.settle().await.unwrap();
        let room = world.desks[0].rooms().await.unwrap()[0];
        world.desks[0].written.push((room, ClientId(uuid::Uuid::from_u128(77))));
        assert!(everything(&world).await.is_err());
    }
}
