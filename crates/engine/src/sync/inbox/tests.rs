use bedside_protocol::feed::Change;
use bedside_protocol::{Cursor, Epoch, FeedSeq};

use super::*;

const ONE: SocketId = SocketId(1);
const TWO: SocketId = SocketId(2);

fn events(socket: SocketId, seqs: impl IntoIterator<Item = i64>) -> Happened {
    let event = |seq| FeedEvent { feed_seq: FeedSeq(seq), change: Change::Gone };
    frame(socket, seqs.into_iter().map(event).collect())
}

fn life(socket: SocketId) -> Happened {
    Happened::Event(Event::Life(socket))
}

fn resync() -> Happened {
    let head = Cursor { epoch: Epoch("e".to_owned()), feed_seq: FeedSeq(9) };
    Happened::Event(Event::Frame { socket: ONE, frame: Box::new(ServerFrame::ResyncRequired { head }) })
}

/// Everything the driver is given, with the places of the events.
async fn given(arrived: Vec<Happened>) -> Vec<(&'static str, Vec<i64>)> {
    let (sender, receiver) = mpsc::channel(arrived.len().max(1));
    for happened in arrived {
        assert!(sender.try_send(happened).is_ok());
    }
    drop(sender);
    let mut inbox = Inbox::new(receiver);
    let mut given = Vec::new();
    while let Some(happened) = inbox.next().await {
        given.push(match events_of(happened).map_err(|other| *other) {
            Ok((_, events)) => ("events", events.iter().map(|event| event.feed_seq.get()).collect()),
            Err(Happened::Event(Event::Life(_))) => ("life", Vec::new()),
            Err(_) => ("other", Vec::new()),
        });
    }
    given
}

#[tokio::test]
async fn events_that_wait_together_are_given_together_in_their_order() {
    let given = given(vec![events(ONE, [1, 2]), life(ONE), events(ONE, [3]), events(ONE, [4, 5])]).await;
    assert_eq!(given, [("events", vec![1, 2, 3, 4, 5])]);
}

#[tokio::test]
async fn nothing_else_is_passed_by() {
    let given = given(vec![events(ONE, [1]), resync(), events(ONE, [10])]).await;
    assert_eq!(given, [("events", vec![1]), ("other", vec![]), ("events", vec![10])]);
}

#[tokio::test]
async fn sockets_are_kept_apart() {
    let given = given(vec![events(ONE, [1]), events(TWO, [1]), life(ONE), events(TWO, [2])]).await;
    assert_eq!(given, [("events", vec![1]), ("events", vec![1]), ("life", vec![]), ("events", vec![2])]);
}

#[tokio::test]
async fn what_is_given_at_once_has_a_bound_and_nothing_is_lost_beyond_it() {
    let most = i64::try_from(EVENTS_MAX).unwrap();
    let given = given(vec![events(ONE, 1..=most - 1), events(ONE, [most]), events(ONE, [most + 1])]).await;
    let sizes: Vec<_> = given.iter().map(|(_, seqs)| seqs.len()).collect();
    assert_eq!(sizes, [EVENTS_MAX, 1]);
}
