//! A scenario's stage: desks, windows, server; and, if the scenario fails, what they looked like at that moment.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use crate::desk::{Desk, Keychain};
use crate::programs;
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

    /// Where pictures and logs of a failure go.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    async fn dump(&self) {
        let _ = std::fs::create_dir_all(&self.folder);
        for desk in &self.desks {
            let _ = desk.display().screenshot(&self.folder.join(format!("{}.png", desk.name()))).await;
            let _ = desk.keep_logs(&self.folder);
        }
    }
}

/// Runs a scenario.
///
/// # Panics
/// When it fails, saying where the pictures and logs are.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub async fn scenario(name: &str, play: impl AsyncFnOnce(&mut Scene) -> Result<()>) {
    let mut scene = Scene { folder: programs::failures().join(name), desks: Vec::new() };
    if let Err(error) = play(&mut scene).await {
        scene.dump().await;
        panic!("{error:#}\nsee {}", scene.folder.display());
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
