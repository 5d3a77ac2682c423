//! What somebody on this socket types in: told on to the other in the room, never waited for.

use std::time::Duration;

use bedside_protocol::{AccountId, RoomId};

use super::{Done, Driver};
use crate::hub::Typing;
use crate::live::Dialect;

/// It is not told again sooner that one types: what comes faster is dropped.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
/// Nor is it that one types again who had stopped.
const AFTER_A_STOP: Duration = Duration::from_millis(250);
/// Whether one may still write in the room is looked at again after this long.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// Where this socket's person types, and who is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typist {
    room: RoomId,
    /// The other in the room; nobody if one may not write there.
    other: Option<AccountId>,
    looked_at: Duration,
    told: Option<(bool, Duration)>,
    /// Whether the store is being asked.
    asked: bool,
    /// The last word since it was asked.
    wanted: bool,
}

impl<D: Dialect> Driver<D> {
    /// Tells it, if it is not told already and is known whom to tell; else asks the store first.
    pub(super) fn types(&mut self, room: RoomId, typing: bool) {
        let now = self.state.runtime.monotonic();
        match &mut self.typist {
            Some(typist) if typist.room == room && typist.asked => typist.wanted = typing,
            Some(typist) if typist.room == room && now.saturating_sub(typist.looked_at) < KNOWN_FOR => {
                self.tell_other(typing);
            }
            _ => self.look_for_other(room, typing, now),
        }
    }

    fn look_for_other(&mut self, room: RoomId, typing: bool, now: Duration) {
        let told = self.typist.filter(|typist| typist.room == room).and_then(|typist| typist.told);
        let typist = Typist { room, other: None, looked_at: now, told, asked: true, wanted: typing };
        self.typist = Some(typist);
        let (store, actor) = (self.state.store.clone(), self.actor());
        self.in_flight.push(Box::pin(async move {
            let found = store.room(actor, room).await.ok().flatten(); // Without an answer, nobody is told.
            let other = found.filter(|room| room.writable).map(|room| room.other.account_id);
            Done::Typist(Typist { other, asked: false, ..typist })
        }));
    }

    /// The store has answered; by then another room may be typed in, or in none any more.
    pub(super) fn typist_found(&mut self, found: Typist) {
        if let Some(typist) = self.typist.filter(|typist| typist.room == found.room) {
            self.typist = Some(found);
            self.tell_other(typist.wanted);
        }
    }

    fn tell_other(&mut self, typing: bool) {
        let (now, account) = (self.state.runtime.monotonic(), self.actor().account_id);
        let Some(typist) = &mut self.typist else { return };
        let passed = |at: Duration| now.saturating_sub(at);
        let told = match (typist.told, typing) {
            (None, typing) => typing,
            (Some((true, at)), true) => passed(at) >= AGAIN_AFTER,
            (Some((true, _)), false) => true, // Who has stopped must not seem to go on.
            (Some((false, at)), true) => passed(at) >= AFTER_A_STOP,
            (Some((false, _)), false) => false,
        };
        if let Some(other) = typist.other.filter(|_| told) {
            typist.told = Some((typing, now));
            self.state.announcer.typing(other, Typing { room: typist.room, account, typing });
        }
    }
}
