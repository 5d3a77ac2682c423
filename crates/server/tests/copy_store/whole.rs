//! A copy from beginning to end: what people notice of it, and what they do not.

use bedside_server::store::copy::{CopyError, Pass, Stage};
use bedside_server::store::{FeedSlice, SendCommand, SendOutcome, Store as _};

use crate::support::Move;

#[tokio::test]
async fn a_clinic_that_has_moved_is_the_same_and_goes_on() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let (ana, drew) = (clinic.patient(&store).await, clinic.practitioner(&store).await);
    let (command, said) = clinic.say(&store, ana, "Good morning").await;
    let reply = SendCommand { reply_to: Some(said.id), ..clinic.command(said.room_id, "And to you") };
    assert!(matches!(store.send_message(drew, reply).await.unwrap(), SendOutcome::Stored { .. }));
    store.seal_audit(crate::support::START).await.unwrap();
    store.ping_writes().await.unwrap();
    store.close().await;
    clinic.add_reactions_and_versions();
    let store = clinic.open_source().unwrap();
    let before = (clinic.seen(&store, ana).await, clinic.seen(&store, drew).await);
    let cursor = store.feed_head(ana.account_id).await.unwrap();
    store.close().await;

    clinic.copy(Pass::Last).await.unwrap();
    let moved = clinic.open_target().await.unwrap();
    assert_eq!((clinic.seen(&moved, ana).await, clinic.seen(&moved, drew).await), before);
    assert_eq!(clinic.patient(&moved).await, ana, "the same session");
    let again = moved.send_message(ana, command).await.unwrap();
    assert!(matches!(again, SendOutcome::Repeated { message } if message.id == said.id));
    let slice = moved.feed(ana, cursor, 10).await.unwrap();
    assert!(matches!(slice, FeedSlice::ResyncRequired { .. }), "{slice:?}");
    let (_, next) = clinic.say(&moved, drew, "Good morning to you").await;
    assert_eq!(next.id.get(), said.id.get() + 2, "numbers go on, without a jump");
    moved.seal_audit(crate::support::START).await.unwrap();
    assert!(moved.audit_chain_holds().await.unwrap());
    for table in [
        "reactions",
        "message_versions",
        "quick_replies",
        "drafts",
        "login_throttle",
        "audit_seals",
        "feed",
        "commands",
    ] {
        assert_ne!(clinic.ask(&format!("SELECT count(*) FROM {table}")).await, "0", "{table}");
    }
    assert_eq!(clinic.ask("SELECT count(*) FROM messages WHERE reply_to IS NOT NULL").await, "1");
    assert_eq!(clinic.ask("SELECT to_regclass('copy_progress') IS NULL").await, "t");
    assert_eq!(
        clinic.ask("SELECT count(*) FROM meta WHERE key = 'pinged_at'").await,
        "0",
        "it says nothing there"
    );
}

#[tokio::test]
async fn numbers_of_rows_that_are_gone_are_not_given_again() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    store.close().await;
    clinic.sql("UPDATE sqlite_sequence SET seq = 50000 WHERE name = 'messages'");
    clinic.copy(Pass::Last).await.unwrap();
    let moved = clinic.open_target().await.unwrap();
    assert_eq!(clinic.say(&moved, ana, "Hello").await.1.id.get(), 50_001);
}

#[tokio::test]
async fn what_happens_during_the_first_pass_is_there_after_the_last() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let (ana, drew) = (clinic.patient(&store).await, clinic.practitioner(&store).await);
    clinic.copy(Pass::BesideServer).await.unwrap();
    for turn in 0..20 {
        clinic.say(&store, ana, &format!("{turn}")).await;
    }
    let refused = clinic.open_target().await.err().unwrap();
    assert!(refused.to_string().contains("not finished"), "{refused}");
    store.end_session(drew, crate::support::START).await.unwrap();
    store.close().await;
    clinic.add_reactions_and_versions();
    clinic.sql("DELETE FROM login_throttle WHERE key LIKE 'account:%'; DELETE FROM feed WHERE feed_seq = 1");
    let store = clinic.open_source().unwrap();
    let before = clinic.seen(&store, ana).await;
    store.close().await;

    clinic.copy(Pass::Last).await.unwrap();
    let moved = clinic.open_target().await.unwrap();
    assert_eq!(clinic.seen(&moved, ana).await, before);
    assert_eq!(clinic.ask("SELECT count(*) FROM login_throttle").await, "1");
    assert_eq!(clinic.ask("SELECT count(*) FROM feed WHERE feed_seq = 1").await, "0");
    let ended = moved.peek_session(&bedside_server::store::TokenHash([2; 32]), crate::support::START).await;
    assert_eq!(ended.unwrap().map(|session| session.actor), None);
}

#[tokio::test]
async fn an_encrypted_clinic_is_copied_with_its_key_only() {
    let mut clinic = Move::new().await;
    clinic.key = Some("correct horse".to_owned().into());
    clinic.demo_clinic().await.close().await;
    let key = clinic.key.replace("wrong".to_owned().into());
    assert!(matches!(clinic.copy(Pass::Last).await.unwrap_err(), CopyError::Source(_)));
    clinic.key = key;
    clinic.copy(Pass::Last).await.unwrap();
    let moved = clinic.open_target().await.unwrap();
    assert!(moved.facts().demo, "what the clinic is comes along");
}

#[tokio::test]
async fn progress_counts_every_row_twice_and_ends_at_the_end() {
    let clinic = Move::new().await;
    clinic.demo_clinic().await.close().await;
    let said = clinic.copy_listening(Pass::Last).await;
    for stage in [Stage::Copying, Stage::Verifying] {
        let of_stage: Vec<_> = said.iter().filter(|now| now.stage == stage).collect();
        assert!(of_stage.is_sorted_by_key(|now| now.done));
        assert!(of_stage.iter().all(|now| now.total == of_stage[0].total && now.total > 4_000));
        assert_eq!(of_stage.last().unwrap().done, of_stage[0].total);
    }
}
