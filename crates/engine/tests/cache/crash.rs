//! A crash at any point loses nothing that was answered. The files are copied as they stand, write-ahead log
//! included, while the cache is open: what a killed process leaves.

use std::path::Path;

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::Cache;
use tempfile::TempDir;

use crate::fixtures::{DREW, Profile, ROOM, acked, cursor, stored};

impl Profile {
    /// What a process finds that opens the files as they stand now.
    pub(crate) async fn after_crash(&self) -> Profile {
        let folder = TempDir::new().unwrap();
        copy(self.folder.path(), folder.path());
        let runtime = self.runtime.fork();
        let cache = Cache::open(&runtime, folder.path(), self.key.clone()).await.unwrap();
        Profile { runtime, key: self.key.clone(), folder, cache }
    }

    /// Closed and opened again.
    pub(crate) async fn reopened(self) -> Profile {
        self.cache.close().await;
        let cache = Cache::open(&self.runtime, self.folder.path(), self.key.clone()).await.unwrap();
        Profile { cache, ..self }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_message_answered_as_queued_is_there_after_a_crash() {
    let ana = Profile::with_room().await;
    for count in 1..=20 {
        ana.enqueue("kept").await;
        let found = ana.after_crash().await.cache.outbox().await.unwrap();
        assert_eq!(found.len(), count);
    }
}

#[tokio::test(start_paused = true)]
async fn every_draft_answered_as_kept_is_there_after_a_crash() {
    let ana = Profile::with_room().await;
    for count in 1..=20 {
        let text = "x".repeat(count);
        ana.cache.save_draft(ROOM, text.as_str().into()).await.unwrap();
        assert_eq!(ana.after_crash().await.cache.draft(ROOM).await.unwrap().text, text);
    }
}

#[tokio::test(start_paused = true)]
async fn the_cursor_never_stands_before_its_effects() {
    let ana = Profile::with_room().await;
    for seq in 1..=20 {
        ana.cache.apply(vec![stored(seq, DREW), cursor("a", seq)]).await.unwrap();
        let found = ana.after_crash().await;
        let at = found.cache.sync_state().await.unwrap().cursor.unwrap().feed_seq.get();
        assert_eq!((at, found.seqs().await.len()), (seq, usize::try_from(seq).unwrap()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_torn_log_loses_at_most_what_was_not_answered() {
    let ana = Profile::with_room().await;
    ana.enqueue("answered").await;
    let log = ana.folder.path().join("cache.db-wal");
    let answered = std::fs::metadata(&log).unwrap().len();
    ana.enqueue("cut off").await;
    let folder = TempDir::new().unwrap();
    copy(ana.folder.path(), folder.path());
    let torn = std::fs::File::options().write(true).open(folder.path().join("cache.db-wal")).unwrap();
    torn.set_len(answered + 100).unwrap();
    let found = Cache::open(&ana.runtime.fork(), folder.path(), ana.key.clone()).await.unwrap();
    assert_eq!(found.outbox().await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_killed_runtime_gives_the_profile_back() {
    let ana = Profile::with_room().await;
    let runtime = ana.runtime.fork();
    ana.cache.close().await;
    let doomed = Cache::open(&runtime, ana.folder.path(), ana.key.clone()).await.unwrap();
    doomed.apply(vec![stored(1, DREW)]).await.unwrap();
    runtime.kill();
    tokio::task::yield_now().await;
    assert!(doomed.apply(vec![stored(2, DREW)]).await.is_err());
    let again = Cache::open(&ana.runtime, ana.folder.path(), ana.key.clone()).await.unwrap();
    assert_eq!(again.messages_held(ROOM).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_acknowledgement_survives_with_its_message() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("sent").await;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }]).await.unwrap();
    ana.cache.apply(vec![acked(1, client_id)]).await.unwrap();
    let found = ana.after_crash().await;
    assert_eq!((found.cache.outbox().await.unwrap().len(), found.seqs().await), (0, vec![1]));
}
