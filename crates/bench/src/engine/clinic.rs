//! The server's answers, made up as they are asked for: so many messages, in turns, in so many conversations.

use anyhow::{Result, bail};
use bedside_core::sync::{Answer, Call, Range};
use bedside_protocol::feed::{Change, FeedEvent, ServerFrame};
use bedside_protocol::wire::{ChatList, MessagesPage, PageMessage, Room};
use bedside_protocol::{DeviceId, FeedSeq, PROTO, Rev, RoomId, RoomSeq, Timestamp, limits};

use super::words::{self, Order};

/// What the server packs into one frame, bytes.
const FRAME: usize = 16 * 1024;

/// A server's state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clinic {
    pub(super) order: Order,
    /// How many messages there are.
    pub(super) messages: i64,
    /// How far everything was read, in every conversation.
    pub(super) read_up_to: i64,
}

impl Clinic {
    pub(super) fn welcome(&self) -> ServerFrame {
        ServerFrame::Welcome {
            proto: PROTO,
            head: words::place(self.messages),
            account: words::account(),
            device_id: DeviceId(1),
            server_time: Timestamp(words::START),
            stale_after_ms: 14_400_000,
            clinic_rev: Rev(0),
        }
    }

    /// The events after a number, in groups of frames that wait together.
    pub(super) fn events(&self, after: i64, frames: usize) -> Result<Vec<Vec<FeedEvent>>> {
        let most = frames.max(1) * FRAME;
        let (mut groups, mut group, mut bytes) = (Vec::new(), Vec::new(), 0);
        for n in after..self.messages {
            let message = Box::new(words::message(n, self.order));
            let event = FeedEvent { feed_seq: FeedSeq(n + 1), change: Change::Message { message } };
            let size = serde_json::to_string(&event)?.len();
            if bytes + size > most {
                groups.push(std::mem::take(&mut group));
                bytes = 0;
            }
            bytes += size;
            group.push(event);
        }
        groups.push(group);
        Ok(groups)
    }

    pub(super) fn answer(&self, call: Call) -> Result<Answer> {
        Ok(match call {
            Call::ChatList { after_room } => Answer::ChatList(self.list(after_room)),
            Call::Messages { room_id, range, limit } => Answer::Messages(self.page(room_id, range, limit)),
            Call::Clinic => Answer::Clinic(Box::default()),
            Call::People => Answer::People(Vec::new()),
            Call::QuickReplies => Answer::QuickReplies(Vec::new()),
            other => bail!("not expected: {other:?}"),
        })
    }

    fn list(&self, after: Option<RoomId>) -> ChatList {
        let first = after.map_or(0, RoomId::get);
        let last = (first + i64::from(limits::PAGE_MAX)).min(self.order.rooms);
        ChatList {
            rooms: (first..last).map(|n| self.room(n)).collect(),
            unread: 0,
            cursor: words::place(self.messages),
            has_more: last < self.order.rooms,
        }
    }

    fn room(&self, n: i64) -> Room {
        let last = self.order.count(n, self.messages);
        let newest = self.order.number(n, last);
        Room {
            last_message: Some(words::message(newest, self.order)),
            ..words::room(n, last, self.read_up_to)
        }
    }

    fn page(&self, room_id: RoomId, range: Range, limit: u32) -> MessagesPage {
        let (room, limit) = (room_id.get() - 1, i64::from(limit));
        let last = self.order.count(room, self.messages);
        let (from, to) = match range {
            Range::ChangedAfter(rev) => (rev.get() + 1, (rev.get() + limit).min(last)),
            Range::Before(seq) => ((seq.get() - limit).max(1), seq.get() - 1),
        };
        let number = |seq| words::message(self.order.number(room, seq), self.order);
        MessagesPage {
            room_id,
            messages: (from..=to).map(|seq| PageMessage { message: number(seq), is_read: false }).collect(),
            has_more: matches!(range, Range::ChangedAfter(_)) && to < last,
            room_rev: Rev(last),
            last_seq: RoomSeq(last),
        }
    }
}
