//! The sync machine's calls as requests, and what their answers are. Only what a client asks that writes nothing.

use std::time::Duration;

use anyhow::{Result, bail};
use bedside_core::sync::{Answer, Call, Failure, Range, Refusal};
use bedside_protocol::wire::{People, QuickReplies, ReadMark, RoomAnswer};
use bedside_protocol::{AccountId, Problem, Rev, RoomId, RoomSeq, limits};
use serde::de::DeserializeOwned;
use tokio_tungstenite::tungstenite::Bytes;

use super::network::Network;

/// Makes a call.
pub(super) async fn make(network: &Network, token: &str, call: Call) -> Result<Answer, Failure> {
    if let Call::Delivered { room_id, up_to } = call {
        return Ok(Answer::Read(unsaid(room_id, up_to)));
    }
    let wait = if let Call::Feed { wait, .. } = &call { *wait } else { Duration::ZERO };
    let Ok(path) = path(&call) else { return Err(Failure::Unknown) };
    let body = body(network, token, &path, wait).await?;
    match call {
        Call::Feed { .. } => read(&body).map(Answer::Feed),
        Call::ChatList { .. } => read(&body).map(Answer::ChatList),
        Call::Room(_) => read(&body).map(|answer: RoomAnswer| Answer::Room(Box::new(answer.room))),
        Call::Clinic => read(&body).map(Answer::Clinic),
        Call::People => read(&body).map(|people: People| Answer::People(people.people)),
        Call::QuickReplies => read(&body).map(|told: QuickReplies| Answer::QuickReplies(told.replies)),
        Call::Drafts { .. } => read(&body).map(Answer::Drafts),
        Call::Messages { .. } => read(&body).map(Answer::Messages),
        Call::Send(_)
        | Call::PutDraft { .. }
        | Call::WithdrawDrafts
        | Call::Change { .. }
        | Call::Read { .. }
        | Call::Flags { .. }
        | Call::Delivered { .. } => Err(Failure::Unknown),
    }
}

/// A client that polls only reads here: what it has stored is taken as said.
fn unsaid(room_id: RoomId, delivered_to: RoomSeq) -> ReadMark {
    ReadMark {
        room_id,
        account_id: AccountId(0),
        up_to: RoomSeq(0),
        delivered_to,
        marked_unread: false,
        rev: Rev(0),
    }
}

fn path(call: &Call) -> Result<String> {
    Ok(match call {
        Call::Feed { after, wait } => format!(
            "/chat/feed/?epoch={}&after={}&wait={}&limit={}",
            after.epoch.as_str(),
            after.feed_seq,
            wait.as_secs(),
            limits::FEED_PAGE_MAX
        ),
        Call::ChatList { after_room } => {
            let after = after_room.map(|room| format!("&after_room={room}")).unwrap_or_default();
            format!("/chat/?limit={}{after}", limits::PAGE_MAX)
        }
        Call::Room(room_id) => format!("/chat/room/{room_id}/"),
        Call::Clinic => "/chat/clinic/".to_owned(),
        Call::People => "/chat/people/".to_owned(),
        Call::QuickReplies => "/chat/quick-replies/".to_owned(),
        Call::Drafts { .. } => "/chat/drafts/".to_owned(),
        Call::Messages { room_id, range, limit } => {
            let range = match range {
                Range::Before(seq) => format!("before={seq}"),
                Range::ChangedAfter(rev) => format!("changed_after={rev}"),
            };
            format!("/chat/messages/{room_id}/?{range}&limit={limit}")
        }
        Call::Send(_)
        | Call::PutDraft { .. }
        | Call::WithdrawDrafts
        | Call::Change { .. }
        | Call::Read { .. }
        | Call::Flags { .. }
        | Call::Delivered { .. } => {
            bail!("these clients write nothing")
        }
    })
}

async fn body(network: &Network, token: &str, path: &str, wait: Duration) -> Result<Bytes, Failure> {
    let answer = network.get(token, path, wait).await.map_err(|_| Failure::Unknown)?;
    if answer.status().is_success() {
        return Ok(answer.into_body());
    }
    let problem = serde_json::from_slice::<Problem>(answer.body()).map_err(|_| Failure::Unknown)?;
    Err(Failure::Refused(Refusal::from(&problem)))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|_| Failure::Unknown)
}
