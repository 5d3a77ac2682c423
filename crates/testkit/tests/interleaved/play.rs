//! Plays a script: Ana and Drew at two desks each, one server, one network, one clock.

use anyhow::{Context, Result, bail, ensure};
use bedside_engine::cache::MessageHeld;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{IpcError, Reply, Request, RoomDeed};
use bedside_testkit::{Backup, Desk, Person, Weather, World};

use super::promises::Promises;
use super::script::{Deed, Room, Step};

/// Who sits where.
const PEOPLE: [Person; 4] = [Person::Ana, Person::Ana, Person::Drew, Person::Drew];

struct Play {
    world: World,
    promises: Promises,
    /// Where both have devices.
    shared: RoomId,
    backup: Option<Backup>,
}

/// Plays a script in a world of its own, heals it and looks at what has become of everything.
///
/// # Errors
/// What is not as promised.
pub(crate) async fn play(seed: u64, script: &[Step]) -> Result<()> {
    let mut play = Play::begin(seed).await?;
    for step in script {
        play.step(step).await.with_context(|| format!("step {}", step.number))?;
        play.world.wait(step.pause).await;
    }
    play.end(seed).await
}

impl Play {
    /// Everybody is signed in, and there is something to change.
    async fn begin(seed: u64) -> Result<Self> {
        let mut world = World::new(seed, &PEOPLE).await?;
        world.settle().await?;
        let (of_ana, of_drew) = (world.desks[0].rooms().await?, world.desks[2].rooms().await?);
        let shared = of_ana.into_iter().find(|room| of_drew.contains(room)).context("no common room")?;
        for (desk, text) in [(0, "the first."), (2, "the second.")] {
            world.desks[desk].write(shared, text).await?;
        }
        world.settle().await?;
        Ok(Play { world, promises: Promises::default(), shared, backup: None })
    }

