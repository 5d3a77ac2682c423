//! Servers that wake each other: over a switchboard in memory that can be cut, over a real Redis, a real PostgreSQL.

mod postgres;
mod redis;
mod services;
mod switchboard;
mod ways;

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::{AccountId, FeedSeq};
use bedside_runtime::Runtime;

use super::{Bus, Ears, Signal, Standing, Wires};
use crate::config::Limits;
use crate::hub::{Hub, Look, Nudge, Subscription, Told};
use crate::presence::Presences;
use crate::rate::Rates;

const ANA: AccountId = AccountId(1);
const SESSION: i64 = 7;
/// Longer than anything real takes, shorter than anybody's patience.
const PATIENCE: Duration = Duration::from_secs(40);

fn ears(runtime: &Runtime) -> Ears {
    let hub = Arc::new(Hub::default());
    let presences = Arc::new(Presences::new(runtime.clone(), Arc::clone(&hub)));
    Ears { hub, rates: Arc::new(Rates::new(runtime.clone(), Limits::Off)), presences }
}

/// A server as the others see it: a hub with one connection of Ana's, and a bus.
struct Node {
    bus: Bus,
    listener: Subscription,
    runtime: Runtime,
}

impl Node {
    fn start(runtime: &Runtime, wires: Wires) -> Node {
        let runtime = runtime.fork();
        let ears = ears(&runtime);
        let listener = ears.hub.join(ANA, SESSION);
        Node { bus: Bus::start(&runtime, &ears, wires), listener, runtime }
    }

    fn wake(&self, up_to: i64) {
        self.bus.publish(|| Signal::Wake { accounts: vec![(ANA, FeedSeq(up_to))], committed_at: None });
    }

    /// The next nudge.
    async fn nudge(&mut self) -> Nudge {
        let told = tokio::time::timeout(PATIENCE, self.listener.recv()).await;
        match told.expect("nobody nudges").expect("the connection was ended") {
            Told::Nudge(nudge) => nudge,
            Told::Event(_) => panic!("nothing was stored here"),
            Told::Typing(_) | Told::Presence(_) => panic!("nobody is here"),
        }
    }

    /// Waits until a wake up to here has come; looks on the way are passed over.
    async fn woken(&mut self, up_to: i64) {
        while self.nudge().await.up_to < FeedSeq(up_to) {}
    }

    /// Waits until it is told to look.
    async fn looks(&mut self) {
        while self.nudge().await.look != Some(Look::Soon) {}
    }

    /// What has come so far, as one.
    fn so_far(&mut self) -> Nudge {
        let mut all = Nudge::default();
        while let Some(Told::Nudge(nudge)) = self.listener.try_recv() {
            all.merge(nudge);
        }
        all
    }

    /// Waits until others are reached like this.
    async fn stands(&self, standing: Standing) {
        let shared = self.bus.0.as_ref().unwrap();
        let mut changes = shared.standing.subscribe();
        let stands = changes.wait_for(|now| *now == standing);
        let in_time = tokio::time::timeout(PATIENCE, stands).await;
        assert!(in_time.is_ok(), "{standing:?} is never reached: {:?}", self.bus.standing());
    }
}

/// Ends a test's nodes: their connections' tasks live on otherwise.
impl Drop for Node {
    fn drop(&mut self) {
        self.runtime.kill();
    }
}

#[test]
fn a_server_alone_has_no_task_and_makes_no_signal() {
    let runtime = Runtime::system(); // Outside of tokio, where starting a task would panic.
    let bus = Bus::start(&runtime, &ears(&runtime), Wires::default());
    bus.publish(|| panic!("for nobody"));
    assert_eq!(bus.standing(), Standing::Alone);
}
