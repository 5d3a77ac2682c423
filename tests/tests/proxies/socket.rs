//! A feed socket through a proxy.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use bedside_tests::Peer;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config};

use crate::behind::{Certificate, HOST};

/// Longer than anything takes but a look that nobody asked for.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens one and is welcomed.
    pub(crate) async fn open(certificate: &Certificate, port: u16, who: &Peer) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let tls = Connector::Rustls(certificate.trust()?);
        let address = format!("wss://{HOST}:{port}/ws/feed/");
        let (stream, _) = client_async_tls_with_config(address, stream, None, Some(tls)).await?;
        let mut socket = Socket(stream);
        let hello = json!({ "type": "hello", "proto": 1, "token": who.token() });
        socket.0.send(Message::text(hello.to_string())).await?;
        socket.until("a welcome", |frame| frame["type"] == "welcome").await?;
        Ok(socket)
    }

    /// Waits until a message with this text comes.
    pub(crate) async fn hears(&mut self, text: &str) -> Result<()> {
        let says = |event: &Value| event.pointer("/message/content").is_some_and(|content| content == text);
        self.until(text, |frame| frame["events"].as_array().is_some_and(|events| events.iter().any(says)))
            .await
    }

    /// Waits until it is closed.
    pub(crate) async fn ended(mut self) -> Result<()> {
        let end = async { while let Some(Ok(_)) = self.0.next().await {} };
        tokio::time::timeout(PATIENCE, end).await.context("a socket outlives its server")
    }

    async fn until(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Result<()> {
        let coming = async {
            while let Some(frame) = self.0.next().await {
                if let Message::Text(text) = frame?
                    && is_it(&serde_json::from_str(&text)?)
                {
                    return Ok(());
                }
            }
            bail!("the socket ended before {what}")
        };
        tokio::time::timeout(PATIENCE, coming).await.with_context(|| format!("{what} did not come"))?
    }
}
