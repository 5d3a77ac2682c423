//! Telling: what to tell next, by which ways, and what is owed to a way that did not take it.

use bedside_runtime::Runtime;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::Driver;
use crate::bus::choice::Ways;
use crate::bus::link::Channel;
use crate::bus::signal::{self, Signal};

/// What became of a telling.
pub(super) struct Told {
    /// By which ways it was to be told, open or not.
    wanted: Ways,
    /// By which ways it was.
    by: Ways,
}

/// Texts and the open ways to tell them by.
struct Telling {
    payloads: Vec<String>,
    wanted: Ways,
    redis: Option<Channel>,
    postgres: Option<Channel>,
}

impl Telling {
    /// Tells by each wanted way; by PostgreSQL also if nobody else is left to tell by.
    async fn run(self, runtime: Runtime) -> Told {
        let redis = self.by(&runtime, self.redis.as_ref()).await;
        let postgres_too = self.wanted.postgres || !redis;
        let postgres = postgres_too && self.by(&runtime, self.postgres.as_ref()).await;
        Told { wanted: self.wanted, by: Ways { redis, postgres } }
    }

    async fn by(&self, runtime: &Runtime, channel: Option<&Channel>) -> bool {
        let Some(channel) = channel else { return false };
        for payload in &self.payloads {
            if !channel.tell(runtime, payload).await {
                return false;
            }
        }
        true
    }
}

/// Waits for the telling under way, if there is one.
pub(super) async fn finished(sending: &mut Option<BoxFuture<'static, Told>>) -> Told {
    match sending {
        Some(running) => {
            let told = running.await;
            *sending = None;
            told
        }
        None => std::future::pending().await,
    }
}

impl Driver {
    /// Begins to tell what there is to tell, unless a telling is under way.
    pub(super) fn begin_sending(&mut self) {
        if self.sending.is_none()
            && let Some(telling) = self.next_telling()
        {
            self.sending = Some(telling.run(self.runtime.clone()).boxed());
        }
    }

    fn next_telling(&mut self) -> Option<Telling> {
        let owed = Ways {
            redis: self.owed.redis && is_open(self.redis.as_ref()),
            postgres: self.owed.postgres && is_open(self.postgres.as_ref()),
        };
        if owed != Ways::default() {
            return Some(self.telling(vec![Signal::Look], owed));
        }
        if std::mem::take(&mut self.say_deaf) && self.choice.is_deaf() {
            return Some(self.telling(vec![Signal::NoRedis], Ways { redis: false, postgres: true }));
        }
        let signals = self.shared.unsent().take();
        let ways = self.choice.ways(self.runtime.monotonic());
        if signals.is_empty() { None } else { Some(self.telling(signals, ways)) }
    }

    fn telling(&self, signals: Vec<Signal>, wanted: Ways) -> Telling {
        Telling {
            payloads: signal::write(self.node, signals),
            wanted,
            redis: self.redis.clone().filter(|channel| wanted.redis && channel.is_open()),
            postgres: self.postgres.clone().filter(Channel::is_open),
        }
    }

    /// Notes what is owed, or no longer.
    pub(super) fn told(&mut self, Told { wanted, by }: Told) {
        let nobody = !by.redis && !by.postgres;
        self.owed.redis = !by.redis && (self.owed.redis || nobody);
        self.owed.postgres = !by.postgres && (self.owed.postgres || wanted.postgres || nobody);
    }

    /// Before the end: each thing once, whether it is heard or not.
    pub(super) async fn tell_the_rest(&mut self) {
        self.owed = Ways::default();
        self.say_deaf = false;
        if let Some(telling) = self.next_telling() {
            telling.run(self.runtime.clone()).await;
        }
    }
}

fn is_open(channel: Option<&Channel>) -> bool {
    channel.is_some_and(Channel::is_open)
}
