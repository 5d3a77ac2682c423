//! Others who go on talking meanwhile, at a fixed rate, and how long each of their messages took.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use futures_util::{SinkExt, StreamExt};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

use crate::server::target::{Side, Sink, Stream, Target};

/// Longest wait for the last messages.
const PATIENCE: Duration = Duration::from_secs(30);

/// One message that arrived.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    /// When it was to be sent.
    pub(super) due: Instant,
    /// From then to its arrival.
    pub(super) took: Duration,
}

/// A conversation under way. Dropped, it ends.
pub(super) struct Talk {
    over: Arc<AtomicBool>,
    task: JoinHandle<Result<Vec<Spoken>>>,
}

impl Talk {
    /// Connects all pairs and lets them talk, so many messages a second over all.
    pub(super) async fn begin(target: &Arc<Target>, rate: u32) -> Result<Self> {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let (mut sinks, mut readers) = (Vec::new(), JoinSet::new());
        for pair in 0..target.pairs() {
            let (sink, stream) = target.connect(pair, Side::Sender).await?;
            readers.spawn(read(Arc::clone(target), stream, None));
            sinks.push(sink);
            let (_, stream) = target.connect(pair, Side::Receiver).await?;
            readers.spawn(read(Arc::clone(target), stream, Some(arrived.clone())));
        }
        let over = Arc::new(AtomicBool::new(false));
        let talk = talk(Arc::clone(target), sinks, rate, Arc::clone(&over), arrivals, readers);
        Ok(Talk { over, task: tokio::spawn(talk) })
    }

    /// Ends it and waits until everything said has arrived.
    pub(super) async fn end(mut self) -> Result<Vec<Spoken>> {
        self.over.store(true, Ordering::Relaxed);
        (&mut self.task).await?
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn talk(
    target: Arc<Target>,
    mut sinks: Vec<Sink>,
    rate: u32,
    over: Arc<AtomicBool>,
    mut arrivals: mpsc::UnboundedReceiver<(u32, Instant)>,
    _readers: JoinSet<()>,
) -> Result<Vec<Spoken>> {
    let (start, mut said, pairs) = (Instant::now(), 0_u32, sinks.len());
    let due = |number: u32| start + Duration::from_secs(1).mul_f64(f64::from(number) / f64::from(rate));
    while !over.load(Ordering::Relaxed) {
        tokio::time::sleep_until(due(said).into()).await;
        let pair = usize::try_from(said)? % pairs;
        let frame = target.frame(pair, said.to_string())?;
        sinks.get_mut(pair).context("nobody talks")?.send(frame).await?;
        said += 1;
    }
    let mut spoken = Vec::new();
    while spoken.len() < usize::try_from(said)? {
        let arrival = tokio::time::timeout(PATIENCE, arrivals.recv()).await;
        let arrival = arrival.with_context(|| format!("{} of {said} messages arrived", spoken.len()))?;
        let (number, at) = arrival.context("those who listen are gone")?;
        let due = due(number);
        spoken.push(Spoken { due, took: at.saturating_duration_since(due) });
    }
    Ok(spoken)
}

/// Reads a socket to its end; what arrives is passed on if somebody wants it.
async fn read(
    target: Arc<Target>,
    mut stream: Stream,
    arrived: Option<mpsc::UnboundedSender<(u32, Instant)>>,
) {
    while let Some(Ok(frame)) = stream.next().await {
        let at = Instant::now();
        let Some(arrived) = &arrived else { continue };
        for text in target.delivered(&frame).unwrap_or_default() {
            if let Ok(number) = text.parse() {
                let _ended = arrived.send((number, at));
            }
        }
    }
}
