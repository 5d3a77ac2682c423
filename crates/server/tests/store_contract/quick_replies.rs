use bedside_protocol::feed::Change;
use bedside_protocol::wire::{QuickReplies, ReplyOwner};
use bedside_protocol::{ClientId, QuickReplyId, limits};
use bedside_server::store::{Actor, Delivery, QuickReplyChange, QuickReplyCommand, QuickReplyOutcome};

use crate::support::{Clinic, Staff};

async fn change(staff: &Staff, by: Option<Actor>, change: QuickReplyChange) -> QuickReplyOutcome {
    let command = QuickReplyCommand { change, now: staff.runtime.now() };
    staff.store.change_quick_replies(by, command).await.unwrap()
}

fn words(client_id: ClientId, title: &str) -> QuickReplyChange {
    QuickReplyChange::Add { client_id, title: title.to_owned(), text: format!("{title}!") }
}

fn done(outcome: QuickReplyOutcome) -> (QuickReplies, Vec<Delivery>) {
    match outcome {
        QuickReplyOutcome::Changed { replies, deliveries } => (replies, deliveries),
        other => panic!("{other:?}"),
    }
}

async fn add(staff: &Staff, by: Option<Actor>, title: &str) -> QuickReplyId {
    let (replies, _) = done(change(staff, by, words(staff.runtime.client_id(), title)).await);
    replies.replies.iter().find(|reply| reply.title == title).unwrap().id
}

async fn titles(staff: &Staff, actor: Actor) -> Vec<String> {
    let replies = staff.store.quick_replies(actor).await.unwrap().unwrap().replies;
    replies.into_iter().map(|reply| reply.title).collect()
}

pub(crate) async fn everybody_has_their_own_and_the_clinics_and_patients_have_none(clinic: Clinic) {
    let staff = clinic.staffed().await;
    add(&staff, Some(staff.drew), "Drew's").await;
    add(&staff, Some(staff.root), "Root's").await;
    add(&staff, None, "From the shell").await;
    assert_eq!(titles(&staff, staff.drew).await, ["Drew's", "Root's", "From the shell"]);
    assert_eq!(titles(&staff, staff.eve).await, ["Root's", "From the shell"]);
    assert_eq!(titles(&staff, staff.root).await, ["Root's", "From the shell"]);
    assert_eq!(staff.store.quick_replies(staff.ana).await.unwrap(), None);
    let owners = staff.store.quick_replies(staff.drew).await.unwrap().unwrap().replies;
    assert_eq!((owners[0].owner, owners[1].owner), (ReplyOwner::Own, ReplyOwner::Clinic));
    let refused = change(&staff, Some(staff.ana), words(staff.runtime.client_id(), "Ana's")).await;
    assert_eq!(refused, QuickReplyOutcome::NotFound);
}

pub(crate) async fn the_same_addition_again_adds_nothing_and_never_brings_back_what_was_removed(
    clinic: Clinic,
) {
    let staff = clinic.staffed().await;
    let id = staff.runtime.client_id();
    for by in [Some(staff.drew), Some(staff.root)] {
        done(change(&staff, by, words(id, "Once")).await);
        let again = change(&staff, by, words(id, "Once")).await;
        assert!(matches!(again, QuickReplyOutcome::Unchanged { .. }), "{again:?}");
        assert_eq!(change(&staff, by, words(id, "Other")).await, QuickReplyOutcome::ClientIdReused);
    }
    let own = staff.store.quick_replies(staff.drew).await.unwrap().unwrap().replies[0].id;
    done(change(&staff, Some(staff.drew), QuickReplyChange::Remove { id: own }).await);
    let late = change(&staff, Some(staff.drew), words(id, "Once")).await;
    assert!(matches!(late, QuickReplyOutcome::Unchanged { .. }), "{late:?}");
    assert_eq!(titles(&staff, staff.drew).await, ["Once"], "the clinic's alone");
}

