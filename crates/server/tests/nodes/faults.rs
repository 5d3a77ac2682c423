//! Several servers under load while everything they stand on fails in turn: what was acknowledged is there once and in
//! order, every device ends equal to the database, and nobody helps.

use anyhow::Result;
use bedside_runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::clinic::Clinic;
use crate::crowd::Crowd;
use crate::verdict;

/// Pairs of people, each in a conversation of its own, both writing all the time.
const PAIRS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_doubled_whatever_fails_under_load() {
    let runtime = Runtime::system();
    let mut clinic = Clinic::start(&runtime, PAIRS).await.unwrap();
    let crowd = Crowd::gather(&runtime, &clinic).await.unwrap();
    let enough = CancellationToken::new();
    let told = async {
        let told = everything_fails(&mut clinic, &crowd).await;
        enough.cancel();
        told
    };
    let outcome = tokio::try_join!(told, crowd.talk(&enough));
    outcome.unwrap_or_else(|error| panic!("{error:#}\n{}", clinic.last_words()));
    verdict::pass(&runtime, &clinic, &crowd).await.unwrap();
}

/// After each fault everybody's messages are acknowledged again before the next one.
async fn everything_fails(clinic: &mut Clinic, crowd: &Crowd) -> Result<()> {
    crowd.goes_on("at first").await?;
    clinic.nodes[0].kill().await?;
    crowd.goes_on("with a server killed").await?;
    clinic.start_node(0).await?;
    for node in 0..clinic.nodes.len() {
        clinic.nodes[node].stop().await?;
        clinic.start_node(node).await?;
        crowd.goes_on("with a server restarted").await?;
    }
    clinic.primary.restart().await?;
    crowd.goes_on("with PostgreSQL restarted").await?;
    clinic.redis.kill().await?;
    crowd.goes_on("without Redis").await?;
    clinic.redis.start_again().await?;
    crowd.goes_on("with Redis back").await?;
    clinic.standby.kill().await?;
    clinic.primary.until_a_commit_waits().await?; // What it has by now and the standby has not is in nobody's hands.
    clinic.primary.kill().await?;
    clinic.standby.start_again().await?;
    clinic.standby.promote().await?;
    crowd.goes_on("with the standby promoted").await
}
