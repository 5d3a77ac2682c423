//! The two windows, signed in: name and password reach the app through its standard input, never its command line.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::clinic::Clinic;
use super::running::{Role, Running};
use crate::artifacts::Artifacts;

/// Who sits at a window.
struct Person {
    window: &'static str,
    profile: &'static str,
    username: &'static str,
    side: &'static str,
}

const PEOPLE: [Person; 2] = [
    Person {
        window: "the practitioner's window",
        profile: "demo-practitioner",
        username: "practitioner00000",
        side: "left",
    },
    Person {
        window: "the patient's window",
        profile: "demo-patient",
        username: "patient00000",
        side: "right",
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
    fs::create_dir_all(clinic.people())?;
    for person in PEOPLE {
        let log = File::create(clinic.people().join(format!("{}.log", person.profile)))?;
        let mut app = Command::new(&artifacts.app);
        app.args(["--profile", person.profile, "--server", address, "--sign-in-from-stdin"]);
        app.args(["--side", person.side]);
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
