//! Judgement 4: the files open in no SQLite without the key and hold no text; no log line holds one.

use std::path::Path;

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::wire::Message;
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
