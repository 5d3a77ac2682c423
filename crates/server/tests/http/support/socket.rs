//! WebSockets over memory: the client's end of a connection the app serves.

use std::time::Duration;

use bedside_protocol::{AccountId, Cursor};
use bedside_server::PeerAddr;
use futures_util::{SinkExt, StreamExt};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::io::DuplexStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{Browser, Native, ORIGIN, TestApp};

pub(crate) struct Socket {
    stream: WebSocketStream<DuplexStream>,
}

/// How a socket ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Closed(u16),
    Broken,
}

/// The handshake was refused.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl TestApp {
    /// Opens a socket with these headers.
    pub(crate) async fn socket(
        &self,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Socket, Refused> {
        self.socket_of(path, headers, 256 * 1024).await
    }

    /// The same with a pipe that holds so many bytes in each direction.
    pub(crate) async fn socket_of(
        &self,
        path: &str,
        headers: &[(&'static str, &str)],
        pipe: usize,
    ) -> Result<Socket, Refused> {
        let (ours, theirs) = tokio::io::duplex(pipe);
        let app = self.app.clone();
        self.runtime.spawn("test.connection", async move {
            app.serve_connection(theirs, PeerAddr("127.0.0.1:4000".parse().unwrap())).await;
        });
        let mut request = format!("ws://bedside.test{path}").into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match tokio_tungstenite::client_async(request, ours).await {
            Ok((stream, _)) => Ok(Socket { stream }),
            Err(Error::Http(response)) => {
                let body = response.body().clone().unwrap_or_default();
                Err(Refused {
                    status: response.status(),
                    body: serde_json::from_slice(&body).unwrap_or(Value::Null),
                })
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// The feed socket of a native client, not greeted yet.
    pub(crate) async fn feed_socket(&self, who: &Native) -> Socket {
        let bearer = format!("Bearer {}", who.token);
        self.socket("/ws/feed/", &[("authorization", &bearer)]).await.unwrap()
    }

    /// The feed socket of a native client, greeted; with its welcome.
    pub(crate) async fn greeted(&self, who: &Native, cursor: Option<Cursor>) -> (Socket, Value) {
        let mut socket = self.feed_socket(who).await;
        socket.send(&json!({ "type": "hello", "proto": 1, "cursor": cursor })).await;
        let welcome = socket.next().await;
        assert_eq!(welcome["type"], "welcome", "{welcome}");
        (socket, welcome)
    }

    /// A room's socket as a page opens it.
    pub(crate) async fn page_socket(&self, who: &Browser, path: &str) -> Result<Socket, Refused> {
        self.socket(path, &[("cookie", &who.cookies()), ("origin", ORIGIN)]).await
    }
}

impl Socket {
    pub(crate) async fn send(&mut self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    /// The next text frame. Presence is told at its own time: it is passed over here.
    pub(crate) async fn next(&mut self) -> Value {
        match self.next_or_end().await {
            Ok(frame) => frame,
            Err(ended) => panic!("the socket ended: {ended:?}"),
        }
    }

    /// The next text frame, or the end; an hour of (paused) time without either is a failure.
    pub(crate) async fn next_or_end(&mut self) -> Result<Value, Ended> {
        loop {
            match self.any_or_end().await {
                Ok(frame) if frame["type"] == "presence" => {}
                other => return other,
            }
        }
    }

    /// The next frame of presence: who, and whether they are there or when they were.
    pub(crate) async fn presence(&mut self) -> (AccountId, Value) {
        loop {
            let mut frame = self.any_or_end().await.expect("the socket ended");
            if frame["type"] == "presence" {
                let account = AccountId(frame["account_id"].as_i64().unwrap());
                let fields = frame.as_object_mut().unwrap();
                fields.retain(|name, _| name == "online" || name == "last_seen");
                return (account, frame);
            }
        }
    }

    /// Nothing is told of anybody's presence for that long.
    pub(crate) async fn tells_no_presence_for(&mut self, duration: Duration) -> bool {
        tokio::time::timeout(duration, self.presence()).await.is_err()
    }

    async fn any_or_end(&mut self) -> Result<Value, Ended> {
        let next = tokio::time::timeout(Duration::from_secs(3_600), self.read_on()).await;
        next.expect("nothing came for an hour")
    }

    async fn read_on(&mut self) -> Result<Value, Ended> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(text.as_str()).unwrap()),
                Some(Ok(Message::Close(frame))) => {
                    return Err(Ended::Closed(frame.map_or(1005, |frame| frame.code.into())));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Ended::Broken),
            }
        }
    }

    /// How it ends, whatever frames come before.
    pub(crate) async fn end(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.next_or_end().await {
                return ended;
            }
        }
    }

    /// Nothing arrives for a while. Longer than any patience of the server for a missing event.
    pub(crate) async fn is_silent(&mut self) -> bool {
        self.is_silent_for(Duration::from_secs(2)).await
    }

    /// Nothing arrives for that long; pings are answered.
    pub(crate) async fn is_silent_for(&mut self, duration: Duration) -> bool {
        tokio::time::timeout(duration, self.next_or_end()).await.is_err()
    }

    /// The events of the next frame.
    pub(crate) async fn events(&mut self) -> Vec<Value> {
        let frame = self.next().await;
        assert_eq!(frame["type"], "events", "{frame}");
        frame["events"].as_array().unwrap().clone()
    }

    /// Skips to the next frame of a type.
    pub(crate) async fn of_type(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }
}
