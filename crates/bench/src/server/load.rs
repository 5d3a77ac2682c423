//! The loads: saturation with a window per pair, a fixed rate, and idle connections.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use futures_util::{SinkExt, StreamExt};
use hdrhistogram::Histogram;
use tokio::sync::{Semaphore, mpsc};

use super::process::Process;
use super::target::{Side, Sink, Stream, Target};
use crate::meter::{Cpu, Meter};

/// As many messages as the target takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Saturation {
    /// Messages received by the other side, per second.
    pub(crate) delivered_per_s: f64,
    /// CPU seconds of the target per 1,000 of them.
    pub(crate) cpu_per_1000: Cpu,
}

/// A fixed rate over all pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paced {
    /// Messages per second asked for.
    pub(crate) rate: u32,
    /// Median time from the planned moment of sending to delivery, milliseconds.
    pub(crate) p50_ms: f64,
    /// The 99th percentile of the same.
    pub(crate) p99_ms: f64,
}

/// Connections on which nothing happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    /// How many.
    pub(crate) connections: u32,
    /// Resident memory of the target per connection, bytes.
    pub(crate) bytes_each: f64,
}

/// Keeps `in_flight` messages of every pair under way for `length`.
pub(crate) async fn saturate(
    target: &Target,
    meter: &impl Meter,
    in_flight: u32,
    length: Duration,
) -> Result<Saturation> {
    let delivered = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let ends = connect_all(target).await?;
    let (cpu, started) = (meter.cpu()?, Instant::now());
    let pairs = ends
        .into_iter()
        .enumerate()
        .map(|(pair, ends)| talk(target, pair, ends, in_flight, Arc::clone(&delivered), Arc::clone(&over)));
    let clock = async {
        tokio::time::sleep(length).await;
        let figures = (delivered.load(Ordering::Relaxed), started.elapsed(), meter.cpu());
        over.store(true, Ordering::Relaxed);
        figures
    };
    let ((count, elapsed, cpu_after), talked) = tokio::join!(clock, futures_util::future::join_all(pairs));
    talked.into_iter().collect::<Result<Vec<()>>>()?;
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let count = count as f64;
    Ok(Saturation {
        delivered_per_s: count / elapsed.as_secs_f64(),
        cpu_per_1000: cpu_after?.since(cpu).per_1000(count),
    })
}

/// One pair: sends whenever the window has room, gives the window back on delivery. When time is over it waits for what
/// is still under way, so that nothing of it reaches the next measurement.
async fn talk(
    target: &Target,
    pair: usize,
    (mut sender, mut receiver): (End, End),
    in_flight: u32,
    delivered: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
) -> Result<()> {
    let window = Semaphore::new(in_flight as usize);
    let sending = async {
        while !over.load(Ordering::Relaxed) {
            window.acquire().await?.forget();
            sender
                .sink
                .send(target.frame(pair, "How are you feeling after the new dose today?".to_owned())?)
                .await?;
        }
        window.acquire_many(in_flight).await?.forget();
        anyhow::Ok(())
    };
    let receiving = async {
        loop {
            let frame = receiver.stream.next().await.context("the target closed the receiver's socket")??;
            let texts = target.delivered(&frame)?;
            delivered.fetch_add(texts.len() as u64, Ordering::Relaxed);
            window.add_permits(texts.len());
        }
    };
    let echoes = async {
        while let Some(frame) = sender.stream.next().await {
            frame?;
        }
        anyhow::bail!("the target closed the sender's socket")
    };
    tokio::select! {
        sent = sending => sent,
        received = receiving => received,
        echoed = echoes => echoed,
    }
}

/// Sends `rate` messages per second over all pairs, whatever the target does (an open loop).
pub(crate) async fn pace(target: &Target, rate: u32, length: Duration) -> Result<Paced> {
    let ends = connect_all(target).await?;
    let total = u64::from(rate) * length.as_secs();
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let mut sinks = Vec::new();
    let mut readers = tokio::task::JoinSet::new();
    for (sender, receiver) in ends {
        sinks.push(sender.sink);
        readers.spawn(discard(sender.stream));
        readers.spawn(note_arrivals(receiver.stream, arrived.clone()));
    }
    let planned = send_on_time(target, &mut sinks, rate, total).await?;
    let mut histogram = Histogram::<u64>::new(3)?;
    while histogram.len() < total {
        let (frame, at) = tokio::time::timeout(Duration::from_secs(30), arrivals.recv())
            .await?
            .context("no more arrivals")?;
        for text in target.delivered(&frame)? {
            let due = planned.get(&text).context("a message nobody sent")?;
            histogram.record(u64::try_from(at.duration_since(*due).as_micros())?)?;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "microseconds far below 2^52")]
    let ms = |quantile: f64| histogram.value_at_quantile(quantile) as f64 / 1_000.0;
    Ok(Paced { rate, p50_ms: ms(0.5), p99_ms: ms(0.99) })
}

async fn send_on_time(
    target: &Target,
    sinks: &mut [Sink],
    rate: u32,
    total: u64,
) -> Result<HashMap<String, Instant>> {
    let (start, mut planned) = (Instant::now() + Duration::from_millis(100), HashMap::new());
    for number in 0..total {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let due = start + Duration::from_secs_f64(number as f64 / f64::from(rate));
        tokio::time::sleep_until(due.into()).await;
        let pair = usize::try_from(number)? % sinks.len();
        let text = format!("Message number {number} of this measurement.");
        let frame = target.frame(pair, text.clone())?;
        planned.insert(text, due);
        sinks.get_mut(pair).context("no such pair")?.send(frame).await?;
    }
    Ok(planned)
}

/// Opens idle connections and divides what the target's memory grew by.
pub(crate) async fn idle(target: &Target, process: &Process, connections: u32) -> Result<Idle> {
    let before = process.resident()?;
    let mut held = Vec::new();
    for number in 0..connections as usize {
        let side = if number % 2 == 0 { Side::Sender } else { Side::Receiver };
        held.push(target.connect((number / 2) % target.pairs(), side).await?);
    }
    let grown = process.resident()?.saturating_sub(before);
    #[expect(clippy::cast_precision_loss, reason = "bytes far below 2^52")]
    let bytes_each = grown as f64 / f64::from(connections);
    Ok(Idle { connections, bytes_each })
}

struct End {
    sink: Sink,
    stream: Stream,
}

async fn connect_all(target: &Target) -> Result<Vec<(End, End)>> {
    let mut ends = Vec::new();
    for pair in 0..target.pairs() {
        let (sink, stream) = target.connect(pair, Side::Sender).await?;
        let sender = End { sink, stream };
        let (sink, stream) = target.connect(pair, Side::Receiver).await?;
        ends.push((sender, End { sink, stream }));
    }
    Ok(ends)
}

async fn discard(mut stream: Stream) {
    while let Some(Ok(_)) = stream.next().await {}
}

type Arrival = (tokio_tungstenite::tungstenite::Message, Instant);

async fn note_arrivals(mut stream: Stream, arrived: mpsc::UnboundedSender<Arrival>) {
    while let Some(Ok(frame)) = stream.next().await {
        if arrived.send((frame, Instant::now())).is_err() {
            return;
        }
    }
}
