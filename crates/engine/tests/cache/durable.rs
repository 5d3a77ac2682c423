//! Nothing is answered as kept before it is on the disk, counted by the calls that put it there.

use std::path::Path;

use bedside_testservices::Syncs;

use crate::fixtures::{Profile, ROOM};

/// Where this test, started again under strace, finds its own syncs.
const LOG: &str = "BEDSIDE_TEST_SYNCS";
const MESSAGES: usize = 20;

#[tokio::test(start_paused = true)]
async fn each_answer_follows_a_sync_of_the_log() {
    match std::env::var_os(LOG) {
        Some(log) => each_is_synced(&Syncs::of(Path::new(&log), "-wal")).await,
        None => under_strace(),
    }
}

async fn each_is_synced(syncs: &Syncs) {
    let ana = Profile::with_room().await;
    for n in 1..=MESSAGES {
        let before = syncs.finished();
        ana.enqueue("kept").await;
        assert!(syncs.finished() > before, "message {n} was answered as queued and never synced");
    }
    let before = syncs.finished();
    ana.cache.save_draft(ROOM, "kept".into()).await.unwrap();
    assert!(syncs.finished() > before, "a draft was answered as kept and never synced");
}

fn under_strace() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("syncs");
    let mut again = Syncs::traced(&std::env::current_exe().unwrap(), &log).unwrap();
    again.args(["--exact", "durable::each_answer_follows_a_sync_of_the_log", "--nocapture"]);
    assert!(again.env(LOG, &log).status().unwrap().success());
    assert!(Syncs::of(&log, "-wal").finished() >= MESSAGES, "nothing ran under strace");
}
