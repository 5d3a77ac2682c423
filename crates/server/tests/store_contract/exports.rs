use bedside_export::model::{Reaction, Version};
use bedside_protocol::wire::{Message, MessageChange};
use bedside_protocol::{RoomSeq, Timestamp};
use bedside_server::store::{
    Actor, ChangeCommand, ChangeOutcome, ClinicChange, ExportOutcome, ExportPlace, ReadCommand,
};

use crate::support::{Clinic, START, Staff};

const fn at(second: i64) -> Timestamp {
    Timestamp(START.0 + second * 1_000)
}

async fn change(staff: &Staff, actor: Actor, message: &Message, change: MessageChange, second: i64) {
    let (room_id, message_id) = (message.room_id, message.id);
    let client_id = staff.runtime.client_id();
    let command = ChangeCommand { room_id, message_id, client_id, change, now: at(second) };
    let outcome = staff.store.change_message(actor, command).await.unwrap();
    assert!(matches!(outcome, ChangeOutcome::Changed { .. }), "{outcome:?}");
}

async fn page(staff: &Staff, actor: Actor, after: i64) -> Option<Vec<bedside_export::model::Message>> {
    staff.store.export_page(actor, staff.ana_drew, RoomSeq(after), 50).await.unwrap()
}

async fn begin(staff: &Staff, actor: Actor, place: ExportPlace) -> ExportOutcome {
    staff.store.begin_export(actor, staff.ana_drew, place, START).await.unwrap()
}

pub(crate) async fn a_page_has_earlier_texts_reactions_and_when_it_was_delivered_and_read(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let first = staff.say(staff.ana, staff.ana_drew, "at 15.00").await.0;
    staff.say(staff.drew, staff.ana_drew, "yes").await;
    let edit = |text: &str| MessageChange::Edit { message: text.to_owned() };
    change(&staff, staff.ana, &first, edit("at 16.00"), 5).await;
    change(&staff, staff.ana, &first, edit("at 17.00"), 6).await;
    change(&staff, staff.drew, &first, MessageChange::React { emoji: "👍".to_owned(), on: true }, 7).await;
    let read =
        |up_to, second| ReadCommand { room_id: staff.ana_drew, up_to: RoomSeq(up_to), now: at(second) };
    staff.store.mark_delivered(staff.drew, read(1, 8)).await.unwrap();
    staff.store.mark_read(staff.drew, read(1, 9)).await.unwrap();
    staff.store.mark_delivered(staff.ana, read(2, 10)).await.unwrap();
    for actor in [staff.ana, staff.drew] {
        let messages = page(&staff, actor, 0).await.unwrap();
        let texts: Vec<&str> = messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(texts, ["at 17.00", "yes"]);
        let [one, other] = messages.try_into().unwrap();
        let version = |text: &str, written_at| Version { text: text.to_owned(), written_at };
        assert_eq!(one.earlier, [version("at 15.00", one.sent_at), version("at 16.00", at(5))]);
        assert_eq!((one.edited_at, one.sender), (Some(at(6)), staff.ana.account_id));
        let set =
            Reaction { account_id: staff.drew.account_id, emoji: "👍".to_owned(), set_at: Some(at(7)) };
        assert_eq!(one.reactions, [set]);
        let receipt = &one.receipts[0];
        assert_eq!(
            (receipt.account_id, receipt.delivered_at, receipt.read_at),
            (staff.drew.account_id, Some(at(8)), Some(at(9)))
        );
        let receipt = &other.receipts[0];
        let expected = (staff.ana.account_id, true, Some(at(10)), false, None);
        let found =
            (receipt.account_id, receipt.delivered, receipt.delivered_at, receipt.read, receipt.read_at);
        assert_eq!(found, expected, "one's own times are one's own to take along");
        assert_eq!(page(&staff, actor, 1).await.unwrap(), [other]);
        assert_eq!(page(&staff, actor, 2).await.unwrap(), []);
    }
}

pub(crate) async fn only_members_write_a_room_out_and_leave_a_trace(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "hello").await;
    staff.store.seal_audit(START).await.unwrap();
    for stranger in [staff.ben, staff.eve, staff.root] {
        assert!(matches!(begin(&staff, stranger, ExportPlace::Server).await, ExportOutcome::NotFound));
        assert_eq!(page(&staff, stranger, 0).await, None);
    }
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 0, "nothing happened");
    for actor in [staff.ana, staff.drew] {
        let ExportOutcome::Begun(start) = begin(&staff, actor, ExportPlace::Server).await else {
            panic!("refused")
        };
        assert_eq!((start.account.person.account_id, start.room.last_seq), (actor.account_id, RoomSeq(1)));
        assert!(matches!(begin(&staff, actor, ExportPlace::Device).await, ExportOutcome::Begun(_)));
    }
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 4);
}

pub(crate) async fn what_was_taken_back_says_nothing(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let first = staff.say(staff.ana, staff.ana_drew, "secret").await.0;
    change(&staff, staff.ana, &first, MessageChange::Edit { message: "more secret".to_owned() }, 1).await;
    change(&staff, staff.ana, &first, MessageChange::Retract, 2).await;
    let found = page(&staff, staff.ana, 0).await.unwrap().remove(0);
    assert_eq!((found.text.as_str(), found.earlier.len(), found.retracted_at), ("", 0, Some(at(2))));
}

pub(crate) async fn a_clinic_switches_it_off_for_practitioners_alone(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let off = ClinicChange { practitioners_export: Some(false), ..ClinicChange::default() };
    staff.store.set_clinic(None, off).await.unwrap();
    staff.store.seal_audit(START).await.unwrap();
    for place in [ExportPlace::Server, ExportPlace::Device] {
        assert!(matches!(begin(&staff, staff.drew, place).await, ExportOutcome::SwitchedOff));
    }
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 0);
    assert!(matches!(begin(&staff, staff.eve, ExportPlace::Server).await, ExportOutcome::NotFound));
    assert!(matches!(begin(&staff, staff.ana, ExportPlace::Server).await, ExportOutcome::Begun(_)));
}

pub(crate) async fn the_first_signing_seed_stays(mut clinic: Clinic) {
    assert_eq!(clinic.store.signing_seed([7; 32]).await.unwrap(), [7; 32]);
    assert_eq!(clinic.store.signing_seed([8; 32]).await.unwrap(), [7; 32]);
    clinic.restart().await;
    assert_eq!(clinic.store.signing_seed([9; 32]).await.unwrap(), [7; 32]);
}
