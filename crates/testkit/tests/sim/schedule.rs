//! What happens in one run: people write and read while network, server and devices fail, all drawn from the seed.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bedside_protocol::ipc::{IpcError, MuteSpan, Request, RoomDeed};
use bedside_protocol::{RoomId, RoomSeq};
use bedside_testkit::{Desk, Person, Weather, World};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

#[path = "delivered.rs"]
mod delivered;

use delivered::Delivered;

pub(crate) struct Schedule {
    world: World,
    random: StdRng,
    steps: u32,
    /// How far each person has read each room at some desk.
    read: BTreeMap<(Person, RoomId), RoomSeq>,
    delivered: Delivered,
}

impl Schedule {
    /// Two or three devices; in a third of the runs a person has two.
    pub(crate) async fn begin(seed: u64) -> Result<Self> {
        let people: &[Person] = match seed % 3 {
            0 => &[Person::Ana, Person::Drew],
            1 => &[Person::Ana, Person::Drew, Person::Ben],
            _ => &[Person::Ana, Person::Drew, Person::Drew],
        };
        let mut random = StdRng::seed_from_u64(seed);
        let world = World::new(seed, people).await?;
        world.wait(Duration::from_secs(2)).await;
        let steps = random.random_range(10..40);
        Ok(Schedule { world, random, steps, read: BTreeMap::new(), delivered: Delivered::default() })
    }

    pub(crate) async fn run(&mut self) -> Result<()> {
        for _ in 0..self.steps {
            self.step().await?;
            if self.random.random_range(0..4) == 0 {
                self.delivered.check(&self.world).await?;
            }
            let pause = match self.random.random_range(0..12) {
                0..=5 => self.random.random_range(0..50),
                6..=9 => self.random.random_range(50..2_000),
                10 => self.random.random_range(2_000..20_000),
                _ => self.random.random_range(20_000..120_000),
            };
            self.world.wait(Duration::from_millis(pause)).await;
        }
        Ok(())
    }

    /// Everything works again; then everything has to be there, at a device that has seen nothing before as well.
    pub(crate) async fn end(&mut self) -> Result<()> {
        self.world.heal().await?;
        self.world.settle().await?;
        self.nothing_read_is_unread_again().await?;
        self.delivered.check(&self.world).await?;
        self.world.seat(Person::Ana).await?;
        self.world.settle().await.context("a new device")
    }

    async fn step(&mut self) -> Result<()> {
        let number = self.random.random_range(0..self.world.desks.len());
        match self.random.random_range(0..100) {
            0..32 => self.write(number).await?,
            32..40 => self.change(number).await,
            40..45 => self.set_up(number).await,
            45..54 => self.look(number).await,
            54..72 => self.change_weather(number),
            72..78 => self.strike(number),
            78..84 => self.server_dies().await,
            84..92 => self.world.start_server().await?,
            92..95 => self.crash(number).await?,
            _ => self.world.start_desk(number).await,
        }
        Ok(())
    }

    async fn crash(&mut self, number: usize) -> Result<()> {
        self.delivered.look(&self.world).await?; // Nobody can look at it afterwards.
        self.desk(number).crash().await;
        Ok(())
    }

    fn desk(&mut self, number: usize) -> &mut Desk {
        &mut self.world.desks[number]
    }

    /// A burst of up to four messages; an engine that does not run, or knows no room yet, takes none.
    async fn write(&mut self, number: usize) -> Result<()> {
        let Some(room_id) = self.some_room(number).await else { return Ok(()) };
        for _ in 0..self.random.random_range(1..5) {
            let text = format!("text {}", self.random.random_range(0..u32::MAX));
            self.desk(number).write(room_id, &text).await.unwrap();
        }
        // A message that was answered for is stored, even if the engine dies the moment after.
        if self.random.random_range(0..10) == 0 {
            self.crash(number).await?;
        }
        Ok(())
    }

