//! What waits in each room, in the order it came: messages, of which many rooms' are stored in one transaction, and turns,
//! in which a room is worked on alone.
//!
//! Pure: says what may begin, begins nothing. The room's row would let one command through at a time as well, yet in any
//! order, and each would hold a connection while it waits.

use std::collections::{HashMap, HashSet, VecDeque};

use bedside_protocol::{AccountId, ClientId, RoomId};
use tokio::sync::oneshot;

use super::batches::{Pending, Turn};

/// Transactions of messages under way at once: while one is being made durable, others gather and run.
const RUNNERS: usize = 4;
/// Messages in one transaction. Bounds how long the first of them waits for the last, and how many rooms it locks.
const BATCH_MAX: usize = 64;

/// Something that waits for its room.
pub(super) enum Waiting {
    /// The room for oneself.
    Turn(oneshot::Sender<Turn>),
    /// A message to be stored with others.
    Message(Pending),
}

/// The rooms in which this server is doing something.
#[derive(Default)]
pub(super) struct Lanes {
    lines: HashMap<RoomId, Line>,
    /// Rooms that nobody is at work in and whose first is a message.
    ready: VecDeque<RoomId>,
    runners: usize,
}

#[derive(Default)]
struct Line {
    busy: bool,
    waiting: VecDeque<Waiting>,
}

/// What may begin now.
#[must_use]
#[derive(Default)]
pub(super) struct Begin {
    /// Who has the room for itself.
    pub(super) turn: Option<oneshot::Sender<Turn>>,
    /// Whether one more runner has something to do; it is counted already.
    pub(super) runner: bool,
}

/// Messages to be stored together, and the rooms that are worked on until they are.
pub(super) struct Batch {
    pub(super) rooms: Vec<RoomId>,
    pub(super) messages: Vec<Pending>,
}

impl Lanes {
    /// Stands at the end of a room's line.
    pub(super) fn put(&mut self, room: RoomId, waiting: Waiting) -> Begin {
        let line = self.lines.entry(room).or_default();
        let first = !line.busy && line.waiting.is_empty();
        line.waiting.push_back(waiting);
        if first { self.next(room) } else { Begin::default() }
    }

    /// Nobody is at work in the room any more.
    pub(super) fn release(&mut self, room: RoomId) -> Begin {
        if let Some(line) = self.lines.get_mut(&room) {
            line.busy = false;
        }
        self.next(room)
    }

    fn next(&mut self, room: RoomId) -> Begin {
        let Some(line) = self.lines.get_mut(&room) else { return Begin::default() };
        match line.waiting.pop_front() {
            None => {
                self.lines.remove(&room);
                Begin::default()
            }
            Some(Waiting::Turn(turn)) => {
                line.busy = true;
                Begin { turn: Some(turn), runner: false }
            }
            Some(message) => {
                line.waiting.push_front(message);
                self.ready.push_back(room);
                Begin { turn: None, runner: self.one_more_runner() }
            }
        }
    }

    fn one_more_runner(&mut self) -> bool {
        let more = self.runners < RUNNERS;
        self.runners += usize::from(more);
        more
    }

    /// What a runner does next; with `None` it has ended.
    pub(super) fn take(&mut self) -> Option<Batch> {
        let mut batch = Batch { rooms: Vec::new(), messages: Vec::new() };
        let (mut ids, mut left) = (HashSet::new(), VecDeque::new());
        while batch.messages.len() < BATCH_MAX
            && let Some(room) = self.ready.pop_front()
        {
            let before = batch.messages.len();
            self.take_from(room, &mut batch.messages, &mut ids);
            if batch.messages.len() > before { batch.rooms.push(room) } else { left.push_back(room) }
        }
        left.append(&mut self.ready);
        self.ready = left;
        if batch.messages.is_empty() {
            self.runner_ended();
            return None;
        }
        Some(batch)
    }

    /// The messages at the front of a room's line. One whose id is in the batch already waits for what becomes of that.
    fn take_from(
        &mut self,
        room: RoomId,
        batch: &mut Vec<Pending>,
        ids: &mut HashSet<(AccountId, ClientId)>,
    ) {
        let Some(line) = self.lines.get_mut(&room) else { return };
        while batch.len() < BATCH_MAX {
            match line.waiting.pop_front() {
                Some(Waiting::Message(message)) if ids.insert(message.id()) => {
                    line.busy = true;
                    batch.push(message);
                }
                Some(other) => return line.waiting.push_front(other),
                None => return,
            }
        }
    }

    /// How many commands wait for their room.
    pub(super) fn waiting(&self) -> usize {
        self.lines.values().map(|line| line.waiting.len()).sum()
    }

