//! The task between the hub and the ways: signals out by the chosen ways, signals in to the hub, looks when something
//! may have been missed.
//!
//! Never waits for a way: one telling is under way at a time, and everything else goes on beside it.

mod sending;

use std::sync::Arc;
use std::time::Duration;

use bedside_runtime::{Runtime, Task};
use futures_util::future::BoxFuture;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::choice::{Choice, Standing, Way, Ways};
use super::link::{Channel, Link, News};
use super::signal::{self, NodeId, Signal};
use super::wire::WireError;
use super::{Ears, Shared, Wires};

/// News that may wait for the task; beyond it, connections are not read.
const NEWS: usize = 256;
/// How often a server says that it hears nothing through Redis.
const SAY_DEAF_EVERY: Duration = Duration::from_secs(5);
/// From a loss to the look: other servers have been told by then where this one is to be told. Losses meanwhile need
/// no look of their own.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Starts the task and the connections.
pub(super) fn start(runtime: &Runtime, ears: Ears, shared: Arc<Shared>, wires: Wires) {
    let (sender, news) = mpsc::channel(NEWS);
    let configured = Ways { redis: wires.redis.is_some(), postgres: wires.postgres.is_some() };
    let link = |way, wire, name| {
        let link = Link { runtime: runtime.clone(), way, wire, news: sender.clone() };
        runtime.spawn_vital(name, link.run())
    };
    let redis = wires.redis.map(|wire| link(Way::Redis, wire, "server.bus.redis"));
    let postgres = wires.postgres.map(|wire| link(Way::Postgres, wire, "server.bus.postgres"));
    let driver = Driver {
        runtime: runtime.clone(),
        node: runtime.uuid(),
        ears,
        shared,
        choice: Choice::new(configured),
        redis: None,
        postgres: None,
        owed: Ways::default(),
        say_deaf: false,
        say_deaf_at: Instant::now() + SAY_DEAF_EVERY,
        look_at: None,
        sending: None,
        reason: None,
    };
    let links = redis.into_iter().chain(postgres).collect();
    runtime.spawn_vital("server.bus", driver.run(news, links));
}

struct Driver {
    runtime: Runtime,
    node: NodeId,
    ears: Ears,
    shared: Arc<Shared>,
    choice: Choice,
    redis: Option<Channel>,
    postgres: Option<Channel>,
    /// The ways by which something was not told.
    owed: Ways,
    /// Whether it is time to say that Redis is not heard.
    say_deaf: bool,
    say_deaf_at: Instant,
    look_at: Option<Instant>,
    sending: Option<BoxFuture<'static, sending::Told>>,
    /// Why a way was lost last.
    reason: Option<WireError>,
}

enum Event {
    News(Way, News),
    Told(sending::Told),
    Added,
    LookDue,
    SayDeafDue,
    Closing,
}

impl Driver {
    async fn run(mut self, mut news: mpsc::Receiver<(Way, News)>, links: Vec<Task>) {
        let shared = Arc::clone(&self.shared);
        loop {
            let event = tokio::select! {
                biased;
                told = sending::finished(&mut self.sending) => Event::Told(told),
                () = shared.closing.cancelled(), if self.sending.is_none() => Event::Closing,
                () = at(self.look_at) => Event::LookDue,
                () = at(Some(self.say_deaf_at)) => Event::SayDeafDue,
                Some((way, news)) = news.recv() => Event::News(way, news),
                () = shared.added.notified() => Event::Added,
            };
            if let Event::Closing = event {
                break;
            }
            self.handle(event);
            self.begin_sending();
        }
        self.tell_the_rest().await;
        for link in links {
            link.abort();
        }
        shared.closed.cancel();
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::News(way, News::Up(channel)) => self.up(way, channel),
            Event::News(way, News::Down(reason)) => self.down(way, reason),
            Event::News(_, News::Heard(payload)) => self.heard(&payload),
            Event::Told(told) => self.told(told),
            Event::Added | Event::Closing => {}
            Event::LookDue => {
                self.look_at = None;
                self.ears.hub.look_all();
            }
            Event::SayDeafDue => {
                self.say_deaf = self.choice.is_deaf();
                self.say_deaf_at = Instant::now() + SAY_DEAF_EVERY;
            }
        }
    }

    fn up(&mut self, way: Way, channel: Channel) {
        self.choice.up(way, self.runtime.monotonic());
        *self.channel(way) = Some(channel);
        self.changed();
    }

    fn down(&mut self, way: Way, reason: WireError) {
        *self.channel(way) = None;
        let was_up = self.choice.down(way);
        self.reason = Some(reason);
        if was_up {
            self.changed();
        } else {
            self.say_standing(); // The first attempt failed: until then nothing was known.
        }
    }

    /// A connection was lost or is back: what others told meanwhile may not have come.
    fn changed(&mut self) {
        self.say_deaf = self.choice.is_deaf();
        self.look_soon();
        self.say_standing();
    }

    fn heard(&mut self, payload: &str) {
        let Some((from, signal)) = signal::read(self.node, payload) else { return };
        match signal {
            Signal::Wake { accounts, committed_at } => {
                for (account, up_to) in accounts {
                    self.ears.hub.woken(account, up_to, committed_at);
                }
            }
            Signal::Spent { rates } => self.ears.rates.taken_elsewhere(&rates),
            Signal::Revoked { account, session_id } => self.ears.hub.doubt(account, session_id),
            Signal::Changed { accounts } => {
                for account in accounts {
                    self.ears.hub.look(account);
                }
            }
            Signal::Typing { to, typing } => self.ears.hub.typing(to, typing),
            Signal::Look => self.look_soon(),
            Signal::NoRedis => self.choice.deaf_heard(self.runtime.monotonic()),
            Signal::Presence(news) => self.ears.presences.heard(from, &news),
            Signal::Unknown => {}
        }
    }

    fn look_soon(&mut self) {
        self.look_at.get_or_insert_with(|| Instant::now() + LOOK_AFTER);
    }

    const fn channel(&mut self, way: Way) -> &mut Option<Channel> {
        match way {
            Way::Redis => &mut self.redis,
            Way::Postgres => &mut self.postgres,
        }
    }

    /// Each change is said once.
    fn say_standing(&mut self) {
        let standing = self.choice.standing();
        if self.shared.standing.send_replace(standing) == standing {
            return;
        }
        let reason = self.reason.take().map(|reason| reason.to_string()).unwrap_or_default();
        match standing {
            Standing::Alone | Standing::Starting => {}
            Standing::Redis => tracing::info!("servers wake each other through Redis"),
            Standing::Postgres if self.choice.has_redis() => tracing::warn!(
                reason,
                "Redis cannot be used: servers wake each other through PostgreSQL until it is back"
            ),
            Standing::Postgres => tracing::info!("servers wake each other through PostgreSQL"),
            Standing::Nothing => tracing::warn!(
                reason,
                "servers cannot wake each other: what another server stores is seen up to 25 seconds late"
            ),
        }
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
