use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{PersonFacts, Role};
use bedside_server::store::{AccountChange, AccountOutcome, FactsChange, LinkOutcome, NewAccountOutcome};
use secrecy::ExposeSecret;

use crate::support::{Clinic, START, Staff, new_account};

pub(crate) async fn a_new_store_has_no_account(clinic: Clinic) {
    assert!(!clinic.store.has_accounts().await.unwrap());
    assert!(clinic.store.credentials("ana").await.unwrap().is_none());
    assert!(!clinic.store.facts().demo);
}

pub(crate) async fn accounts_are_numbered_within_their_role(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut numbers = Vec::new();
    for actor in [staff.ana, staff.ben, staff.drew, staff.eve, staff.root] {
        numbers.push(staff.store.account(actor).await.unwrap().unwrap().person.role_id);
    }
    assert_eq!(numbers, [1, 2, 1, 2, 1]);
    assert!(staff.store.has_accounts().await.unwrap());
}

pub(crate) async fn a_user_name_is_taken_whatever_its_case(clinic: Clinic) {
    clinic.hire(Role::Patient, "José", "José").await;
    let again = clinic.store.create_account(None, new_account(Role::Practitioner, "JOSÉ ", "Other")).await;
    assert_eq!(again.unwrap(), NewAccountOutcome::UsernameTaken);
    assert_eq!(clinic.store.credentials("José").await.unwrap().unwrap().role, Role::Patient);
}

pub(crate) async fn a_user_name_signs_in_whatever_its_case(clinic: Clinic) {
    let ana = clinic.hire(Role::Patient, "Ana", "Ana Ribeiro").await;
    let found = clinic.store.credentials("aNA").await.unwrap().unwrap();
    assert_eq!((found.account_id, found.role, found.enabled), (ana.account_id, Role::Patient, true));
    assert_eq!(clinic.store.account(ana).await.unwrap().unwrap().username, "Ana");
}

pub(crate) async fn only_an_administrator_makes_accounts_and_links(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for actor in [staff.ana, staff.drew] {
        let made = staff.store.create_account(Some(actor), new_account(Role::Admin, "mallory", "M")).await;
        assert_eq!(made.unwrap(), NewAccountOutcome::Forbidden);
        assert_eq!(staff.store.link(Some(actor), "ana", "eve").await.unwrap(), LinkOutcome::Forbidden);
    }
    assert!(staff.store.credentials("mallory").await.unwrap().is_none());
    assert_eq!(staff.store.people(staff.eve).await.unwrap(), []);
    assert_eq!(staff.store.link(Some(staff.root), "ana", "eve").await.unwrap(), LinkOutcome::Linked);
}

pub(crate) async fn only_practitioners_and_oneself_see_a_date_of_birth(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let born = Some("1972-05-04".to_owned());
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await.other.birth_date, born);
    assert_eq!(staff.store.account(staff.ana).await.unwrap().unwrap().person.birth_date, born);
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.other.birth_date, None);
}

