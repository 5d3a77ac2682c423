//! The encrypted store of one profile: everything this device knows, readable offline, written before it is sent.
//!
//! One writer connection owned by one worker, readers that can only read, one file encrypted with the profile's data
//! key. It applies what the sync machine decided and decides nothing itself; it never overwrites a file it cannot
//! open. All SQL of the client lives below this module.

mod apply;
mod changes;
mod connection;
mod edit_drafts;
mod error;
mod export_notes;
mod flags;
mod group;
mod lock;
mod message_changes;
mod migrate;
mod outbox;
mod preview;
mod profile;
pub(crate) mod query;
pub(crate) mod quick_replies;
mod readers;
pub(crate) mod receipts;
pub(crate) mod recent_searches;
mod reply_waits;
mod room;
mod search_index;
pub(crate) mod shared_drafts;
mod told;
mod upgrade;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bedside_core::cache_write::{CacheWrite, OutboxRow, SyncState};
use bedside_protocol::feed::KINDS;
use bedside_protocol::ipc::{QuickReplyView, Settings};
use bedside_protocol::wire::{Clinic, Person};
use bedside_protocol::{AccountId, ClientId, RoomId};
use bedside_runtime::Runtime;
use rusqlite::Connection;
use secrecy::SecretString;
use tokio::sync::broadcast;

pub use bedside_core::cache_write::{ChangeRow, ChangeStep};
pub use changes::{Changes, Part};
pub use error::{CacheError, OpenError};
pub(crate) use flags::marks_of;
pub use message_changes::NewChange;
pub use outbox::{NewMessage, OutboxCounts};
pub use profile::{Draft, Profile, SignedIn};
pub use query::rooms::RoomHeld;
pub use query::timeline::{MessageHeld, QuoteHeld};
pub use shared_drafts::KeptDraft;

use crate::keys::DataKey;
use readers::Readers;
use search_index::behind::Indexer;
use writer::WriterHandle;

/// The database's name within the profile's folder; `-wal` and `-shm` stand beside it.
pub(crate) const FILE: &str = "cache.db";
const LOCK: &str = "cache.lock";

/// A cheap handle; clones share the connections.
#[derive(Clone)]
pub struct Cache {
    writer: WriterHandle,
    readers: Readers,
    indexer: Indexer,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}

impl Cache {
    /// Whether a profile's folder holds a cache.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// Holds a profile's lock without opening its cache, for as long as the file lives.
    ///
    /// # Errors
    /// [`OpenError::InUse`] if somebody holds it; otherwise when the folder cannot be used.
    pub(crate) fn lock(folder: &Path) -> Result<std::fs::File, OpenError> {
        writer::lock(&folder.join(LOCK))
    }

    /// Opens the cache of a profile's folder, or makes it if there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; nothing on disk is changed by any of them.
    pub async fn open(runtime: &Runtime, folder: &Path, key: DataKey) -> Result<Cache, OpenError> {
        let (folder, held, now) = (folder.to_owned(), key.clone(), runtime.now());
        let opened = runtime.blocking(move || Opened::open(&folder, &held, now)).await?;
        let readers = Readers::new(runtime.clone(), opened.file, key, opened.reader);
        let writer = WriterHandle::start(runtime, opened.writer, opened.lock);
        let indexer = Indexer::start(runtime, writer.clone());
        Ok(Cache { writer, readers, indexer })
    }

    /// Closes the writer and gives the profile's lock back; later calls answer [`CacheError::Closed`].
    pub async fn close(&self) {
        self.indexer.stop();
        self.readers.close();
        self.writer.close().await;
    }

