use bedside_protocol::feed::Change;
use bedside_protocol::limits::{DRAFT_KEPT, DRAFTS_PAGE};
use bedside_protocol::wire::{DraftAnswer, DraftContent, DraftText, PutDraft, SharedDraft};
use bedside_protocol::{MessageId, Rev, RoomId, Timestamp};
use bedside_server::store::{Actor, Delivery, PutDraftCommand, PutDraftOutcome};

use crate::support::{Clinic, START, Staff};

fn content(text: &str) -> DraftContent {
    DraftContent { draft: DraftText { text: text.into(), reply_to: None }, other: None }
}

impl Staff {
    async fn try_put(&self, actor: Actor, room_id: RoomId, base: i64, text: &str) -> PutDraftOutcome {
        let put = PutDraft { base: Rev(base), content: content(text) };
        let command = PutDraftCommand { room_id, put, now: self.runtime.now() };
        self.store.put_draft(actor, command).await.unwrap()
    }

    async fn put(&self, actor: Actor, base: i64, text: &str) -> (DraftAnswer, Vec<Delivery>) {
        match self.try_put(actor, self.ana_drew, base, text).await {
            PutDraftOutcome::Answered { answer, deliveries } => (*answer, deliveries),
            other => panic!("{other:?}"),
        }
    }

    async fn drafts_of(&self, actor: Actor) -> Vec<SharedDraft> {
        self.store.drafts(actor, None).await.unwrap().drafts
    }

    /// The same person at another device.
    async fn at_another_device(&self, actor: Actor) -> Actor {
        self.sign_in(actor.account_id).await.1.actor
    }
}

fn words(drafts: &[SharedDraft]) -> Vec<&str> {
    drafts.iter().map(|draft| draft.content.draft.text.as_str()).collect()
}

pub(crate) async fn a_draft_is_told_to_its_author_alone(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (own, theirs) = (staff.head(staff.drew).await, staff.head(staff.ana).await);
    let room = staff.room_of(staff.ana, staff.ana_drew).await;
    let put = PutDraft {
        base: Rev(0),
        content: DraftContent {
            draft: DraftText { text: "Dear Ana\n".into(), reply_to: Some(MessageId(3)) },
            other: Some(DraftText { text: "é".into(), reply_to: None }),
        },
    };
    let command = PutDraftCommand { room_id: staff.ana_drew, put: put.clone(), now: START };
    let outcome = staff.store.put_draft(staff.drew, command).await.unwrap();
    let PutDraftOutcome::Answered { answer, deliveries } = outcome else { panic!("{outcome:?}") };
    assert!(answer.kept);
    let draft = answer.draft;
    assert_eq!((draft.version, &draft.content, draft.withdrawn), (Rev(1), &put.content, false));
    assert_eq!((draft.device_id, draft.written_at), (Some(staff.drew.device_id), START));
    let [delivery] = &deliveries[..] else { panic!("{deliveries:?}") };
    assert_eq!(delivery.account_id, staff.drew.account_id);
    assert_eq!(delivery.event.change, Change::Draft { draft: Box::new(draft.clone()) });
    assert_eq!(staff.events(staff.drew, &own).await, std::slice::from_ref(&delivery.event));
    assert_eq!(staff.drafts_of(staff.drew).await, [draft]);
    assert_eq!((staff.head(staff.ana).await, staff.drafts_of(staff.ana).await), (theirs, vec![]));
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await, room, "nothing shows");
}

pub(crate) async fn of_two_devices_the_one_that_knows_the_newest_version_goes_on(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let home = staff.at_another_device(staff.drew).await;
    staff.put(staff.drew, 0, "a").await;
    let (answer, deliveries) = staff.put(home, 0, "b").await;
    assert_eq!((answer.kept, answer.draft.version, deliveries), (false, Rev(1), vec![]));
    assert_eq!(answer.draft.content, content("a"), "what is there is said");
    let (answer, _) = staff.put(home, 1, "a b").await;
    assert_eq!((answer.kept, answer.draft.version), (true, Rev(2)));
    assert_eq!(answer.draft.device_id, Some(home.device_id));
    let (answer, deliveries) = staff.put(home, 1, "a b").await;
    assert_eq!((answer.kept, answer.draft.version, deliveries), (true, Rev(2), vec![]), "an answer was lost");
    let (answer, _) = staff.put(staff.drew, 2, "").await;
    assert_eq!((answer.kept, answer.draft.version), (true, Rev(3)));
    assert_eq!(words(&staff.drafts_of(home).await), [""], "that it was emptied is told");
}

