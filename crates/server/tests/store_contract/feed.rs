use bedside_protocol::feed::Change;
use bedside_protocol::{Cursor, Epoch, FeedSeq, limits};
use bedside_server::store::FeedSlice;

use crate::support::{Clinic, START, Staff};

async fn kinds(staff: &Staff, actor: bedside_server::store::Actor) -> Vec<&'static str> {
    let events = staff.events(actor, &staff.cursor(0)).await;
    let kind = |change: &Change| match change {
        Change::Message { .. } => "message",
        Change::ReadMark { .. } => "read_mark",
        Change::Room { .. } => "room",
        Change::Person { .. } => "person",
        Change::QuickReplies => "quick_replies",
        Change::Draft { .. } => "draft",
        Change::Gone => "gone",
        Change::Unknown => "unknown",
    };
    let places: Vec<_> = events.iter().map(|event| event.feed_seq.get()).collect();
    assert_eq!(places, (1..=i64::try_from(events.len()).unwrap()).collect::<Vec<_>>(), "not dense");
    events.iter().map(|event| kind(&event.change)).collect()
}

pub(crate) async fn every_change_has_its_place_in_each_members_feed(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    assert_eq!(kinds(&staff, staff.ana).await, ["person", "room", "message", "read_mark"]);
    assert_eq!(kinds(&staff, staff.drew).await, ["person", "person", "room", "room", "message", "read_mark"]);
    assert_eq!(kinds(&staff, staff.ben).await, ["person", "room"]);
}

pub(crate) async fn a_slice_is_dense_and_ends_at_the_limit(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for n in 0..5 {
        staff.say(staff.ana, staff.ana_drew, &n.to_string()).await;
    }
    let slice = staff.store.feed(staff.ana, staff.cursor(2), 3).await.unwrap();
    let FeedSlice::Events { events, head } = slice else { panic!("resync") };
    assert_eq!(events.iter().map(|event| event.feed_seq.get()).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(head, FeedSeq(7));
    let at_head = staff.store.feed(staff.ana, staff.cursor(7), 3).await.unwrap();
    assert_eq!(at_head, FeedSlice::Events { events: Vec::new(), head });
}

pub(crate) async fn another_epoch_asks_for_a_snapshot(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let cursor = Cursor { epoch: Epoch("before".to_owned()), feed_seq: FeedSeq(1) };
    let slice = staff.store.feed(staff.ana, cursor, 10).await.unwrap();
    assert_eq!(slice, FeedSlice::ResyncRequired { head: FeedSeq(2) });
}

pub(crate) async fn a_cursor_ahead_of_the_feed_asks_for_a_snapshot(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for wrong in [3, i64::MAX, -1, i64::MIN + 1] {
        let slice = staff.store.feed(staff.ana, staff.cursor(wrong), 10).await.unwrap();
        assert_eq!(slice, FeedSlice::ResyncRequired { head: FeedSeq(2) }, "{wrong}");
    }
}

pub(crate) async fn a_client_too_far_behind_asks_for_a_snapshot_and_nothing_more_is_removed(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let most = limits::FEED_REPLAY_MAX;
    for chunk in 0..most / 500 {
        let sends = (0..500).map(|n| {
            let command = staff.command(staff.ana_drew, &format!("{chunk} {n}"));
            let (store, ana) = (&staff.store, staff.ana);
            async move { store.send_message(ana, command).await.unwrap() }
        });
        futures_util::future::join_all(sends).await;
    }
    let head = staff.head(staff.ana).await.feed_seq.get();
    let at_the_limit = staff.store.feed(staff.ana, staff.cursor(head - most), 1).await.unwrap();
    assert!(matches!(at_the_limit, FeedSlice::Events { .. }));
    let beyond = staff.store.feed(staff.ana, staff.cursor(head - most - 1), 1).await.unwrap();
    assert_eq!(beyond, FeedSlice::ResyncRequired { head: FeedSeq(head) });
    let others = staff.head(staff.drew).await.feed_seq.get();
    let removed = staff.store.prune(START).await.unwrap();
    assert_eq!(i64::try_from(removed).unwrap(), (head - most) + (others - most));
    assert_eq!(staff.store.prune(START).await.unwrap(), 0);
    assert_eq!(staff.store.feed(staff.ana, staff.cursor(head - most), 1).await.unwrap(), at_the_limit);
}

pub(crate) async fn an_event_carries_the_state_at_delivery(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let before = staff.head(staff.drew).await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    let room = |event: &Change| match event {
        Change::Room { room } => Some(room.writable),
        _ => None,
    };
    let replayed = staff.events(staff.drew, &staff.cursor(0)).await;
    let states: Vec<_> = replayed.iter().filter_map(|event| room(&event.change)).collect();
    assert_eq!(states, [false, true, false], "the first room event shows the room as it is now");
    assert_eq!(staff.events(staff.drew, &before).await.len(), 2);
}

pub(crate) async fn a_delivery_is_what_the_feed_says(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (before_ana, before_drew) = (staff.head(staff.ana).await, staff.head(staff.drew).await);
    let (_, deliveries) = staff.say(staff.drew, staff.ana_drew, "a").await;
    for delivery in &deliveries {
        let (actor, before) = if delivery.account_id == staff.ana.account_id {
            (staff.ana, &before_ana)
        } else {
            (staff.drew, &before_drew)
        };
        assert_eq!(staff.events(actor, before).await, std::slice::from_ref(&delivery.event));
    }
    assert_eq!(deliveries.len(), 2);
}

pub(crate) async fn the_feed_of_a_stranger_stays_silent(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    assert_eq!(staff.head(staff.eve).await.feed_seq, FeedSeq(0));
    assert!(staff.events(staff.eve, &staff.cursor(0)).await.is_empty());
}
