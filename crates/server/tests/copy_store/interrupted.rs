//! A copy that is stopped somewhere in the middle and begun again.

use bedside_server::store::Store as _;
use bedside_server::store::copy::{Pass, Stage};

use crate::support::Move;

/// The tables before `messages` are a stretch each; this many end within the messages.
const AMID_THE_MESSAGES: usize = 20;

#[tokio::test]
async fn an_interrupted_copy_goes_on_where_it_was() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    clinic.copy_until(Pass::BesideServer, AMID_THE_MESSAGES).await;
    let copied: u64 = clinic.ask("SELECT count(*) FROM messages").await.parse().unwrap();
    assert!(copied > 0, "it had begun");
    clinic.say(&store, ana, "meanwhile").await;

    let said = clinic.copy_listening(Pass::BesideServer).await;
    let messages: Vec<_> = said.iter().filter(|now| now.table == "messages").collect();
    let before = said.iter().rfind(|now| now.table == "quick_replies").unwrap().done;
    assert!(messages[0].done > before + copied, "what was there is passed over");
    let there = clinic.ask("SELECT count(*) FROM messages").await;
    assert_eq!(there, clinic.ask("SELECT max(id) FROM messages").await, "none is missing");
    store.close().await;
    clinic.copy(Pass::Last).await.unwrap();
}

#[tokio::test]
async fn a_last_pass_can_be_interrupted_anywhere() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    let before = clinic.seen(&store, ana).await;
    store.close().await;
    for stretches in [1, AMID_THE_MESSAGES, AMID_THE_MESSAGES + 6, AMID_THE_MESSAGES + 20] {
        clinic.copy_until(Pass::Last, stretches).await;
        assert!(clinic.open_target().await.is_err(), "not before its end");
        clinic.open_source().expect("the clinic has not moved").close().await;
    }
    let said = clinic.copy_listening(Pass::Last).await;
    assert_eq!(said.last().unwrap().stage, Stage::Verifying);
    let moved = clinic.open_target().await.unwrap();
    assert_eq!(clinic.seen(&moved, ana).await, before);
}
