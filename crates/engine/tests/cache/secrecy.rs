//! Judgement 4: the files open in no SQLite without the key and hold no text; no log line holds one.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bedside_core::cache_write::CacheWrite;
use bedside_core::cache_write::ParkReason;
use bedside_engine::cache::{Cache, NewMessage};
use bedside_protocol::wire::Message;
use bedside_protocol::{ErrorCode, RoomId};
use rusqlite::Connection;

use crate::fixtures::{DREW, Profile, ROOM, message};

const TEXT: &str = "Lisinopril seventeen milligrams";

async fn used() -> Profile {
    let ana = Profile::with_room().await;
    let told = Message { content: TEXT.into(), ..message(1, 1, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(told))]).await.unwrap();
    ana.enqueue(TEXT).await;
    ana.cache.save_draft(ROOM, TEXT.into()).await.unwrap();
    ana
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(start_paused = true)]
async fn no_file_of_a_profile_holds_a_messages_text() {
    let ana = used().await;
    let files = files(ana.folder.path());
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"cache.db") && names.contains(&"cache.db-wal"), "{names:?}");
    for (name, bytes) in &files {
        for secret in [TEXT, "Lisinopril", "Person 3", "CREATE TABLE", "SQLite format 3"] {
            assert!(!contains(bytes, secret), "{name} holds {secret:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_bytes_are_found_where_nothing_is_encrypted() {
    let folder = tempfile::TempDir::new().unwrap();
    let plain = Connection::open(folder.path().join("cache.db")).unwrap();
    plain.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x TEXT) STRICT;").unwrap();
    plain.execute("INSERT INTO t VALUES (?1)", [TEXT]).unwrap();
    assert!(files(folder.path()).iter().any(|(_, bytes)| contains(bytes, TEXT)));
}

#[tokio::test(start_paused = true)]
async fn the_cache_opens_in_no_sqlite_without_the_key() {
    let ana = used().await;
    ana.cache.close().await;
    let file = ana.folder.path().join("cache.db");
    let plain = Connection::open(&file).unwrap();
    assert!(plain.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0)).is_err());
    let guessed = Connection::open(&file).unwrap();
    guessed.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "00".repeat(32))).unwrap();
    assert!(guessed.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0)).is_err());
}

/// A log's lines, kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn no_log_line_at_any_level_holds_a_messages_text() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::trace!("the log is kept");

    let ana = used().await;
    let parked = ana.enqueue(TEXT).await;
    let reason = ParkReason::Rejected(ErrorCode::Forbidden);
    ana.cache.apply(vec![CacheWrite::OutboxParked { client_id: parked, reason }]).await.unwrap();
    let nowhere = NewMessage { room_id: RoomId(99), ..ana.new_message(TEXT) };
    let refused = ana.cache.enqueue(nowhere.clone()).await.unwrap_err();
    tracing::error!(error = %refused, cause = ?refused, message = ?nowhere, "refused");
    tracing::error!(held = ?ana.cache.messages_held(ROOM).await.unwrap(), "held");
    let second = Cache::open(&ana.runtime, ana.folder.path(), ana.key.clone()).await.unwrap_err();
    tracing::error!(error = ?second, key = ?ana.key, "in use");
    let ana = ana.reopened().await;
    ana.cache.close().await;

    let lines = log.0.lock().unwrap().clone();
    assert!(contains(&lines, "the log is kept") && contains(&lines, "refused"));
    assert!(!contains(&lines, TEXT) && !contains(&lines, "Lisinopril"));
}
