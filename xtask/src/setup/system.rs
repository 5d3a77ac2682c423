//! Getting system packages: through apt where there is apt, by telling a person what to type elsewhere.

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
    let missing: Vec<&str> = wanted.filter(|thing| !present(thing)).map(|thing| thing.package).collect();
    if missing.is_empty() {
        progress.note("all there");
        return Ok(());
    }
    progress.note(&format!("installing {}", missing.join(" ")));
    install(workspace, &missing)
}

fn present(thing: &Wanted) -> bool {
    provided(thing) || installed(thing.package)
}

fn install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    let Some(prefix) = as_root() else {
        bail!("neither root nor sudo here; run as root, then start again:\n  {by_hand}");
    };
    command::run(&mut apt(workspace, prefix, &["update", "--quiet"]))?;
    let install = [["install", "--yes", "--quiet", "--no-install-recommends"].as_slice(), packages].concat();
    command::run(&mut apt(workspace, prefix, &install))
}

fn apt(workspace: &Workspace, prefix: &[&str], arguments: &[&str]) -> Command {
    let mut made = workspace.command("env");
    made.args(prefix).args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
    made
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
         libxdo-devel gcc gcc-c++ make perl pkgconf\n  for tests: sudo dnf install xorg-x11-server-Xvfb xauth dbus-x11 \
         webkit2gtk-driver dunst gnome-keyring openbox xdotool ImageMagick rsms-inter-fonts google-noto-sans-fonts \
         google-noto-color-emoji-fonts chromium chromedriver nodejs npm nftables iproute"
    } else if names("arch") {
        "  sudo pacman -S --needed webkit2gtk-4.1 libayatana-appindicator librsvg openssl xdotool base-devel perl\n  \
         for tests: sudo pacman -S --needed xorg-server-xvfb xorg-xauth dbus dunst gnome-keyring openbox imagemagick \
         inter-font noto-fonts noto-fonts-emoji chromium nodejs npm nftables iproute2"
    } else if names("suse") || names("opensuse") {
        "  sudo zypper install webkit2gtk3-devel libayatana-appindicator3-devel librsvg-devel libopenssl-devel \
         xdotool-devel gcc gcc-c++ make perl pkg-config\n  for tests: sudo zypper install xorg-x11-server-Xvfb xauth \
         dbus-1-x11 dunst gnome-keyring openbox xdotool ImageMagick inter-fonts noto-sans-fonts \
         noto-coloremoji-fonts chromium chromedriver nodejs npm nftables iproute2"
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
    use super::hint;

    #[test]
    fn each_family_is_told_its_own_command() {
        assert!(hint("NAME=Nobara\nID=nobara\nID_LIKE=\"rhel fedora\"\n").contains("dnf"));
        assert!(hint("ID=manjaro\nID_LIKE=arch\n").contains("pacman"));
        assert!(hint("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n").contains("zypper"));
        assert!(hint("ID=void\n").contains("names your system has"));
    }
}
