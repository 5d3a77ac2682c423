//! Everybody at a device of their own, writing one message after the other.

use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Result, ensure};
use bedside_protocol::{ClientId, RoomId};
use bedside_runtime::Runtime;
use bedside_testkit::Device;
use futures_util::future::{join_all, try_join_all};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clinic::Clinic;
use crate::people::PASSWORD;

/// Within which everybody is to have gone on by themselves after a fault; seconds, where the machine has nothing else to do.
pub(crate) const RECOVERY: Duration = Duration::from_secs(60);
/// How many acknowledgements count as going on: the first may have been under way before the fault.
const ENOUGH: usize = 2;

/// Somebody who writes.
pub(crate) struct Writer {
    username: String,
    pub(crate) room: RoomId,
    pub(crate) device: Device,
    /// What they wrote, in order.
    pub(crate) written: Mutex<Vec<ClientId>>,
    acknowledged: watch::Sender<usize>,
}

/// Everybody, by pairs.
pub(crate) struct Crowd {
    pub(crate) pairs: Vec<[Writer; 2]>,
    runtime: Runtime,
    _profiles: TempDir,
}

impl Crowd {
    /// Signs everybody in.
    pub(crate) async fn gather(runtime: &Runtime, clinic: &Clinic) -> Result<Self> {
        let profiles = in_memory()?;
        let pairs = clinic.pairs.iter().map(async |pair| {
            let [patient, practitioner] = pair.usernames.each_ref().map(async |username| {
                let folder = profiles.path().join(username);
                let balancer = clinic.balancer.clone();
                let device = Device::signed_in(runtime, folder, balancer, (username, PASSWORD)).await?;
                device.until_it_knows(pair.room).await?;
                let (username, written) = (username.clone(), Mutex::default());
                let acknowledged = watch::Sender::new(0);
                anyhow::Ok(Writer { username, room: pair.room, device, written, acknowledged })
            });
            let (patient, practitioner) = tokio::try_join!(patient, practitioner)?;
            anyhow::Ok([patient, practitioner])
        });
        let pairs = try_join_all(pairs).await?;
        Ok(Crowd { pairs, runtime: runtime.clone(), _profiles: profiles })
    }

    /// Everybody writes, each message once the one before is acknowledged, until it is enough.
    pub(crate) async fn talk(&self, enough: &CancellationToken) -> Result<()> {
        try_join_all(self.writers().map(|writer| writer.talk(enough))).await.map(drop)
    }

    /// Waits until everybody has had some more messages acknowledged.
    pub(crate) async fn goes_on(&self, when: &str) -> Result<()> {
        let all = join_all(self.writers().map(Writer::goes_on));
        let in_time = self.runtime.timeout(RECOVERY, all).await.is_some();
        ensure!(in_time, "{when} not everybody goes on by themselves:\n{}", self.describe());
        Ok(())
    }

    pub(crate) fn writers(&self) -> impl Iterator<Item = &Writer> {
        self.pairs.iter().flatten()
    }

    fn describe(&self) -> String {
        let line = |writer: &Writer| {
            let acknowledged = *writer.acknowledged.borrow();
            format!("{}: {acknowledged} acknowledged, {}", writer.username, writer.device.describe())
        };
        self.writers().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Writer {
    async fn talk(&self, enough: &CancellationToken) -> Result<()> {
        while !enough.is_cancelled() {
            let turn = *self.acknowledged.borrow();
            let written = self.device.write(self.room, &format!("{} {turn}", self.username)).await?;
            self.written.lock().unwrap().push(written);
            self.device.until_sent().await?;
            self.acknowledged.send_replace(turn + 1);
        }
        Ok(())
    }

    async fn goes_on(&self) {
        let mut acknowledged = self.acknowledged.subscribe();
        let wanted = *acknowledged.borrow() + ENOUGH;
        acknowledged.wait_for(|now| *now >= wanted).await.expect("the writer is there");
    }
}

/// In memory if there is such a place: what is looked at here is the servers' durability.
fn in_memory() -> Result<TempDir> {
    let shared = std::path::Path::new("/dev/shm");
    Ok(if shared.is_dir() { TempDir::new_in(shared)? } else { TempDir::new()? })
}
