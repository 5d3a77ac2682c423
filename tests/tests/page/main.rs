//! The page of the platform's own description, its script verbatim, against our server in headless Chromium; and
//! the server's own page of a room.

mod room;

use anyhow::Result;
use bedside_tests::chromium::Chromium;
use bedside_tests::scene::{people, scenario};
use bedside_tests::site::{Page, Site};
use bedside_tests::{Peer, Server, wait};
use fantoccini::{Client, Locator};

const PASSWORD: &str = "correct horse battery";
/// `described.js` is the description's section "Frontend (JavaScript)", to the letter.
const SCRIPT: Page = Page {
    path: "/described/script.js",
    media_type: "text/javascript; charset=utf-8",
    body: include_str!("described.js"),
};
const PAGE: Page = Page {
    path: "/described/",
    media_type: "text/html; charset=utf-8",
    body: include_str!("described.html"),
};

#[tokio::test(flavor = "multi_thread")]
async fn the_described_page_sends_and_receives_unchanged() {
    scenario("described_page", async |_| {
        let server = Server::prepare()?;
        let site = Site::start(server.port(), vec![SCRIPT, PAGE]).await?;
        let mut server = server.reached_at(&site.url());
        people(&server, PASSWORD).await?;
        server.start().await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;

        let chromium = Chromium::start().await?;
        let page = chromium.page();
        log_in(page, &format!("{}/accounts/login/?next=/described/{}/", site.url(), room.0)).await?;
        socket_open(page).await?;

        write(page, "by the socket", "#send").await?;
        shown(page, &[("patient", "by the socket")]).await?;
        write(page, "by HTTP", "#sendHttp").await?;
        shown(page, &[("patient", "by the socket"), ("patient", "by HTTP")]).await?;
        drew.send(room, "an answer").await?;
        let all = [("patient", "by the socket"), ("patient", "by HTTP"), ("practitioner", "an answer")];
        shown(page, &all).await?;

        let stored = drew.messages(room).await?;
        let texts: Vec<&str> = stored.iter().map(|message| message.text.as_str()).collect();
        anyhow::ensure!(texts == all.map(|(_, text)| text), "stored: {texts:?}");
        chromium.stop().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_gets_nothing() {
    scenario("foreign_page", async |_| {
        let server = Server::prepare()?;
        let site = Site::start(server.port(), vec![SCRIPT, PAGE]).await?;
        let stranger = Site::start(server.port(), vec![SCRIPT, PAGE]).await?;
        let mut server = server.reached_at(&site.url());
        people(&server, PASSWORD).await?;
        server.start().await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;

        let chromium = Chromium::start().await?;
        let page = chromium.page();
        // Cookies know no ports: the stranger's page has the session and still is not let in.
        log_in(page, &format!("{}/accounts/login/?next=/described/{}/", site.url(), room.0)).await?;
        socket_open(page).await?;
        page.goto(&format!("{}/described/{}/", stranger.url(), room.0)).await?;
        wait::until_true("the stranger's socket to be closed", async || Ok(ready_state(page).await? == 3))
            .await?;
        let refused = page
            .execute_async(
                "const done = arguments[0];
                 const body = JSON.stringify({ room_id: roomId, message: 'forged' });
                 fetch('/chat/send-message/', { method: 'POST', body }).then(answer => done(answer.status));",
                vec![],
            )
            .await?;
        anyhow::ensure!(refused.as_u64() == Some(403), "answered {refused}");
        anyhow::ensure!(drew.messages(room).await?.is_empty(), "a forged message was stored");
        chromium.stop().await
    })
    .await;
}

async fn log_in(page: &Client, url: &str) -> Result<()> {
    page.goto(url).await?;
    page.find(Locator::Css("input[name=username]")).await?.send_keys("ana").await?;
    page.find(Locator::Css("input[name=password]")).await?.send_keys(PASSWORD).await?;
    page.find(Locator::Css("form button, form input[type=submit]")).await?.click().await?;
    wait::until_true("the page after the login", async || {
        Ok(page.current_url().await?.path().starts_with("/described/"))
    })
    .await
}

async fn socket_open(page: &Client) -> Result<()> {
    wait::until_true("the page's socket", async || Ok(ready_state(page).await? == 1)).await
}

async fn ready_state(page: &Client) -> Result<u64> {
    Ok(page.execute("return chatSocket.readyState", vec![]).await?.as_u64().unwrap_or_default())
}

async fn write(page: &Client, text: &str, button: &str) -> Result<()> {
    let input = page.find(Locator::Id("messageInput")).await?;
    input.clear().await?;
    input.send_keys(text).await?;
    Ok(page.find(Locator::Css(button)).await?.click().await?)
}

async fn shown(page: &Client, messages: &[(&str, &str)]) -> Result<()> {
    let script = "return [...document.querySelectorAll('#messages li')].map(li => [li.dataset.sender, li.textContent])";
    let expected = serde_json::json!(messages);
    wait::until_true(&format!("the page to show {expected}"), async || {
        Ok(page.execute(script, vec![]).await? == expected)
    })
    .await
}
