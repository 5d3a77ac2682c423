//! A clinic on several machines, all of them this one: PostgreSQL with a synchronous standby, Redis, three servers and a
//! balancer before them.

use std::sync::Arc;

use anyhow::{Context, Result};
use bedside_runtime::Runtime;
use bedside_testkit::Balancer;
use bedside_testservices::{Options, Postgres, Redis};

use crate::node::{Node, Shared};
use crate::people::{Pair, admit};

pub(crate) struct Clinic {
    /// Answers no commit that the standby does not have as well.
    pub(crate) primary: Postgres,
    pub(crate) standby: Postgres,
    pub(crate) redis: Redis,
    pub(crate) nodes: [Node; 3],
    pub(crate) balancer: Arc<Balancer>,
    pub(crate) pairs: Vec<Pair>,
    database: String,
}

impl Clinic {
    pub(crate) async fn start(runtime: &Runtime, pairs: usize) -> Result<Self> {
        // A second installation says that there is one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (primary, standby) = Postgres::start_with_standby(Options::durable()).await?;
        let redis = Redis::start().await?;
        let url = primary.fresh_database().await?;
        let database = url.rsplit_once('/').context("an address without a database")?.1.to_owned();
        let pairs = admit(runtime, &url, pairs).await?;
        let ports = format!("127.0.0.1:{},127.0.0.1:{}", primary.port(), standby.port());
        let url = format!("postgres://postgres@{ports}/{database}");
        let shared = Shared { database: url, redis: Some(redis.url()) };
        let mut nodes = [Node::prepare(&shared)?, Node::prepare(&shared)?, Node::prepare(&shared)?];
        let mut addresses = Vec::new();
        for node in &mut nodes {
            addresses.push(node.start().await?);
        }
        let balancer = Arc::new(Balancer::before(addresses)?);
        Ok(Clinic { primary, standby, redis, nodes, balancer, pairs, database })
    }

    /// Starts a server again that was killed or stopped.
    pub(crate) async fn start_node(&mut self, node: usize) -> Result<()> {
        let address = self.nodes[node].start().await?;
        self.balancer.moved(node, address)
    }

    /// Where the promoted standby has the clinic's data.
    pub(crate) fn url_after_promotion(&self) -> String {
        self.standby.url_of(&self.database)
    }

    /// The ends of the servers' logs, for whoever has only the output.
    pub(crate) fn last_words(&self) -> String {
        self.nodes.each_ref().map(Node::last_words).join("\n---\n")
    }
}