    /// A runner has ended other than by having nothing to do.
    pub(super) fn runner_ended(&mut self) {
        self.runners = self.runners.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::{DeviceId, Timestamp, wire::Role};
    use uuid::Uuid;

    use super::*;
    use crate::store::{Actor, SendCommand};

    const ONE: RoomId = RoomId(1);
    const TWO: RoomId = RoomId(2);

    fn message(room: RoomId, id: u128) -> Waiting {
        let actor =
            Actor { account_id: AccountId(1), role: Role::Patient, device_id: DeviceId(1), session_id: 1 };
        let command = SendCommand {
            room_id: room,
            client_id: ClientId(Uuid::from_u128(id)),
            content: String::new(),
            urgent: false,
            reply_to: None,
            composed_at: None,
            now: Timestamp(0),
        };
        Waiting::Message(Pending { actor, command, answer: oneshot::channel().0 })
    }

    fn turn() -> Waiting {
        Waiting::Turn(oneshot::channel().0)
    }

    fn taken(lanes: &mut Lanes) -> Option<(Vec<RoomId>, Vec<u128>)> {
        let batch = lanes.take()?;
        let ids = batch.messages.iter().map(|message| message.id().1.0.as_u128()).collect();
        Some((batch.rooms, ids))
    }

    #[test]
    fn messages_of_all_rooms_go_together_and_each_rooms_in_order() {
        let mut lanes = Lanes::default();
        assert!(lanes.put(ONE, message(ONE, 1)).runner);
        assert!(lanes.put(TWO, message(TWO, 2)).runner, "two rooms, two may run");
        assert!(!lanes.put(ONE, message(ONE, 3)).runner, "the room is in a line already");
        assert_eq!(lanes.waiting(), 3);
        assert_eq!(taken(&mut lanes), Some((vec![ONE, TWO], vec![1, 3, 2])));
        assert_eq!(taken(&mut lanes), None);
    }

    #[test]
    fn a_room_that_is_worked_on_waits_and_others_do_not() {
        let mut lanes = Lanes::default();
        let _runner = lanes.put(ONE, message(ONE, 1));
        assert!(taken(&mut lanes).is_some());
        assert!(!lanes.put(ONE, message(ONE, 2)).runner);
        let _runner = lanes.put(TWO, message(TWO, 3));
        assert_eq!(taken(&mut lanes), Some((vec![TWO], vec![3])));
        assert!(lanes.release(ONE).runner);
        assert_eq!(taken(&mut lanes), Some((vec![ONE], vec![2])));
        for room in [ONE, TWO] {
            assert!(lanes.release(room).turn.is_none());
        }
        assert!(lanes.lines.is_empty(), "and is forgotten");
    }

    #[test]
    fn a_turn_has_its_place_between_messages() {
        let mut lanes = Lanes::default();
        let _runner = lanes.put(ONE, message(ONE, 1));
        assert!(lanes.put(ONE, turn()).turn.is_none());
        assert!(lanes.put(ONE, message(ONE, 2)).turn.is_none());
        assert_eq!(taken(&mut lanes), Some((vec![ONE], vec![1])));
        assert!(lanes.release(ONE).turn.is_some());
        assert_eq!(taken(&mut lanes), None, "the turn has the room");
        assert!(lanes.release(ONE).runner);
        assert_eq!(taken(&mut lanes), Some((vec![ONE], vec![2])));
    }

    #[test]
    fn one_id_is_in_a_batch_once() {
        let mut lanes = Lanes::default();
        let _runner = lanes.put(ONE, message(ONE, 1));
        let _same_in_another_room = lanes.put(TWO, message(TWO, 1));
        let _same_again = lanes.put(ONE, message(ONE, 1));
        assert_eq!(taken(&mut lanes), Some((vec![ONE], vec![1])));
        assert_eq!(taken(&mut lanes), Some((vec![TWO], vec![1])));
        let _runner = lanes.release(ONE);
        assert_eq!(taken(&mut lanes), Some((vec![ONE], vec![1])));
    }

    #[test]
    fn a_batch_has_its_limit_and_so_have_the_runners() {
        let mut lanes = Lanes::default();
        let rooms: i64 = 100;
        let started = (0..rooms).filter(|no| {
            let room = RoomId(*no);
            lanes.put(room, message(room, u128::try_from(*no).unwrap())).runner
        });
        assert_eq!(started.count(), RUNNERS);
        assert_eq!(lanes.take().unwrap().messages.len(), BATCH_MAX);
        assert_eq!(lanes.take().unwrap().messages.len(), 100 - BATCH_MAX);
        assert_eq!(taken(&mut lanes), None);
        let room = RoomId(rooms);
        assert!(lanes.put(room, message(room, 1)).runner, "the ended one's place is free");
    }
}
