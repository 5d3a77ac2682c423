//! A machine whose wishes are looked at and not carried out.
#![allow(dead_code, reason = "each test uses its part")]

use bedside_core::cache_write::{CacheWrite, OutboxRow, OutboxState, ParkReason, RoomSync, SyncState};
use bedside_core::sync::{
    Answer, Call, CallId, Effect, Event, Failure, Machine, Refusal, SocketEnd, SocketId, Timer, Wait,
};
use bedside_protocol::feed::{Change, ClientFrame, FeedEvent, FeedPage, ServerFrame};
use bedside_protocol::wire::{Account, Message, Person, ReadMark, Role, Room, RoomFlags, SetFlags};
use bedside_protocol::{
    AccountId, ClientId, Cursor, DeviceId, Epoch, ErrorCode, FeedSeq, MessageId, Rev, RoomId, RoomSeq,
    Timestamp, WishNumber,
};
use uuid::Uuid;

pub(crate) const ANA: AccountId = AccountId(1);
pub(crate) const DREW: AccountId = AccountId(2);
pub(crate) const START: Timestamp = Timestamp(1_000_000_000);
pub(crate) const HOUR: i64 = 3_600_000;

/// A machine that is signed in and has two rooms; what it wants is looked at, nothing is carried out.
pub(crate) struct Bench {
    pub(crate) machine: Machine,
    pub(crate) now: Timestamp,
}

impl Bench {
    pub(crate) fn with(outbox: Vec<OutboxRow>) -> (Self, Vec<Effect>) {
        Self::from(SyncState { outbox, ..state() })
    }

    /// Signed in with what a cache holds.
    pub(crate) fn from(state: SyncState) -> (Self, Vec<Effect>) {
        let mut bench = Bench { machine: Machine::new(ANA), now: START };
        let mut effects = bench.give(Event::Loaded(state));
        effects.extend(bench.give(Event::SignedIn));
        (bench, effects)
    }
    pub(crate) fn give(&mut self, event: Event) -> Vec<Effect> {
        self.machine.handle(self.now, event)
    }

    /// Connected by socket.
    pub(crate) fn live(outbox: Vec<OutboxRow>) -> (Self, SocketId, Vec<Effect>) {
        Self::live_from(SyncState { outbox, ..state() }, cursor())
    }

    /// Connected by socket to a server whose feed is here.
    pub(crate) fn live_from(state: SyncState, head: Cursor) -> (Self, SocketId, Vec<Effect>) {
        let (mut bench, effects) = Self::from(state);
        let socket = opened(&effects);
        bench.give(Event::SocketOpened(socket));
        let welcomed = bench.frame(socket, welcome_at(head));
        (bench, socket, welcomed)
    }

    /// Connected by long polling.
    pub(crate) fn limited(outbox: Vec<OutboxRow>) -> (Self, Vec<Effect>) {
        Self::limited_from(SyncState { outbox, ..state() })
    }

    /// Connected by long polling with what a cache holds.
    pub(crate) fn limited_from(state: SyncState) -> (Self, Vec<Effect>) {
        let (mut bench, effects) = Self::from(state);
        let closed = Event::SocketClosed { socket: opened(&effects), reason: SocketEnd::Lost };
        let probe = bench.give(closed);
        let effects = bench.answer(calls(&probe)[0].0, Answer::Feed(Self::nothing_new()));
        (bench, effects)
    }

    /// What a poll brings that brings nothing.
    pub(crate) fn nothing_new() -> FeedPage {
        let Cursor { epoch, feed_seq: head } = cursor();
        FeedPage { epoch, head, events: vec![], has_more: false, resync_required: false }
    }

    pub(crate) fn frame(&mut self, socket: SocketId, frame: ServerFrame) -> Vec<Effect> {
        self.give(Event::Frame { socket, frame: Box::new(frame) })
    }

    /// Events from 1 on arrive.
    pub(crate) fn events(&mut self, socket: SocketId, changes: Vec<Change>) -> Vec<Effect> {
        let events = (1..).zip(changes).map(|(seq, change)| FeedEvent { feed_seq: FeedSeq(seq), change });
        self.frame(socket, ServerFrame::Events { events: events.collect() })
    }

    pub(crate) fn answer(&mut self, call: CallId, answer: Answer) -> Vec<Effect> {
        self.give(Event::Answered { call, result: Box::new(Ok(answer)) })
    }

    pub(crate) fn fail(&mut self, call: CallId, failure: Failure) -> Vec<Effect> {
        self.give(Event::Answered { call, result: Box::new(Err(failure)) })
    }
}

pub(crate) fn cursor() -> Cursor {
    Cursor { epoch: Epoch("e".to_owned()), feed_seq: FeedSeq(0) }
}

/// Two rooms, all of them held, at the beginning of the feed.
pub(crate) fn state() -> SyncState {
    let rooms = [RoomId(1), RoomId(2)].map(|room_id| RoomSync {
        room_id,
        synced_rev: Rev(1),
        room_rev: Rev(1),
        last_seq: RoomSeq(0),
        read_confirmed: RoomSeq(0),
        read_wanted: None,
        delivered_confirmed: RoomSeq(0),
        theirs_held: RoomSeq(0),
        newest: None,
        flags: RoomFlags::default(),
        flags_wanted: SetFlags::default(),
        flags_number: WishNumber(0),
        gaps: vec![],
    });
    SyncState { cursor: Some(cursor()), rooms: rooms.to_vec(), ..SyncState::default() }
}

