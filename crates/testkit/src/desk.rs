//! A person at a device: an engine with its profile on disk, which outlives the engine.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use bedside_engine::Client;
use bedside_engine::cache::Cache;
use bedside_engine::keys::MemoryKeychain;
use bedside_protocol::ipc::{ConnectionMode, Reply, Request, SessionState};
use bedside_protocol::{ClientId, MessageId, RoomId, RoomSeq};
use bedside_runtime::Runtime;

use crate::device::config;
use crate::network::{LineId, Network};
use crate::people::Person;

/// A device and its owner.
pub struct Desk {
    /// Who sits there.
    pub person: Person,
    /// Their line to the server.
    pub line: LineId,
    folder: PathBuf,
    keychain: Arc<MemoryKeychain>,
    running: Option<(Runtime, Client)>,
    /// What the person has written here, in order: room and id.
    pub written: Vec<(RoomId, ClientId)>,
}

impl Desk {
    /// A device nobody has used.
    #[must_use]
    pub fn new(person: Person, line: LineId, folder: PathBuf) -> Self {
        Desk { person, line, folder, keychain: Arc::default(), running: None, written: Vec::new() }
    }

    /// Starts the engine, which continues where it was.
    pub async fn start(&mut self, runtime: &Runtime, network: &Network) {
        let runtime = runtime.fork();
        let transport = Arc::new(network.transport(self.line));
        let client =
            Client::open(config(&runtime, self.folder.clone(), Arc::clone(&self.keychain), transport)).await;
        self.running = Some((runtime, client));
    }

    /// Signs in.
    ///
    /// # Errors
    /// When the server or the engine refuses.
    pub async fn sign_in(&self) -> Result<()> {
        let request = Request::SignIn {
            server: "http://127.0.0.1".to_owned(),
            username: self.person.username().to_owned(),
            password: self.person.password(),
            passphrase: None,
        };
        self.client()?.request(request).await?;
        Ok(())
    }

    /// Whether the engine runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Ends the engine where it stands; its cache is open to the next one once its tasks are gone.
    pub async fn crash(&mut self) {
        if let Some((runtime, client)) = self.running.take() {
            runtime.kill();
            drop(client);
            for _ in 0..16 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// The engine.
    ///
    /// # Errors
    /// When it does not run.
    pub fn client(&self) -> Result<&Client> {
        self.running.as_ref().map(|(_, client)| client).context("the engine does not run")
    }

    /// The engine's cache.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn cache(&self) -> Result<Cache> {
        self.client()?.cache().context("nobody is signed in")
    }

    /// The person writes a message.
    ///
    /// # Errors
    /// When it could not be stored on the device.
    pub async fn write(&mut self, room_id: RoomId, text: &str) -> Result<ClientId> {
        self.send(room_id, text, None).await
    }

    /// The person replies to the newest message that the device has.
    ///
    /// # Errors
    /// When there is none, or it could not be stored on the device.
    pub async fn reply(&mut self, room_id: RoomId, text: &str) -> Result<ClientId> {
        let newest = self.cache()?.messages_held(room_id).await?.pop().context("nothing to reply to")?;
        self.send(room_id, text, Some(newest.message_id)).await
    }

    async fn send(&mut self, room_id: RoomId, text: &str, reply_to: Option<MessageId>) -> Result<ClientId> {
        let request =
            Request::Send { room_id, text: text.to_owned(), urgent: false, reply_to, seen: u64::MAX };
        let Reply::Queued { client_id } = self.client()?.request(request).await? else { bail!("not queued") };
        self.written.push((room_id, client_id));
        Ok(client_id)
    }

    /// The person reads a conversation to its end, as far as the device has it; how far that was.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn read(&self, room_id: RoomId) -> Result<Option<RoomSeq>> {
        let rooms = self.cache()?.rooms_held().await?;
        let displayed = rooms.iter().find(|room| room.room_id == room_id).map(|room| room.last_seq);
        self.client()?.request(Request::InView { room_id: Some(room_id), displayed, focused: true }).await?;
        Ok(displayed)
    }

    /// The person looks away.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn look_away(&self) -> Result<()> {
        self.client()?.request(Request::InView { room_id: None, displayed: None, focused: false }).await?;
        Ok(())
    }

    /// The rooms the device knows.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn rooms(&self) -> Result<Vec<RoomId>> {
        Ok(self.cache()?.rooms_held().await?.into_iter().map(|room| room.room_id).collect())
    }

    /// Whether the engine is connected and has nothing left to do.
    ///
    /// # Errors
    /// When the engine does not run.
    pub fn is_at_rest(&self) -> Result<bool> {
        let view = self.client()?.connection().borrow().clone();
        let connected = matches!(view.mode, ConnectionMode::Live | ConnectionMode::Limited);
        Ok(connected && view.waiting == 0 && !view.backfilling)
    }

    /// What the engine says of its connection, for a failing test's message.
    #[must_use]
    pub fn describe(&self) -> String {
        let Some((_, client)) = &self.running else { return format!("{:?}: down", self.person) };
        let signed_in = matches!(client.session().borrow().state, SessionState::SignedIn { .. });
        format!("{:?}: signed in {signed_in}, {:?}", self.person, *client.connection().borrow())
    }
}
