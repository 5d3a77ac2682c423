//! One question put to something that may never answer: asked anew when the last answer is old, never twice at once.

use std::time::Duration;

use bedside_runtime::Runtime;
use tokio::sync::watch;

/// How long an answer holds.
const FRESH: Duration = Duration::from_secs(1);
/// How long whoever asks waits for a new one.
const PATIENCE: Duration = Duration::from_secs(1);
/// What has not answered for this long cannot: well beyond a commit on a busy disk.
const STALLED_AFTER: Duration = Duration::from_secs(5);

/// What is known of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It answered well when it was asked last.
    Works,
    /// It did not, or has been asked for too long.
    Fails,
    /// It has never answered, and is not late yet.
    NotYet,
}

/// A question and its answers.
#[derive(Default)]
pub(super) struct Probe(watch::Sender<State>);

#[derive(Clone, Copy, Default)]
struct State {
    /// Since when an answer is awaited.
    asked_at: Option<Duration>,
    last: Option<Answer>,
}

#[derive(Clone, Copy)]
struct Answer {
    at: Duration,
    works: bool,
}

impl State {
    fn is_due(&self, now: Duration) -> bool {
        self.asked_at.is_none() && self.last.is_none_or(|last| now.saturating_sub(last.at) >= FRESH)
    }

    fn known(&self, now: Duration) -> Known {
        match (self.asked_at, self.last) {
            (Some(at), _) if now.saturating_sub(at) >= STALLED_AFTER => Known::Fails,
            (_, Some(Answer { works: true, .. })) => Known::Works,
            (_, Some(_)) => Known::Fails,
            (_, None) => Known::NotYet,
        }
    }
}

impl Probe {
    /// Asks if it is time to, waits a moment, and says what is known.
    pub(super) async fn ask(
        &self,
        runtime: &Runtime,
        question: impl Future<Output = bool> + Send + 'static,
    ) -> Known {
        let mut seen = self.0.subscribe();
        if self.begin(runtime.monotonic()) {
            let (answers, clock) = (self.0.clone(), runtime.clone());
            runtime.spawn("server.health", async move {
                let works = question.await;
                let last = Some(Answer { at: clock.monotonic(), works });
                answers.send_replace(State { asked_at: None, last });
            });
        }
        let answered = seen.wait_for(|state| state.asked_at.is_none());
        let _ = runtime.timeout(PATIENCE, answered).await; // Then the last answer stands, or it is late.
        self.0.borrow().known(runtime.monotonic())
    }

    fn begin(&self, now: Duration) -> bool {
        self.0.send_if_modified(|state| {
            let due = state.is_due(now);
            if due {
                state.asked_at = Some(now);
            }
            due
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use bedside_protocol::Timestamp;
    use tokio::sync::Notify;

    use super::*;

    struct Asked {
        runtime: Runtime,
        probe: Probe,
        times: Arc<AtomicU32>,
        answer: Arc<Notify>,
    }

    impl Asked {
        fn new() -> Self {
            let runtime = Runtime::simulated(1, Timestamp(0));
            Asked { runtime, probe: Probe::default(), times: Arc::default(), answer: Arc::default() }
        }

        async fn and_answers(&self, works: bool) -> Known {
            let times = Arc::clone(&self.times);
            let question = async move {
                times.fetch_add(1, Ordering::Relaxed);
                works
            };
            self.probe.ask(&self.runtime, question).await
        }

        async fn and_does_not_answer(&self) -> Known {
            let (times, answer) = (Arc::clone(&self.times), Arc::clone(&self.answer));
            let question = async move {
                times.fetch_add(1, Ordering::Relaxed);
                answer.notified().await;
                true
            };
            self.probe.ask(&self.runtime, question).await
        }

        fn times(&self) -> u32 {
            self.times.load(Ordering::Relaxed)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_holds_for_a_second() {
        let asked = Asked::new();
        assert_eq!(asked.and_answers(true).await, Known::Works);
        assert_eq!(asked.and_answers(false).await, Known::Works, "not asked again");
        asked.runtime.sleep(FRESH).await;
        assert_eq!(asked.and_answers(false).await, Known::Fails);
        assert_eq!(asked.times(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn no_answer_is_waited_for_long_and_one_that_is_late_is_none() {
        let asked = Asked::new();
        let began = asked.runtime.monotonic();
        for _ in 0..4 {
            assert_eq!(asked.and_does_not_answer().await, Known::NotYet);
        }
        assert_eq!(asked.runtime.monotonic() - began, PATIENCE * 4);
        assert_eq!(asked.and_does_not_answer().await, Known::Fails);
        assert_eq!(asked.times(), 1, "never twice at once");
        asked.answer.notify_one();
        assert_eq!(asked.and_does_not_answer().await, Known::Works, "with its answer");
        asked.runtime.sleep(FRESH).await;
        assert_eq!(asked.and_does_not_answer().await, Known::Works, "until the next is late");
        assert_eq!(asked.times(), 2);
    }
}
