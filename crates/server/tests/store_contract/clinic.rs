use bedside_protocol::wire::{Clinic as Facts, NoticeContent, OpeningHours};
use bedside_server::store::{ClinicChange, ClinicOutcome};

use crate::support::{Clinic, START};

fn named(name: &str) -> ClinicChange {
    ClinicChange { name: Some(name.to_owned()), ..ClinicChange::default() }
}

async fn set(clinic: &Clinic, change: ClinicChange) -> Facts {
    match clinic.store.set_clinic(None, change).await.unwrap() {
        ClinicOutcome::Changed(facts) => facts,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_clinic_that_was_never_set_says_what_holds_anywhere(clinic: Clinic) {
    assert_eq!(clinic.store.clinic().await.unwrap(), Facts::default());
}

pub(crate) async fn what_the_clinic_says_is_kept_and_numbered_anew(mut clinic: Clinic) {
    let hours = vec![OpeningHours { weekday: 1, from: "08:00".to_owned(), to: "12:00".to_owned() }];
    let change = ClinicChange {
        name: Some("Harbour Street Practice".to_owned()),
        phone: Some(Some("030 1234".to_owned())),
        emergency_number: Some("999".to_owned()),
        hours: Some(hours.clone()),
        time_zone: Some("Europe/Berlin".to_owned()),
        warn_other_patient: Some(false),
        practitioners_export: Some(false),
        notification_content: Some(NoticeContent::Name),
    };
    let first = set(&clinic, change.clone()).await;
    assert_eq!((first.hours.clone(), first.warn_other_patient), (hours, false));
    assert!(!first.practitioners_export);
    assert_eq!(first.notification_content, NoticeContent::Name);
    let again = clinic.store.set_clinic(None, change).await.unwrap();
    assert_eq!(again, ClinicOutcome::Unchanged(first.clone()));
    let second = set(&clinic, ClinicChange { phone: Some(None), ..named("Harbour Practice") }).await;
    assert!(second.rev > first.rev);
    let wanted = Facts { name: "Harbour Practice".to_owned(), phone: None, rev: second.rev, ..first };
    clinic.restart().await;
    assert_eq!((&second, &clinic.store.clinic().await.unwrap()), (&wanted, &wanted));
}

pub(crate) async fn only_an_administrator_says_what_the_clinic_is_and_leaves_a_trace(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.seal_audit(START).await.unwrap();
    for actor in [staff.ana, staff.drew] {
        let outcome = staff.store.set_clinic(Some(actor), named("Another")).await.unwrap();
        assert_eq!(outcome, ClinicOutcome::Forbidden);
    }
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 0);
    let outcome = staff.store.set_clinic(Some(staff.root), named("Another")).await.unwrap();
    assert!(matches!(outcome, ClinicOutcome::Changed(_)));
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 1);
}