    /// Somebody edits, takes back or reacts; what is not theirs to change, or was taken back, the engine refuses.
    async fn change(&mut self, number: usize) {
        let Some(room_id) = self.some_room(number).await else { return };
        let held = self.desk(number).cache().unwrap().messages_held(room_id).await.unwrap();
        if held.is_empty() {
            return;
        }
        let message_id = held[self.random.random_range(0..held.len())].message_id;
        let request = match self.random.random_range(0..10) {
            0..=3 => {
                let text = format!("edit {}", self.random.random_range(0..u32::MAX));
                Request::EditMessage { room_id, message_id, text }
            }
            4 => Request::RetractMessage { room_id, message_id },
            emoji => {
                let (emoji, on) = (["👍", "🎉"][emoji % 2].to_owned(), self.random.random_range(0..3) > 0);
                Request::React { room_id, message_id, emoji, on }
            }
        };
        match self.desk(number).client().unwrap().request(request).await {
            Ok(_) | Err(IpcError::NotChangeable) => {}
            Err(error) => panic!("{error}"),
        }
    }

    /// Somebody pins, mutes, archives or marks unread, at whichever of their desks.
    async fn set_up(&mut self, number: usize) {
        let Some(room_id) = self.some_room(number).await else { return };
        let deeds = [
            RoomDeed::Pin,
            RoomDeed::Unpin,
            RoomDeed::Mute { span: MuteSpan::Hour },
            RoomDeed::Unmute,
            RoomDeed::MarkUnread,
            RoomDeed::MarkRead,
            RoomDeed::Archive,
            RoomDeed::Unarchive,
        ];
        let deed = deeds[self.random.random_range(0..deeds.len())];
        self.desk(number).client().unwrap().request(Request::SetUp { room_id, deed }).await.unwrap();
        // A deed that was answered for is kept, even if the engine dies the moment after.
        if self.random.random_range(0..8) == 0 {
            self.desk(number).crash().await;
        }
    }

    async fn look(&mut self, number: usize) {
        let Some(room_id) = self.some_room(number).await else { return };
        if self.random.random_range(0..4) == 0 {
            return self.desk(number).look_away().await.unwrap();
        }
        let Some(seq) = self.desk(number).read(room_id).await.unwrap() else { return };
        let furthest = self.read.entry((self.world.desks[number].person, room_id)).or_default();
        *furthest = seq.max(*furthest);
    }

    async fn some_room(&mut self, number: usize) -> Option<RoomId> {
        let rooms = self.world.desks[number].rooms().await.ok()?;
        (!rooms.is_empty()).then(|| rooms[self.random.random_range(0..rooms.len())])
    }

    fn change_weather(&mut self, number: usize) {
        let random = &mut self.random;
        let mut weather = Weather {
            delay: Duration::from_millis([0, 20, 400][random.random_range(0..3)]),
            ..Weather::default()
        };
        match random.random_range(0..10) {
            0 => weather.down = true,
            1 => weather.sockets_blocked = true,
            2 => weather.portal = true,
            3..=4 => weather.cuts = 60,
            5 => weather.mutes = 40,
            6 => (weather.duplicates, weather.sockets_blocked) = (50, random.random_range(0..2) == 0),
            7 => (weather.lost_answers, weather.sockets_blocked) = (50, random.random_range(0..2) == 0),
            8 => (weather.bad_gateways, weather.sockets_blocked) = (50, random.random_range(0..2) == 0),
            _ => {}
        }
        let line = self.world.desks[number].line;
        self.world.network.set_weather(line, weather);
        if self.random.random_range(0..3) > 0 {
            self.world.network.cut(line);
        }
    }

    fn strike(&mut self, number: usize) {
        let line = self.world.desks[number].line;
        match self.random.random_range(0..2) {
            0 => self.world.network.cut(line),
            _ => self.world.network.mute(line),
        }
    }

    async fn server_dies(&mut self) {
        match self.random.random_range(0..3) {
            0 => self.world.stop_server().await,
            _ => self.world.crash_server().await,
        }
    }

    async fn nothing_read_is_unread_again(&self) -> Result<()> {
        for desk in &self.world.desks {
            for held in desk.cache()?.rooms_held().await? {
                let read = self.read.get(&(desk.person, held.room_id)).copied().unwrap_or_default();
                ensure!(held.my_read >= read, "{:?} had read up to {read}", desk.person);
            }
        }
        Ok(())
    }
}