    /// Announces what each committed write changed. A listener that lags has to look at everything.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Arc<Changes>> {
        self.writer.changes()
    }

    /// Applies a group of writes in one transaction, in order.
    ///
    /// # Errors
    /// When the transaction failed; then nothing was written.
    pub async fn apply(&self, writes: Vec<CacheWrite>) -> Result<(), CacheError> {
        self.writer.write(move |group| writes.iter().try_for_each(|write| group.apply(write))).await
    }

    /// What the sync machine needs to know when it starts.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn sync_state(&self) -> Result<SyncState, CacheError> {
        self.readers.read(query::sync::state).await
    }

    /// Stores a message and its place in the queue, and empties the room's draft, in one transaction. Repeating it
    /// with the same id changes nothing.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] for an unknown room; otherwise when nothing could be stored.
    pub async fn enqueue(&self, new: NewMessage) -> Result<OutboxRow, CacheError> {
        self.enqueue_after(new, u64::MAX).await
    }

    /// The same; `seen` is the number of the last text from another device that has stood in the composer. One that has
    /// come since is offered there.
    ///
    /// # Errors
    /// As above.
    pub async fn enqueue_after(&self, new: NewMessage, seen: u64) -> Result<OutboxRow, CacheError> {
        self.writer.write(move |group| group.enqueue(&new, seen)).await
    }

    /// The author's word that a parked message is to go.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] if there is no such message.
    pub async fn confirm(&self, client_id: ClientId) -> Result<OutboxRow, CacheError> {
        self.writer.write(move |group| group.confirm(client_id)).await
    }

    /// Removes a message of which the server certainly has nothing.
    ///
    /// # Errors
    /// [`CacheError::NotDiscardable`] once the server may have it, [`CacheError::NotFound`] if there is none.
    pub async fn discard(&self, client_id: ClientId) -> Result<(), CacheError> {
        self.writer.write(move |group| group.discard(client_id)).await
    }

    /// Outbox rows not acknowledged, by position.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn outbox(&self) -> Result<Vec<OutboxRow>, CacheError> {
        self.readers.read(outbox::pending).await
    }

    /// How many of the messages held cannot be found by a search yet, at most.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn unindexed(&self) -> Result<i64, CacheError> {
        self.readers.read(|db| Ok(search_index::behind::behind(db)?.due)).await
    }

    /// How many messages have not reached the server.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts, CacheError> {
        self.readers.read(outbox::counts).await
    }

    /// Keeps what stands in a composer; an empty text that replies to nothing removes the draft.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn save_draft(&self, room_id: RoomId, draft: Draft) -> Result<(), CacheError> {
        self.writer.write(move |group| group.save_draft(room_id, &draft)).await
    }

    /// What stands in a composer.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn draft(&self, room_id: RoomId) -> Result<Draft, CacheError> {
        self.readers.read(move |db| profile::draft(db, room_id)).await
    }

    /// This device's settings.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn settings(&self) -> Result<Settings, CacheError> {
        self.readers.read(profile::settings).await
    }

    /// What the clinic says of itself, as last heard.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn clinic(&self) -> Result<Clinic, CacheError> {
        self.readers.read(profile::clinic).await
    }

    /// Keeps this device's settings.
    ///
    /// # Errors
    /// When they could not be stored.
    pub async fn save_settings(&self, settings: Settings) -> Result<(), CacheError> {
        self.writer.write(move |group| group.save_settings(&settings)).await
    }

    /// Whose cache it is.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn profile(&self) -> Result<Profile, CacheError> {
        self.readers.read(profile::profile).await
    }

    /// Keeps what a sign-in brought: server, account, device and token.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn signed_in(&self, session: SignedIn) -> Result<(), CacheError> {
        self.writer.write(move |group| group.signed_in(&session)).await
    }

    /// The session's bearer token, if there is a session.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn token(&self) -> Result<Option<SecretString>, CacheError> {
        self.readers.read(profile::token).await
    }

    /// Forgets the session's token; everything else stays readable.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn forget_token(&self) -> Result<(), CacheError> {
        self.writer.write(|group| group.forget_token()).await
    }

    /// A person's data, if held.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn person(&self, account_id: AccountId) -> Result<Option<Person>, CacheError> {
        self.readers.read(move |db| profile::person(db, account_id)).await
    }

    /// Every quick reply as held, in order.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn quick_replies(&self) -> Result<Vec<QuickReplyView>, CacheError> {
        self.readers.read(quick_replies::all).await
    }

    /// The name of whom one writes to in a room.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub(crate) async fn name_of(&self, room_id: RoomId) -> Result<Option<String>, CacheError> {
        self.readers
            .read(move |db| {
                let facts = query::timeline::facts(db, room_id)?;
                let Some(account) = facts.and_then(|facts| facts.person) else { return Ok(None) };
                Ok(profile::person(db, account)?.map(|person| person.name))
            })
            .await
    }

    /// Every room as held, by id: places, marks, counts.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn rooms_held(&self) -> Result<Vec<RoomHeld>, CacheError> {
        self.readers.read(query::rooms::held).await
    }

    /// Every message of a room as held, in order. For comparisons in tests and exports, not for display.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn messages_held(&self, room_id: RoomId) -> Result<Vec<MessageHeld>, CacheError> {
        self.readers.read(move |db| query::timeline::held(db, room_id)).await
    }

    /// Runs a read of the live views.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, CacheError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, CacheError> + Send + 'static,
    {
        self.readers.read(work).await
    }
}

/// What opening leaves in hand.
struct Opened {
    file: PathBuf,
    lock: std::fs::File,
    writer: Connection,
    reader: Connection,
}

impl Opened {
    fn open(folder: &Path, key: &DataKey, now: bedside_protocol::Timestamp) -> Result<Self, OpenError> {
        std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
        let lock = Cache::lock(folder)?;
        let file = folder.join(FILE);
        let mut writer = connection::writer(&file, key)?;
        migrate::migrate(&mut writer, now)?;
        upgrade::note(&mut writer, KINDS)?;
        outbox::requeue_interrupted(&writer)?;
        let reader = connection::reader(&file, key)?;
        Ok(Opened { file, lock, writer, reader })
    }
}
