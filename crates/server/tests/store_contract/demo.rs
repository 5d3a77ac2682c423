use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bedside_protocol::wire::{ChatList, Role};
use bedside_server::store::model::{NotDemo, PageRange};
use bedside_server::store::{Actor, DemoPlan, NewAccountOutcome};

use crate::support::{Clinic, START, new_account};

fn plan(pairs: u32, messages: u32, clinic: u32) -> DemoPlan {
    DemoPlan {
        pairs,
        messages,
        clinic,
        password_hash: "$argon2id$demo".to_owned().into(),
        seed: 1,
        now: START,
    }
}

async fn fill(clinic: &Clinic, plan: DemoPlan) -> Result<(), NotDemo> {
    clinic.store.fill_demo(plan, Box::new(|_, _| {})).await.unwrap()
}

async fn list_of(clinic: &Clinic, username: &str) -> ChatList {
    let account = clinic.store.credentials(username).await.unwrap().unwrap().account_id;
    let actor = clinic.sign_in(account).await.1.actor;
    clinic.store.chat_list(actor, None, 500).await.unwrap()
}

async fn practitioner(clinic: &Clinic) -> Actor {
    let account = clinic.store.credentials("practitioner00000").await.unwrap().unwrap().account_id;
    clinic.sign_in(account).await.1.actor
}

pub(crate) async fn a_demo_clinic_has_its_pairs_rooms_and_messages(clinic: Clinic) {
    let last = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&last);
    let progress = Box::new(move |done, total| {
        assert!(done <= total);
        seen.store(done, Ordering::Relaxed);
    });
    clinic.store.fill_demo(plan(210, 30, 0), progress).await.unwrap().unwrap();
    assert_eq!(last.load(Ordering::Relaxed), 210);
    assert!(clinic.store.facts().demo);
    assert!(clinic.store.credentials("practitioner00209").await.unwrap().is_some());
    assert!(clinic.store.credentials("patient00210").await.unwrap().is_none());
    let list = list_of(&clinic, "patient00209").await;
    assert_eq!(list.rooms.len(), 1);
    assert_eq!(list.rooms[0].last_seq.get(), 30);
    assert!(list.rooms[0].other.profession.is_some());
    assert!(list.rooms[0].last_message.as_ref().unwrap().timestamp < START);
}

pub(crate) async fn a_demo_clinic_gives_one_practitioner_a_long_list(clinic: Clinic) {
    fill(&clinic, plan(2, 0, 40)).await.unwrap();
    let list = list_of(&clinic, "practitioner00000").await;
    assert_eq!(list.rooms.len(), 41);
    assert_eq!(list.rooms[0].last_message, None, "pairs have as many messages as asked for");
    assert!(list.rooms.iter().skip(1).all(|room| room.last_message.is_some()));
    assert!(list.unread > 0);
    let drew = practitioner(&clinic).await;
    for room in &list.rooms {
        let page = clinic.page(drew, room.room_id, PageRange::Latest).await;
        let unread = page.iter().filter(|row| row.message.sender_account != drew.account_id && !row.is_read);
        assert_eq!(i64::try_from(unread.count()).unwrap(), room.unread_count);
    }
    assert_eq!(list_of(&clinic, "patient00040").await.rooms.len(), 1);
    assert_eq!(list_of(&clinic, "practitioner00001").await.rooms.len(), 1);
}

pub(crate) async fn a_store_with_real_accounts_takes_no_demo(clinic: Clinic) {
    clinic.hire(Role::Admin, "root", "Root").await;
    assert_eq!(fill(&clinic, plan(1, 1, 0)).await, Err(NotDemo));
    assert!(!clinic.store.facts().demo);
    assert!(clinic.store.credentials("patient00000").await.unwrap().is_none());
}

pub(crate) async fn a_demo_store_takes_no_real_account(mut clinic: Clinic) {
    fill(&clinic, plan(1, 1, 0)).await.unwrap();
    clinic.restart().await;
    assert!(clinic.store.facts().demo);
    let made = clinic.store.create_account(None, new_account(Role::Patient, "ana", "Ana")).await.unwrap();
    assert_eq!(made, NewAccountOutcome::DemoDatabase);
}

pub(crate) async fn an_interrupted_fill_is_finished_by_another(clinic: Clinic) {
    fill(&clinic, plan(3, 5, 0)).await.unwrap();
    let before = list_of(&clinic, "patient00001").await.rooms;
    fill(&clinic, plan(5, 5, 0)).await.unwrap();
    assert_eq!(list_of(&clinic, "patient00001").await.rooms, before);
    assert!(clinic.store.credentials("patient00005").await.unwrap().is_none());
    assert_eq!(list_of(&clinic, "patient00004").await.rooms[0].last_seq.get(), 5);
}
