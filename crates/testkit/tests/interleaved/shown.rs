//! What every desk holds, and that the desks of a person hold the same.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use bedside_engine::cache::{MessageHeld, RoomHeld};
use bedside_protocol::{AccountId, MessageId, Rev, RoomId};
use bedside_testkit::{Desk, Person, World};

/// What every desk holds.
pub(crate) struct Shown {
    desks: Vec<BTreeMap<RoomId, Vec<MessageHeld>>>,
    accounts: BTreeMap<Person, AccountId>,
}

impl Shown {
    pub(crate) async fn of(world: &World) -> Result<Self> {
        let (mut desks, mut accounts) = (Vec::new(), BTreeMap::new());
        for desk in &world.desks {
            let mut rooms = BTreeMap::new();
            for room_id in desk.rooms().await? {
                rooms.insert(room_id, desk.cache()?.messages_held(room_id).await?);
            }
            desks.push(rooms);
            accounts.insert(desk.person, world.server()?.actor(desk.person).await?.account_id);
        }
        Ok(Shown { desks, accounts })
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &MessageHeld> {
        self.desks.iter().flat_map(BTreeMap::values).flatten()
    }

    pub(crate) fn each(&self, message_id: MessageId) -> impl Iterator<Item = (usize, &MessageHeld)> {
        let held = self.desks.iter().enumerate();
        held.flat_map(|(desk, rooms)| rooms.values().flatten().map(move |message| (desk, message)))
            .filter(move |(_, message)| message.message_id == message_id)
    }

    pub(crate) fn room(&self, message_id: MessageId) -> Result<RoomId> {
        let mut rooms = self.desks.iter().flatten();
        let found = rooms.find(|(_, held)| held.iter().any(|message| message.message_id == message_id));
        found.map(|(room_id, _)| *room_id).context("no such message")
    }

    pub(crate) fn account(&self, person: Person) -> Result<AccountId> {
        self.accounts.get(&person).copied().context("nobody")
    }
}

/// Every device of a person holds exactly what the person's others hold.
pub(crate) async fn devices_agree(world: &World) -> Result<()> {
    let mut first: BTreeMap<Person, Vec<(RoomHeld, Vec<MessageHeld>)>> = BTreeMap::new();
    for desk in &world.desks {
        let state = state(desk).await?;
        match first.get(&desk.person) {
            Some(other) => {
                ensure!(*other == state, "{:?}'s devices differ at desk {:?}", desk.person, desk.line);
            }
            None => drop(first.insert(desk.person, state)),
        }
    }
    Ok(())
}

/// Without how a device came by it: the revision its row came with, an excerpt that stood in for an original.
async fn state(desk: &Desk) -> Result<Vec<(RoomHeld, Vec<MessageHeld>)>> {
    let mut state = Vec::new();
    for room in desk.cache()?.rooms_held().await? {
        let mut messages = desk.cache()?.messages_held(room.room_id).await?;
        messages.iter_mut().filter_map(|message| message.reply.as_mut()).for_each(|reply| reply.text = None);
        state.push((RoomHeld { room_rev: Rev(0), ..room }, messages));
    }
    Ok(state)
}