pub(crate) fn welcome() -> ServerFrame {
    welcome_at(cursor())
}

pub(crate) fn person() -> Person {
    Person {
        account_id: ANA,
        role: Role::Patient,
        role_id: 1,
        name: "Ana".to_owned(),
        profession: None,
        birth_date: None,
        since: Timestamp(0),
        facts: Box::default(),
    }
}

pub(crate) fn welcome_at(head: Cursor) -> ServerFrame {
    ServerFrame::Welcome {
        proto: 1,
        head,
        account: Account { person: person(), username: "ana".to_owned() },
        device_id: DeviceId(1),
        server_time: START,
        stale_after_ms: 4 * HOUR as u64,
        clinic_rev: Rev(0),
    }
}

pub(crate) fn row(position: i64, room: i64) -> OutboxRow {
    OutboxRow {
        position,
        client_id: ClientId(Uuid::from_u128(position as u128)),
        room_id: RoomId(room),
        content: "x".to_owned(),
        urgent: false,
        composed_at: START,
        confirmed_at: None,
        state: OutboxState::Queued,
        offered: false,
        reply_to: None,
    }
}

pub(crate) fn id(position: i64) -> ClientId {
    row(position, 1).client_id
}

pub(crate) fn opened(effects: &[Effect]) -> SocketId {
    effects
        .iter()
        .find_map(|e| if let Effect::OpenSocket(socket) = e { Some(*socket) } else { None })
        .unwrap()
}

pub(crate) fn calls(effects: &[Effect]) -> Vec<(CallId, Call)> {
    let call = |e: &Effect| if let Effect::Http(id, call) = e { Some((*id, call.clone())) } else { None };
    effects.iter().filter_map(call).collect()
}

/// The messages handed to a transport, by socket or by HTTP.
pub(crate) fn sent(effects: &[Effect]) -> Vec<ClientId> {
    let sent = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Send(frame)) => Some(frame.client_id),
        Effect::Http(_, Call::Send(body)) => body.client_id,
        _ => None,
    };
    effects.iter().filter_map(sent).collect()
}

pub(crate) fn send_call(effects: &[Effect]) -> CallId {
    calls(effects).into_iter().find(|(_, call)| matches!(call, Call::Send(_))).unwrap().0
}

pub(crate) fn written(effects: &[Effect]) -> Vec<CacheWrite> {
    let writes = |e: &Effect| if let Effect::Write(writes) = e { writes.clone() } else { vec![] };
    effects.iter().flat_map(writes).collect()
}

pub(crate) fn parked(effects: &[Effect]) -> Vec<(ClientId, ParkReason)> {
    let parked = |write: CacheWrite| match write {
        CacheWrite::OutboxParked { client_id, reason } => Some((client_id, reason)),
        _ => None,
    };
    written(effects).into_iter().filter_map(parked).collect()
}

pub(crate) fn refused(code: ErrorCode) -> Failure {
    Failure::Refused(Refusal { status: code.status(), code, retry_after_ms: None })
}

/// A message at a place of a room; its id and revision follow from the place.
pub(crate) fn message(room: i64, seq: i64, author: AccountId) -> Message {
    Message {
        id: MessageId(room * 1_000 + seq),
        room_id: RoomId(room),
        room_seq: RoomSeq(seq),
        rev: Rev(seq + 1),
        sender_type: Role::Patient,
        sender_id: author.0,
        sender_account: author,
        content: "x".to_owned(),
        timestamp: START,
        composed_at: None,
        edited_at: None,
        retracted_at: None,
        urgent: false,
        reactions: vec![],
        client_id: None,
        reply_to: None,
        quote: None,
    }
}

/// A room whose last message is this one, read up to a place.
pub(crate) fn room(last: &Message, read: i64) -> Room {
    let room_id = last.room_id;
    let mark = |account_id, up_to| ReadMark {
        room_id,
        account_id,
        up_to: RoomSeq(up_to),
        delivered_to: RoomSeq(up_to),
        marked_unread: false,
        rev: Rev(0),
    };
    Room {
        room_id,
        room_rev: last.rev,
        last_seq: last.room_seq,
        other: person(),
        my_read: mark(ANA, read),
        other_read: mark(DREW, 0),
        flags: RoomFlags::default(),
        unread_count: 0,
        last_message: Some(last.clone()),
        writable: true,
        created_at: START,
        updated_at: START,
        url: String::new(),
    }
}

/// The messages the person is told of.
pub(crate) fn rung(effects: &[Effect]) -> Vec<MessageId> {
    let rung = |effect: &Effect| match effect {
        Effect::Notify { message_id, .. } => vec![*message_id],
        Effect::NotifySum { rooms, .. } => rooms.iter().map(|(_, message_id)| *message_id).collect(),
        _ => Vec::new(),
    };
    effects.iter().flat_map(rung).collect()
}

pub(crate) fn started(effects: &[Effect], timer: Timer) -> Option<Wait> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::StartTimer(started, wait) if *started == timer => Some(*wait),
        _ => None,
    })
}
