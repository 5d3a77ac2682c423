//! Who may know of whom whether they are there.

use bedside_protocol::wire::Preferences;
use bedside_protocol::{AccountId, Timestamp};
use bedside_server::store::{Acquaintance, Actor};

use crate::support::{Clinic, START, Staff};

const HIDES: Preferences = Preferences { hide_presence: true };

/// Those an account knows, in order.
async fn known(staff: &Staff, who: Actor) -> Vec<Acquaintance> {
    let mut people = staff.store.acquaintances(who).await.unwrap().people;
    people.sort_by_key(|other| other.account_id);
    people
}

async fn names(staff: &Staff, who: Actor) -> Vec<AccountId> {
    known(staff, who).await.into_iter().map(|other| other.account_id).collect()
}

fn after(millis: i64) -> Timestamp {
    Timestamp(START.millis() + millis)
}

pub(crate) async fn those_know_of_each_other_who_share_a_room_and_are_linked(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (ana, ben, drew, eve) = (staff.ana, staff.ben, staff.drew, staff.eve);
    staff.store.link(None, "ana", "eve").await.unwrap();
    assert_eq!(names(&staff, ana).await, [drew.account_id]);
    assert_eq!(names(&staff, drew).await, [ana.account_id, ben.account_id]);
    assert_eq!(names(&staff, eve).await, [], "linked, with no room yet");
    staff.opened(ana, eve).await;
    assert_eq!(names(&staff, eve).await, [ana.account_id]);
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    assert_eq!(names(&staff, ana).await, [eve.account_id]);
    assert_eq!(names(&staff, drew).await, [ben.account_id]);
}

pub(crate) async fn an_administrator_knows_nobody(clinic: Clinic) {
    let staff = clinic.staffed().await;
    assert_eq!(names(&staff, staff.root).await, []);
}

pub(crate) async fn a_wish_is_kept_for_its_account_only(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (ana, drew) = (staff.ana, staff.drew);
    assert_eq!(staff.store.preferences(ana).await.unwrap(), Preferences::default());
    for wish in [HIDES, HIDES, Preferences::default(), HIDES] {
        staff.store.set_preferences(ana, wish, START).await.unwrap();
        assert_eq!(staff.store.preferences(ana).await.unwrap(), wish);
        assert_eq!(staff.store.acquaintances(ana).await.unwrap().hidden, wish.hide_presence);
        assert_eq!(known(&staff, drew).await[0].hidden, wish.hide_presence);
        assert!(!known(&staff, ana).await[0].hidden);
    }
    assert_eq!(staff.store.preferences(drew).await.unwrap(), Preferences::default());
}

pub(crate) async fn when_somebody_was_seen_never_moves_back(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (ana, drew) = (staff.ana, staff.drew);
    assert_eq!(known(&staff, drew).await[0].seen_at, None);
    for at in [50, 70, 60] {
        let seen = vec![(ana.account_id, after(at)), (drew.account_id, after(1))];
        staff.store.note_seen(seen).await.unwrap();
    }
    assert_eq!(known(&staff, drew).await[0].seen_at, Some(after(70)));
    assert_eq!(known(&staff, ana).await[0].seen_at, Some(after(1)));
}

pub(crate) async fn who_hides_is_forgotten_to_have_been_seen(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (ana, drew) = (staff.ana, staff.drew);
    staff.store.note_seen(vec![(ana.account_id, after(50))]).await.unwrap();
    staff.store.set_preferences(ana, HIDES, START).await.unwrap();
    staff.store.note_seen(vec![(ana.account_id, after(60))]).await.unwrap();
    staff.store.set_preferences(ana, Preferences::default(), START).await.unwrap();
    assert_eq!(known(&staff, drew).await[0].seen_at, None);
}
