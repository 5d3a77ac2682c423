//! A device over any transport: an engine without a window, for tests with servers that are processes.
//!
//! Asks the engine for nothing that a person's app would not, and never helps it: what it waits for comes by itself.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use bedside_engine::cache::{Cache, MessageHeld};
use bedside_engine::keys::MemoryKeychain;
use bedside_engine::transport::Transport;
use bedside_engine::{Client, ClientConfig};
use bedside_protocol::ipc::{ConnectionMode, Reply, Request, SessionState, SessionView};
use bedside_protocol::{ClientId, RoomId};
use bedside_runtime::Runtime;
use tokio::sync::broadcast::error::RecvError;

/// A device on which somebody is signed in.
pub struct Device {
    client: Client,
    cache: Cache,
}

impl Device {
    /// A new one, with its profile in this folder.
    ///
    /// # Errors
    /// When signing in fails.
    pub async fn signed_in(
        runtime: &Runtime,
        folder: PathBuf,
        transport: Arc<dyn Transport>,
        (username, password): (&str, &str),
    ) -> Result<Self> {
        let client = Client::open(config(runtime, folder, Arc::default(), transport)).await;
        let request = Request::SignIn {
            server: "http://127.0.0.1".to_owned(),
            username: username.to_owned(),
            password: password.to_owned(),
            passphrase: None,
        };
        client.request(request).await?;
        let cache = client.cache().context("nobody is signed in")?;
        Ok(Device { client, cache })
    }

    /// Waits until it is connected by a socket.
    ///
    /// # Errors
    /// When the engine has ended.
    pub async fn until_it_is_live(&self) -> Result<()> {
        self.client.connection().wait_for(|view| view.mode == ConnectionMode::Live).await?;
        Ok(())
    }

    /// Waits until the device knows a conversation.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn until_it_knows(&self, room: RoomId) -> Result<()> {
        let known = async || Ok(self.cache.rooms_held().await?.iter().any(|held| held.room_id == room));
        self.until(known).await
    }

    /// Waits until the server has ended the session.
    ///
    /// # Errors
    /// When the engine has ended.
    pub async fn until_it_is_signed_out(&self) -> Result<()> {
        let ended =
            |view: &SessionView| matches!(view.state, SessionState::SignedIn { sign_in_again: true, .. });
        self.client.session().wait_for(ended).await?;
        Ok(())
    }

    /// Somebody writes a message, which is stored on the device.
    ///
    /// # Errors
    /// When it could not be.
    pub async fn write(&self, room_id: RoomId, text: &str) -> Result<ClientId> {
        let text = text.to_owned();
        let request = Request::Send { room_id, text, urgent: false, reply_to: None, seen: u64::MAX };
        let Reply::Queued { client_id } = self.client.request(request).await? else { bail!("not queued") };
        Ok(client_id)
    }

    /// Waits until everything that was written is acknowledged.
    ///
    /// # Errors
    /// When a message needs its author.
    pub async fn until_sent(&self) -> Result<()> {
        self.until(async || {
            let counts = self.cache.outbox_counts().await?;
            ensure!(counts.parked == 0, "{} messages need their author", counts.parked);
            Ok(counts.waiting == 0)
        })
        .await
    }

    /// Waits until the device has so many messages of a conversation.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn until_it_has(&self, room: RoomId, messages: usize) -> Result<()> {
        self.until(async || Ok(self.held(room).await?.len() >= messages)).await
    }

    /// The messages of a conversation that the device has, by their places.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn held(&self, room: RoomId) -> Result<Vec<MessageHeld>> {
        Ok(self.cache.messages_held(room).await?)
    }

    /// What the engine says of its connection, for a failing test's message.
    #[must_use]
    pub fn describe(&self) -> String {
        format!("{:?}", *self.client.connection().borrow())
    }

    /// Looks after each change of the cache until something holds.
    async fn until(&self, holds: impl AsyncFn() -> Result<bool>) -> Result<()> {
        let mut changes = self.cache.changes();
        while !holds().await? {
            match changes.recv().await {
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => bail!("the engine has ended"),
            }
        }
        Ok(())
    }
}

/// What an engine under test is made of.
pub(crate) fn config(
    runtime: &Runtime,
    folder: PathBuf,
    keychain: Arc<MemoryKeychain>,
    transport: Arc<dyn Transport>,
) -> ClientConfig {
    ClientConfig {
        runtime: runtime.clone(),
        folder,
        profile: String::new(),
        server: String::new(),
        version: "0".to_owned(),
        device_name: "test".to_owned(),
        platform: "linux".to_owned(),
        time_zone: Arc::new(|| "Europe/Berlin".to_owned()),
        keychain: Some(keychain),
        transport,
    }
}
