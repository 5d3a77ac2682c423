//! The driver's task: one loop over one kind of event.

use std::collections::VecDeque;
use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, ChangeRow};
use bedside_core::sync::{Call, CallId, Effect, Event, Failure, Machine, Others, Seen, Timer};
use bedside_protocol::ipc::view::ConnectionView;
use bedside_protocol::ipc::{ConnectionMode, Place, RoomDeed};
use bedside_protocol::{AccountId, ClientId, RoomId, Timestamp};
use bedside_runtime::{Runtime, Task};
use tokio::sync::{mpsc, oneshot, watch};

use super::calls::Calls;
use super::commands::{Command, SyncHandle, WAITING};
use super::inbox::Inbox;
use super::published::{NotificationWish, publish, publish_others};
use super::sockets::Sockets;
use super::telling::Telling;
use super::timers::Timers;
use crate::cache::{Cache, CacheError, NewMessage};
use crate::transport::Socket;
use crate::transport::api::Api;

/// Frames and answers waiting for the driver; a full queue slows the socket's reader, and so the server.
const HAPPENED: usize = 64;
/// How often the clock is looked at for a jump when nothing else happens.
const LOOK: Duration = Duration::from_secs(15);
/// The wall clock may drift from the monotonic one by this much between two looks without anybody having slept.
const JUMP_MS: i64 = 5_000;

/// What the driver works with.
pub(crate) struct Setup {
    pub(crate) runtime: Runtime,
    pub(crate) cache: Cache,
    pub(crate) me: AccountId,
    /// With the session's token.
    pub(crate) api: Api,
    pub(crate) connection: watch::Sender<ConnectionView>,
    pub(crate) people_loading: watch::Sender<bool>,
    pub(crate) others: watch::Sender<Others>,
    pub(crate) telling: Telling,
    /// Told once when the server ends the session.
    pub(crate) session_ended: mpsc::Sender<()>,
}

/// Something that happened outside.
pub(super) enum Happened {
    Event(Event),
    Socket(bedside_core::sync::SocketId, Socket),
}

type Answer<T> = oneshot::Sender<Result<T, CacheError>>;

struct Driver {
    setup: Setup,
    machine: Machine,
    timers: Timers,
    calls: Calls,
    sockets: Sockets,
    last_heard: Option<Timestamp>,
    /// Wall clock minus monotonic clock, at the last look.
    offset: i64,
    mode: ConnectionMode,
}

/// Starts a driver. It ends with the task, or when every handle is gone.
pub(crate) fn start(setup: Setup) -> (SyncHandle, Task) {
    let (commands, asked) = mpsc::channel(WAITING);
    let (events, happened) = mpsc::channel(HAPPENED);
    let runtime = setup.runtime.clone();
    let driver = Driver {
        machine: Machine::new(setup.me),
        timers: Timers::new(runtime.clone()),
        calls: Calls::new(runtime.clone(), setup.api.clone(), events.clone()),
        sockets: Sockets::new(runtime.clone(), setup.api.clone(), events),
        last_heard: None,
        offset: offset(&runtime),
        mode: ConnectionMode::SignedOut,
        setup,
    };
    let task = runtime.spawn("sync.driver", driver.run(asked, Inbox::new(happened)));
    (SyncHandle::new(commands), task)
}

impl Driver {
    async fn run(mut self, mut asked: mpsc::Receiver<Command>, mut inbox: Inbox) {
        self.load().await;
        self.give(Event::SignedIn).await;
        loop {
            let rest = self.timers.next_left().unwrap_or(LOOK).min(LOOK);
            tokio::select! {
                biased;
                command = asked.recv() => match command {
                    Some(command) => self.command(command).await,
                    None => return,
                },
                Some(happened) = inbox.next() => self.happened(happened).await,
                () = self.setup.runtime.sleep(rest) => self.time_passed().await,
            }
            self.look_at_clock().await;
        }
    }

    async fn load(&mut self) {
        let event = self.read_cache().await;
        self.give(event).await;
    }

    async fn read_cache(&self) -> Event {
        match self.setup.cache.sync_state().await {
            Ok(state) => Event::Loaded(state),
            Err(error) => {
                tracing::error!(error = %error, "the cache cannot be read");
                Event::CacheFailed
            }
        }
    }

