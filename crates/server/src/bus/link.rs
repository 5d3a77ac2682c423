//! One way's connection, kept open: connects, listens, asks for signs of life, and connects again.
//!
//! Decides nothing about what is told; what it hears and how it fares goes to the driver.

use std::sync::Arc;
use std::time::Duration;

use bedside_runtime::Runtime;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::choice::Way;
use super::wire::{Open, Voice, Wire, WireError};

/// A connection not made by then is given up.
const CONNECT_DEADLINE: Duration = Duration::from_secs(5);
/// How often a connection is asked for a sign of life.
const PING_EVERY: Duration = Duration::from_secs(5);
/// A connection that has not answered by then is lost.
pub(super) const ANSWER_DEADLINE: Duration = Duration::from_secs(3);
/// The first wait before connecting again, at most; it doubles with each failure.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait before connecting again.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// A connection that has lasted so long was a good one: the next is tried as at first.
const GOOD: Duration = Duration::from_secs(10);

/// What a link tells the driver.
pub(super) enum News {
    /// It is open and listens.
    Up(Channel),
    /// It is lost, or could not be opened.
    Down(WireError),
    /// Somebody told this.
    Heard(String),
}

/// The telling side of an open connection.
#[derive(Clone)]
pub(super) struct Channel {
    voice: Arc<dyn Voice>,
    broken: CancellationToken,
}

impl Channel {
    /// Whether it may still be told by.
    pub(super) fn is_open(&self) -> bool {
        !self.broken.is_cancelled()
    }

    /// Whether a text was told; a connection that fails at it is given up.
    pub(super) async fn tell(&self, runtime: &Runtime, payload: &str) -> bool {
        let told = runtime.timeout(ANSWER_DEADLINE, self.voice.tell(payload)).await;
        let failure = match told {
            Some(Ok(())) => return true,
            Some(Err(error)) => error,
            None => NO_ANSWER,
        };
        tracing::debug!(error = %failure, "a signal could not be told");
        self.broken.cancel();
        false
    }
}

const NO_ANSWER: WireError = WireError::Other("it does not answer");

/// A way and where its news go.
pub(super) struct Link {
    pub(super) runtime: Runtime,
    pub(super) way: Way,
    pub(super) wire: Arc<dyn Wire>,
    pub(super) news: mpsc::Sender<(Way, News)>,
}

impl Link {
    /// Keeps the connection open until nobody wants the news.
    pub(super) async fn run(self) {
        let mut failures = 0;
        while !self.news.is_closed() {
            let began = self.runtime.monotonic();
            let lost = self.connect_and_hold().await;
            let lasted = self.runtime.monotonic().saturating_sub(began);
            failures = if lasted >= GOOD { 0 } else { failures + 1 };
            if self.news.send((self.way, News::Down(lost))).await.is_err() {
                return;
            }
            self.runtime.sleep(self.runtime.jitter(longest_wait(failures))).await;
        }
    }

    async fn connect_and_hold(&self) -> WireError {
        match self.runtime.timeout(CONNECT_DEADLINE, self.wire.open()).await {
            None => NO_ANSWER,
            Some(Err(error)) => error,
            Some(Ok(open)) => self.hold(open).await,
        }
    }

    /// Listens until the connection is lost, and says why it was.
    async fn hold(&self, Open { voice, mut ear }: Open) -> WireError {
        let broken = CancellationToken::new();
        let channel = Channel { voice: Arc::clone(&voice), broken: broken.clone() };
        let hear = async {
            // Beside the listening, since a wire may need to be listened to for anything to get through.
            while let Some(payload) = ear.next().await {
                if self.news.send((self.way, News::Heard(payload))).await.is_err() {
                    break;
                }
            }
            WireError::Other("the connection was closed")
        };
        let live = async {
            if self.news.send((self.way, News::Up(channel))).await.is_err() {
                return WireError::Other("nobody listens");
            }
            self.until_silent(&*voice).await
        };
        tokio::select! {
            lost = hear => lost,
            lost = live => lost,
            () = broken.cancelled() => WireError::Other("it takes no messages"),
        }
    }

    async fn until_silent(&self, voice: &dyn Voice) -> WireError {
        loop {
            self.runtime.sleep(PING_EVERY).await;
            match self.runtime.timeout(ANSWER_DEADLINE, voice.ping()).await {
                Some(Ok(())) => {}
                Some(Err(error)) => return error,
                None => return NO_ANSWER,
            }
        }
    }
}

/// Full jitter is drawn from this: 250 ms, 500 ms, … 10 s.
fn longest_wait(failures: u32) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(failures.min(16)));
    doubled.min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_its_longest() {
        let waits = [0, 1, 5, 6, 1_000].map(|failures| longest_wait(failures).as_millis());
        assert_eq!(waits, [250, 500, 8_000, 10_000, 10_000]);
    }
}
