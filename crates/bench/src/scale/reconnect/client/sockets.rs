//! A client's sockets: one task opens and reads, frames are written at once.

use bedside_core::sync::{Event, SocketEnd, SocketId};
use bedside_engine::transport::{Incoming, Socket, SocketSink};
use bedside_protocol::close;
use bedside_protocol::feed::{ClientFrame, ServerFrame};
use futures_util::{SinkExt, StreamExt};
use tokio::task::AbortHandle;

use super::super::network::{Failed, Network};
use super::{Client, Happened};

/// A socket that is opening or open.
pub(super) struct Open {
    task: AbortHandle,
    sink: Option<SocketSink>,
}

impl Client {
    pub(super) fn open(&mut self, id: SocketId) {
        let (network, token, events) = self.outside();
        let task = self.tasks.spawn(async move {
            let happened = match network.socket(&token).await {
                Ok(socket) => Happened::Socket(id, socket),
                Err(reason) => Happened::Event(Event::SocketClosed { socket: id, reason }),
            };
            let _ended = events.send(happened);
        });
        self.sockets.insert(id, Open { task, sink: None });
    }

    pub(super) async fn opened(&mut self, id: SocketId, Socket { sink, mut stream }: Socket) {
        let (network, _, events) = self.outside();
        let Some(open) = self.sockets.get_mut(&id) else { return };
        open.sink = Some(sink);
        open.task = self.tasks.spawn(async move {
            let mut reason = SocketEnd::Lost;
            while let Some(arrived) = stream.next().await {
                let event = match arrived {
                    Incoming::Text(text) => understood(id, &text, &network),
                    Incoming::Life => Event::Life(id),
                    Incoming::Closed(code) => {
                        reason = meaning(code);
                        break;
                    }
                };
                if events.send(Happened::Event(event)).is_err() {
                    return;
                }
            }
            let _ended = events.send(Happened::Event(Event::SocketClosed { socket: id, reason }));
        });
        self.give(Event::SocketOpened(id)).await;
    }

    pub(super) async fn send(&mut self, id: SocketId, frame: &ClientFrame) -> Option<Event> {
        let sink = self.sockets.get_mut(&id)?.sink.as_mut()?;
        let text = serde_json::to_string(frame).unwrap_or_default();
        match sink.send(text).await {
            Ok(()) => None,
            Err(_) => {
                self.close(id);
                Some(Event::SocketClosed { socket: id, reason: SocketEnd::Lost })
            }
        }
    }

    pub(super) fn close(&mut self, id: SocketId) {
        if let Some(open) = self.sockets.remove(&id) {
            open.task.abort();
        }
    }
}

/// A frame as an event; that the server had no answer is noted.
fn understood(id: SocketId, text: &str, network: &Network) -> Event {
    match serde_json::from_str::<ServerFrame>(text) {
        Ok(frame) => {
            if let ServerFrame::Error { code, .. } = &frame {
                network.note(Failed::Status(code.status()));
            }
            Event::Frame { socket: id, frame: Box::new(frame) }
        }
        Err(_) => Event::Life(id),
    }
}

fn meaning(code: Option<u16>) -> SocketEnd {
    match code {
        Some(close::UNAUTHENTICATED) => SocketEnd::Unauthenticated,
        Some(close::UPGRADE_REQUIRED) => SocketEnd::Incompatible,
        _ => SocketEnd::Lost,
    }
}
