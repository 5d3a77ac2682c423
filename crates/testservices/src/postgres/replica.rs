//! A primary with a synchronous standby, which can take its place.

use anyhow::{Result, ensure};

use super::{Durability, Options, Postgres, run};
use crate::folder::Folder;
use crate::{ports, programs, wait};

/// The standby's name, by which the primary waits for it.
const STANDBY: &str = "standby";
/// How often it looks for a primary that was restarted; five seconds would be the rule.
const FOLLOW: &str = "wal_retrieve_retry_interval=200ms";

impl Postgres {
    /// Starts a primary and a standby that streams from it. Once this returns, the primary answers no commit that the
    /// standby has not synced as well; without its standby it answers none at all.
    ///
    /// The two are made together, because a primary that learns of its standby while it runs tells its sessions one by
    /// one, and a commit could slip through unreplicated. The options' durability must be [`Durability::Full`].
    pub async fn start_with_standby(options: Options) -> Result<(Self, Self)> {
        ensure!(
            options.durability == Durability::Full,
            "a standby is for tests of faults: ask for full durability"
        );
        let wait_for = format!("synchronous_standby_names={STANDBY}");
        let start = async |port| Self::start_with(&options, &[&wait_for], port).await;
        let primary = ports::on_free_port(start).await?;
        let standby = ports::on_free_port(async |port| primary.copied(&options, port).await).await?;
        primary.until_synchronous().await?;
        Ok((primary, standby))
    }

    /// Makes a standby the primary, open for writing, and waits until it is. It waits for no standby of its own.
    pub async fn promote(&self) -> Result<()> {
        let promoted = self.ask("SELECT pg_promote(true, 30)").await?;
        ensure!(promoted.as_deref() == Some("t"), "the standby was not promoted:\n{}", self.last_words());
        wait::until_true("the end of recovery", async || {
            Ok(self.ask("SELECT pg_is_in_recovery()").await?.as_deref() == Some("f"))
        })
        .await
    }

    /// Waits until somebody's commit waits for the standby, which is away.
    pub async fn until_a_commit_waits(&self) -> Result<()> {
        let waiting = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        let waits = async || Ok(self.ask(waiting).await?.as_deref() == Some("t"));
        wait::until_true("a commit that waits for the standby", waits).await
    }

    async fn copied(&self, options: &Options, port: u16) -> Result<Self> {
        let folder = Folder::new()?;
        let primary = format!(
            "host={} port={} user={} application_name={STANDBY}",
            self.folder.path().display(),
            self.port,
            super::USER
        );
        let mut copy = folder.command(&programs::postgres("pg_basebackup")?);
        copy.arg("-D").arg(folder.join("data")).args(["-d", &primary]);
        run(copy.args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"])).await?;
        let mut standby = Self::of(folder, options, &[FOLLOW], port)?;
        standby.start_again().await?;
        Ok(standby)
    }

    async fn until_synchronous(&self) -> Result<()> {
        let state = format!(
            "SELECT sync_state FROM pg_stat_replication \
             WHERE application_name = '{STANDBY}' AND state = 'streaming'"
        );
        wait::until_true("the standby", async || Ok(self.ask(&state).await?.as_deref() == Some("sync"))).await
    }
}
