//! What people were answered for, and what has to have become of it once all is well.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use bedside_engine::cache::MessageHeld;
use bedside_protocol::ipc::RoomDeed;
use bedside_protocol::wire::Mute;
use bedside_protocol::{ClientId, MessageId, RoomId, RoomSeq};
use bedside_testkit::{Person, World};

use super::shown::{Shown, devices_agree};

/// What each desk wished for last.
type Wishes = BTreeMap<usize, bool>;

#[derive(Default)]
pub(crate) struct Promises {
    /// Texts that a message was to get, and at which desk, in order.
    edits: BTreeMap<MessageId, Vec<(usize, String)>>,
    /// What was taken back; a restored server has it under another number, but its author's id stays.
    retracted: BTreeSet<ClientId>,
    /// Whose number a number was, and the texts it had where its author changed it.
    authors: BTreeMap<MessageId, ClientId>,
    before: BTreeMap<MessageId, BTreeSet<String>>,
    reactions: BTreeMap<(Person, MessageId, &'static str), Wishes>,
    pinned: BTreeMap<(Person, RoomId), Wishes>,
    muted: BTreeMap<(Person, RoomId), Wishes>,
    /// Whose messages were there when a conversation was put away.
    put_away: BTreeMap<(Person, RoomId), BTreeSet<ClientId>>,
    read: BTreeMap<(Person, RoomId), RoomSeq>,
    urgent: BTreeSet<ClientId>,
    restored: bool,
}

impl Promises {
    pub(crate) fn write(&mut self, urgent: Option<ClientId>) {
        self.urgent.extend(urgent);
    }

    pub(crate) fn edit(&mut self, kept: bool, desk: usize, message: &MessageHeld, text: String) {
        if kept {
            self.note(message);
            self.edits.entry(message.message_id).or_default().push((desk, text));
        }
    }

    pub(crate) fn retract(&mut self, kept: bool, message: &MessageHeld) {
        if kept {
            self.note(message);
            self.retracted.extend(message.client_id);
        }
    }

    fn note(&mut self, message: &MessageHeld) {
        let text = Some(message.content.clone()).filter(|text| !text.is_empty());
        self.before.entry(message.message_id).or_default().extend(text);
        self.authors.extend(message.client_id.map(|author| (message.message_id, author)));
    }

    pub(crate) fn react(
        &mut self,
        kept: bool,
        (person, desk): (Person, usize),
        message_id: MessageId,
        emoji: &'static str,
        on: bool,
    ) {
        if kept {
            self.reactions.entry((person, message_id, emoji)).or_default().insert(desk, on);
        }
    }

    pub(crate) fn read(&mut self, person: Person, room_id: RoomId, up_to: Option<RoomSeq>) {
        let furthest = self.read.entry((person, room_id)).or_default();
        *furthest = up_to.unwrap_or_default().max(*furthest);
    }

    pub(crate) fn set_up(&mut self, (person, desk): (Person, usize), room_id: RoomId, deed: RoomDeed) {
        let (register, on) = match deed {
            RoomDeed::Pin | RoomDeed::Unpin => (&mut self.pinned, deed == RoomDeed::Pin),
            RoomDeed::Mute { .. } | RoomDeed::Unmute => (&mut self.muted, deed != RoomDeed::Unmute),
            _ => return,
        };
        register.entry((person, room_id)).or_default().insert(desk, on);
    }

    /// A conversation was put away at a device that knew of these messages.
    pub(crate) fn put_away(&mut self, person: Person, room_id: RoomId, held: &[MessageHeld]) {
        let known = held.iter().filter_map(|message| message.client_id);
        self.put_away.entry((person, room_id)).or_default().extend(known);
    }

    /// What the server has lost of marks and other people's changes nobody offers it again.
    pub(crate) fn a_server_was_restored(&mut self) {
        self.restored = true;
    }

    /// # Errors
    /// The first that is broken.
    pub(crate) async fn are_kept(&self, world: &World) -> Result<()> {
        devices_agree(world).await?;
        let shown = Shown::of(world).await?;
        self.whatever_was_taken_back_is(&shown)?;
        self.what_was_taken_back_is_nowhere(&shown)?;
        self.urgent_is_what_was_sent_so(&shown)?;
        self.rooms_are_as_wished(world).await?;
        self.nothing_new_is_put_away(world).await?;
        if self.restored {
            return Ok(());
        }
        self.every_edit_is_there_once(world, &shown).await?;
        self.reactions_are_as_wished(&shown)?;
        self.everything_read_is(world).await
    }

    fn whatever_was_taken_back_is(&self, shown: &Shown) -> Result<()> {
        let taken_back =
            |message: &&MessageHeld| message.client_id.is_some_and(|id| self.retracted.contains(&id));
        for message in shown.all().filter(taken_back) {
            ensure!(message.retracted_at.is_some(), "{} is not taken back", message.message_id);
        }
        Ok(())
    }

    fn urgent_is_what_was_sent_so(&self, shown: &Shown) -> Result<()> {
        let urgent = shown.all().filter(|message| message.urgent).filter_map(|message| message.client_id);
        let urgent: BTreeSet<ClientId> = urgent.collect();
        ensure!(urgent == self.urgent, "urgent {urgent:?}, meant {:?}", self.urgent);
        Ok(())
    }