    async fn command(&mut self, command: Command) {
        match command {
            Command::Send(new, seen, answer) => self.store(new, seen, answer).await,
            Command::Retry(client_id, answer) => self.confirm(client_id, answer).await,
            Command::Discard(client_id, answer) => {
                let removed = self.setup.cache.discard(client_id).await;
                let done = removed.is_ok();
                let _asker_gone = answer.send(removed);
                if done {
                    self.give(Event::Discarded(client_id)).await;
                }
            }
            Command::Change(new, answer) => {
                let room_id = new.room_id;
                let kept = self.setup.cache.change(new).await;
                self.changes_kept(room_id, kept, answer).await;
            }
            Command::RetryChange(room_id, message_id, answer) => {
                let kept = self.setup.cache.retry_change(room_id, message_id).await;
                self.changes_kept(room_id, kept, answer).await;
            }
            Command::DiscardChange(room_id, message_id, answer) => {
                let kept = self.setup.cache.discard_change(room_id, message_id).await;
                self.changes_kept(room_id, kept, answer).await;
            }
            Command::SetUp(room_id, deed, answer) => self.set_up(room_id, deed, answer).await,
            Command::DraftKept(room_id, haste) => self.give(Event::DraftKept { room_id, haste }).await,
            Command::DraftSharing => {
                if let Ok(held) = self.setup.cache.drafts_sync().await {
                    self.give(Event::DraftSharing(held)).await;
                }
            }
            Command::See(seen, answer) => {
                self.give(Event::Seen(seen)).await;
                let _asker_gone = answer.send(());
            }
            Command::ReadUpTo(room_id, up_to, answer) => {
                self.give(Event::ReadUpTo { room_id, up_to }).await;
                let _asker_gone = answer.send(());
            }
            Command::Locked => {
                self.give(Event::Seen(Seen::default())).await;
                self.give(Event::Locked).await;
            }
            Command::Typing(room_id, typing) => self.give(Event::Typing { room_id, typing }).await,
            Command::FetchAround(room_id, seq) => self.give(Event::PlaceWanted { room_id, seq }).await,
            Command::RefreshPeople => self.give(Event::PeopleWanted).await,
            Command::TakeRoom(room, answer) => {
                self.give(Event::RoomOpened(room)).await;
                let _asker_gone = answer.send(());
            }
            Command::TryNow => self.give(Event::TryNow).await,
            Command::NetworkChanged => self.give(Event::Woke).await,
        }
    }

