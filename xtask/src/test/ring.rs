//! The rings: their names, budgets and needs. What each runs is in `rings`.

use std::time::Duration;

use clap::ValueEnum;

use crate::setup::Need;

/// One ring of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ring {
    /// Formatting.
    Fmt,
    /// Layers, versions, sources.
    Tidy,
    /// Lints over everything.
    Clippy,
    /// All tests that need no window.
    Unit,
    /// The interface: its reducers natively, its pages in a browser.
    Ui,
    /// A page written against the platform's description, in a browser.
    Page,
    /// Real windows, server and engines.
    Windows,
    /// The app checked for Windows.
    WindowsBuild,
    /// Licences, sources and advisories of everything we depend on.
    Deny,
}

const MINUTE: u64 = 60;

impl Ring {
    /// All of them, in the order in which they run.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied()
    }

    /// Its name on the command line and in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::Ui => "ui",
            Self::Page => "page",
            Self::Windows => "windows",
            Self::WindowsBuild => "windows-build",
            Self::Deny => "deny",
        }
    }

    /// What it is for, in a line.
    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Self::Fmt => "the source is formatted",
            Self::Tidy => "layers, versions, what must not be in a source file",
            Self::Clippy => "lints, natively and for the browser",
            Self::Unit => "machines, stores, server, engine, faults",
            Self::Ui => "the interface, natively and in a browser",
            Self::Page => "the described platform's own page, in a browser",
            Self::Windows => "real windows against a real server",
            Self::WindowsBuild => "the app checks for Windows",
            Self::Deny => "licences, sources and advisories",
        }
    }

    /// How long it may take from cold on two cores.
    pub(crate) fn budget(self) -> Duration {
        let minutes = match self {
            Self::Fmt | Self::Tidy => 1,
            Self::Clippy => 11,
            Self::Unit => 18,
            Self::Ui => 12,
            Self::Page => 8,
            Self::Windows => 9,
            Self::WindowsBuild | Self::Deny => 15,
        };
        Duration::from_secs(minutes * MINUTE)
    }

    /// Whether it runs only with `--full`, or when it is named.
    pub(crate) fn only_in_full(self) -> bool {
        matches!(self, Self::WindowsBuild | Self::Deny)
    }

    /// What the machine must have for it.
    pub(crate) fn needs(self) -> &'static [Need] {
        match self {
            Self::Fmt | Self::Tidy | Self::Deny => &[],
            Self::Clippy => &[Need::App],
            Self::Unit => &[Need::App, Need::Services],
            Self::Ui | Self::Page => &[Need::App, Need::Windows],
            Self::Windows => &[Need::App, Need::Services, Need::Windows],
            Self::WindowsBuild => &[Need::App, Need::WindowsBuild],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;

    #[test]
    fn the_usual_rings_fit_an_hour() {
        let usual = Ring::all().filter(|ring| !ring.only_in_full());
        let seconds: u64 = usual.map(|ring| ring.budget().as_secs()).sum();
        assert!(seconds <= 60 * super::MINUTE, "{seconds} seconds");
    }
}
