//! How `WS /ws/feed/` speaks: the account's whole feed, and commands with their answers.

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::feed::{ClientFrame, FeedEvent, ServerFrame};
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, Cursor, Problem};

use crate::doors::{Draft, Sent, Wish};
use crate::hub::{LiveEvent, Typing};
use crate::live::{Dialect, Heard, detail, frame};
use crate::presence::Presence;

/// Events are packed into frames of about this many bytes, so that a slow line shows progress
/// and no connection keeps a large write buffer.
const FRAME_TARGET: usize = 16 * 1024;

/// The account-wide socket.
pub(crate) struct FeedDialect;

impl Dialect for FeedDialect {
    fn hear(&mut self, text: &str) -> Heard {
        match serde_json::from_str(text) {
            Ok(ClientFrame::Send(send)) => Heard::Send(Draft {
                room_id: send.room_id,
                message: send.message,
                client_id: Some(send.client_id),
                composed_at: send.composed_at,
                urgent: send.urgent,
                reply_to: send.reply_to,
            }),
            Ok(ClientFrame::Change(frame)) => Heard::Change(Wish {
                room_id: frame.room_id,
                message_id: frame.message_id,
                client_id: Some(frame.client_id),
                change: frame.change,
            }),
            Ok(ClientFrame::Read { room_id, up_to }) => Heard::Read { room_id, up_to },
            Ok(ClientFrame::Flags { room_id, wish }) => Heard::Flags { room_id, wish },
            Ok(ClientFrame::Delivered { room_id, up_to }) => Heard::Delivered { room_id, up_to },
            Ok(ClientFrame::Typing { room_id, typing }) => Heard::Typing { room_id, typing },
            Ok(ClientFrame::Ping { n }) => Heard::Reply(frame(&ServerFrame::Pong { n })),
            Ok(ClientFrame::Hello(_) | ClientFrame::Unknown) | Err(_) => Heard::Unreadable,
        }
    }

    fn live(&mut self, event: &LiveEvent) -> Option<Utf8Bytes> {
        Some(event.feed_frame(|event| packed(&[frame(event)])))
    }

    fn replay(&mut self, events: Vec<FeedEvent>) -> Vec<Utf8Bytes> {
        let mut frames = Vec::new();
        let (mut batch, mut size) = (Vec::new(), 0);
        for event in events.iter().map(frame) {
            if size + event.len() > FRAME_TARGET && !batch.is_empty() {
                frames.push(packed(&std::mem::take(&mut batch)));
                size = 0;
            }
            size += event.len();
            batch.push(event);
        }
        if !batch.is_empty() {
            frames.push(packed(&batch));
        }
        frames
    }

    fn typing(&mut self, Typing { room, account, typing }: Typing) -> Option<Utf8Bytes> {
        Some(frame(&ServerFrame::Typing { room_id: room, account_id: account, typing }))
    }

    fn presence(&mut self, Presence { account, state }: Presence) -> Option<Utf8Bytes> {
        let (online, last_seen) = (state.is_online(), state.last_seen());
        Some(frame(&ServerFrame::Presence { account_id: account, online, last_seen }))
    }

    fn resync(&mut self, head: Cursor) -> Option<Utf8Bytes> {
        Some(frame(&ServerFrame::ResyncRequired { head }))
    }

    fn sent(&mut self, client_id: ClientId, sent: Sent) -> Option<Utf8Bytes> {
        Some(frame(&ServerFrame::Sent { client_id, message: sent.into_message() }))
    }

    fn changed(&mut self, client_id: ClientId, message: Box<Message>) -> Option<Utf8Bytes> {
        Some(frame(&ServerFrame::Changed { client_id, message }))
    }

    fn failed(&mut self, problem: Problem, client_id: Option<ClientId>) -> Utf8Bytes {
        let (code, retry_after_ms) = (problem.code, problem.retry_after_ms);
        frame(&ServerFrame::Error { code, detail: detail(problem), client_id, retry_after_ms })
    }

    fn going_away(&mut self, retry_in_ms: u64) -> Option<Utf8Bytes> {
        Some(frame(&ServerFrame::GoingAway { retry_in_ms }))
    }
}

/// `ServerFrame::Events` of events already serialised; a test holds it to the type's own form.
fn packed(events: &[Utf8Bytes]) -> Utf8Bytes {
    let (before, after) = (r#"{"type":"events","events":["#, "]}");
    let size: usize = events.iter().map(|event| event.len() + 1).sum();
    let mut frame = String::with_capacity(before.len() + size + after.len());
    frame.push_str(before);
    for (nth, event) in events.iter().enumerate() {
        if nth > 0 {
            frame.push(',');
        }
        frame.push_str(event.as_str());
    }
    frame.push_str(after);
    frame.into()
}

#[cfg(test)]
mod tests {
    use bedside_protocol::FeedSeq;
    use bedside_protocol::feed::Change;

    use super::*;

    fn event(seq: i64) -> FeedEvent {
        FeedEvent { feed_seq: FeedSeq(seq), change: Change::Gone }
    }

    #[test]
    fn a_packed_frame_is_what_the_type_says() {
        let by_type = frame(&ServerFrame::Events { events: vec![event(1), event(2)] });
        assert_eq!(FeedDialect.replay(vec![event(1), event(2)]), [by_type]);
    }

    #[test]
    fn a_long_replay_is_cut_into_frames_and_loses_nothing() {
        let frames = FeedDialect.replay((1..=5_000).map(event).collect());
        assert!(frames.len() > 1);
        let mut seen = Vec::new();
        for text in &frames {
            assert!(text.len() < FRAME_TARGET + 20_000);
            let ServerFrame::Events { events } = serde_json::from_str(text.as_str()).unwrap() else {
                panic!("not events")
            };
            seen.extend(events.into_iter().map(|event| event.feed_seq.0));
        }
        assert_eq!(seen, (1..=5_000).collect::<Vec<_>>());
    }
}
