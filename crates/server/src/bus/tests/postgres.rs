//! Over a real PostgreSQL.

use bedside_testservices::{Options, Postgres, Redis};

use super::services::{postgres_wire, redis_wire};
use super::*;
use crate::bus::beside::tell_of_change;

#[tokio::test]
async fn notifications_wake_before_and_after_a_restart() {
    let mut postgres = Postgres::start(Options::default()).await.unwrap();
    let node =
        || Node::start(&Runtime::system(), Wires { redis: None, postgres: Some(postgres_wire(&postgres)) });
    let (mut one, mut two) = (node(), node());
    for node in [&mut one, &mut two] {
        node.stands(Standing::Postgres).await;
        node.looks().await;
    }
    let accounts = (1..=1_000).map(|n| (AccountId(n), FeedSeq(i64::MAX))).collect();
    one.bus.publish(|| Signal::Wake { accounts, committed_at: None });
    two.woken(i64::MAX).await;
    two.wake(6);
    one.woken(6).await;
    postgres.kill().await.unwrap();
    for node in [&mut one, &mut two] {
        node.stands(Standing::Nothing).await;
    }
    postgres.start_again().await.unwrap();
    for node in [&mut one, &mut two] {
        node.stands(Standing::Postgres).await;
        node.looks().await;
    }
    one.so_far();
    two.wake(7);
    one.woken(7).await;
}

#[tokio::test]
async fn a_program_beside_the_servers_has_an_accounts_connections_look_at_once() {
    let postgres = Postgres::start(Options::default()).await.unwrap();
    let wires = Wires { redis: None, postgres: Some(postgres_wire(&postgres)) };
    let mut node = Node::start(&Runtime::system(), wires);
    node.stands(Standing::Postgres).await;
    node.looks().await;
    let stranger = AccountId(ANA.get() + 1);
    tell_of_change(&node.runtime, &*postgres_wire(&postgres), vec![stranger]).await.unwrap();
    node.wake(1); // Its own, which nobody here hears.
    tell_of_change(&node.runtime, &*postgres_wire(&postgres), vec![ANA, stranger]).await.unwrap();
    assert_eq!(node.nudge().await, Nudge::look(Look::Now), "the stranger's did not count");
}

#[tokio::test]
async fn it_stands_in_for_a_redis_that_is_killed() {
    let postgres = Postgres::start(Options::default()).await.unwrap();
    let mut redis = Redis::start().await.unwrap();
    let wires = || Wires { redis: Some(redis_wire(&redis, "a")), postgres: Some(postgres_wire(&postgres)) };
    let runtime = Runtime::system();
    let (one, mut two) = (Node::start(&runtime, wires()), Node::start(&runtime, wires()));
    one.stands(Standing::Redis).await;
    two.stands(Standing::Redis).await;
    redis.kill().await.unwrap();
    one.stands(Standing::Postgres).await;
    two.stands(Standing::Postgres).await;
    one.wake(5);
    two.woken(5).await;
    redis.start_again().await.unwrap();
    one.stands(Standing::Redis).await;
    two.stands(Standing::Redis).await;
    one.wake(6);
    two.woken(6).await;
}