pub(crate) async fn what_is_noted_of_a_person_is_told_to_those_who_are_linked(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (drew, ben) = (staff.head(staff.drew).await, staff.head(staff.ben).await);
    let facts = |phone: &str, record: Option<&str>| {
        let (phone, record_number) = (Some(phone.to_owned()), record.map(ToOwned::to_owned));
        Box::new(PersonFacts { phone, record_number, ..PersonFacts::default() })
    };
    let (token, _) = staff.sign_in(staff.ana.account_id).await;
    note(&staff, "ana", Some("030 1234"), Some("104000")).await;
    assert!(staff.store.session(&token, START).await.unwrap().is_some(), "nobody is signed out by it");
    let events = staff.events(staff.drew, &drew).await;
    let [FeedEvent { change: Change::Person { person }, .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!(
        (person.account_id, &person.facts),
        (staff.ana.account_id, &facts("030 1234", Some("104000")))
    );
    assert_eq!(staff.head(staff.ben).await, ben, "nobody else");
    note(&staff, "ana", None, Some("")).await;
    let own = staff.store.account(staff.ana).await.unwrap().unwrap();
    assert_eq!(own.person.facts, facts("030 1234", None), "what is not named stays");
    note(&staff, "drew", Some("030 99"), Some("1")).await;
    let seen = staff.room_of(staff.ana, staff.ana_drew).await.other.facts;
    assert_eq!(seen, facts("030 99", None), "no patient sees a record number");
}

async fn note(staff: &Staff, username: &str, phone: Option<&str>, record: Option<&str>) {
    let change = FactsChange {
        phone: phone.map(|phone| Some(phone.to_owned())),
        record_number: record.map(|record| Some(record.to_owned()).filter(|record| !record.is_empty())),
        ..FactsChange::default()
    };
    let noted = staff.store.change_account(None, username, AccountChange::SetFacts(change)).await;
    assert_eq!(noted.unwrap(), AccountOutcome::Done);
}

pub(crate) async fn links_name_a_patient_and_a_practitioner(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let outcomes = [
        (staff.store.link(None, "nobody", "drew").await.unwrap(), LinkOutcome::NoSuchPatient),
        (staff.store.link(None, "drew", "eve").await.unwrap(), LinkOutcome::NoSuchPatient),
        (staff.store.link(None, "ana", "ben").await.unwrap(), LinkOutcome::NoSuchPractitioner),
        (staff.store.link(None, "ana", "root").await.unwrap(), LinkOutcome::NoSuchPractitioner),
    ];
    for (found, wanted) in outcomes {
        assert_eq!(found, wanted);
    }
}

pub(crate) async fn linking_twice_is_one_link(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let before = staff.head(staff.ana).await;
    assert_eq!(staff.store.link(None, "ANA", "Drew").await.unwrap(), LinkOutcome::AlreadyLinked);
    assert_eq!(staff.head(staff.ana).await, before);
    assert_eq!(staff.store.people(staff.ana).await.unwrap().len(), 1);
}

pub(crate) async fn people_are_those_one_is_linked_with(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.link(None, "ana", "eve").await.unwrap();
    let people = staff.store.people(staff.ana).await.unwrap();
    let seen: Vec<_> = people.iter().map(|linked| (linked.person.name.as_str(), linked.room_id)).collect();
    assert_eq!(seen, [("Drew Lindqvist", Some(staff.ana_drew)), ("Eve Marchetti", None)]);
    assert_eq!(staff.store.people(staff.root).await.unwrap(), []);
}

pub(crate) async fn a_disabled_account_is_out_until_it_is_enabled_and_signs_in_again(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, _) = staff.sign_in(staff.ana.account_id).await;
    let change = async |change| staff.store.change_account(Some(staff.root), "Ana", change).await.unwrap();
    assert_eq!(change(AccountChange::Disable).await, AccountOutcome::Done);
    assert!(!staff.store.credentials("ana").await.unwrap().unwrap().enabled);
    assert_eq!(staff.store.session(&token, START).await.unwrap(), None);
    assert_eq!(change(AccountChange::Enable).await, AccountOutcome::Done);
    assert!(staff.store.credentials("ana").await.unwrap().unwrap().enabled);
    assert_eq!(staff.store.session(&token, START).await.unwrap(), None, "an ended session stays ended");
}

pub(crate) async fn a_new_password_or_a_sign_out_ends_every_session_of_that_account(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for change in [AccountChange::SignOut, AccountChange::SetPassword("another hash".to_owned().into())] {
        let (here, _) = staff.sign_in(staff.ana.account_id).await;
        let (there, _) = staff.sign_in(staff.ana.account_id).await;
        let (other, _) = staff.sign_in(staff.ben.account_id).await;
        staff.store.change_account(None, "ana", change).await.unwrap();
        for token in [here, there] {
            assert_eq!(staff.store.session(&token, START).await.unwrap(), None);
        }
        assert!(staff.store.session(&other, START).await.unwrap().is_some());
    }
    let hash = staff.store.credentials("ana").await.unwrap().unwrap().password_hash;
    assert_eq!(hash.expose_secret(), "another hash");
}

pub(crate) async fn only_an_administrator_changes_an_account_and_leaves_a_trace(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.seal_audit(START).await.unwrap();
    for actor in [staff.ana, staff.drew] {
        let outcome = staff.store.change_account(Some(actor), "ben", AccountChange::Disable).await.unwrap();
        assert_eq!(outcome, AccountOutcome::Forbidden);
    }
    let missing = staff.store.change_account(None, "nobody", AccountChange::Enable).await.unwrap();
    assert_eq!(missing, AccountOutcome::NoSuchAccount);
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 0);
    staff.store.change_account(Some(staff.root), "ben", AccountChange::Disable).await.unwrap();
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 1);
}
