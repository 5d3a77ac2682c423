//! A scenario's stage: desks, windows, server; and, if the scenario fails, what they looked like at that moment.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use bedside_protocol::RoomId;

use crate::desk::{Desk, Keychain};
use crate::peer::Peer;
use crate::programs;
use crate::proxy::{Path, Proxy};
use crate::server::Server;
use crate::window::Window;

/// Everything a scenario has set up.
#[derive(Debug)]
pub struct Scene {
    folder: PathBuf,
    desks: Vec<Arc<Desk>>,
}

impl Scene {
    /// Sets a desk up that will be looked at if the scenario fails.
    pub async fn desk(&mut self, name: &str, keychain: Keychain) -> Result<Arc<Desk>> {
        Ok(self.keep(Desk::new(name, keychain).await?))
    }

    /// Looks at a desk if the scenario fails.
    pub fn keep(&mut self, desk: Desk) -> Arc<Desk> {
        let desk = Arc::new(desk);
        self.desks.push(Arc::clone(&desk));
        desk
    }

    /// Opens a window at a new desk with a keychain.
    pub async fn window(&mut self, name: &str, server: &str) -> Result<Window> {
        let desk = self.desk(name, Keychain::Unlocked).await?;
        Window::open(&desk, server).await
    }

    /// Ana's window, signed in and showing her list, on a network to a clinic where she can talk with drew.
    pub async fn talk(&mut self, path: Path, password: &str) -> Result<Talk> {
        let desk = self.desk("ana", Keychain::Unlocked).await?;
        self.talk_at(&desk, path, password).await
    }

    /// As [`Scene::talk`], at a desk that ana has already.
    pub async fn talk_at(&mut self, desk: &Arc<Desk>, path: Path, password: &str) -> Result<Talk> {
        let server = clinic(password).await?;
        let network = Proxy::start(server.port(), path).await?;
        let drew = Peer::sign_in(&server.url(), "drew", password).await?;
        let room = drew.only_room().await?;
        let ana = Window::open(desk, &network.url()).await?;
        ana.sign_in("ana", password).await?;
        ana.sees(".room-row").await?;
        Ok(Talk { server, network, drew, room, ana })
    }

    /// Leaves pictures and logs in the folder; the ends of the logs.
    async fn dump(&self) -> String {
        let _ = std::fs::create_dir_all(&self.folder);
        let mut ends = String::new();
        for desk in &self.desks {
            let picture = self.folder.join(format!("{}.png", desk.name()));
            if std::fs::copy(desk.last_picture(), &picture).is_err() {
                let _ = desk.display().screenshot(&picture).await;
            }
            ends.push_str(&desk.keep_logs(&self.folder).unwrap_or_default());
        }
        ends
    }
}

/// Two people who can talk: a window, somebody without one, and what is between them.
#[derive(Debug)]
pub struct Talk {
    /// The clinic's server.
    pub server: Server,
    /// The network that ana reaches it by.
    pub network: Proxy,
    /// The practitioner.
    pub drew: Peer,
    /// Their conversation.
    pub room: RoomId,
    /// The patient.
    pub ana: Window,
}

/// Runs a scenario.
///
/// # Panics
/// When it fails, saying where the pictures and logs are.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub async fn scenario(name: &str, play: impl AsyncFnOnce(&mut Scene) -> Result<()>) {
    let mut scene = Scene { folder: programs::failures().join(name), desks: Vec::new() };
    if let Err(error) = play(&mut scene).await {
        let logs = scene.dump().await;
        panic!("{error:#}\nsee {}\n{logs}", scene.folder.display());
    }
}

/// A clinic where ana (a patient) and drew (a practitioner) know each other, running.
pub async fn clinic(password: &str) -> Result<Server> {
    let mut server = Server::prepare()?;
    people(&server, password).await?;
    server.start().await?;
    Ok(server)
}

/// Adds ana and drew to a server and links them.
pub async fn people(server: &Server, password: &str) -> Result<()> {
    use crate::server::Account;
    let ana = Account { kind: "patient", username: "ana", name: "Ana Ribeiro" };
    let drew = Account { kind: "practitioner", username: "drew", name: "Drew Hale" };
    server.add(ana, password).await?;
    server.add(drew, password).await?;
    server.link("ana", "drew").await
}
