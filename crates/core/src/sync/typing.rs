//! Typing: one's own is said over the socket while it lasts, the other's is shown until it is over.
//!
//! Never queued, never kept, and nothing waits for it: without a socket it is not said at all.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::{AccountId, RoomId, Timestamp, limits};

use super::{Effect, Machine, Timer, Wait};

/// That somebody types is not believed so soon after their message: the word was said before it and came after it.
const OVERTAKEN: Duration = Duration::from_secs(1);

/// What was said and heard last.
#[derive(Debug, Default)]
pub(super) struct Typing {
    said: Option<Said>,
    /// When the other's newest message of each room came.
    wrote: BTreeMap<RoomId, Timestamp>,
}

/// What was said last of one's own typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    room_id: RoomId,
    typing: bool,
    /// When it was last said that one types.
    at: Timestamp,
}

impl Machine {
    /// The composer's word.
    pub(super) fn types(&mut self, room_id: RoomId, typing: bool) {
        if typing { self.begin_typing(room_id) } else { self.stop_typing(room_id) }
    }

    fn begin_typing(&mut self, room_id: RoomId) {
        let said = self.typing.said;
        let soon = said
            .is_some_and(|said| said.room_id == room_id && within(self.now, said.at, limits::TYPING_EVERY));
        if soon || self.link.live().is_none() || !self.rooms.contains_key(&room_id) {
            return;
        }
        if let Some(elsewhere) = said.filter(|said| said.room_id != room_id) {
            self.stop_typing(elsewhere.room_id);
        }
        self.typing.said = Some(Said { room_id, typing: true, at: self.now });
        self.say_typing(room_id, true);
    }

    /// Said only while the other may still believe that one types.
    pub(super) fn stop_typing(&mut self, room_id: RoomId) {
        let Some(said) = self.typing.said.as_mut().filter(|said| said.room_id == room_id && said.typing)
        else {
            return;
        };
        said.typing = false;
        if within(self.now, said.at, limits::TYPING_LASTS) {
            self.say_typing(room_id, false);
        }
    }

    fn say_typing(&mut self, room_id: RoomId, typing: bool) {
        if let Some(socket) = self.link.live() {
            self.out.push(Effect::SendFrame(socket, ClientFrame::Typing { room_id, typing }));
        }
    }

    /// Somebody types, or has stopped. Oneself at another device is no news.
    pub(super) fn typing_heard(&mut self, room_id: RoomId, account_id: AccountId, typing: bool) {
        if account_id == self.me || !self.rooms.contains_key(&room_id) {
            return;
        }
        let wrote = self.typing.wrote.get(&room_id);
        if !typing || wrote.is_some_and(|at| within(self.now, *at, OVERTAKEN)) {
            return self.typing_over(room_id);
        }
        self.others.typing.insert(room_id);
        self.start(Timer::Typing(room_id), Wait::For(limits::TYPING_LASTS));
    }

    /// A message of the other has come: whatever they typed, this is it.
    pub(super) fn wrote(&mut self, room_id: RoomId) {
        self.typing.wrote.insert(room_id, self.now);
        self.typing_over(room_id);
    }

    /// Nothing more was heard for long enough.
    pub(super) fn typing_over(&mut self, room_id: RoomId) {
        if self.others.typing.remove(&room_id) {
            self.stop(Timer::Typing(room_id));
        }
    }

    /// The socket is gone: nothing said on it holds any more, in either direction.
    pub(super) fn typing_unknown(&mut self) {
        self.typing.said = None;
        let rooms = std::mem::take(&mut self.others.typing);
        rooms.into_iter().for_each(|room_id| self.stop(Timer::Typing(room_id)));
    }
}

/// Whether something happened no longer ago than this; a clock that was set back says no.
fn within(now: Timestamp, at: Timestamp, span: Duration) -> bool {
    u128::try_from(now.0 - at.0).is_ok_and(|passed| passed < span.as_millis())
}
