//! How the server is reached: by socket, else by long polling, else not (sync rules 14 and 15).
//!
//! A socket that does not open is followed at once by a poll, so that a network which blocks WebSockets costs one
//! attempt, not a minute of back-off. While polling, the socket is tried again from time to time.

use std::time::Duration;

use bedside_protocol::feed::{ClientFrame, Hello, ServerFrame};
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::Account;
use bedside_protocol::{Cursor, ErrorCode, PROTO, limits};

use super::call::{Refusal, Verdict};
use super::event::{SocketEnd, SocketId};
use super::{Backoff, Cache, Effect, Failure, Machine, People, Timer, Wait};
use crate::cache_write::CacheWrite;

/// A socket that has not greeted after this long is given up.
const GREETING: Duration = Duration::from_secs(15);
/// First pause before the socket is tried again while polling; doubles.
const SOCKET_AGAIN: Duration = Duration::from_secs(15);
const SOCKET_AGAIN_MOST: Duration = Duration::from_secs(600);
/// Sockets that died young in a row before polling is preferred.
const YOUNG_DEATHS: u32 = 3;
/// Every so many pings the feed is asked whether the socket has kept anything back.
const PINGS_PER_CHECK: u64 = 12;
/// Failed attempts before "reconnecting" is called "offline".
const OFFLINE_AFTER: u32 = 3;