    /// Answers only once the message and its outbox row are stored.
    async fn store(&mut self, new: NewMessage, seen: u64, answer: Answer<ClientId>) {
        match self.setup.cache.enqueue_after(new, seen).await {
            Ok(row) => {
                let _asker_gone = answer.send(Ok(row.client_id));
                self.give(Event::Enqueued(row)).await;
            }
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    async fn confirm(&mut self, client_id: ClientId, answer: Answer<()>) {
        match self.setup.cache.confirm(client_id).await {
            Ok(row) => {
                let _asker_gone = answer.send(Ok(()));
                let at = row.confirmed_at.unwrap_or_else(|| self.setup.runtime.now());
                self.give(Event::Confirmed { client_id, at }).await;
            }
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    /// Answers only once it is stored.
    async fn changes_kept(
        &mut self,
        room_id: RoomId,
        kept: Result<Vec<ChangeRow>, CacheError>,
        answer: Answer<()>,
    ) {
        match kept {
            Ok(rows) => {
                let _asker_gone = answer.send(Ok(()));
                self.give(Event::ChangesKept { room_id, rows }).await;
            }
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    /// Answers only once it is stored.
    async fn set_up(&mut self, room_id: RoomId, deed: RoomDeed, answer: Answer<()>) {
        match self.setup.cache.set_up(room_id, deed).await {
            Ok((set, number)) => {
                let _asker_gone = answer.send(Ok(()));
                self.give(Event::FlagsKept { room_id, set, number }).await;
            }
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    async fn happened(&mut self, happened: Happened) {
        let event = match happened {
            Happened::Event(event) => Some(event),
            Happened::Socket(id, socket) => self.sockets.opened(id, socket),
        };
        if let Some(Event::SocketClosed { socket, .. }) = &event {
            self.sockets.close(*socket); // Its tasks hold the line open until they end.
        }
        if let Some(event) = event {
            if is_life(&event) {
                self.last_heard = Some(self.setup.runtime.now());
            }
            self.give(event).await;
        }
    }

    async fn time_passed(&mut self) {
        while let Some(timer) = self.timers.take_due() {
            self.give(Event::Timer(timer)).await;
        }
    }

    /// A wall clock that ran away from the monotonic one means sleep or a set clock: no connection is believed.
    async fn look_at_clock(&mut self) {
        let offset = offset(&self.setup.runtime);
        if (offset - self.offset).abs() > JUMP_MS {
            tracing::info!("the clock jumped: connecting anew");
            self.give(Event::Woke).await;
        }
        self.offset = offset;
    }

    /// Hands an event to the machine and carries out what it wants, in order.
    async fn give(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.machine.handle(self.setup.runtime.now(), event) {
                match self.carry_out(effect).await {
                    Some(Event::CacheFailed) => {
                        events.push_front(Event::CacheFailed);
                        break; // What follows relied on the write.
                    }
                    next => events.extend(next),
                }
            }
        }
        self.publish().await;
    }

    async fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::OpenSocket(id) => self.sockets.open(id),
            Effect::CloseSocket(id) => self.sockets.close(id),
            Effect::SendFrame(id, frame) => return self.sockets.send(id, &frame),
            Effect::Http(id, call) => self.calls.start(id, call),
            Effect::PutDraft(id, room_id) => return self.put_draft(id, room_id).await,
            Effect::CancelHttp(id) => self.calls.cancel(id),
            Effect::Write(writes) => return self.write(writes).await,
            Effect::Reload => return Some(self.read_cache().await),
            Effect::StartTimer(timer, wait) => self.timers.start(timer, wait),
            Effect::StopTimer(timer) => self.timers.stop(timer),
            Effect::Notify { room_id, message_id, urgency } => {
                let place = Place { room_id, message_id: Some(message_id) };
                self.setup.telling.message(place, urgency).await;
            }
            Effect::NotifySum { rooms, urgency } => self.setup.telling.sum(rooms.len(), urgency).await,
            Effect::ClearNotice(room_id) => self.setup.telling.wish(NotificationWish::Clear(room_id)),
            Effect::ClearSum => self.setup.telling.wish(NotificationWish::ClearSum),
        }
        None
    }

    /// What is written by now, and not what was when the machine wanted it put.
    async fn put_draft(&mut self, call: CallId, room_id: RoomId) -> Option<Event> {
        let result = match self.setup.cache.draft_to_put(room_id).await {
            Ok(Some(put)) => {
                self.calls.start(call, Call::PutDraft { room_id, put });
                return None;
            }
            Ok(None) => Ok(bedside_core::sync::Answer::Draft(None)),
            Err(_) => Err(Failure::Unknown),
        };
        Some(Event::Answered { call, result: Box::new(result) })
    }

    async fn write(&self, writes: Vec<CacheWrite>) -> Option<Event> {
        let failed = self.setup.cache.apply(writes).await.err()?;
        tracing::error!(error = %failed, "the cache cannot be written");
        Some(Event::CacheFailed)
    }

    async fn publish(&mut self) {
        let status = self.machine.status();
        let down = !matches!(status.mode, ConnectionMode::Live | ConnectionMode::Limited);
        let left = self.timers.left(Timer::Connect).filter(|_| down);
        let retry_at = left.map(|left| later(self.setup.runtime.now(), left));
        publish(&self.setup.connection, status, retry_at, self.last_heard);
        self.setup.people_loading.send_if_modified(|held| {
            std::mem::replace(held, status.fetching_people) != status.fetching_people
        });
        publish_others(&self.setup.others, self.machine.others());
        let before = std::mem::replace(&mut self.mode, status.mode);
        if before != status.mode {
            tracing::info!(connection.mode = ?status.mode, "connection");
        }
        if status.mode == ConnectionMode::SignedOut && before != ConnectionMode::SignedOut {
            let _nobody_listens = self.setup.session_ended.send(()).await;
        }
    }
}

fn is_life(event: &Event) -> bool {
    match event {
        Event::Frame { .. } | Event::Life(_) => true,
        Event::Answered { result, .. } => result.is_ok(),
        _ => false,
    }
}

fn offset(runtime: &Runtime) -> i64 {
    runtime.now().0 - i64::try_from(runtime.monotonic().as_millis()).unwrap_or(i64::MAX)
}

fn later(now: Timestamp, left: Duration) -> Timestamp {
    Timestamp(now.0 + i64::try_from(left.as_millis()).unwrap_or_default())
}

#[cfg(test)]
mod tests;
