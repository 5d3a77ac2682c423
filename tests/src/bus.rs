//! A private session bus that starts nothing by itself: what a test does not put on it is absent.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::process::Process;
use crate::wait;

/// The name a keychain has on a bus.
const SECRETS: &str = "org.freedesktop.secrets";
/// Where it is found there.
const SECRETS_PATH: &str = "/org/freedesktop/secrets";

/// A running bus.
#[derive(Debug)]
pub struct Bus {
    _daemon: Process,
    address: String,
}

impl Bus {
    /// Starts a bus with its socket in `folder`.
    pub async fn start(folder: &Path) -> Result<Self> {
        let socket = folder.join("bus");
        let config = write_config(folder, &socket)?;
        let mut command = Command::new("dbus-daemon");
        command.arg("--nofork").arg("--nopidfile").arg("--config-file").arg(config);
        let daemon = Process::start("dbus", command, folder)?;
        let bus = Bus { _daemon: daemon, address: format!("unix:path={}", socket.display()) };
        wait::until_true("the session bus", async || Ok(bus.connect().await.is_ok())).await?;
        Ok(bus)
    }

    /// Its address, as `DBUS_SESSION_BUS_ADDRESS` wants it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A connection to it.
    pub async fn connect(&self) -> Result<zbus::Connection> {
        Ok(zbus::connection::Builder::address(self.address.as_str()).build().await?)
    }

    /// Whether somebody on it has this name.
    pub async fn has(&self, name: &str) -> Result<bool> {
        let connection = self.connect().await?;
        let bus = zbus::fdo::DBusProxy::new(&connection).await?;
        Ok(bus.name_has_owner(name.try_into()?).await?)
    }

    /// Puts an unlocked keychain onto it that keeps its secrets below `home`.
    pub async fn add_keychain(&self, home: &[(String, String)], folder: &Path) -> Result<Process> {
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        command
            .envs(home.iter().cloned())
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdin(Stdio::piped());
        let mut keychain = Process::start_listening("keychain", command, folder)?;
        keychain.input()?.write_all(b"the keychain's own password").await.context("unlock the keychain")?;
        // It is on the bus before it is unlocked; an app that asks in between waits for a person to answer.
        wait::until_true("the keychain to be unlocked", async || self.is_unlocked().await).await?;
        Ok(keychain)
    }

    /// Whether the keychain has a collection to store in that is open.
    async fn is_unlocked(&self) -> Result<bool> {
        let bus = self.connect().await?;
        let service = zbus::Proxy::new(&bus, SECRETS, SECRETS_PATH, "org.freedesktop.Secret.Service").await?;
        let default: zbus::OwnedObjectPath = service.call("ReadAlias", &"default").await?;
        let collection =
            zbus::Proxy::new(&bus, SECRETS, default, "org.freedesktop.Secret.Collection").await?;
        Ok(!collection.get_property::<bool>("Locked").await?)
    }

    /// Puts a keychain onto it that never says a word, as one does whose owner has not seen its question yet.
    pub(crate) async fn add_mute_keychain(&self) -> Result<zbus::Connection> {
        let keychain = zbus::connection::Builder::address(self.address.as_str());
        Ok(keychain.serve_at(SECRETS_PATH, Mute).name(SECRETS).build().await?)
    }
}

struct Mute;

#[zbus::interface(name = "org.freedesktop.Secret.Service")]
impl Mute {
    async fn open_session(&self, _algorithm: String, _input: zbus::OwnedVariant) -> String {
        std::future::pending().await
    }
}

fn write_config(folder: &Path, socket: &Path) -> Result<PathBuf> {
    let path = folder.join("bus.conf");
    let config = format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        socket.display()
    );
    std::fs::write(&path, config)?;
    Ok(path)
}
