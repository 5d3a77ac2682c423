//! The frames of one WebSocket, with bounded patience: a client that does not read is not waited for.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use bedside_protocol::limits;
use bedside_runtime::Runtime;
use futures_util::SinkExt;

/// A client that takes no bytes for this long is gone.
const WRITE_DEADLINE: Duration = Duration::from_secs(20);
/// How long a close frame may take; nobody is owed more.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

/// tungstenite's limits: an idle connection costs 8 KB with a 4 KiB read buffer, 132 KB with its
/// default, and its write buffer would be unlimited.
pub(crate) fn limited(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(limits::FRAME_BYTES)
        .max_frame_size(limits::FRAME_BYTES)
}

/// The other side is gone, or as good as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gone;

/// What arrived.
#[derive(Debug)]
pub(crate) enum Arrived {
    /// A text frame.
    Text(Utf8Bytes),
    /// A frame of no text: a sign of life (ping, pong).
    Life,
    /// A binary frame, which this protocol has none of.
    Binary,
    /// A frame beyond the limits; the stream cannot be read on.
    TooLarge,
    /// The end.
    Closed,
}

/// One socket.
pub(crate) struct Link {
    socket: WebSocket,
    runtime: Runtime,
}

impl Link {
    pub(crate) fn new(socket: WebSocket, runtime: Runtime) -> Self {
        Link { socket, runtime }
    }

    /// The next frame. Cancel-safe.
    pub(crate) async fn receive(&mut self) -> Arrived {
        match self.socket.recv().await {
            Some(Ok(Message::Text(text))) => Arrived::Text(text),
            Some(Ok(Message::Binary(_))) => Arrived::Binary,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Arrived::Life,
            Some(Ok(Message::Close(_))) | None => Arrived::Closed,
            Some(Err(error)) => arrived_broken(&error),
        }
    }

    /// Queues a frame, writing when the small buffer is full.
    pub(crate) async fn put(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        self.put_message(Message::Text(text)).await
    }

    /// Asks for a sign of life.
    pub(crate) async fn ping(&mut self) -> Result<(), Gone> {
        self.put_message(Message::Ping(axum::body::Bytes::new())).await
    }

    async fn put_message(&mut self, message: Message) -> Result<(), Gone> {
        let written = self.runtime.timeout(WRITE_DEADLINE, self.socket.feed(message)).await;
        written.ok_or(Gone)?.map_err(|_| Gone)
    }

    /// Writes everything queued.
    pub(crate) async fn flush(&mut self) -> Result<(), Gone> {
        let flushed = self.runtime.timeout(WRITE_DEADLINE, self.socket.flush()).await;
        flushed.ok_or(Gone)?.map_err(|_| Gone)
    }

    /// Says why and closes.
    pub(crate) async fn close(mut self, code: u16, last: Option<Utf8Bytes>) {
        let farewell = async {
            if let Some(last) = last {
                let _ = self.socket.feed(Message::Text(last)).await;
            }
            let frame = CloseFrame { code, reason: Utf8Bytes::from_static("") };
            let _ = self.socket.send(Message::Close(Some(frame))).await;
            // Until the client's own close: dropping unread bytes would reset the connection under our last frame.
            while let Some(Ok(_)) = self.socket.recv().await {}
        };
        let _ = self.runtime.timeout(CLOSE_DEADLINE, farewell).await; // It may be long gone.
    }
}

/// tungstenite says what was wrong only behind axum's opaque error; the type is found along its sources.
fn arrived_broken(error: &axum::Error) -> Arrived {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.to_string().starts_with("Space limit exceeded") {
            return Arrived::TooLarge;
        }
        source = error.source();
    }
    Arrived::Closed
}
