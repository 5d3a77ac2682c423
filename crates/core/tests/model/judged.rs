//! The checks are checked: a message lost, doubled or out of order, at either end or at both, is complained of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bedside_core::cache_write::OutboxState;
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, MessageId, RoomId};
use uuid::Uuid;

use super::super::server::DREW;
use super::{Build, World};

const ROOM: RoomId = RoomId(1);

/// Three messages by Ana and one by Drew, and everything has arrived.
fn at_rest() -> World {
    let mut world = World::new(Build::Present);
    world.heal();
    for _ in 0..3 {
        world.person_writes(ROOM);
    }
    world.heal();
    world.server.write(ROOM, DREW, None, "hello");
    world.heal();
    world
}

fn complains(world: &World) -> bool {
    catch_unwind(AssertUnwindSafe(|| world.check())).is_err()
}

fn there(world: &mut World) -> &mut Vec<Message> {
    &mut world.server.rooms.get_mut(&ROOM).unwrap().messages
}

/// The cache's message that is the server's at this index.
fn held(world: &mut World, index: usize) -> &mut Message {
    let id = there(world)[index].id;
    world.cache.messages.get_mut(&id).unwrap()
}

fn doubled(world: &mut World, client_id: Option<ClientId>) {
    let twice = there(world)[1].clone();
    there(world).push(Message { id: MessageId(twice.id.0 + 1_000), client_id, ..twice });
}

type Fault = fn(&mut World);

const FAULTS: [(&str, Fault); 9] = [
    ("the server lost a message by Ana", |world| drop(there(world).remove(1))),
    ("the server lost a message by Drew", |world| drop(there(world).pop())),
    ("the server has a message twice", |world| {
        let client_id = there(world)[1].client_id;
        doubled(world, client_id);
    }),
    ("the server has a message twice, under another id", |world| {
        doubled(world, Some(ClientId(Uuid::from_u128(77))))
    }),
    ("all hold another order than Ana wrote in", |world| {
        let (first, second) = (there(world)[0].client_id, there(world)[1].client_id);
        for (index, client_id) in [(0, second), (1, first)] {
            there(world)[index].client_id = client_id;
            held(world, index).client_id = client_id;
        }
    }),
    ("the cache lost a message", |world| {
        let id = there(world)[3].id;
        world.cache.messages.remove(&id);
    }),
    ("the cache has a message twice", |world| {
        let twice = held(world, 3).clone();
        let id = MessageId(twice.id.0 + 1_000);
        world.cache.messages.insert(id, Message { id, ..twice });
    }),
    ("the cache has another order", |world| {
        let (first, second) = (held(world, 0).room_seq, held(world, 1).room_seq);
        held(world, 0).room_seq = second;
        held(world, 1).room_seq = first;
    }),
    ("a message waits for ever", |world| world.cache.outbox[0].state = OutboxState::Queued),
];

#[test]
fn every_fault_is_complained_of() {
    assert!(!complains(&at_rest()));
    for (fault, spoil) in FAULTS {
        let mut world = at_rest();
        spoil(&mut world);
        assert!(complains(&world), "{fault}");
    }
}
