//! The server's own page of a room, when its network fails it.

use anyhow::Result;
use bedside_protocol::RoomId;
use bedside_tests::chromium::Chromium;
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Peer, wait};
use fantoccini::{Client, Locator};
use serde_json::json;

use super::PASSWORD;

/// From now on no socket opens: the page has HTTP only.
const BLOCK_SOCKETS: &str = "window.WebSocket = function () { throw new Error('blocked'); };
    window.WebSocket.OPEN = 1;
    socket.close();";

/// The next message is stored, and its answer lost.
const LOSE_ONE_ANSWER: &str = "const real = window.fetch;
    window.fetch = async (...asked) => {
      const answer = await real(...asked);
      if (!asked[0].includes('send-message')) return answer;
      window.fetch = real;
      throw new TypeError('lost');
    };";

/// The session ends, as it would by an administrator's command.
const SIGN_OUT: &str = "fetch('/accounts/logout/', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token() }, body: '{}' });";

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_ones_own_message_is_shown_before_it() {
    without_sockets("room_page_blocked", async |page, drew, room| {
        drew.send(room, "from drew").await?;
        write(page, "from ana").await?;
        shown(page, &[("in", "from drew"), ("out", "from ana")]).await?;
        drew.send(room, "again from drew").await?;
        shown(page, &[("in", "from drew"), ("out", "from ana"), ("in", "again from drew")]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_answer_was_lost_is_shown_and_leaves_the_composer() {
    without_sockets("room_page_lost_answer", async |page, drew, room| {
        page.execute(LOSE_ONE_ANSWER, vec![]).await?;
        write(page, "stored all the same").await?;
        shown(page, &[("out", "stored all the same")]).await?;
        wait::until_true("an empty composer and no complaint", async || Ok(settled(page).await?)).await?;
        write(page, "something else").await?;
        shown(page, &[("out", "stored all the same"), ("out", "something else")]).await?;
        drew.stored_exactly(room, &["stored all the same", "something else"]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_session_has_ended_says_so_and_keeps_what_was_written() {
    without_sockets("room_page_signed_out", async |page, drew, room| {
        page.execute(SIGN_OUT, vec![]).await?;
        let notice = "const notice = document.getElementById('notice');
            return [notice?.textContent, notice?.querySelector('a')?.getAttribute('href'),
                document.getElementById('messageInput').value]";
        let says = format!("/accounts/login/?next=%2Fchat%2Froom%2F{room}%2F");
        let text = "You are signed out here. Nothing is sent or received; what you wrote is still in the box. Sign in";
        let said = async |written: &str| {
            wait::until_true("the page to say that its session has ended", async || {
                Ok(page.execute(notice, vec![]).await? == json!([text, says, written]))
            })
            .await
        };
        said("").await?;
        write(page, "written too late").await?;
        said("written too late").await?;
        drew.stored_exactly(room, &[]).await
    })
    .await;
}

/// A scenario on ana's page of her room with drew, once its socket is gone and no other opens.
async fn without_sockets(name: &str, steps: impl AsyncFnOnce(&Client, &Peer, RoomId) -> Result<()>) {
    scenario(name, async |_| {
        let server = clinic(PASSWORD).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        let chromium = Chromium::start().await?;
        let page = chromium.page();
        open(page, &server.url(), room).await?;
        page.execute(BLOCK_SOCKETS, vec![]).await?;
        steps(page, &drew, room).await?;
        chromium.stop().await
    })
    .await;
}

async fn open(page: &Client, server: &str, room: RoomId) -> Result<()> {
    page.goto(&format!("{server}/accounts/login/?next=/chat/room/{}/", room.0)).await?;
    page.find(Locator::Css("input[name=username]")).await?.send_keys("ana").await?;
    page.find(Locator::Css("input[name=password]")).await?.send_keys(PASSWORD).await?;
    page.find(Locator::Css("form button")).await?.click().await?;
    wait::until_true("the page's socket", async || {
        let open = page.execute("return typeof socket !== 'undefined' && socket?.readyState === 1", vec![]);
        Ok(open.await? == json!(true))
    })
    .await
}

async fn write(page: &Client, text: &str) -> Result<()> {
    page.find(Locator::Id("messageInput")).await?.send_keys(text).await?;
    Ok(page.find(Locator::Css("#composer button")).await?.click().await?)
}

async fn settled(page: &Client) -> Result<bool> {
    let script = "const notice = document.getElementById('notice');
        return document.getElementById('messageInput').value === '' && (!notice || notice.hidden)";
    Ok(page.execute(script, vec![]).await? == json!(true))
}

async fn shown(page: &Client, messages: &[(&str, &str)]) -> Result<()> {
    let script = "return [...document.querySelectorAll('#messages li')].map(li =>
        [li.className.endsWith('out') ? 'out' : 'in', li.querySelector('.message__text').textContent])";
    let expected = json!(messages);
    wait::until_true(&format!("the page to show {expected}"), async || {
        Ok(page.execute(script, vec![]).await? == expected)
    })
    .await
}
