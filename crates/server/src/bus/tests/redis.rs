//! Over a real Redis.

use bedside_testservices::Redis;

use super::services::redis_wire;
use super::*;

fn node(redis: &Redis, clinic: &str) -> Node {
    let wires = Wires { redis: Some(redis_wire(redis, clinic)), postgres: None };
    Node::start(&Runtime::system(), wires)
}

#[tokio::test]
async fn servers_of_one_clinic_wake_each_other() {
    let redis = Redis::start().await.unwrap();
    let (mut one, mut two) = (node(&redis, "a"), node(&redis, "a"));
    let (mut stranger, mut strangers_friend) = (node(&redis, "b"), node(&redis, "b"));
    for node in [&mut one, &mut two, &mut stranger, &mut strangers_friend] {
        node.stands(Standing::Redis).await;
        node.looks().await; // Once, since it is connected now.
    }
    two.wake(100);
    one.woken(100).await;
    one.wake(5);
    assert_eq!(two.nudge().await, Nudge::up_to(FeedSeq(5)), "its own did not come back before");
    strangers_friend.wake(3);
    assert_eq!(stranger.nudge().await, Nudge::up_to(FeedSeq(3)), "clinics may share a Redis");
}

#[tokio::test]
async fn a_redis_that_is_killed_and_comes_back_is_used_again() {
    let mut redis = Redis::start().await.unwrap();
    let (mut one, mut two) = (node(&redis, "a"), node(&redis, "a"));
    for node in [&mut one, &mut two] {
        node.stands(Standing::Redis).await;
        node.looks().await;
    }
    redis.kill().await.unwrap();
    for node in [&mut one, &mut two] {
        node.stands(Standing::Nothing).await;
        node.looks().await;
    }
    one.wake(5);
    redis.start_again().await.unwrap();
    for node in [&mut one, &mut two] {
        node.stands(Standing::Redis).await;
        node.looks().await;
    }
    two.so_far();
    one.wake(6);
    two.woken(6).await;
    two.wake(7);
    one.woken(7).await;
}
