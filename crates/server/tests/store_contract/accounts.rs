use bedside_protocol::wire::Role;
use bedside_server::store::{LinkOutcome, NewAccountOutcome};

use crate::support::{Clinic, new_account};

pub(crate) async fn a_new_store_has_no_account(clinic: Clinic) {
    for role in [Role::Patient, Role::Practitioner, Role::Admin] {
        assert_eq!(clinic.store.count_accounts(role).await.unwrap(), 0);
    }
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
    assert_eq!(staff.store.count_accounts(Role::Patient).await.unwrap(), 2);
}

pub(crate) async fn a_user_name_is_taken_whatever_its_case(clinic: Clinic) {
    clinic.hire(Role::Patient, "José", "José").await;
    let again = clinic.store.create_account(None, new_account(Role::Practitioner, "JOSÉ ", "Other")).await;
    assert_eq!(again.unwrap(), NewAccountOutcome::UsernameTaken);
    assert_eq!(clinic.store.count_accounts(Role::Practitioner).await.unwrap(), 0);
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
