//! What each purpose needs from the system: a package by its Debian name, and how to see that it is not needed
//! because something else provides the same.

/// A purpose to set a machine up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Building the app and running it on the desktop in front of the person.
    App,
    /// Tests and demos in windows of their own: virtual displays, browser, keychain, notifications.
    Windows,
    /// Checking the app for Windows from here.
    WindowsBuild,
}

/// One thing to have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The package in Debian.
    pub(crate) package: &'static str,
    /// How else it may be there.
    pub(crate) provided_by: Provided,
}

/// How a thing can be there without its Debian package.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Provided {
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A program in the search path.
    Program(&'static str),
    /// Node of a version new enough for the page tests.
    Node,
    /// Only the package itself can tell.
    PackageOnly,
}

const APP: &[Wanted] = &[
    library("libwebkit2gtk-4.1-dev", "webkit2gtk-4.1"),
    library("libayatana-appindicator3-dev", "ayatana-appindicator3-0.1"),
    library("librsvg2-dev", "librsvg-2.0"),
    library("libssl-dev", "openssl"),
    package("libxdo-dev"),
    program("pkg-config", "pkg-config"),
    package("build-essential"),
    program("perl", "perl"),
    program("make", "make"),
];

const WINDOWS: &[Wanted] = &[
    program("xvfb", "Xvfb"),
    program("xauth", "xauth"),
    program("dbus", "dbus-daemon"),
    program("dbus-x11", "dbus-launch"),
    program("webkit2gtk-driver", "WebKitWebDriver"),
    program("dunst", "dunst"),
    program("gnome-keyring", "gnome-keyring-daemon"),
    program("openbox", "openbox"),
    program("xdotool", "xdotool"),
    program("imagemagick", "convert"),
    package("fonts-inter"),
    package("fonts-noto-core"),
    package("fonts-noto-color-emoji"),
    program("chromium", "chromium"),
    program("chromium-driver", "chromedriver"),
    Wanted { package: "nodejs", provided_by: Provided::Node },
    program("npm", "npm"),
    program("nftables", "nft"),
    program("iproute2", "ip"),
];

const WINDOWS_BUILD: &[Wanted] = &[program("mingw-w64", "x86_64-w64-mingw32-gcc")];

const fn package(package: &'static str) -> Wanted {
    Wanted { package, provided_by: Provided::PackageOnly }
}

const fn program(package: &'static str, program: &'static str) -> Wanted {
    Wanted { package, provided_by: Provided::Program(program) }
}

const fn library(package: &'static str, library: &'static str) -> Wanted {
    Wanted { package, provided_by: Provided::Library(library) }
}

impl Need {
    /// What this purpose needs.
    pub(crate) fn wanted(self) -> &'static [Wanted] {
        match self {
            Self::App => APP,
            Self::Windows => WINDOWS,
            Self::WindowsBuild => WINDOWS_BUILD,
        }
    }
}
