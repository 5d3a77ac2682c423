//! Whether a filled clinic is one to the server: it serves the last message of a room and goes on after it.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use bedside_protocol::ClientId;
use bedside_protocol::wire::{ChatList, MessagesPage, SendAnswer, SendMessage};
use bedside_runtime::Runtime;
use serde::de::DeserializeOwned;

use super::fill::Stretch;
use crate::server::target::sign_in;

/// Looks at a room drawn at random, and writes one message there.
pub(super) async fn a_room(address: SocketAddr, filled: Stretch) -> Result<()> {
    let number = random_below(filled.rooms)?;
    let client = reqwest::Client::new();
    let token = sign_in(&client, address, format!("patient{number:05}")).await?.token;
    let list: ChatList = get(&client, address, "/chat/", &token).await?;
    let room = list.rooms.first().context("the pair has no room")?;
    let last_seq = filled.last_seq(number);
    ensure!(room.last_seq.get() == last_seq, "room {number} ends at {} and not {last_seq}", room.last_seq);

    let page: MessagesPage =
        get(&client, address, &format!("/chat/messages/{}/", room.room_id), &token).await?;
    let last = &page.messages.last().context("the room is empty")?.message;
    ensure!(last.room_seq.get() == last_seq, "the last message served is another");
    ensure!(last.content == filled.text(number, last_seq), "the last message served has another text");

    let next = SendMessage {
        room_id: room.room_id,
        message: "And the next one.".to_owned(),
        client_id: Some(ClientId(uuid::Uuid::now_v7())),
        composed_at: None,
        urgent: false,
        reply_to: None,
    };
    let url = format!("http://{address}/chat/send-message/");
    let sent = client.post(url).bearer_auth(&token).json(&next).send().await?.error_for_status()?;
    let sent: SendAnswer = sent.json().await?;
    ensure!(sent.message.room_seq.get() == last_seq + 1, "the next message does not follow the last");
    Ok(())
}

async fn get<T: DeserializeOwned>(
    client: &reqwest::Client,
    address: SocketAddr,
    path: &str,
    token: &str,
) -> Result<T> {
    let request = client.get(format!("http://{address}{path}")).header("accept", "application/json");
    Ok(request.bearer_auth(token).send().await?.error_for_status()?.json().await?)
}

fn random_below(count: i64) -> Result<i64> {
    let random = u32::from_le_bytes(Runtime::system().random_bytes());
    i64::from(random).checked_rem(count).context("a clinic without rooms")
}
