//! What authors are told to be delivered is on somebody's disk, and stays said.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use bedside_protocol::{RoomId, RoomSeq};
use bedside_testkit::{Person, World};

/// What each person's devices have been seen to hold, and what the server has said of them.
#[derive(Default)]
pub(crate) struct Delivered {
    held: BTreeMap<(Person, RoomId), BTreeSet<RoomSeq>>,
    told: BTreeMap<(Person, RoomId), RoomSeq>,
}

impl Delivered {
    /// What the devices that run hold now.
    pub(crate) async fn look(&mut self, world: &World) -> Result<()> {
        for desk in &world.desks {
            let Ok(cache) = desk.cache() else { continue };
            for room_id in desk.rooms().await? {
                let held = cache.messages_held(room_id).await?;
                let places = self.held.entry((desk.person, room_id)).or_default();
                places.extend(held.into_iter().map(|message| message.seq));
            }
        }
        Ok(())
    }

    /// The server is asked first: what it knows by then has been stored before.
    pub(crate) async fn check(&mut self, world: &World) -> Result<()> {
        let Ok(server) = world.server() else { return self.look(world).await };
        let people: BTreeSet<Person> = world.desks.iter().map(|desk| desk.person).collect();
        let mut marks = Vec::new();
        for person in people {
            let list = server.store().chat_list(server.actor(person).await?, None, 500).await?;
            marks.extend(list.rooms.into_iter().map(|room| ((person, room.room_id), room.my_read)));
        }
        self.look(world).await?;
        for (whose, mark) in marks {
            let (read, delivered) = (mark.up_to, mark.delivered());
            let before = self.told.insert(whose, delivered).unwrap_or_default();
            ensure!(delivered >= before, "{whose:?}: delivered up to {delivered} after {before}");
            // A person may have read past what was still missing; only the rest is the devices' own word.
            let held = self.held.entry(whose).or_default();
            let lost = (read.0 + 1..=delivered.0).map(RoomSeq).find(|seq| !held.contains(seq));
            ensure!(lost.is_none(), "{whose:?}: delivered up to {delivered}, nobody holds {lost:?}");
        }
        Ok(())
    }
}