    /// Neither as a text nor as what somebody replied to.
    fn what_was_taken_back_is_nowhere(&self, shown: &Shown) -> Result<()> {
        let taken_back = || shown.all().filter(|message| message.retracted_at.is_some());
        for message in taken_back() {
            ensure!(message.content.is_empty() && message.reactions.is_empty(), "a placeholder with content");
        }
        let authors: BTreeSet<ClientId> = taken_back().filter_map(|message| message.client_id).collect();
        let is_gone = |id: &MessageId| self.authors.get(id).is_some_and(|author| authors.contains(author));
        let gone = self.texts().filter(|(id, _)| is_gone(id)).map(|(_, text)| text);
        for text in gone {
            for message in shown.all() {
                let quoted =
                    message.reply.as_ref().and_then(|reply| reply.text.as_deref()).unwrap_or_default();
                let held = message.content == text || quoted.contains(text);
                ensure!(!held, "{:?} still holds {text:?}", message.message_id);
            }
        }
        Ok(())
    }

    fn texts(&self) -> impl Iterator<Item = (MessageId, &str)> {
        let edits =
            self.edits.iter().flat_map(|(id, texts)| texts.iter().map(|(_, text)| (*id, text.as_str())));
        let before = self.before.iter().flat_map(|(id, texts)| texts.iter().map(|text| (*id, text.as_str())));
        edits.chain(before)
    }

    /// Those a desk made come in its order, its last is among them, the present text is the last, and none comes twice.
    async fn every_edit_is_there_once(&self, world: &World, shown: &Shown) -> Result<()> {
        for (message_id, wished) in &self.edits {
            let Some((_, message)) = shown.each(*message_id).next() else { continue };
            let (room_id, author) = (shown.room(*message_id)?, world.desks[wished[0].0].person);
            if message.retracted_at.is_some() {
                continue;
            }
            let server = world.server()?;
            let versions = server.store().message_versions(server.actor(author).await?, room_id, *message_id);
            let versions = versions.await?.context("no versions")?;
            let texts: Vec<&str> = versions.iter().map(|version| version.content.as_str()).collect();
            let distinct: BTreeSet<&str> = texts.iter().copied().collect();
            ensure!(distinct.len() == texts.len(), "{message_id} has versions twice: {texts:?}");
            ensure!(texts.last() == Some(&message.content.as_str()), "{message_id}: {texts:?}");
            for desk in 0..world.desks.len() {
                let own = wished.iter().filter(|(at, _)| *at == desk).map(|(_, text)| text.as_str());
                let own: Vec<&str> = own.collect();
                let there: Vec<&str> = texts.iter().copied().filter(|text| own.contains(text)).collect();
                let in_order: Vec<&str> = own.iter().copied().filter(|text| there.contains(text)).collect();
                ensure!(there == in_order, "{message_id}: {there:?} of {own:?}");
                ensure!(own.last() == there.last(), "{message_id}: {own:?} at desk {desk}, there {texts:?}");
            }
        }
        Ok(())
    }

    fn reactions_are_as_wished(&self, shown: &Shown) -> Result<()> {
        for ((person, message_id, emoji), wishes) in &self.reactions {
            let Some(wish) = agreed(wishes) else { continue };
            for (desk, message) in shown.each(*message_id).filter(|(_, m)| m.retracted_at.is_none()) {
                let account = shown.account(*person)?;
                let is_on =
                    message.reactions.iter().any(|set| set.account_id == account && set.emoji == *emoji);
                ensure!(is_on == wish, "{person:?} {emoji} on {message_id}: {is_on} at desk {desk}");
            }
        }
        Ok(())
    }

    /// Also by a server that had lost it.
    async fn rooms_are_as_wished(&self, world: &World) -> Result<()> {
        for desk in &world.desks {
            for held in desk.cache()?.rooms_held().await? {
                let whose = (desk.person, held.room_id);
                let registers = [
                    ("pinned", held.flags.pinned, &self.pinned),
                    ("muted", held.flags.muted != Mute::Off, &self.muted),
                ];
                for (name, is_on, wishes) in registers {
                    let wish = wishes.get(&whose).and_then(agreed);
                    ensure!(wish.is_none_or(|wish| wish == is_on), "{whose:?} {name}: {is_on}");
                }
            }
        }
        Ok(())
    }

    /// What is out of sight was there when it was put away.
    async fn nothing_new_is_put_away(&self, world: &World) -> Result<()> {
        for desk in &world.desks {
            for held in desk.cache()?.rooms_held().await? {
                if !held.flags.archived.holds(held.last_seq) {
                    continue;
                }
                let known = self.put_away.get(&(desk.person, held.room_id)).context("put away by nobody")?;
                let messages = desk.cache()?.messages_held(held.room_id).await?;
                let new = messages.iter().find(|m| m.client_id.is_some_and(|id| !known.contains(&id)));
                ensure!(new.is_none(), "{:?} never saw {:?}", desk.person, new.map(|m| m.seq));
            }
        }
        Ok(())
    }

    async fn everything_read_is(&self, world: &World) -> Result<()> {
        for desk in &world.desks {
            for held in desk.cache()?.rooms_held().await? {
                let read = self.read.get(&(desk.person, held.room_id)).copied().unwrap_or_default();
                ensure!(held.my_read >= read, "{:?} had read up to {read}", desk.person);
            }
        }
        Ok(())
    }
}

/// Two desks that wished for different things last may have been heard in either order.
fn agreed(wishes: &Wishes) -> Option<bool> {
    let mut all = wishes.values().copied();
    let first = all.next()?;
    all.all(|wish| wish == first).then_some(first)
}
