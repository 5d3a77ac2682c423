//! Two people on different servers of one clinic, while parts of it fail: what was acknowledged is there once and in
//! order, and the windows find their way back by themselves.

mod site;

use std::time::Duration;

use anyhow::{Result, anyhow, bail, ensure};
use bedside_tests::several::Clinic;
use bedside_tests::{Peer, Scene, Window, scenario, wait};

use self::site::Sites;
use crate::PASSWORD;

/// As good as at once: without a wake, another server's message is seen up to 25 seconds late.
const AT_ONCE: Duration = Duration::from_secs(1);
/// Within which everything goes on after a failure.
const RECOVERY: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn two_people_on_different_servers_talk_through_every_failure() {
    scenario("several", async |scene| {
        let mut talk = Talk::begin(scene).await?;
        talk.goes_on().await.map_err(|error| anyhow!("{error:#}\n{}", talk.clinic.last_words()))?;
        talk.ana.quit().await?;
        talk.drew.quit().await
    })
    .await;
}

/// The clinic, both windows with the conversation open, and everything that was written, in order.
struct Talk {
    clinic: Clinic,
    _sites: Sites,
    ana: Window,
    drew: Window,
    written: Vec<&'static str>,
}

impl Talk {
    async fn begin(scene: &mut Scene) -> Result<Self> {
        let clinic = Clinic::start(PASSWORD).await?;
        let sites = Sites::start(&clinic).await?;
        let ana = scene.window("ana", &sites.for_ana).await?;
        ana.sign_in("ana", PASSWORD).await?;
        on(&clinic, [true, false, false]).await?;
        let drew = scene.window("drew", &sites.for_drew).await?;
        drew.sign_in("drew", PASSWORD).await?;
        on(&clinic, [true, true, false]).await?;
        drew.start_conversation("Ana Ribeiro").await?;
        ana.open_conversation("Drew Hale").await?;
        Ok(Talk { clinic, _sites: sites, ana, drew, written: Vec::new() })
    }

    async fn goes_on(&mut self) -> Result<()> {
        self.both_ways(AT_ONCE, ["first good morning", "second good morning"]).await?;
        self.each_sees_that_the_other_has_read().await?;
        self.lose_the_server_of_ana().await?;
        self.lose_redis().await?;
        self.restart_the_database().await?;
        self.lose_the_primary().await?;
        self.each_sees_that_the_other_has_read().await?;
        self.everything_is_there_once_and_in_order().await
    }

    async fn each_sees_that_the_other_has_read(&self) -> Result<()> {
        let [.., anas, drews] = self.written.as_slice() else { bail!("nothing was written") };
        self.ana.shows_state(anas, "Read").await?;
        self.drew.shows_state(drews, "Read").await
    }

    /// Ana writes and drew sees it, drew writes and ana sees it, each within this time.
    async fn both_ways(&mut self, within: Duration, [anas, drews]: [&'static str; 2]) -> Result<()> {
        self.ana.write(anas).await?;
        sees_last(&self.drew, anas, within).await?;
        self.drew.write(drews).await?;
        sees_last(&self.ana, drews, within).await?;
        self.written.extend([anas, drews]);
        Ok(())
    }

    async fn lose_the_server_of_ana(&mut self) -> Result<()> {
        self.clinic.nodes[0].kill().await?;
        self.both_ways(RECOVERY, ["is anybody there?", "on another server"]).await?;
        on(&self.clinic, [true, true, true]).await?;
        self.both_ways(AT_ONCE, ["so am I", "as if nothing had been"]).await?;
        self.clinic.nodes[0].start().await
    }

    async fn lose_redis(&mut self) -> Result<()> {
        self.clinic.redis.kill().await?;
        self.both_ways(AT_ONCE, ["without Redis", "by PostgreSQL"]).await?;
        let before = self.clinic.said(BY_REDIS);
        self.clinic.redis.start_again().await?;
        wait::until_true("the servers to be back on Redis", async || {
            Ok(self.clinic.said(BY_REDIS).iter().zip(before).all(|(now, before)| *now > before))
        })
        .await?;
        self.both_ways(AT_ONCE, ["Redis is back", "it is"]).await
    }

    /// Ana writes while the database is away.
    async fn restart_the_database(&mut self) -> Result<()> {
        let text = "while the database restarts";
        let (restarted, written) = tokio::join!(self.clinic.primary.restart(), self.ana.write(text));
        restarted.and(written)?;
        self.written.push(text);
        sees_last(&self.drew, text, RECOVERY).await?;
        self.both_ways(RECOVERY, ["after the restart", "nothing is missing"]).await?;
        self.both_ways(AT_ONCE, ["at once again", "indeed"]).await
    }

    /// Ana writes while there is no primary.
    async fn lose_the_primary(&mut self) -> Result<()> {
        self.clinic.primary.kill().await?;
        let text = "while there is no database";
        self.ana.write(text).await?;
        self.ana.shows_state(text, "Waiting to be sent").await?;
        self.written.push(text);
        self.clinic.standby.promote().await?;
        sees_last(&self.drew, text, RECOVERY).await?;
        self.both_ways(RECOVERY, ["on the standby", "the standby has it all"]).await?;
        self.both_ways(AT_ONCE, ["at once once more", "until next time"]).await
    }

    /// In both windows and on each server.
    async fn everything_is_there_once_and_in_order(&self) -> Result<()> {
        self.ana.shows_messages(&self.written).await?;
        self.drew.shows_messages(&self.written).await?;
        for node in &self.clinic.nodes {
            let drew = Peer::sign_in(&node.url(), "drew", PASSWORD).await?;
            drew.stored_exactly(drew.only_room().await?, &self.written).await?;
        }
        let unexpected = self.clinic.said(" http.status=500 ");
        ensure!(unexpected == [0; 3], "servers answered 500 this often: {unexpected:?}");
        Ok(())
    }
}

/// What a server says when it takes to Redis.
const BY_REDIS: &str = "servers wake each other through Redis";

/// Waits until exactly these servers have had a feed socket.
async fn on(clinic: &Clinic, servers: [bool; 3]) -> Result<()> {
    wait::until_true(&format!("feed sockets on {servers:?}"), async || {
        Ok(clinic.sockets().map(|opened| opened > 0) == servers)
    })
    .await
}

async fn sees_last(window: &Window, text: &str, within: Duration) -> Result<()> {
    wait::until_within(within, &format!("{} to see {text:?}", window.desk().name()), async || {
        let bubbles = window.bubbles().await?;
        Ok(bubbles.last().is_some_and(|last| last.text == text).then_some(()))
    })
    .await
}
