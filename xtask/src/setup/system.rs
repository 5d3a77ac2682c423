//! Getting system packages: through apt where there is apt, by telling a person what to type elsewhere.
//!
//! Never starts a service on somebody's machine: packages that bring one are installed with systemctl told to leave the
//! running system alone, and their services are disabled before the next start of the machine. A service that was there
//! before stays as it is.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use super::programs::{in_path, installed, provided};
use super::wanted::{Need, Wanted};
use crate::command;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// Installs the packages that are missing for the needs.
///
/// # Errors
/// When they cannot be installed from here; the message holds the command for a person.
pub(crate) fn ensure(workspace: &Workspace, progress: &Progress, needs: &[Need]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        progress.note("not Linux: the system brings its webview, nothing to install");
        return Ok(());
    }
    let wanted = needs.iter().flat_map(|need| need.wanted());
    if !in_path("dpkg-query") {
        return elsewhere(wanted.filter(|thing| !provided(thing)));
    }
    let missing = Missing::among(wanted.filter(|thing| !present(thing)));
    if missing.is_empty() {
        progress.note("all there");
        return Ok(());
    }
    install(workspace, progress, &missing)
}

/// Makes systemctl, which a package's scripts start its service with, leave the running system alone.
const START_NOTHING: &str = "SYSTEMD_OFFLINE=1";

/// What is to be installed, as apt is told.
#[derive(Debug, Default)]
struct Missing {
    packages: Vec<&'static str>,
    /// Those whose services are not wanted, with the services.
    with_services: Vec<&'static str>,
    services: Vec<&'static str>,
}

impl Missing {
    fn among<'a>(wanted: impl Iterator<Item = &'a Wanted>) -> Self {
        let mut missing = Self::default();
        for thing in wanted {
            match thing.service {
                None => missing.packages.push(thing.package),
                Some(service) => {
                    missing.with_services.push(thing.package);
                    missing.services.push(service);
                }
            }
        }
        missing
    }

    fn is_empty(&self) -> bool {
        self.packages.is_empty() && self.with_services.is_empty()
    }

    /// What root runs, one after the other.
    fn steps(&self) -> Vec<Vec<&'static str>> {
        let install = [
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "--yes",
            "--quiet",
            "--no-install-recommends",
        ];
        let mut steps = vec![vec!["apt-get", "update", "--quiet"]];
        if !self.packages.is_empty() {
            steps.push([install.as_slice(), &self.packages].concat());
        }
        if !self.services.is_empty() {
            steps.push([[START_NOTHING].as_slice(), &install, &self.with_services].concat());
            if in_path("systemctl") {
                steps.push(
                    [[START_NOTHING, "systemctl", "--quiet", "disable"].as_slice(), &self.services].concat(),
                );
            }
        }
        steps
    }
}

fn present(thing: &Wanted) -> bool {
    provided(thing) || installed(thing.package)
}

fn install(workspace: &Workspace, progress: &Progress, missing: &Missing) -> Result<()> {
    let steps = missing.steps();
    let Some(prefix) = as_root() else {
        let by_hand: Vec<String> = steps.iter().map(|step| format!("  env {}", step.join(" "))).collect();
        bail!("neither root nor sudo here; run as root, then start again:\n{}", by_hand.join("\n"));
    };
    progress.note(&format!(
        "installing {}",
        [missing.packages.as_slice(), &missing.with_services].concat().join(" ")
    ));
    for step in steps {
        command::run(workspace.command("env").args(prefix).arg("env").args(step))?;
    }
    if !missing.services.is_empty() {
        let services = missing.services.join(", ");
        progress.note(&format!("installed for their programs only, neither started nor enabled: {services}"));
    }
    Ok(())
}

/// The words before a command that make root run it; none if there is no way.
fn as_root() -> Option<&'static [&'static str]> {
    let root = command::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    match (root, in_path("sudo")) {
        (true, _) => Some(&[]),
        (false, true) => Some(&["sudo"]),
        (false, false) => None,
    }
}

