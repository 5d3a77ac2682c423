//! What each purpose needs from the system: a package by its Debian name, and how to see that it is not needed
//! because something else provides the same.

/// A purpose to set a machine up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Building the app and running it on the desktop in front of the person.
    App,
    /// Tests of the server on PostgreSQL, with Redis and behind proxies: each test starts its own. And counted syncs.
    Services,
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
    /// The service that the package would start, which nobody here asks for: only the program is wanted.
    pub(crate) service: Option<&'static str>,
}

/// How a thing can be there without its Debian package.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Provided {
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A program in the search path.
    Program(&'static str),
    /// PostgreSQL's server, which Debian keeps outside the search path.
    Postgres,
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
    library("libasound2-dev", "alsa"),
    package("libxdo-dev"),
    program("pkg-config", "pkg-config"),
    package("build-essential"),
    program("perl", "perl"),
    program("make", "make"),
];

const SERVICES: &[Wanted] = &[
    service(wanted("postgresql", Provided::Postgres), "postgresql"),
    // The server itself, under the name of a tool; the package redis-server adds a service and a link to it.
    program("redis-tools", "redis-check-rdb"),
    service(program("nginx", "nginx"), "nginx"),
    service(program("haproxy", "haproxy"), "haproxy"),
    program("strace", "strace"),
    // An SMTP server that keeps what it is given.
    program("python3-aiosmtpd", "aiosmtpd"),
];

const WINDOWS: &[Wanted] = &[
    program("xvfb", "Xvfb"),
    program("dbus", "dbus-daemon"),
    program("webkit2gtk-driver", "WebKitWebDriver"),
    program("gnome-keyring", "gnome-keyring-daemon"),
    program("openbox", "openbox"),
    program("xdotool", "xdotool"),
    program("imagemagick", "import"),
    package("fonts-inter"),
    package("fonts-noto-core"),
    package("fonts-noto-color-emoji"),
    program("chromium", "chromium"),
    program("chromium-driver", "chromedriver"),
    wanted("nodejs", Provided::Node),
    program("npm", "npm"),
];

const WINDOWS_BUILD: &[Wanted] = &[program("mingw-w64", "x86_64-w64-mingw32-gcc")];

const fn wanted(package: &'static str, provided_by: Provided) -> Wanted {
    Wanted { package, provided_by, service: None }
}

const fn package(package: &'static str) -> Wanted {
    wanted(package, Provided::PackageOnly)
}

const fn program(package: &'static str, program: &'static str) -> Wanted {
    wanted(package, Provided::Program(program))
}

const fn library(package: &'static str, library: &'static str) -> Wanted {
    wanted(package, Provided::Library(library))
}

const fn service(thing: Wanted, service: &'static str) -> Wanted {
    Wanted { service: Some(service), ..thing }
}

impl Need {
    /// What this purpose needs.
    pub(crate) fn wanted(self) -> &'static [Wanted] {
        match self {
            Self::App => APP,
            Self::Services => SERVICES,
            Self::Windows => WINDOWS,
            Self::WindowsBuild => WINDOWS_BUILD,
        }
    }
}
