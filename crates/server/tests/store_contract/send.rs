use bedside_protocol::RoomSeq;
use bedside_protocol::feed::Change;
use bedside_protocol::wire::Role;
use bedside_server::store::SendOutcome;

use crate::support::Clinic;

pub(crate) async fn a_message_is_stored_and_delivered_to_both(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, deliveries) = staff.say(staff.ana, staff.ana_drew, "Good morning 🙂").await;
    assert_eq!((message.room_seq, message.sender_type, message.sender_id), (RoomSeq(1), Role::Patient, 1));
    assert_eq!(message.sender_account, staff.ana.account_id);
    assert_eq!(message.timestamp, staff.runtime.now());
    let receivers: Vec<_> = deliveries.iter().map(|delivery| delivery.account_id).collect();
    assert_eq!(receivers, [staff.ana.account_id, staff.drew.account_id]);
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, ["Good morning 🙂"]);
}

pub(crate) async fn the_same_command_again_gets_the_first_answer(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let command = staff.command(staff.ana_drew, "once");
    let SendOutcome::Stored { message: first, .. } =
        staff.store.send_message(staff.ana, command.clone()).await.unwrap()
    else {
        panic!("the first is new")
    };
    let head = staff.head(staff.drew).await;
    let mut later = command;
    later.now = bedside_protocol::Timestamp(later.now.millis() + 1_000_000);
    later.composed_at = Some(later.now);
    let again = staff.store.send_message(staff.ana, later).await.unwrap();
    assert_eq!(again, SendOutcome::Repeated { message: first });
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, ["once"]);
    assert_eq!(staff.head(staff.drew).await, head, "a repetition is no event");
}

pub(crate) async fn a_command_repeated_in_the_same_batch_is_stored_once(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let command = staff.command(staff.ana_drew, "once");
    let (first, second) = tokio::join!(
        staff.store.send_message(staff.ana, command.clone()),
        staff.store.send_message(staff.ana, command),
    );
    assert!(matches!(first.unwrap(), SendOutcome::Stored { .. }));
    assert!(matches!(second.unwrap(), SendOutcome::Repeated { .. }));
    assert_eq!(staff.texts(staff.ana, staff.ana_drew).await, ["once"]);
}

pub(crate) async fn a_client_id_is_never_used_for_other_content(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let command = staff.command(staff.ana_drew, "first");
    staff.store.send_message(staff.drew, command.clone()).await.unwrap();
    let head = staff.head(staff.ana).await;
    let mut other_text = command.clone();
    other_text.content = "second".to_owned();
    let mut other_room = command.clone();
    other_room.room_id = staff.ben_drew;
    let mut urgent = command;
    urgent.urgent = true;
    for changed in [other_text, other_room, urgent] {
        let outcome = staff.store.send_message(staff.drew, changed).await.unwrap();
        assert_eq!(outcome, SendOutcome::ClientIdReused);
    }
    assert_eq!(staff.texts(staff.ana, staff.ana_drew).await, ["first"]);
    assert!(staff.texts(staff.ben, staff.ben_drew).await.is_empty());
    assert_eq!(staff.head(staff.ana).await, head);
}

pub(crate) async fn two_accounts_may_use_the_same_client_id(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let command = staff.command(staff.ana_drew, "hello");
    for actor in [staff.ana, staff.drew] {
        let outcome = staff.store.send_message(actor, command.clone()).await.unwrap();
        assert!(matches!(outcome, SendOutcome::Stored { .. }));
    }
}

pub(crate) async fn sending_to_a_foreign_room_records_nothing(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut command = staff.command(staff.ana_drew, "hello");
    let outcome = staff.store.send_message(staff.ben, command.clone()).await.unwrap();
    assert_eq!(outcome, SendOutcome::NotFound);
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.last_seq, RoomSeq(0));
    command.room_id = staff.ben_drew; // Had the id been recorded, this would be refused.
    let outcome = staff.store.send_message(staff.ben, command).await.unwrap();
    assert!(matches!(outcome, SendOutcome::Stored { .. }));
}

pub(crate) async fn an_urgent_message_is_marked_so_for_everyone(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut command = staff.command(staff.ana_drew, "39.2");
    command.urgent = true;
    command.composed_at = Some(bedside_protocol::Timestamp(5));
    staff.store.send_message(staff.ana, command).await.unwrap();
    let seen = staff.room_of(staff.drew, staff.ana_drew).await.last_message.unwrap();
    assert_eq!((seen.urgent, seen.composed_at), (true, Some(bedside_protocol::Timestamp(5))));
}

pub(crate) async fn only_its_author_sees_a_client_id(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (before_ana, before_drew) = (staff.head(staff.ana).await, staff.head(staff.drew).await);
    let (message, deliveries) = staff.say(staff.ana, staff.ana_drew, "hello").await;
    assert!(message.client_id.is_some());
    let own = staff.events(staff.ana, &before_ana).await;
    let theirs = staff.events(staff.drew, &before_drew).await;
    for (event, wanted) in [(&own[0], message.client_id), (&theirs[0], None)] {
        let Change::Message { message } = &event.change else { panic!("{event:?}") };
        assert_eq!(message.client_id, wanted);
    }
    assert_eq!([&deliveries[0].event, &deliveries[1].event], [&own[0], &theirs[0]]);
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await.last_message.unwrap().client_id, None);
}

pub(crate) async fn places_are_dense_whoever_sends(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let sends = (0..30).map(|n| {
        let actor = if n % 3 == 0 { staff.ana } else { staff.drew };
        let command = staff.command(staff.ana_drew, &n.to_string());
        let store = &staff.store;
        async move { store.send_message(actor, command).await.unwrap() }
    });
    futures_util::future::join_all(sends).await;
    let page = staff.page(staff.ana, staff.ana_drew, bedside_server::store::model::PageRange::Latest).await;
    let places: Vec<_> = page.iter().map(|row| row.message.room_seq.get()).collect();
    assert_eq!(places, (1..=30).collect::<Vec<_>>());
}