fn elsewhere<'a>(missing: impl Iterator<Item = &'a Wanted>) -> Result<()> {
    let missing: Vec<&str> = missing.map(|thing| thing.package).collect();
    // Without dpkg these have no sign we could look for; the build names them if they are really missing.
    let unknowable =
        ["libxdo-dev", "build-essential", "fonts-inter", "fonts-noto-core", "fonts-noto-color-emoji"];
    if missing.iter().all(|package| unknowable.contains(package)) {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    bail!(
        "missing here (Debian's names): {}\nInstall them, then start again:\n{}",
        missing.join(" "),
        hint(&release)
    );
}

/// What to type on a system that is not Debian's kin.
fn hint(release: &str) -> &'static str {
    let names = |wanted: &str| kin(release).any(|name| name == wanted);
    if names("fedora") || names("rhel") {
        "  sudo dnf install webkit2gtk4.1-devel libayatana-appindicator-gtk3-devel librsvg2-devel openssl-devel \
         libxdo-devel gcc gcc-c++ make perl pkgconf\n  for tests: sudo dnf install xorg-x11-server-Xvfb dbus-daemon \
         webkit2gtk-driver gnome-keyring openbox xdotool ImageMagick rsms-inter-fonts google-noto-sans-fonts \
         google-noto-color-emoji-fonts chromium chromedriver nodejs npm postgresql-server redis nginx haproxy python3-aiosmtpd"
    } else if names("arch") {
        "  sudo pacman -S --needed webkit2gtk-4.1 libayatana-appindicator librsvg openssl xdotool base-devel perl\n  \
         for tests: sudo pacman -S --needed xorg-server-xvfb dbus gnome-keyring openbox imagemagick inter-font \
         noto-fonts noto-fonts-emoji chromium nodejs npm postgresql valkey nginx haproxy python-aiosmtpd"
    } else if names("suse") || names("opensuse") {
        "  sudo zypper install webkit2gtk3-devel libayatana-appindicator3-devel librsvg-devel libopenssl-devel \
         xdotool-devel gcc gcc-c++ make perl pkg-config\n  for tests: sudo zypper install xorg-x11-server-Xvfb dbus-1 \
         gnome-keyring openbox xdotool ImageMagick inter-fonts noto-sans-fonts noto-coloremoji-fonts chromium \
         chromedriver nodejs npm postgresql-server redis nginx haproxy python3-aiosmtpd"
    } else {
        "  (use the names your system has for them)"
    }
}

fn kin(release: &str) -> impl Iterator<Item = &str> {
    let lines = release.lines().filter_map(|line| line.split_once('='));
    let named = lines.filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"));
    named.flat_map(|(_, value)| value.trim_matches('"').split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{Missing, START_NOTHING, hint};
    use crate::setup::wanted::Need;

    #[test]
    fn what_brings_a_service_is_installed_apart_and_starts_nothing() {
        let steps = Missing::among(Need::Services.wanted().iter().chain(Need::App.wanted())).steps();
        for service in ["postgresql", "nginx", "haproxy"] {
            let with_it = steps.iter().filter(|step| step.contains(&service));
            assert!(with_it.clone().count() > 0, "{service}");
            assert!(with_it.into_iter().all(|step| step.first() == Some(&START_NOTHING)), "{service}");
        }
        let quiet = steps.iter().filter(|step| step.contains(&START_NOTHING));
        assert!(quiet.into_iter().all(|step| !step.contains(&"perl")), "only they are");
        assert!(
            Need::Services.wanted().iter().all(|thing| thing.package != "redis-server"),
            "its tools hold it"
        );
    }

    #[test]
    fn each_family_is_told_its_own_command() {
        assert!(hint("NAME=Nobara\nID=nobara\nID_LIKE=\"rhel fedora\"\n").contains("dnf"));
        assert!(hint("ID=manjaro\nID_LIKE=arch\n").contains("pacman"));
        assert!(hint("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n").contains("zypper"));
        assert!(hint("ID=void\n").contains("names your system has"));
    }
}
