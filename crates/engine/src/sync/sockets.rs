//! The feed socket's tasks: one opens and reads, one writes. Frames are text outside and types inside.

use std::collections::BTreeMap;

use bedside_core::sync::{Event, SocketEnd, SocketId};
use bedside_protocol::close;
use bedside_protocol::feed::{ClientFrame, ServerFrame};
use bedside_runtime::{Runtime, Task};
use futures_util::{SinkExt, StreamExt};
use tokio::sync::mpsc;

use super::driver::Happened;
use crate::transport::api::Api;
use crate::transport::{Incoming, SocketSink, SocketStream};

/// Frames waiting to be written; more means that the line is stuck, and the socket is dropped.
const UNWRITTEN: usize = 1_024;

pub(super) struct Sockets {
    runtime: Runtime,
    api: Api,
    events: mpsc::Sender<Happened>,
    open: BTreeMap<SocketId, Open>,
}

struct Open {
    tasks: Vec<Task>,
    frames: Option<mpsc::Sender<String>>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.tasks.iter().for_each(Task::abort);
    }
}

impl Sockets {
    pub(super) fn new(runtime: Runtime, api: Api, events: mpsc::Sender<Happened>) -> Self {
        Sockets { runtime, api, events, open: BTreeMap::new() }
    }

    pub(super) fn open(&mut self, id: SocketId) {
        let (api, events) = (self.api.clone(), self.events.clone());
        let task = self.runtime.spawn("sync.socket.open", async move {
            let happened = match api.socket().await {
                Ok(socket) => Happened::Socket(id, socket),
                Err(reason) => Happened::Event(Event::SocketClosed { socket: id, reason }),
            };
            let _driver_gone = events.send(happened).await;
        });
        self.open.insert(id, Open { tasks: vec![task], frames: None });
    }

    /// The opening task has succeeded; reading and writing begin. Nothing happens if it was closed meanwhile.
    pub(super) fn opened(&mut self, id: SocketId, socket: crate::transport::Socket) -> Option<Event> {
        let open = self.open.get_mut(&id)?;
        let (frames, unwritten) = mpsc::channel(UNWRITTEN);
        open.frames = Some(frames);
        open.tasks.push(self.runtime.spawn("sync.socket.write", write(socket.sink, unwritten)));
        open.tasks.push(self.runtime.spawn("sync.socket.read", read(id, socket.stream, self.events.clone())));
        Some(Event::SocketOpened(id))
    }

    pub(super) fn close(&mut self, id: SocketId) {
        self.open.remove(&id);
    }

    /// Queues a frame; a socket whose line is stuck is lost.
    pub(super) fn send(&mut self, id: SocketId, frame: &ClientFrame) -> Option<Event> {
        let frames = self.open.get(&id).and_then(|open| open.frames.as_ref())?;
        let text = serde_json::to_string(frame).unwrap_or_default();
        match frames.try_send(text) {
            Ok(()) => None,
            Err(_) => {
                self.open.remove(&id);
                Some(Event::SocketClosed { socket: id, reason: SocketEnd::Lost })
            }
        }
    }
}

async fn write(mut sink: SocketSink, mut frames: mpsc::Receiver<String>) {
    while let Some(text) = frames.recv().await {
        if sink.send(text).await.is_err() {
            return; // The reader sees the end as well and says so.
        }
    }
}

async fn read(id: SocketId, mut stream: SocketStream, events: mpsc::Sender<Happened>) {
    let mut reason = SocketEnd::Lost;
    while let Some(arrived) = stream.next().await {
        let event = match arrived {
            Incoming::Text(text) => understood(id, &text),
            Incoming::Life => Event::Life(id),
            Incoming::Closed(code) => {
                reason = meaning(code);
                break;
            }
        };
        if events.send(Happened::Event(event)).await.is_err() {
            return;
        }
    }
    let _driver_gone = events.send(Happened::Event(Event::SocketClosed { socket: id, reason })).await;
}

/// A frame this build cannot read is still a sign of life.
fn understood(id: SocketId, text: &str) -> Event {
    match serde_json::from_str::<ServerFrame>(text) {
        Ok(frame) => Event::Frame { socket: id, frame: Box::new(frame) },
        Err(error) => {
            tracing::warn!(line = error.line(), column = error.column(), "unreadable frame");
            Event::Life(id)
        }
    }
}

fn meaning(code: Option<u16>) -> SocketEnd {
    match code {
        Some(close::UNAUTHENTICATED) => SocketEnd::Unauthenticated,
        Some(close::UPGRADE_REQUIRED) => SocketEnd::Incompatible,
        Some(close::REFUSED) => SocketEnd::Refused,
        _ => SocketEnd::Lost,
    }
}
