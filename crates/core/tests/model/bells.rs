//! Which messages have rung, and which had no need to: read, seen, or history.

use std::collections::BTreeMap;

use bedside_protocol::wire::Message;
use bedside_protocol::{RoomId, RoomSeq};

use super::server::{DREW, Server};

#[derive(Default)]
pub(crate) struct Bells {
    /// Rung or excused up to here.
    quiet: BTreeMap<RoomId, RoomSeq>,
    /// The room on screen.
    seen: Option<RoomId>,
}

impl Bells {
    pub(crate) fn rang(&mut self, message: &Message) {
        assert_eq!(message.sender_account, DREW, "one's own message does not ring");
        self.excuse(message.room_id, message.room_seq);
    }

    fn excuse(&mut self, room_id: RoomId, seq: RoomSeq) {
        let quiet = self.quiet.entry(room_id).or_default();
        *quiet = seq.max(*quiet);
    }

    pub(crate) fn excuse_all(&mut self, server: &Server) {
        for room_id in server.rooms.keys() {
            self.excuse(*room_id, last(server, *room_id));
        }
    }

    /// What arrives in the room on screen is seen.
    pub(crate) fn look(&mut self, room_id: RoomId, server: &Server) {
        if let Some(before) = self.seen.replace(room_id) {
            self.excuse(before, last(server, before));
        }
    }

    /// What arrived and was about to ring is forgotten; the next person looks at nothing.
    pub(crate) fn killed(&mut self, server: &Server) {
        self.excuse_all(server);
        self.seen = None;
    }

    pub(crate) fn restart(&mut self, server: &Server) {
        self.quiet.clear();
        self.excuse_all(server);
    }

    /// Where the last word is theirs, it has rung, or was seen or read.
    pub(crate) fn have_rung(&self, server: &Server) {
        for (room_id, room) in &server.rooms {
            let quiet = self.quiet.get(room_id).copied().unwrap_or_default().max(room.my_read.0);
            let theirs = server.last(*room_id).filter(|message| message.sender_account == DREW);
            let silent = theirs.filter(|message| message.room_seq > quiet && self.seen != Some(*room_id));
            assert_eq!(silent, None, "never rang");
        }
    }
}

fn last(server: &Server, room_id: RoomId) -> RoomSeq {
    server.last(room_id).map_or(RoomSeq(0), |message| message.room_seq)
}
