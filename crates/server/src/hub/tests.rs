//! Who is told what, and what becomes of a burst.

use bedside_protocol::feed::Change;

use super::*;

const ANA: AccountId = AccountId(1);

fn delivery(seq: i64) -> Delivery {
    Delivery { account_id: ANA, event: FeedEvent { feed_seq: FeedSeq(seq), change: Change::Gone } }
}

#[tokio::test]
async fn a_listener_that_does_not_read_is_ended() {
    let hub = Arc::new(Hub::default());
    let listener = hub.join(ANA, 7);
    hub.deliver((1..=513).map(delivery).collect(), Duration::ZERO);
    assert_eq!(listener.ended().await, End::TooSlow);
    assert_eq!(hub.connections(ANA), 0);
}

#[tokio::test]
async fn ending_a_session_ends_its_connections_only() {
    let hub = Arc::new(Hub::default());
    let (revoked, mut kept) = (hub.join(ANA, 7), hub.join(ANA, 8));
    hub.revoke(ANA, 7);
    assert_eq!(revoked.ended().await, End::Revoked);
    hub.deliver(vec![delivery(1)], Duration::ZERO);
    let told = kept.recv().await.unwrap();
    assert!(matches!(told, Told::Event(event) if event.event.feed_seq == FeedSeq(1)));
}

#[tokio::test]
async fn leaving_forgets_the_account() {
    let hub = Arc::new(Hub::default());
    drop(hub.join(ANA, 7));
    assert!(hub.lock().is_empty());
}

#[tokio::test]
async fn a_burst_of_wakes_is_one_nudge() {
    let hub = Arc::new(Hub::default());
    let mut listener = hub.join(ANA, 7);
    for seq in [3, 900, 5] {
        hub.woken(ANA, FeedSeq(seq), Some(Timestamp(seq)));
    }
    for _ in 0..2 * QUEUE {
        hub.look_all();
    }
    let told = listener.recv().await.unwrap();
    let first = Some(Timestamp(3));
    let expected = Nudge { up_to: FeedSeq(900), committed_at: first, look: Some(Look::Soon) };
    assert!(matches!(told, Told::Nudge(nudge) if nudge == expected));
    assert!(listener.try_recv().is_none());
}

#[tokio::test]
async fn a_nudge_after_one_was_taken_is_told_again() {
    let hub = Arc::new(Hub::default());
    let mut listener = hub.join(ANA, 7);
    for seq in [1, 2] {
        hub.woken(ANA, FeedSeq(seq), None);
        let told = listener.recv().await.unwrap();
        assert!(matches!(told, Told::Nudge(nudge) if nudge == Nudge::up_to(FeedSeq(seq))));
    }
}

#[tokio::test]
async fn only_the_account_and_the_session_are_nudged() {
    let hub = Arc::new(Hub::default());
    let (mut doubted, mut other_session) = (hub.join(ANA, 7), hub.join(ANA, 8));
    let mut other_account = hub.join(AccountId(2), 7);
    hub.doubt(ANA, 7);
    assert!(matches!(doubted.try_recv(), Some(Told::Nudge(nudge)) if nudge == Nudge::look(Look::Now)));
    assert!(other_session.try_recv().is_none());
    hub.woken(ANA, FeedSeq(1), None);
    assert!(other_session.try_recv().is_some());
    assert!(other_account.try_recv().is_none());
}
