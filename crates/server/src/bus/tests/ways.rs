//! The rule, lived through by two servers on a paused clock.

use bedside_protocol::Timestamp;

use super::switchboard::{Line, Switchboard};
use super::*;
use crate::bus::wire::Wire as _;

const START: Timestamp = Timestamp(1_795_363_200_000);

struct Pair {
    redis: Switchboard,
    postgres: Switchboard,
    redis_lines: [Arc<Line>; 2],
    postgres_lines: [Arc<Line>; 2],
    one: Node,
    two: Node,
}

impl Pair {
    /// Two servers with everything in place, steady, and past their first look.
    async fn steady() -> Pair {
        let runtime = Runtime::simulated(1, START);
        let (redis, postgres) = (Switchboard::new(), Switchboard::new());
        let redis_lines = [redis.line(), redis.line()];
        let postgres_lines = [postgres.line(), postgres.line()];
        let node = |n: usize| {
            let wires =
                Wires { redis: Some(redis_lines[n].clone()), postgres: Some(postgres_lines[n].clone()) };
            Node::start(&runtime, wires)
        };
        let (one, two) = (node(0), node(1));
        let mut pair = Pair { redis, postgres, redis_lines, postgres_lines, one, two };
        pair.settle().await;
        pair
    }

    /// Long enough for every connection to be back, steady, and looked after.
    async fn settle(&mut self) {
        seconds(60).await;
        self.one.stands(Standing::Redis).await;
        self.two.stands(Standing::Redis).await;
        self.one.so_far();
        self.two.so_far();
        self.redis.take_told();
        self.postgres.take_told();
    }

    fn told(&self, kind: &str) -> (usize, usize) {
        (self.redis.told(kind), self.postgres.told(kind))
    }
}

/// How many looks a server takes in half a minute.
async fn looks_of(node: &mut Node) -> usize {
    let mut looks = 0;
    for _ in 0..30 {
        seconds(1).await;
        looks += usize::from(node.so_far().look.is_some());
    }
    looks
}

async fn seconds(n: u64) {
    tokio::time::sleep(Duration::from_secs(n)).await; // Of the paused clock.
}

