//! What somebody on this socket types in: told on to the other in the room, never waited for.

use std::time::Duration;

use bedside_protocol::{AccountId, RoomId};

use super::{Done, Driver};
use crate::hub::Typing;
use crate::live::Dialect;

/// The same is not told again sooner: what comes faster is dropped.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
/// Nor is the opposite told sooner: it would end by itself anyway.
const OPPOSITE_AFTER: Duration = Duration::from_millis(250);
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
}

impl<D: Dialect> Driver<D> {
    /// Tells it, if it is not told already and is known whom to tell; else asks the store first.
    pub(super) fn types(&mut self, room: RoomId, typing: bool) {
        let now = self.state.runtime.monotonic();
        match &self.typist {
            Some(typist) if typist.room == room && typist.asked => {}
            Some(typist) if typist.room == room && now.saturating_sub(typist.looked_at) < KNOWN_FOR => {
                self.tell_other(typing);
            }
            _ => self.look_for_other(room, typing, now),
        }
    }

    fn look_for_other(&mut self, room: RoomId, typing: bool, now: Duration) {
        let typist = Typist { room, other: None, looked_at: now, told: None, asked: true };
        self.typist = Some(typist);
        let (store, actor) = (self.state.store.clone(), self.actor());
        self.in_flight.push(Box::pin(async move {
            let found = store.room(actor, room).await.ok().flatten(); // Without an answer, nobody is told.
            let other = found.filter(|room| room.writable).map(|room| room.other.account_id);
            Done::Typist(Typist { other, asked: false, ..typist }, typing)
        }));
    }

    /// The store has answered; by then another room may be typed in.
    pub(super) fn typist_found(&mut self, found: Typist, typing: bool) {
        if self.typist.is_some_and(|typist| typist.room == found.room) {
            self.typist = Some(found);
            self.tell_other(typing);
        }
    }

    fn tell_other(&mut self, typing: bool) {
        let (now, account) = (self.state.runtime.monotonic(), self.actor().account_id);
        let Some(typist) = &mut self.typist else { return };
        let too_soon = typist.told.is_some_and(|(told, at)| {
            now.saturating_sub(at) < if told == typing { AGAIN_AFTER } else { OPPOSITE_AFTER }
        });
        if let Some(other) = typist.other.filter(|_| !too_soon) {
            typist.told = Some((typing, now));
            self.state.announcer.typing(other, Typing { room: typist.room, account, typing });
        }
    }
}
