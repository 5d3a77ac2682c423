//! One connection: two directions, a fate, and strikes from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bedside_runtime::Runtime;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf};
use tokio::sync::watch;

/// What is to become of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fate {
    /// Cut after so many bytes in both directions together.
    pub(super) cut_after: Option<usize>,
    /// Silent after so many bytes in both directions together.
    pub(super) mute_after: Option<usize>,
    /// Each piece waits up to this long.
    pub(super) delay: Duration,
}

/// What others can do to a connection.
#[derive(Clone, Debug)]
pub(super) struct Strike {
    over: Arc<watch::Sender<bool>>,
    muted: Arc<AtomicBool>,
}

impl Default for Strike {
    fn default() -> Self {
        Strike { over: Arc::new(watch::Sender::new(false)), muted: Arc::default() }
    }
}

impl Strike {
    pub(super) fn cut(&self) {
        self.over.send_replace(true);
    }

    pub(super) fn mute(&self) {
        self.muted.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        *self.over.borrow()
    }
}

struct Shared {
    runtime: Runtime,
    fate: Fate,
    strike: Strike,
    carried: AtomicUsize,
}

/// Carries bytes both ways until either end closes or fate strikes.
pub(super) async fn run(
    runtime: Runtime,
    client: DuplexStream,
    server: DuplexStream,
    fate: Fate,
    strike: Strike,
) {
    let shared = Shared { runtime, fate, strike, carried: AtomicUsize::new(0) };
    let (from_client, to_client) = tokio::io::split(client);
    let (from_server, to_server) = tokio::io::split(server);
    let mut over = shared.strike.over.subscribe();
    tokio::select! {
        _ = over.wait_for(|over| *over) => {}
        () = async { tokio::join!(carry(&shared, from_client, to_server), carry(&shared, from_server, to_client)); } => {}
    }
    shared.strike.cut();
}

async fn carry(shared: &Shared, mut from: ReadHalf<DuplexStream>, mut to: WriteHalf<DuplexStream>) {
    let mut buffer = [0; 2_048];
    loop {
        let count = match from.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(count) => count,
        };
        shared.runtime.sleep(shared.runtime.jitter(shared.fate.delay)).await;
        let carried = shared.carried.fetch_add(count, Ordering::Relaxed) + count;
        if shared.fate.cut_after.is_some_and(|limit| carried >= limit) {
            // What was before the limit still arrives: half a frame, half a header.
            let half = buffer.get(..count / 2).unwrap_or_default();
            let _the_end_is_near = to.write_all(half).await;
            shared.strike.cut();
            return;
        }
        let muted = shared.strike.muted.load(Ordering::Relaxed)
            || shared.fate.mute_after.is_some_and(|limit| carried >= limit);
        let piece = buffer.get(..count).unwrap_or_default();
        if !muted && to.write_all(piece).await.is_err() {
            break;
        }
    }
    let _closed_already = to.shutdown().await;
}
