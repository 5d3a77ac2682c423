//! Server, network and desks on one clock.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use bedside_protocol::Timestamp;
use bedside_runtime::Runtime;
use tempfile::TempDir;

use crate::compare;
use crate::desk::Desk;
use crate::ground::Place;
use crate::network::{LineId, Network, Weather};
use crate::people::Person;
use crate::server::{self, TestServer};

/// 2026-11-22T16:00:00Z
pub const START: Timestamp = Timestamp(1_795_363_200_000);

/// Where the embedded database is, below the world's folder.
const SERVER: &str = "server";

/// Everything a simulation is made of. Make it inside a current-thread tokio runtime with a paused clock.
pub struct World {
    /// The one clock.
    pub runtime: Runtime,
    /// The network.
    pub network: Network,
    /// Who sits where.
    pub desks: Vec<Desk>,
    server: Option<TestServer>,
    place: Place,
    folder: TempDir,
    /// A backup has been put back.
    pub(crate) restored: bool,
}

impl World {
    /// A server with everybody's accounts and rooms, and a device for each of these people, signed in.
    ///
    /// # Errors
    /// When anything cannot be set up.
    pub async fn new(seed: u64, people: &[Person]) -> Result<Self> {
        let runtime = Runtime::simulated(seed, START);
        let network = Network::new(runtime.fork(), seed);
        let folder = temporary()?;
        let place = Place::of_the_day(folder.path().join(SERVER))?;
        let mut world =
            World { runtime, network, desks: Vec::new(), server: None, place, folder, restored: false };
        server::furnish(&world.runtime, &world.place).await?;
        world.start_server().await?;
        for person in people {
            world.seat(*person).await?;
        }
        Ok(world)
    }

    /// Gives a person one more device, signed in; its number.
    ///
    /// # Errors
    /// When signing in fails.
    pub async fn seat(&mut self, person: Person) -> Result<usize> {
        let number = self.desks.len();
        let line = LineId(u32::try_from(number)?);
        let folder = self.folder.path().join(format!("desk-{number}"));
        let mut desk = Desk::new(person, line, folder);
        desk.start(&self.runtime, &self.network).await;
        desk.sign_in().await?;
        self.desks.push(desk);
        Ok(number)
    }

    /// The server.
    ///
    /// # Errors
    /// When it does not run.
    pub fn server(&self) -> Result<&TestServer> {
        self.server.as_ref().context("the server does not run")
    }

    /// Starts the server, unless it runs.
    ///
    /// # Errors
    /// When its database cannot be opened.
    pub async fn start_server(&mut self) -> Result<()> {
        if self.server.is_none() {
            let server = TestServer::start(&self.runtime, &self.place).await?;
            self.network.connect(Some(server.app().clone()));
            self.server = Some(server);
        }
        Ok(())
    }

    /// Ends the server where it stands.
    pub async fn crash_server(&mut self) {
        if let Some(server) = self.server.take() {
            self.network.connect(None);
            server.crash();
            for _ in 0..16 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Ends the server in order.
    pub async fn stop_server(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
            self.network.connect(None);
        }
    }

    /// Starts a desk's engine, unless it runs.
    pub async fn start_desk(&mut self, number: usize) {
        let (runtime, network) = (self.runtime.clone(), self.network.clone());
        if let Some(desk) = self.desks.get_mut(number).filter(|desk| !desk.is_running()) {
            desk.start(&runtime, &network).await;
        }
    }

    /// Whether the server's database is the embedded one: a folder that can be backed up and restored.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// Lets time pass.
    pub async fn wait(&self, duration: Duration) {
        self.runtime.sleep(duration).await;
    }

    /// Everything works from now on.
    ///
    /// # Errors
    /// When the server cannot be started.
    pub async fn heal(&mut self) -> Result<()> {
        self.start_server().await?;
        for number in 0..self.desks.len() {
            self.start_desk(number).await;
        }
        for desk in &self.desks {
            self.network.set_weather(desk.line, Weather::default());
            self.network.cut(desk.line);
        }
        Ok(())
    }

    /// Waits until every desk equals the server and nothing is left to do.
    ///
    /// # Errors
    /// When that has not come about after an hour of the clock.
    pub async fn settle(&self) -> Result<()> {
        let mut last = None;
        for _ in 0..720 {
            self.wait(Duration::from_secs(5)).await;
            let rest = self.desks.iter().all(|desk| desk.is_at_rest().unwrap_or(false));
            let rest = rest && !self.network.is_anything_late();
            match compare::everything(self).await {
                Ok(()) if rest => return Ok(()),
                Ok(()) => {}
                Err(difference) => last = Some(difference),
            }
        }
        let desks: Vec<String> = self.desks.iter().map(Desk::describe).collect();
        bail!("never settled: {desks:#?}; {last:?}")
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn moved_to(&mut self, place: Place) {
        self.place = place;
    }
}

/// In memory if there is such a place: thousands of commits with full durability wear a disk out.
fn temporary() -> Result<TempDir> {
    let shared = std::path::Path::new("/dev/shm");
    let made = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
    made.context("no temporary folder")
}
