//! The two windows, signed in: name and password reach the app through its standard input, never its command line.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;

use super::clinic::Clinic;
use super::running::{Role, Running};
use crate::artifacts::Artifacts;
use crate::files;

/// Who sits at a window.
struct Person {
    window: &'static str,
    profile: &'static str,
    username: &'static str,
    place: Place,
}

/// Where a window stands at first, in pixels; afterwards the app remembers where it was put.
#[derive(Clone, Copy)]
struct Place {
    left: i32,
    width: u32,
}

/// Side by side on a common screen.
const TOP: i32 = 60;
const HEIGHT: u32 = 840;

const PEOPLE: [Person; 2] = [
    Person {
        window: "the practitioner's window",
        profile: "demo-practitioner",
        username: "practitioner00000",
        place: Place { left: 30, width: 1_120 },
    },
    Person {
        window: "the patient's window",
        profile: "demo-patient",
        username: "patient00000",
        place: Place { left: 1_180, width: 700 },
    },
];

/// Opens both.
///
/// # Errors
/// When the app cannot be started.
pub(crate) fn open(
    artifacts: &Artifacts,
    clinic: &Clinic,
    address: &str,
    running: &mut Running,
) -> Result<()> {
    for person in PEOPLE {
        place(&clinic.people().join(person.profile), person.place)?;
        let log = File::create(clinic.people().join(format!("{}.log", person.profile)))?;
        let mut app = Command::new(&artifacts.app);
        app.args(["--profile", person.profile, "--server", address, "--sign-in-from-stdin"]);
        // The person's own keychain keeps nothing of a demo: it would stay there.
        app.arg("--no-keychain").arg("--data").arg(clinic.people());
        app.stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        let mut child = app.spawn().with_context(|| format!("cannot open {}", person.window))?;
        let stdin = child.stdin.take();
        running.add(person.window, Role::Window, child);
        // The third line is the passphrase of the cache.
        let lines = format!("{}\n{}\n{}\n", person.username, clinic.password(), clinic.password());
        stdin.context("no way to talk to the app")?.write_all(lines.as_bytes())?;
    }
    Ok(())
}

/// Writes what the app would have remembered, unless it does remember.
fn place(profile: &Path, place: Place) -> Result<()> {
    let remembered = profile.join("window.json");
    if remembered.exists() {
        return Ok(());
    }
    let window = json!({
        "width": place.width, "height": HEIGHT, "x": place.left, "y": TOP, "prev_x": place.left, "prev_y": TOP,
        "maximized": false, "visible": true, "decorated": true, "fullscreen": false,
    });
    files::write_if_changed(&remembered, json!({ "main": window }).to_string().as_bytes())
}