/// The connection.
#[derive(Debug, Default)]
pub(super) struct Link {
    session: Session,
    socket: Option<(SocketId, Stage)>,
    polling: Polling,
    backoff: Backoff,
    /// Sockets in a row that did not live to their first ping.
    young_deaths: u32,
    /// Failed attempts at the socket while polling.
    again: u32,
    pings: u64,
    history: History,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Session {
    /// Nobody is signed in.
    #[default]
    None,
    /// There is a token.
    Active,
    /// The server has ended the session.
    Ended,
    /// The server speaks another version.
    WrongServer,
    /// The server opens no feed to this account.
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Greeting,
    Live,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Polling {
    #[default]
    Off,
    /// The first poll is under way.
    Probing,
    On,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum History {
    #[default]
    NeverConnected,
    HasConnected,
}

impl Link {
    /// Whether commands can be sent.
    pub(super) fn is_up(&self) -> bool {
        self.live().is_some() || self.is_polling()
    }

    pub(super) fn is_polling(&self) -> bool {
        self.polling == Polling::On
    }

    pub(super) fn is_probing(&self) -> bool {
        self.polling == Polling::Probing
    }

    /// The socket, if it has greeted.
    pub(super) fn live(&self) -> Option<SocketId> {
        self.socket.filter(|(_, stage)| *stage == Stage::Live).map(|(socket, _)| socket)
    }

    pub(super) fn mode(&self) -> ConnectionMode {
        match (self.session, self.history) {
            (Session::None | Session::Ended, _) => ConnectionMode::SignedOut,
            // Tried again from time to time: until something answers as it should, this is what is known.
            (Session::WrongServer, _) => ConnectionMode::WrongServer,
            (Session::Refused, _) => ConnectionMode::Refused,
            _ if self.live().is_some() => ConnectionMode::Live,
            _ if self.is_polling() => ConnectionMode::Limited,
            _ if self.backoff.failures() >= OFFLINE_AFTER => ConnectionMode::Offline,
            (Session::Active, History::NeverConnected) => ConnectionMode::Connecting,
            (Session::Active, History::HasConnected) => ConnectionMode::Reconnecting,
        }
    }

    fn is_greeted(&self, socket: SocketId) -> bool {
        self.live() == Some(socket)
    }

    fn is(&self, socket: SocketId) -> bool {
        self.socket.is_some_and(|(current, _)| current == socket)
    }
}

impl Machine {
    pub(super) fn signed_in(&mut self) {
        self.disconnect();
        self.cancel_calls();
        self.link = Link { session: Session::Active, ..Link::default() };
        self.connect();
    }

    pub(super) fn session_ended(&mut self) {
        self.disconnect();
        self.cancel_calls();
        self.link.session = Session::Ended;
    }

    pub(super) fn wrong_server(&mut self) {
        self.disconnect();
        self.cancel_calls();
        self.link.session = Session::WrongServer;
        self.start(Timer::Connect, Backoff::longest());
    }

    /// The same attempt would be refused again: only a person, another network or a new start cause one.
    fn refused(&mut self) {
        self.disconnect();
        self.cancel_calls();
        self.link.session = Session::Refused;
    }

    /// Begins an attempt, unless one is under way.
    pub(super) fn connect(&mut self) {
        let idle = self.link.socket.is_none() && self.link.polling == Polling::Off;
        let usable = matches!(self.link.session, Session::Active | Session::WrongServer);
        if self.cache != Cache::Read || !usable || !idle {
            return;
        }
        self.stop(Timer::Connect);
        if self.link.young_deaths >= YOUNG_DEATHS { self.probe() } else { self.open_socket() }
    }

    /// While polling: tries the socket beside it.
    pub(super) fn try_socket(&mut self) {
        if self.link.is_polling() && self.link.socket.is_none() {
            self.open_socket();
        }
    }

    fn open_socket(&mut self) {
        let socket = SocketId(self.next_id());
        self.link.socket = Some((socket, Stage::Opening));
        self.out.push(Effect::OpenSocket(socket));
        self.start(Timer::Silence, Wait::For(GREETING));
    }

    pub(super) fn socket_opened(&mut self, socket: SocketId) {
        if !self.link.is(socket) {
            return;
        }
        self.link.socket = Some((socket, Stage::Greeting));
        let cursor = self.stream.cursor.clone().filter(|_| !self.resync);
        let hello = Hello { proto: PROTO, token: None, cursor };
        self.out.push(Effect::SendFrame(socket, ClientFrame::Hello(hello)));
    }

    pub(super) fn frame(&mut self, socket: SocketId, frame: ServerFrame) {
        if !self.link.is(socket) {
            return;
        }
        self.heard(socket);
        match frame {
            ServerFrame::Welcome { proto, head, account, stale_after_ms, clinic_rev, .. } => {
                self.welcome(proto, head, account, Duration::from_millis(stale_after_ms));
                if self.link.is_greeted(socket) {
                    self.clinic_named(clinic_rev);
                }
            }
            ServerFrame::Events { events } => self.events_arrived(events),
            ServerFrame::ResyncRequired { head } => self.resync(head.feed_seq),
            ServerFrame::Sent { client_id: _, message } => self.sent(&message),
            ServerFrame::Changed { client_id, message } => self.changed(client_id, message),
            ServerFrame::Error { code, client_id, retry_after_ms, detail: _ } => {
                let refusal = Refusal { status: code.status(), code, retry_after_ms };
                self.error_frame(client_id, refusal);
            }
            ServerFrame::GoingAway { retry_in_ms } => self.going_away(retry_in_ms),
            ServerFrame::Typing { room_id, account_id, typing } => {
                self.typing_heard(room_id, account_id, typing);
            }
            ServerFrame::Presence { account_id, online, last_seen } => {
                self.presence_heard(socket, account_id, (online, last_seen));
            }
            ServerFrame::Pong { .. } | ServerFrame::Unknown => {}
        }
        self.pump();
    }

    fn error_frame(&mut self, client_id: Option<bedside_protocol::ClientId>, refusal: Refusal) {
        match (refusal.code, client_id) {
            (ErrorCode::Unauthenticated, _) => self.session_ended(),
            (ErrorCode::UpgradeRequired, _) => self.wrong_server(),
            (_, Some(client_id)) => {
                // Ids are unique over both: it is known to one of them at most.
                self.send_refused(client_id, refusal);
                self.change_refused(client_id, refusal);
            }
            (_, None) => {}
        }
    }

    fn welcome(&mut self, proto: u32, head: Cursor, account: Account, stale_after: Duration) {
        let Some((socket, Stage::Greeting)) = self.link.socket else { return };
        if proto > PROTO {
            return self.wrong_server();
        }
        self.link.socket = Some((socket, Stage::Live));
        self.link.again = 0;
        self.end_polling();
        self.start(Timer::Ping, Wait::For(limits::PING_EVERY));
        self.start(Timer::Silence, Wait::For(limits::SOCKET_DEADLINE));
        self.presence_uncertain();
        self.keep_account(account);
        self.keep_limit(stale_after);
        self.connected();
        self.stream_starts(head);
    }

    /// What is due whenever the server has been reached, whichever way.
    fn connected(&mut self) {
        self.link.session = Session::Active;
        self.link.history = History::HasConnected;
        self.write(vec![CacheWrite::SweepAcked { before: self.ages_ago() }]);
        if self.people == People::Wanted {
            self.fetch_people();
        }
        self.fetch_quick_replies();
        self.drafts.list_again();
    }

    fn keep_limit(&mut self, stale_after: Duration) {
        if self.stale_after != Some(stale_after) {
            self.stale_after = Some(stale_after);
            self.write(vec![CacheWrite::StaleAfter(stale_after)]);
            self.park_stale();
        }
    }

    fn keep_account(&mut self, account: Account) {
        if self.account.as_ref() != Some(&account) {
            self.write(vec![CacheWrite::Account(account.clone())]);
            self.account = Some(account);
        }
    }

    /// Any frame counts as life.
    pub(super) fn heard(&mut self, socket: SocketId) {
        if self.link.is(socket) && self.link.live().is_some() {
            self.start(Timer::Silence, Wait::For(limits::SOCKET_DEADLINE));
        }
    }

    pub(super) fn ping(&mut self) {
        let Some(socket) = self.link.live() else { return };
        self.link.young_deaths = 0;
        self.link.backoff.reset();
        self.link.pings += 1;
        self.out.push(Effect::SendFrame(socket, ClientFrame::Ping { n: self.link.pings }));
        self.start(Timer::Ping, Wait::For(limits::PING_EVERY));
        // The socket is a hint, the feed is the truth: now and then it is asked.
        if self.link.pings.is_multiple_of(PINGS_PER_CHECK) { self.fetch_feed() } else { self.close_gap() }
    }

    pub(super) fn silent(&mut self) {
        if let Some((socket, _)) = self.link.socket {
            self.out.push(Effect::CloseSocket(socket));
            self.socket_closed(socket, SocketEnd::Lost);
        }
    }

    fn going_away(&mut self, retry_in_ms: u64) {
        self.disconnect();
        self.start(Timer::Connect, Wait::For(Duration::from_millis(retry_in_ms).min(limits::COME_BACK_MAX)));
    }

    pub(super) fn socket_closed(&mut self, socket: SocketId, reason: SocketEnd) {
        let Some((_, stage)) = self.link.socket.filter(|(current, _)| *current == socket) else { return };
        self.drop_socket();
        match (reason, stage) {
            (SocketEnd::Unauthenticated, _) => self.session_ended(),
            (SocketEnd::Incompatible, _) => self.wrong_server(),
            // Said before the greeting; from anything between, a live socket that was refused is one that was lost.
            (SocketEnd::Refused, Stage::Opening | Stage::Greeting) => self.refused(),
            (SocketEnd::Lost | SocketEnd::Refused, Stage::Live) => self.live_socket_lost(),
            (SocketEnd::Lost, _) if self.link.is_polling() => self.schedule_socket(),
            (SocketEnd::Lost, _) => self.probe(),
        }
    }

    fn live_socket_lost(&mut self) {
        self.link.young_deaths += 1;
        let wait = self.link.backoff.fail(None);
        self.start(Timer::Connect, wait);
    }

    fn drop_socket(&mut self) {
        if let Some((socket, Stage::Live)) = self.link.socket.take() {
            self.stop(Timer::Ping);
            self.outbox.socket_lost(socket);
            self.changes.socket_lost(socket);
            self.reads.drop_flights();
            self.typing_unknown();
            self.presence_uncertain();
            self.deliveries.drop_flights();
            self.stream_ends();
        }
        self.stop(Timer::Silence);
    }

    /// Asks by HTTP what the socket would not say.
    fn probe(&mut self) {
        self.link.polling = Polling::Probing;
        self.poll();
    }

    /// A poll succeeded.
    pub(super) fn poll_succeeded(&mut self) {
        if self.link.is_probing() {
            self.link.polling = Polling::On;
            self.link.backoff.reset();
            self.schedule_socket();
            self.connected();
            self.fetch_clinic();
        }
    }

    /// A poll failed: not connected in either way.
    pub(super) fn poll_failed(&mut self, failure: &Failure) {
        if self.link.live().is_none() {
            if matches!(failure.verdict(), Verdict::Reject(ErrorCode::NotFound | ErrorCode::Forbidden)) {
                return self.refused();
            }
            self.disconnect();
            if self.link.session == Session::WrongServer {
                self.link.session = Session::Active;
            }
            let wait = self.link.backoff.fail(failure.retry_after_ms());
            self.start(Timer::Connect, wait);
        }
    }

    fn schedule_socket(&mut self) {
        let most = SOCKET_AGAIN.saturating_mul(1 << self.link.again.min(6)).min(SOCKET_AGAIN_MOST);
        self.link.again += 1;
        self.link.young_deaths = 0;
        self.start(Timer::SocketAgain, Wait::UpTo(most));
    }

    fn end_polling(&mut self) {
        if self.link.polling != Polling::Off {
            self.link.polling = Polling::Off;
            self.stop(Timer::SocketAgain);
            self.cancel_feed();
        }
    }

    /// Drops every connection; what is under way by HTTP may still answer.
    pub(super) fn disconnect(&mut self) {
        if let Some((socket, _)) = self.link.socket {
            self.out.push(Effect::CloseSocket(socket));
            self.drop_socket();
        }
        self.end_polling();
        self.stream_ends();
        self.stop(Timer::Connect);
    }

    /// After sleep, a clock jump or a network change no connection is believed.
    pub(super) fn woke(&mut self) {
        self.try_again_now();
    }

    pub(super) fn try_now(&mut self) {
        if self.link.live().is_none() {
            self.try_again_now();
        }
    }

    fn try_again_now(&mut self) {
        if self.link.session == Session::Refused {
            self.link.session = Session::Active;
        }
        self.disconnect();
        self.cancel_calls();
        self.link.backoff.reset();
        self.link.young_deaths = 0;
        self.connect();
    }
}