    /// All is well again; at a device that has seen nothing before as well.
    async fn end(&mut self, seed: u64) -> Result<()> {
        self.world.heal().await?;
        self.world.settle().await?;
        self.promises.are_kept(&self.world).await?;
        if seed.is_multiple_of(4) {
            self.world.seat(PEOPLE[usize::from(seed.is_multiple_of(8)) * 2]).await?;
            self.world.settle().await.context("a new device")?;
            self.promises.are_kept(&self.world).await.context("a new device")?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<()> {
        let line = self.world.desks[step.desk].line;
        match &step.deed {
            Deed::Weather(weather) => {
                self.world.network.set_weather(line, *weather);
                if weather.down {
                    self.world.network.cut(line);
                }
            }
            Deed::Cut => self.world.network.cut(line),
            Deed::GoSilent => self.world.network.mute(line),
            Deed::CrashApp => self.world.desks[step.desk].crash().await,
            Deed::StartApp => self.world.start_desk(step.desk).await,
            Deed::StopServer => self.world.stop_server().await,
            Deed::CrashServer => self.world.crash_server().await,
            Deed::StartServer => self.world.start_server().await?,
            Deed::BackUp if self.world.is_embedded() => self.backup = Some(self.world.back_up().await?),
            Deed::Restore => self.restore().await?,
            _ if self.world.desks[step.desk].is_running() => self.person(step).await?,
            _ => {}
        }
        Ok(())
    }

    async fn restore(&mut self) -> Result<()> {
        if let Some(backup) = self.backup.take() {
            self.world.restore(&backup).await?;
            self.promises.a_server_was_restored();
        }
        Ok(())
    }

    /// What a person does at a desk that runs; what is not theirs to change the engine refuses.
    async fn person(&mut self, step: &Step) -> Result<()> {
        let room_id = self.room(step).await?;
        let text = |what: &str| format!("{what} {}.", step.number);
        match step.deed {
            Deed::Write { urgent } => self.send(step.desk, room_id, text("said"), urgent, None).await,
            Deed::Reply { to } => {
                let Some(original) = self.message(step.desk, room_id, to).await? else { return Ok(()) };
                self.send(step.desk, room_id, text("replied"), false, Some(original)).await
            }
            Deed::Edit { message } => {
                let Some(message) = self.message(step.desk, room_id, message).await? else { return Ok(()) };
                self.edit(step.desk, room_id, &message, text("edited")).await
            }
            Deed::EditTwice { message, lost_after } => {
                let Some(message) = self.message(step.desk, room_id, message).await? else { return Ok(()) };
                self.edit(step.desk, room_id, &message, text("edited")).await?;
                self.world.wait(lost_after).await;
                self.world.network.cut(self.world.desks[step.desk].line);
                let other = step.desk ^ 1;
                let knows = match self.world.desks[other].is_running() {
                    true => self.message_of(other, room_id, &message).await?,
                    false => None,
                };
                match knows {
                    Some(known) => self.edit(other, room_id, &known, text("edited elsewhere")).await,
                    None => Ok(()),
                }
            }
            Deed::Retract { message } => {
                let Some(message) = self.message(step.desk, room_id, message).await? else { return Ok(()) };
                let request = Request::RetractMessage { room_id, message_id: message.message_id };
                let kept = self.asked(step.desk, request).await?;
                self.promises.retract(kept, &message);
                Ok(())
            }
            Deed::React { message, emoji, on } => {
                let Some(message) = self.message(step.desk, room_id, message).await? else { return Ok(()) };
                let message_id = message.message_id;
                let request = Request::React { room_id, message_id, emoji: emoji.to_owned(), on };
                let kept = self.asked(step.desk, request).await?;
                self.promises.react(kept, (PEOPLE[step.desk], step.desk), message_id, emoji, on);
                Ok(())
            }
            Deed::Read => {
                let read = self.desk(step).read(room_id).await?;
                self.promises.read(PEOPLE[step.desk], room_id, read);
                Ok(())
            }
            Deed::LookAway => self.desk(step).look_away().await,
            Deed::SetUp(deed) => {
                if deed == RoomDeed::Archive {
                    let held = self.desk(step).cache()?.messages_held(room_id).await?;
                    self.promises.put_away(PEOPLE[step.desk], room_id, &held);
                }
                self.set_up(step.desk, room_id, deed).await
            }
            Deed::ChangeOfMind { pin, after } => {
                let [first, then] =
                    if pin { [RoomDeed::Pin, RoomDeed::Unpin] } else { [RoomDeed::Unpin, RoomDeed::Pin] };
                let line = self.desk(step).line;
                self.world.network.set_weather(line, Weather { late: 100, ..Weather::default() });
                self.set_up(step.desk, room_id, first).await?;
                self.world.wait(after).await;
                self.world.network.set_weather(line, Weather::default());
                self.set_up(step.desk, room_id, then).await
            }
            _ => Ok(()),
        }
    }

    async fn set_up(&mut self, desk: usize, room_id: RoomId, deed: RoomDeed) -> Result<()> {
        ensure!(self.asked(desk, Request::SetUp { room_id, deed }).await?, "not set up");
        self.promises.set_up((PEOPLE[desk], desk), room_id, deed);
        Ok(())
    }

    async fn edit(
        &mut self,
        desk: usize,
        room_id: RoomId,
        message: &MessageHeld,
        wish: String,
    ) -> Result<()> {
        let request = Request::EditMessage { room_id, message_id: message.message_id, text: wish.clone() };
        let kept = self.asked(desk, request).await?;
        self.promises.edit(kept, desk, message, wish);
        Ok(())
    }

    /// The same message as another desk holds it.
    async fn message_of(
        &self,
        desk: usize,
        room_id: RoomId,
        message: &MessageHeld,
    ) -> Result<Option<MessageHeld>> {
        let held = self.world.desks[desk].cache()?.messages_held(room_id).await?;
        Ok(held.into_iter().find(|held| held.message_id == message.message_id))
    }

    fn desk(&self, step: &Step) -> &Desk {
        &self.world.desks[step.desk]
    }

    async fn room(&self, step: &Step) -> Result<RoomId> {
        let rooms = self.desk(step).rooms().await?;
        let other = rooms.into_iter().find(|room| *room != self.shared);
        Ok(other.filter(|_| step.room == Room::Other).unwrap_or(self.shared))
    }

    /// Counted from the newest that the desk holds.
    async fn message(&self, desk: usize, room_id: RoomId, back: usize) -> Result<Option<MessageHeld>> {
        let held = self.world.desks[desk].cache()?.messages_held(room_id).await?;
        Ok(held.into_iter().rev().nth(back))
    }

    /// Whether the engine keeps it. What the engine has answered for holds even if it dies the moment after.
    async fn asked(&self, desk: usize, request: Request) -> Result<bool> {
        match self.world.desks[desk].client()?.request(request).await {
            Ok(_) => Ok(true),
            Err(IpcError::NotChangeable) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn send(
        &mut self,
        desk: usize,
        room_id: RoomId,
        text: String,
        urgent: bool,
        reply_to: Option<MessageHeld>,
    ) -> Result<()> {
        let reply_to = reply_to.map(|original| original.message_id);
        let request = Request::Send { room_id, text, urgent, reply_to, seen: u64::MAX };
        let reply = self.world.desks[desk].client()?.request(request).await?;
        let Reply::Queued { client_id } = reply else { bail!("not queued") };
        self.world.desks[desk].written.push((room_id, client_id));
        self.promises.write(urgent.then_some(client_id));
        Ok(())
    }
}
