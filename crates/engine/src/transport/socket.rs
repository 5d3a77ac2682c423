//! A WebSocket as text in and text out, whatever lies below.

use std::pin::Pin;

use bedside_protocol::limits;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};

/// The socket broke.
#[derive(Debug, thiserror::Error)]
#[error("the socket broke")]
pub struct SocketError(#[from] Box<Error>);

/// Text to the server.
pub type SocketSink = Pin<Box<dyn Sink<String, Error = SocketError> + Send>>;
/// What comes from the server; its end is the socket's end.
pub type SocketStream = Pin<Box<dyn Stream<Item = Incoming> + Send>>;

/// Something from the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A frame of text.
    Text(String),
    /// Nothing for us, but a sign of life.
    Life,
    /// The server closes, and may say why.
    Closed(Option<u16>),
}

/// An open socket.
pub struct Socket {
    /// Text to the server.
    pub sink: SocketSink,
    /// What comes from it.
    pub stream: SocketStream,
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Socket").finish_non_exhaustive()
    }
}

/// Limits for the client's side: the library's defaults have none for writing.
pub(crate) fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(16 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * limits::FRAME_BYTES)
        .max_message_size(Some(16 * limits::FRAME_BYTES))
        .max_frame_size(Some(16 * limits::FRAME_BYTES))
}

/// A socket over a WebSocket of the library. Its pings are answered by the library itself.
pub fn from_websocket<S>(socket: WebSocketStream<S>) -> Socket
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sink, stream) = socket.split();
    let sink = sink
        .with(|text: String| std::future::ready(Ok::<_, Error>(Message::text(text))))
        .sink_map_err(|error| SocketError(Box::new(error)));
    let stream = stream.map(|arrived| match arrived {
        Ok(Message::Text(text)) => Incoming::Text(text.as_str().to_owned()),
        Ok(Message::Close(frame)) => Incoming::Closed(frame.map(|frame| u16::from(frame.code))),
        Ok(_) => Incoming::Life,
        Err(_) => Incoming::Closed(None),
    });
    Socket { sink: Box::pin(sink), stream: Box::pin(stream) }
}