pub(crate) async fn nobody_changes_anothers_and_only_an_administrator_the_clinics(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (drews, clinics) =
        (add(&staff, Some(staff.drew), "Drew's").await, add(&staff, Some(staff.root), "Clinic's").await);
    for (by, id) in [(staff.eve, drews), (staff.root, drews), (staff.drew, clinics), (staff.ana, clinics)] {
        let edit = QuickReplyChange::Edit { id, title: "x".into(), text: "x".into() };
        assert_eq!(change(&staff, Some(by), edit).await, QuickReplyOutcome::NotFound);
        let remove = QuickReplyChange::Remove { id };
        assert_eq!(change(&staff, Some(by), remove).await, QuickReplyOutcome::NotFound);
    }
    assert_eq!(titles(&staff, staff.drew).await, ["Drew's", "Clinic's"]);
}

pub(crate) async fn a_change_is_told_to_everybody_who_has_it(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let heads = [staff.ana, staff.drew, staff.eve];
    let before = [staff.head(heads[0]).await, staff.head(heads[1]).await, staff.head(heads[2]).await];
    let (_, own) = done(change(&staff, Some(staff.drew), words(staff.runtime.client_id(), "Own")).await);
    assert_eq!(own.iter().map(|told| told.account_id).collect::<Vec<_>>(), [staff.drew.account_id]);
    let (_, all) = done(change(&staff, None, words(staff.runtime.client_id(), "All")).await);
    let told: Vec<_> = all.iter().map(|told| told.account_id).collect();
    assert_eq!(told, [staff.drew.account_id, staff.eve.account_id]);
    for (n, (actor, events)) in [(staff.ana, 0), (staff.drew, 2), (staff.eve, 1)].into_iter().enumerate() {
        let heard = staff.events(actor, &before[n]).await;
        assert_eq!(heard.len(), events);
        assert!(heard.iter().all(|event| event.change == Change::QuickReplies));
    }
}

pub(crate) async fn changes_that_change_nothing_tell_nobody(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let id = add(&staff, Some(staff.drew), "One").await;
    let same = QuickReplyChange::Edit { id, title: "One".into(), text: "One!".into() };
    let nothing = [same, QuickReplyChange::Order { ids: vec![id, QuickReplyId(999)] }];
    for nothing in nothing {
        let outcome = change(&staff, Some(staff.drew), nothing).await;
        assert!(matches!(outcome, QuickReplyOutcome::Unchanged { .. }), "{outcome:?}");
    }
    done(change(&staff, Some(staff.drew), QuickReplyChange::Remove { id }).await);
    let again = change(&staff, Some(staff.drew), QuickReplyChange::Remove { id }).await;
    assert!(matches!(again, QuickReplyOutcome::Unchanged { .. }), "{again:?}");
    let edit = QuickReplyChange::Edit { id, title: "x".into(), text: "x".into() };
    assert_eq!(change(&staff, Some(staff.drew), edit).await, QuickReplyOutcome::NotFound);
}

pub(crate) async fn quick_replies_are_edited_and_put_in_order(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut ids = Vec::new();
    for title in ["a", "b", "c"] {
        ids.push(add(&staff, Some(staff.drew), title).await);
    }
    done(change(&staff, Some(staff.drew), QuickReplyChange::Order { ids: vec![ids[2], ids[0]] }).await);
    let edit = QuickReplyChange::Edit { id: ids[0], title: "A".into(), text: "another".into() };
    let (replies, _) = done(change(&staff, Some(staff.drew), edit).await);
    let shown: Vec<_> =
        replies.replies.iter().map(|reply| (reply.title.as_str(), reply.text.as_str())).collect();
    assert_eq!(shown, [("c", "c!"), ("A", "another"), ("b", "b!")]);
}

pub(crate) async fn there_is_a_limit_to_ones_quick_replies(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for n in 0..limits::QUICK_REPLIES_EACH {
        done(change(&staff, Some(staff.drew), words(staff.runtime.client_id(), &n.to_string())).await);
    }
    let more = change(&staff, Some(staff.drew), words(staff.runtime.client_id(), "more")).await;
    assert_eq!(more, QuickReplyOutcome::TooMany);
    add(&staff, Some(staff.eve), "Eve's first").await;
}
