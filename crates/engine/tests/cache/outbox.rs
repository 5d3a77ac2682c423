//! Rule 4: the outbox row is the truth, and only the sweep or its author removes it.

use bedside_core::cache_write::{CacheWrite, OutboxState, ParkReason};
use bedside_engine::cache::CacheError;
use bedside_protocol::{ClientId, ErrorCode, Timestamp};

use crate::fixtures::{NOW, Profile, ROOM, acked};

impl Profile {
    async fn state(&self, client_id: ClientId) -> Option<OutboxState> {
        let rows = self.cache.outbox().await.unwrap();
        rows.into_iter().find(|row| row.client_id == client_id).map(|row| row.state)
    }

    async fn park(&self, client_id: ClientId, reason: ParkReason) {
        self.cache.apply(vec![CacheWrite::OutboxParked { client_id, reason }]).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn messages_wait_in_the_order_they_were_sent() {
    let ana = Profile::with_room().await;
    let sent = [ana.enqueue("one").await, ana.enqueue("two").await, ana.enqueue("three").await];
    let rows = ana.cache.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.client_id).collect::<Vec<_>>(), sent);
    assert!(rows.is_sorted_by_key(|row| row.position));
}

#[tokio::test(start_paused = true)]
async fn enqueueing_twice_keeps_one_row_and_empties_the_draft() {
    let ana = Profile::with_room().await;
    ana.cache.save_draft(ROOM, "hello".into()).await.unwrap();
    let new = ana.new_message("hello");
    let first = ana.cache.enqueue(new.clone()).await.unwrap();
    assert_eq!(ana.cache.enqueue(new).await.unwrap(), first);
    assert_eq!(ana.cache.outbox().await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_under_way_counts_as_queued_after_a_restart_and_may_not_be_discarded() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("under way").await;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }]).await.unwrap();
    assert_eq!(ana.state(client_id).await, Some(OutboxState::Sending));
    let ana = ana.reopened().await;
    assert_eq!(ana.state(client_id).await, Some(OutboxState::Queued));
    assert!(ana.cache.sync_state().await.unwrap().outbox[0].offered, "the machine has to know as well");
    assert!(matches!(ana.cache.discard(client_id).await, Err(CacheError::NotDiscardable)));
}

#[tokio::test(start_paused = true)]
async fn an_acknowledged_row_never_goes_back() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("done").await;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }, acked(1, client_id)]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::OutboxQueued { client_id }]).await.unwrap();
    ana.park(client_id, ParkReason::Stale).await;
    assert_eq!(ana.state(client_id).await, None);
    assert!(matches!(ana.cache.discard(client_id).await, Err(CacheError::NotDiscardable)));
}

#[tokio::test(start_paused = true)]
async fn a_waiting_a_refused_and_a_stale_message_may_be_discarded() {
    let ana = Profile::with_room().await;
    let refused = ParkReason::Rejected(ErrorCode::Forbidden);
    for reason in [None, Some(refused), Some(ParkReason::Stale)] {
        let client_id = ana.enqueue("never mind").await;
        if let Some(reason) = reason {
            ana.park(client_id, reason).await;
            assert_eq!(ana.state(client_id).await, Some(OutboxState::Parked(reason)));
        }
        ana.cache.discard(client_id).await.unwrap();
        assert_eq!(ana.state(client_id).await, None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_the_server_has_put_off_may_be_discarded() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("later, then").await;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::OutboxQueued { client_id }]).await.unwrap();
    ana.cache.discard(client_id).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_refusal_proves_that_the_server_has_nothing() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("no").await;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }]).await.unwrap();
    ana.park(client_id, ParkReason::Rejected(ErrorCode::NotFound)).await;
    ana.cache.discard(client_id).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn confirming_a_stale_message_queues_it_from_now() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("late").await;
    ana.park(client_id, ParkReason::Stale).await;
    ana.runtime.sleep(std::time::Duration::from_secs(60)).await;
    let row = ana.cache.confirm(client_id).await.unwrap();
    assert_eq!((row.state, row.confirmed_at), (OutboxState::Queued, Some(Timestamp(NOW.0 + 60_000))));
}

#[tokio::test(start_paused = true)]
async fn the_sweep_takes_only_old_acknowledged_rows() {
    let ana = Profile::with_room().await;
    let (old, waiting) = (ana.enqueue("old").await, ana.enqueue("waiting").await);
    ana.cache.apply(vec![acked(1, old)]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::SweepAcked { before: Timestamp(NOW.0 + 1) }]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::Reoffer { acked_after: Timestamp(0) }]).await.unwrap();
    let rows = ana.cache.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.client_id).collect::<Vec<_>>(), [waiting]);
    assert_eq!(ana.seqs().await, [1]);
}
