//! Drives the demo without a screen and leaves a picture of every state: light and dark, wide, narrow and narrower,
//! as a practitioner, as a patient and as somebody new.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bedside_tests::scene::people;
use bedside_tests::{Desk, Keychain, Server, Window};
use clap::Parser;

/// The widths a window is shown at, in pixels.
const WIDTHS: [u32; 3] = [1_360, 900, 500];
const HEIGHT: u32 = 860;
const PASSWORD: &str = "shown to nobody, kept nowhere";

/// Drives the demo and takes its pictures. The programs are named by BEDSIDE_APP, BEDSIDE_SERVER and TAURI_DRIVER.
#[derive(Debug, Parser)]
struct Options {
    /// Where the pictures go.
    #[arg(long)]
    shots: PathBuf,
}

#[derive(Clone, Copy, Debug)]
enum Theme {
    Light,
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The desktop's theme, which the app follows.
    const fn of_the_desktop(self) -> &'static str {
        match self {
            Self::Light => "Adwaita",
            Self::Dark => "Adwaita:dark",
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    std::fs::create_dir_all(&options.shots)?;
    for theme in [Theme::Light, Theme::Dark] {
        let camera = Camera { folder: options.shots.clone(), theme };
        a_clinic_at_work(&camera).await.with_context(|| format!("the demo, {}", theme.name()))?;
        somebody_new(&camera).await.with_context(|| format!("a first day, {}", theme.name()))?;
    }
    Ok(())
}

/// Sign-in and its errors, list, conversation, and the server gone.
async fn a_clinic_at_work(camera: &Camera) -> Result<()> {
    let mut server = Server::prepare()?;
    server.add_demo(&["--pairs", "12", "--clinic", "11", "--messages", "40"], PASSWORD).await?;
    server.start().await?;
    let practitioner = camera.window("practitioner", &server).await?;
    practitioner.sees("#username").await?;
    camera.take(&practitioner, "sign-in").await?;
    practitioner.fill_sign_in("practitioner00000", "not the password").await?;
    practitioner.sees(".alert").await?;
    camera.take(&practitioner, "error").await?;
    practitioner.run("document.querySelector('#password').select()", vec![]).await?;
    practitioner.type_into("#password", PASSWORD).await?;
    practitioner.click(".sign-in-form button[type=submit]").await?;
    practitioner.sees(".room-row").await?;

    let patient = camera.window("patient", &server).await?;
    patient.sign_in("patient00000", PASSWORD).await?;
    patient.sees(".room-row").await?;
    camera.take(&practitioner, "list").await?;
    camera.take(&patient, "list").await?;

    talk(&practitioner, &patient).await?;
    camera.take(&practitioner, "conversation").await?;
    camera.take(&patient, "conversation").await?;

    server.kill().await?;
    for (window, text) in
        [(&practitioner, "I’ll send you the exercises tonight."), (&patient, "See you on Thursday.")]
    {
        window.write(text).await?;
        window.reads("Offline.").await?;
        camera.take(window, "offline").await?;
    }
    practitioner.quit().await?;
    patient.quit().await
}

/// A short exchange in the conversation of the pair, which is the patient's only one.
async fn talk(practitioner: &Window, patient: &Window) -> Result<()> {
    let them = patient.rows().await?.into_iter().next().context("the patient has no conversation")?.name;
    patient.open_conversation(&them).await?;
    let hello = "Good morning! The swelling is down since yesterday.";
    patient.write(hello).await?;
    patient.shows_state(hello, "Delivered").await?;
    practitioner.open_newest().await?;
    practitioner.shows_last_message(hello).await?;
    let answer = "Glad to hear it 🙂 Keep the brace on for two more days.";
    practitioner.write(answer).await?;
    patient.shows_last_message(answer).await?;
    practitioner.shows_state(answer, "Read").await
}

/// Nothing yet: no conversation, then one without a message.
async fn somebody_new(camera: &Camera) -> Result<()> {
    let mut server = Server::prepare()?;
    people(&server, PASSWORD).await?;
    server.start().await?;
    let window = camera.window("new", &server).await?;
    window.sign_in("ana", PASSWORD).await?;
    window.sees(".empty-state").await?;
    camera.take(&window, "empty-list").await?;
    window.start_conversation("Drew Hale").await?;
    camera.take(&window, "empty-conversation").await?;
    window.quit().await
}

#[derive(Debug)]
struct Camera {
    folder: PathBuf,
    theme: Theme,
}

impl Camera {
    async fn window(&self, person: &str, server: &Server) -> Result<Window> {
        let desk =
            Desk::new(person, Keychain::Unlocked).await?.with("GTK_THEME", self.theme.of_the_desktop());
        Window::open(&std::sync::Arc::new(desk), &server.url()).await
    }

    /// One picture per width, the widest last, so that the window is left as it was.
    async fn take(&self, window: &Window, state: &str) -> Result<()> {
        for width in WIDTHS.into_iter().rev() {
            window.resize(width, HEIGHT).await?;
            let name = format!("{state}-{}-{}-{width}.png", window.desk().name(), self.theme.name());
            window.picture(&self.folder.join(name)).await?;
        }
        Ok(())
    }
}
