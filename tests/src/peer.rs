//! A person without a window: the platform's HTTP paths, spoken directly.

use anyhow::{Context, Result};
use bedside_protocol::RoomId;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::wait;

/// Somebody signed in by HTTP.
#[derive(Clone, Debug)]
pub struct Peer {
    http: Client,
    server: String,
    token: String,
}

/// A message as the server keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub seq: i64,
    /// Its text.
    pub text: String,
}

/// An HTTP client for this machine's ports only, whatever proxy the system has.
pub fn http() -> Result<Client> {
    // A second installation says that there is one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(Client::builder().no_proxy().timeout(wait::PATIENCE).build()?)
}

impl Peer {
    /// Signs in.
    pub async fn sign_in(server: &str, username: &str, password: &str) -> Result<Self> {
        Self::sign_in_by(http()?, server, username, password).await
    }

    /// Signs in by an HTTP client of one's own.
    pub async fn sign_in_by(http: Client, server: &str, username: &str, password: &str) -> Result<Self> {
        let mut peer = Peer { http, server: server.to_owned(), token: String::new() };
        let body =
            json!({ "username": username, "password": password, "device_name": "test", "platform": "test" });
        let answer = peer.ask(Method::POST, "/accounts/login/", Some(body)).await?;
        peer.token = answer.get("token").and_then(Value::as_str).context("no token")?.to_owned();
        Ok(peer)
    }

    /// What opens a socket of theirs.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The conversation with the only linked person, made if there is none.
    pub async fn only_room(&self) -> Result<RoomId> {
        let people = self.ask(Method::GET, "/chat/people/", None).await?;
        let account =
            people.pointer("/people/0/person/account_id").or_else(|| people.pointer("/people/0/account_id"));
        let body = json!({ "account_id": account.context("nobody is linked")? });
        let answer = self.ask(Method::POST, "/chat/rooms/", Some(body)).await?;
        let id = answer.pointer("/room/room_id").and_then(Value::as_i64).context("no room")?;
        Ok(RoomId(id))
    }

    /// Sends a message.
    pub async fn send(&self, room: RoomId, text: &str) -> Result<()> {
        self.send_as(room, text, false).await
    }

    /// Sends a message that is urgent.
    pub async fn send_urgently(&self, room: RoomId, text: &str) -> Result<()> {
        self.send_as(room, text, true).await
    }

    async fn send_as(&self, room: RoomId, text: &str, urgent: bool) -> Result<()> {
        let client_id = uuid::Uuid::new_v4();
        let body = json!({ "room_id": room.0, "message": text, "urgent": urgent, "client_id": client_id });
        // Many at once are more than the server takes from one person; the same `client_id` never counts twice.
        wait::until("the server to take a message", async || {
            self.ask(Method::POST, "/chat/send-message/", Some(body.clone())).await.map(|_| Some(()))
        })
        .await
    }

    /// The newest messages of a conversation, oldest first.
    pub async fn messages(&self, room: RoomId) -> Result<Vec<Stored>> {
        let page = self.ask(Method::GET, &format!("/chat/messages/{}/?limit=200", room.0), None).await?;
        let messages = page.get("messages").and_then(Value::as_array).context("no messages")?;
        let mut stored = messages.iter().map(stored).collect::<Result<Vec<_>>>()?;
        stored.sort_by_key(|message| message.seq);
        Ok(stored)
    }

    /// Waits until a conversation holds exactly these texts, in dense order.
    pub async fn stored_exactly(&self, room: RoomId, texts: &[&str]) -> Result<()> {
        let mut last = Vec::new();
        wait::until_true(&format!("the server to hold {texts:?}"), async || {
            last = self.messages(room).await?;
            let wanted = (1..).zip(texts.iter().copied());
            Ok(last.iter().map(|message| (message.seq, message.text.as_str())).eq(wanted))
        })
        .await
        .with_context(|| format!("held: {last:?}"))
    }

    /// Marks everything up to a place as read.
    pub async fn read(&self, room: RoomId, up_to: i64) -> Result<()> {
        let body = json!({ "up_to": up_to });
        self.ask(Method::POST, &format!("/chat/room/{}/read/", room.0), Some(body)).await.map(|_| ())
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request =
            self.http.request(method, format!("{}{path}", self.server)).header("accept", "application/json");
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        anyhow::ensure!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).with_context(|| format!("{path}: {text}"))
    }
}

fn stored(message: &Value) -> Result<Stored> {
    let seq = message.get("room_seq").and_then(Value::as_i64).context("no room_seq")?;
    let text = message.get("content").and_then(Value::as_str).context("no content")?.to_owned();
    Ok(Stored { seq, text })
}
