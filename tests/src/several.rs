//! A clinic on several machines, all of them this one: PostgreSQL with a synchronous standby, Redis, three servers. What
//! stands before the servers is the test's.

use anyhow::{Result, ensure};
use bedside_testservices::{Options, Postgres, Redis};

use crate::scene;
use crate::server::{Server, Shared};

/// How many lines of each server's log a failure shows.
const LINES_SHOWN: usize = 15;

/// The clinic, running.
#[derive(Debug)]
pub struct Clinic {
    /// Answers no commit that the standby does not have as well.
    pub primary: Postgres,
    /// Takes its place when promoted.
    pub standby: Postgres,
    /// What servers wake each other through.
    pub redis: Redis,
    /// The servers.
    pub nodes: [Server; 3],
}

impl Clinic {
    /// Starts everything, with ana and drew linked.
    pub async fn start(password: &str) -> Result<Self> {
        let (primary, standby) = Postgres::start_with_standby(Options::durable()).await?;
        let redis = Redis::start().await?;
        let shared = Shared { database: on_either(&primary, &standby).await?, redis: redis.url() };
        let node = || Server::prepare_beside_others(&shared);
        let mut nodes = [node()?, node()?, node()?];
        nodes[0].run(&["migrate"], "").await?;
        scene::people(&nodes[0], password).await?;
        for node in &mut nodes {
            node.start().await?;
        }
        Ok(Clinic { primary, standby, redis, nodes })
    }

    /// How many feed sockets each server has opened.
    #[must_use]
    pub fn sockets(&self) -> [usize; 3] {
        self.nodes.each_ref().map(Server::feed_sockets_opened)
    }

    /// The ends of the servers' logs, for whoever has only the output.
    #[must_use]
    pub fn last_words(&self) -> String {
        let end = |node: &Server| {
            let output = node.output();
            let mut lines: Vec<&str> = output.lines().rev().take(LINES_SHOWN).collect();
            lines.push(if node.is_running() { "--- a server" } else { "--- a server, not running" });
            lines.into_iter().rev().collect::<Vec<_>>().join("\n")
        };
        self.nodes.each_ref().map(end).join("\n")
    }

    /// How often each server has said this.
    #[must_use]
    pub fn said(&self, words: &str) -> [usize; 3] {
        self.nodes.each_ref().map(|node| node.output().matches(words).count())
    }
}

/// A new database, by an address that finds it whichever of the two is the primary.
async fn on_either(primary: &Postgres, standby: &Postgres) -> Result<String> {
    let url = primary.fresh_database().await?;
    let host = format!("127.0.0.1:{}", primary.port());
    ensure!(url.contains(&host), "the database is elsewhere than its cluster");
    Ok(url.replace(&host, &format!("{host},127.0.0.1:{}", standby.port())))
}
