//! What a store is doing at the moment, for metrics; read from counters, never from the database.

use crate::metrics::Durations;

/// What a store has to do, and what it does it with.
#[derive(Clone, Debug, Default)]
pub struct StoreGauges {
    /// What waits for the one writer, or for a connection.
    pub waiting: u64,
    /// The one writer, where there is one.
    pub writer: Option<WriterGauges>,
    /// The pools of connections, where there are any.
    pub pools: Vec<PoolGauges>,
}

/// What the one writer has done since it started.
#[derive(Clone, Debug)]
pub struct WriterGauges {
    /// What it has made durable, many to a commit.
    pub jobs: u64,
    /// How long its commits took.
    pub(crate) commits: Durations,
}

/// A pool of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolGauges {
    /// A word for it, lower case.
    pub name: &'static str,
    /// Connections that are lent.
    pub in_use: usize,
    /// Connections that wait to be lent.
    pub idle: usize,
    /// Connections there may be.
    pub most: usize,
    /// What waits for one.
    pub waiting: usize,
}