pub(crate) async fn nobody_shares_a_draft_where_they_cannot_write(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let put = async |actor| staff.try_put(actor, staff.ana_drew, 0, "a").await;
    for stranger in [staff.ben, staff.eve, staff.root] {
        assert_eq!(put(stranger).await, PutDraftOutcome::NotFound);
        assert_eq!(staff.drafts_of(stranger).await, []);
    }
    assert_eq!(staff.try_put(staff.drew, RoomId(99_999), 0, "a").await, PutDraftOutcome::NotFound);
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    assert_eq!(put(staff.drew).await, PutDraftOutcome::Forbidden);
}

pub(crate) async fn what_is_written_is_gone_with_the_link(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let before = staff.head(staff.drew).await;
    staff.put(staff.drew, 0, "a").await;
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    assert_eq!(staff.drafts_of(staff.drew).await, []);
    let events = staff.events(staff.drew, &before).await;
    assert_eq!(events[0].change, Change::Gone, "nor does the feed tell any more");
    staff.store.link(None, "ana", "drew").await.unwrap();
    let drafts = staff.drafts_of(staff.drew).await;
    assert_eq!((words(&drafts), drafts[0].withdrawn, drafts[0].version), (vec![""], true, Rev(2)));
    let (answer, _) = staff.put(staff.drew, 1, "a").await;
    assert!(!answer.kept, "a device learns it when it goes on");
    assert!(staff.put(staff.drew, 2, "a").await.0.kept);
}

pub(crate) async fn a_device_takes_out_what_it_was_the_last_to_put_in(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let home = staff.at_another_device(staff.drew).await;
    staff.put(staff.drew, 0, "mine").await;
    let elsewhere = staff.try_put(home, staff.ben_drew, 0, "theirs").await;
    assert!(matches!(elsewhere, PutDraftOutcome::Answered { .. }));
    let head = staff.head(staff.drew).await;
    let taken = staff.store.withdraw_drafts(staff.drew).await.unwrap().drafts;
    let [taken] = &taken[..] else { panic!("{taken:?}") };
    assert_eq!((taken.room_id, taken.withdrawn, taken.version), (staff.ana_drew, true, Rev(2)));
    assert!(taken.content.is_blank());
    assert_eq!(words(&staff.drafts_of(home).await), ["", "theirs"]);
    assert_eq!(staff.store.withdraw_drafts(staff.drew).await.unwrap().drafts, [], "once");
    assert_eq!(staff.head(staff.drew).await, head, "nobody need do anything about it");
}

pub(crate) async fn words_that_nobody_puts_again_are_forgotten(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.put(staff.drew, 0, "a").await;
    staff.try_put(staff.drew, staff.ben_drew, 0, "sent").await;
    staff.try_put(staff.drew, staff.ben_drew, 1, "").await;
    let kept = i64::try_from(DRAFT_KEPT.as_millis()).unwrap();
    let written = staff.drafts_of(staff.drew).await[0].written_at.millis();
    assert_eq!(staff.store.prune(Timestamp(written + kept - 1)).await.unwrap(), 0);
    assert_eq!(staff.store.prune(Timestamp(written + kept)).await.unwrap(), 1);
    let drafts = staff.drafts_of(staff.drew).await;
    assert_eq!((words(&drafts), drafts[0].withdrawn), (vec!["", ""], true));
    assert!(!drafts[1].withdrawn, "that it was emptied stays known");
}

pub(crate) async fn drafts_are_listed_by_page(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let count = DRAFTS_PAGE + 1;
    for number in 0..count {
        let name = format!("patient {number}");
        let patient = staff.clinic.hire(bedside_protocol::wire::Role::Patient, &name, &name).await;
        staff.store.link(None, &name, "eve").await.unwrap();
        let room = staff.opened(staff.eve, patient).await;
        staff.try_put(staff.eve, room, 0, "a").await;
    }
    let first = staff.store.drafts(staff.eve, None).await.unwrap();
    assert_eq!((first.drafts.len(), first.has_more), (DRAFTS_PAGE as usize, true));
    let last = first.drafts.last().map(|draft| draft.room_id);
    let rest = staff.store.drafts(staff.eve, last).await.unwrap();
    assert_eq!((rest.drafts.len(), rest.has_more), (1, false));
}

pub(crate) async fn writing_leaves_no_trace_in_the_audit(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.seal_audit(START).await.unwrap();
    staff.put(staff.drew, 0, "a").await;
    staff.store.withdraw_drafts(staff.drew).await.unwrap();
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 0);
}
