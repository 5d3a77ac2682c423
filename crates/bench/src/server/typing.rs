//! Messages at a fixed rate while one client says that it types, far more often than any client of ours would.

use std::time::Duration;

use anyhow::Result;
use futures_util::{SinkExt, StreamExt};

use super::load::{Paced, pace};
use super::target::{Door, Side, Target};

/// Messages per second over all pairs.
const MESSAGES: u32 = 50;
/// How often the one says that it types, per second.
pub(super) const WORDS: u32 = 200;

/// The same messages with and without it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    pub(crate) without: Paced,
    pub(crate) with: Paced,
}

/// Measures both, one right after the other; nothing where a socket has no frame for typing.
pub(super) async fn beside(target: &Target, door: Door, length: Duration) -> Result<Option<Beside>> {
    if door != Door::Account {
        return Ok(None);
    }
    let without = pace(target, MESSAGES, length).await?;
    let with = tokio::select! {
        with = pace(target, MESSAGES, length) => with?,
        failed = type_on(target) => return failed.map(|()| None),
    };
    Ok(Some(Beside { without, with }))
}

/// Says it until it is dropped; what comes back is read and passed over.
async fn type_on(target: &Target) -> Result<()> {
    let (mut sink, mut stream) = target.connect(0, Side::Sender).await?;
    let frame = target.typing(0)?;
    let mut times = tokio::time::interval(Duration::from_secs(1) / WORDS);
    loop {
        tokio::select! {
            _ = times.tick() => sink.send(frame.clone()).await?,
            read = stream.next() => match read {
                Some(read) => drop(read?),
                None => anyhow::bail!("the server closed the socket of the one who types"),
            },
        }
    }
}