#[tokio::test(start_paused = true)]
async fn steady_servers_tell_by_redis_only_and_not_themselves() {
    let mut pair = Pair::steady().await;
    pair.one.wake(5);
    pair.two.woken(5).await;
    assert_eq!(pair.told("wake"), (1, 0));
    assert_eq!(pair.one.so_far(), Nudge::default(), "its own wake is not its own news");
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_told_together() {
    let mut pair = Pair::steady().await;
    for up_to in 1..=500 {
        pair.one.wake(up_to);
    }
    pair.two.woken(500).await;
    assert_eq!(pair.told("wake"), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn an_ended_session_is_looked_into() {
    let mut pair = Pair::steady().await;
    pair.one.bus.publish(|| Signal::Revoked { account: ANA, session_id: SESSION });
    assert_eq!(pair.two.nudge().await, Nudge::look(Look::Now));
    pair.one.bus.publish(|| Signal::Revoked { account: ANA, session_id: SESSION + 1 });
    seconds(1).await;
    assert_eq!(pair.two.so_far(), Nudge::default());
}

#[tokio::test(start_paused = true)]
async fn without_redis_wakes_go_through_postgres() {
    let mut pair = Pair::steady().await;
    pair.redis_lines.iter().for_each(|line| line.cut());
    pair.one.stands(Standing::Postgres).await;
    pair.one.looks().await;
    pair.two.looks().await;
    pair.one.wake(5);
    pair.two.woken(5).await;
    pair.redis_lines.iter().for_each(|line| line.mend());
    pair.settle().await;
    pair.two.wake(6);
    pair.one.woken(6).await;
    assert_eq!(pair.told("wake"), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_loss_and_a_return_are_one_look_each() {
    let mut pair = Pair::steady().await;
    pair.redis_lines.iter().for_each(|line| line.cut());
    assert_eq!(tokio::join!(looks_of(&mut pair.one), looks_of(&mut pair.two)), (1, 1));
    pair.redis_lines.iter().for_each(|line| line.mend());
    assert_eq!(tokio::join!(looks_of(&mut pair.one), looks_of(&mut pair.two)), (1, 1));
    assert_eq!(looks_of(&mut pair.one).await, 0);
}

#[tokio::test(start_paused = true)]
async fn who_alone_has_lost_redis_hears_and_is_heard() {
    let mut pair = Pair::steady().await;
    pair.redis_lines[1].cut();
    pair.two.looks().await; // For what was told between the loss and its saying so.
    pair.one.wake(5);
    pair.two.woken(5).await;
    pair.two.wake(6);
    pair.one.woken(6).await;
    seconds(3_600).await;
    pair.one.wake(7);
    pair.two.woken(7).await;
    pair.redis_lines[1].mend();
    pair.settle().await;
    pair.one.wake(8);
    pair.two.woken(8).await;
    assert_eq!(pair.told("wake"), (1, 0), "nobody needs PostgreSQL any more");
}

#[tokio::test(start_paused = true)]
async fn a_server_without_redis_stands_beside_others() {
    let mut pair = Pair::steady().await;
    let wires = Wires { redis: None, postgres: Some(pair.postgres.line()) };
    let mut third = Node::start(&pair.one.runtime, wires);
    third.stands(Standing::Postgres).await;
    seconds(60).await;
    pair.one.wake(5);
    third.woken(5).await;
    third.wake(6);
    pair.two.woken(6).await;
}

#[tokio::test(start_paused = true)]
async fn a_dead_line_is_noticed_and_what_it_swallowed_looked_for() {
    let mut pair = Pair::steady().await;
    pair.redis_lines[0].deaden();
    pair.one.wake(5);
    pair.two.woken(5).await; // By PostgreSQL, once Redis has not answered.
    pair.one.stands(Standing::Postgres).await;
    pair.one.looks().await;
    assert_eq!(pair.two.so_far().look, None, "the other has missed nothing");
}

#[tokio::test(start_paused = true)]
async fn a_dead_line_is_noticed_by_who_says_nothing() {
    let mut pair = Pair::steady().await;
    pair.redis_lines[1].deaden();
    pair.two.stands(Standing::Postgres).await;
    pair.two.looks().await;
    pair.one.wake(5);
    pair.two.woken(5).await;
}

#[tokio::test(start_paused = true)]
async fn what_nobody_could_be_told_is_one_look_later() {
    let mut pair = Pair::steady().await;
    pair.redis_lines[0].cut();
    pair.postgres_lines[0].cut();
    pair.one.stands(Standing::Nothing).await;
    for up_to in 1..=3 {
        pair.one.wake(up_to);
        seconds(1).await;
    }
    seconds(20).await;
    assert_eq!(pair.two.so_far(), Nudge::default());
    pair.redis_lines[0].mend();
    assert_eq!(pair.two.nudge().await, Nudge::look(Look::Soon));
    assert_eq!(pair.redis.told("look"), 1);
    pair.postgres_lines[0].mend();
    seconds(60).await;
    assert_eq!(pair.postgres.told("look"), 1, "for whoever listens there only");
    seconds(3_600).await;
    assert_eq!(pair.told("look"), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_signal_of_a_newer_server_is_ignored() {
    let mut pair = Pair::steady().await;
    let node = uuid::Uuid::from_u128(9);
    let voice = pair.redis.line().open().await.unwrap().voice;
    for text in [
        format!(r#"{{"v":1,"from":"{node}","kind":"typing","room":1}}"#),
        format!(r#"{{"v":2,"from":"{node}","kind":"wake","accounts":{{}}}}"#),
        "{".to_owned(),
    ] {
        voice.tell(&text).await.unwrap();
    }
    pair.one.wake(5);
    pair.two.woken(5).await;
    assert_eq!(pair.two.so_far(), Nudge::default());
}

#[tokio::test(start_paused = true)]
async fn the_last_word_is_told_before_the_end() {
    let mut pair = Pair::steady().await;
    pair.one.wake(5);
    pair.one.bus.close(&pair.one.runtime).await;
    pair.two.woken(5).await;
}
