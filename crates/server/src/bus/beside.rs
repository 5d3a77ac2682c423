//! What a program that works beside the servers, on the same database, tells them: whose connections are to look at it.
//!
//! By PostgreSQL's NOTIFY, which every server hears. Says once, at once, and leaves.

use std::time::Duration;

use bedside_protocol::AccountId;
use bedside_runtime::Runtime;
use futures_util::StreamExt as _;

use super::signal::{self, Signal};
use super::wire::{Open, Wire, WireError};

/// How long telling may take; whoever is not told looks by themselves.
const DEADLINE: Duration = Duration::from_secs(5);

/// Something about these accounts was changed: their connections look at the store at once.
///
/// # Errors
/// When it could not be told.
pub async fn tell_of_change(
    runtime: &Runtime,
    wire: &dyn Wire,
    accounts: Vec<AccountId>,
) -> Result<(), WireError> {
    let payloads = signal::write(runtime.uuid(), vec![Signal::Changed { accounts }]);
    let told = runtime.timeout(DEADLINE, tell(wire, &payloads)).await;
    told.unwrap_or(Err(WireError::Other("it does not answer")))
}

async fn tell(wire: &dyn Wire, payloads: &[String]) -> Result<(), WireError> {
    let Open { voice, ear } = wire.open().await?;
    let telling = async {
        for payload in payloads {
            voice.tell(payload).await?;
        }
        Ok(())
    };
    tokio::select! {
        told = telling => told,
        () = ear.for_each(|_| async {}) => Err(WireError::Other("the connection was closed")),
    }
}
