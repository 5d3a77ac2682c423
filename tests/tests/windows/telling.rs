//! How the person is told of messages, by their settings, their clinic's and their desktop's; real windows, a server of
//! notifications on D-Bus, and what ALSA is given to play, in a file.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bedside_tests::notices::Notice;
use bedside_tests::scene::{Talk, clinic, scenario};
use bedside_tests::server::Account;
use bedside_tests::{Keychain, Path, Peer, Window, wait};

use crate::PASSWORD;

const SECRET: &str = "your <b>results</b> & more";
/// Long enough for a notification that must not come.
const SILENCE: Duration = Duration::from_millis(800);

#[tokio::test(flavor = "multi_thread")]
async fn the_person_chooses_what_is_said_and_acts_on_it_from_there() {
    scenario("telling_actions", async |scene| {
        let talk = scene.talk(Path::Open, PASSWORD).await?;
        let Talk { drew, room, ana, .. } = &talk;
        settings(ana).await?;
        choose_content(ana, 2).await?;
        drew.send(*room, SECRET).await?;
        let notice = one_more(ana, 0).await?;
        ensure!(notice.title == "New message from Drew Hale", "{notice:?}");
        ensure!(notice.body == "your &lt;b&gt;results&lt;/b&gt; &amp; more", "{notice:?}");
        ensure!(notice.actions == ["default", "open", "mark-read", "reply"], "{notice:?}");

        ana.press("Escape").await?;
        ana.shows_row("Drew Hale", SECRET, Some(1)).await?;
        let read = async || Ok(ana.rows().await?.iter().all(|row| row.unread.is_none()));
        ana.desk().notices().press_until(notice.id, "mark-read", "the message to be read", read).await?;

        drew.send(*room, "two").await?;
        let notice = one_more(ana, 1).await?;
        let opened = async || ana.has(".composer__input").await;
        ana.desk().notices().press_until(notice.id, "reply", "the conversation to open", opened).await?;
        talk.ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_written_into_a_notification_is_sent_also_from_the_tray() {
    scenario("telling_reply", async |scene| {
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let _tray = desk.add_tray().await?;
        desk.notices().take_replies();
        let talk = scene.talk_at(&desk, Path::Open, PASSWORD).await?;
        let Talk { drew, room, ana, .. } = &talk;
        ana.press("alt+F4").await?;
        wait::until_true("the window to be hidden", async || {
            Ok(desk.display().windows("Bedside").await?.is_empty())
        })
        .await?;
        let before = desk.notices().shown().len();
        drew.send(*room, "can you come?").await?;
        let notice = wait::until("the notification", async || {
            Ok(desk.notices().shown().into_iter().find(|notice| notice.title == "New message"))
        })
        .await
        .with_context(|| format!("{before} before it"))?;
        ensure!(notice.actions.iter().any(|action| action == "inline-reply"), "{notice:?}");
        desk.notices().reply(notice.id, "yes, at nine").await?;
        drew.stored_exactly(*room, &["can you come?", "yes, at nine"]).await?;
        ensure!(desk.display().windows("Bedside").await?.is_empty(), "the window was shown");
        talk.ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_disturbed_who_does_not_want_to_be_but_by_what_is_urgent() {
    scenario("telling_pause", async |scene| {
        let talk = scene.talk(Path::Open, PASSWORD).await?;
        let Talk { drew, room, ana, .. } = &talk;
        settings(ana).await?;
        ana.click("[aria-labelledby=notice-pause] button").await?;
        ana.reads("Until ").await?;
        ana.press("Escape").await?;
        drew.send(*room, "one").await?;
        ana.shows_row("Drew Hale", "one", Some(1)).await?;
        let notices = ana.desk().notices();
        let silent = async || Ok(notices.shown().is_empty());
        wait::stays_true(SILENCE, "no notification while not to be disturbed", silent).await?;
        drew.send_urgently(*room, "two").await?;
        let notice = one_more(ana, 0).await?;
        ensure!(notice.title == "Urgent message", "{notice:?}");
        talk.ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_the_network_was_away_is_one_notification() {
    scenario("telling_sum", async |scene| {
        let server = clinic(PASSWORD).await?;
        let eve = Account { kind: "practitioner", username: "eve", name: "Eve Moreau" };
        server.add(eve, PASSWORD).await?;
        server.link("ana", "eve").await?;
        let network = bedside_tests::Proxy::start(server.port(), Path::Open).await?;
        let ana = scene.window("ana", &network.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let eve = Peer::sign_in(&server.url(), "eve", PASSWORD).await?;
        let rooms = [(&drew, drew.only_room().await?), (&eve, eve.only_room().await?)];
        for (person, room) in rooms {
            person.send(room, "first").await?;
        }
        ana.shows_row("Eve Moreau", "first", Some(1)).await?;
        let notices = ana.desk().notices();
        wait::until_true("two notifications", async || Ok(notices.on_screen().len() == 2)).await?;

        network.set(Path::Cut);
        ana.sees("[data-mode=offline], .connection-bar").await?;
        for (person, room) in rooms {
            for _ in 0..3 {
                person.send(room, "while away").await?;
            }
        }
        network.set(Path::Open);
        ana.shows_row("Eve Moreau", "while away", Some(4)).await?;
        let one = async || Ok(notices.on_screen().len() == 1);
        wait::until_true("one notification for all", one).await?;
        let [notice] = notices.on_screen().try_into().ok().context("not one")?;
        ensure!(notice.title == "New messages in 2 conversations", "{notice:?}");
        for word in ["Drew", "Eve", "away"] {
            ensure!(!notice.everything.contains(word), "it says {word}: {notice:?}");
        }
        let elsewhere = Peer::sign_in(&server.url(), "ana", PASSWORD).await?;
        for (_, room) in rooms {
            elsewhere.read(room, 4).await?;
        }
        wait::until_true("it to go", async || Ok(notices.on_screen().is_empty())).await?;
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_is_heard_unless_the_desktop_wants_quiet() {
    scenario("telling_sound", async |scene| {
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let heard = desk.hear()?;
        let talk = scene.talk_at(&desk, Path::Open, PASSWORD).await?;
        let Talk { drew, room, ana, .. } = &talk;
        drew.send(*room, "one").await?;
        one_more(ana, 0).await?;
        wait::until_true("a sound", async || Ok(is_loud(&heard)?)).await?;
        // One is over before the next can be heard.
        let mut length = 0;
        wait::until_true("the end of the sound", async || {
            let before = std::mem::replace(&mut length, std::fs::metadata(&heard)?.len());
            Ok(before == length)
        })
        .await?;
        desk.notices().do_not_disturb(true);
        drew.send(*room, "two").await?;
        wait::until_true("the second notification", async || Ok(desk.notices().shown().len() == 2)).await?;
        let still = async || Ok(std::fs::metadata(&heard)?.len() == length);
        wait::stays_true(SILENCE, "silence", still).await?;
        talk.ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_says_which_hop_fails_and_what_to_do() {
    scenario("telling_test", async |scene| {
        let talk = scene.talk(Path::Open, PASSWORD).await?;
        let Talk { ana, network, .. } = &talk;
        settings(ana).await?;
        ana.click(".notice-test button").await?;
        ana.sees(".hop").await?;
        let passed = ana.run("return document.querySelectorAll('.hop--passed').length", vec![]).await?;
        ensure!(passed == 5, "{passed} hops work");
        ana.reads("Nothing on this computer plays sound").await?;
        ensure!(ana.desk().notices().on_screen().len() == 1, "one notification is shown");

        network.set(Path::Cut);
        ana.sees(".connection-bar").await?;
        ana.desk().notices().do_not_disturb(true);
        ana.click(".notice-test button").await?;
        ana.reads("The server does not answer").await?;
        ana.reads("There is no connection to the server").await?;
        ana.reads("Your computer is set not to disturb you").await?;
        talk.ana.quit().await
    })
    .await;
}

async fn settings(window: &Window) -> Result<()> {
    window.press("ctrl+comma").await?;
    window.sees("#settings-notifications").await
}

/// Chooses what a notification says: nothing, a name, name and text.
async fn choose_content(window: &Window, at: usize) -> Result<()> {
    let script = "document.querySelectorAll('[name=notice-content]')[arguments[0]].click()";
    window.run(script, vec![at.into()]).await?;
    let chosen = "return document.querySelectorAll('[name=notice-content]')[arguments[0]].checked";
    wait::until_true("the choice to be kept", async || {
        Ok(window.run(chosen, vec![at.into()]).await? == serde_json::json!(true))
    })
    .await
}

/// The notification after so many.
async fn one_more(window: &Window, before: usize) -> Result<Notice> {
    wait::until("a notification", async || Ok(window.desk().notices().shown().get(before).cloned())).await
}

/// Whether anything but silence was played.
fn is_loud(heard: &std::path::Path) -> Result<bool> {
    Ok(heard.exists() && std::fs::read(heard)?.iter().any(|byte| *byte != 0))
}
