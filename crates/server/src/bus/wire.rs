//! What a way between servers has to offer. Carries short texts to every server that listens, the sender included.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::stream::BoxStream;

/// Why a wire failed.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Redis refused or is not there.
    #[error("Redis: {0}")]
    Redis(#[from] ::redis::RedisError),
    /// PostgreSQL refused or is not there.
    #[error("PostgreSQL: {0}")]
    Postgres(#[from] tokio_postgres::Error),
    /// Something else.
    #[error("{0}")]
    Other(&'static str),
}

/// A way that may be opened, again and again.
#[async_trait]
pub trait Wire: Send + Sync + 'static {
    /// Connects; the ear hears whatever is told from now on.
    async fn open(&self) -> Result<Open, WireError>;
}

/// An open connection.
pub struct Open {
    /// To tell by.
    pub voice: Arc<dyn Voice>,
    /// What anybody tells, in the order told; it ends with the connection, and must be polled for the voice to work.
    pub ear: BoxStream<'static, String>,
}

/// The telling side of a connection.
#[async_trait]
pub trait Voice: Send + Sync + 'static {
    /// Tells everybody. It has arrived when this returns.
    async fn tell(&self, payload: &str) -> Result<(), WireError>;
    /// Asks for a sign of life, of the listening side too.
    async fn ping(&self) -> Result<(), WireError>;
}
