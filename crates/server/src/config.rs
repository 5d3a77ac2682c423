//! What an operator may choose; every choice has a safe default.

use std::net::IpAddr;
use std::time::Duration;

use bedside_protocol::limits;
use url::Url;

use crate::outreach::Outreach;

/// The server's settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address people reach the server by; decides the allowed origin and whether cookies are `Secure`.
    pub public_url: Option<Url>,
    /// Further origins whose pages may use a signed-in person's cookie.
    pub allow_origins: Vec<Url>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Rate limits.
    pub limits: Limits,
    /// Whether `GET /chat/messages/<id>/` marks as read, as the platform's pages once relied on.
    pub get_marks_read: GetMarksRead,
    /// What the listener speaks.
    pub transport: Transport,
    /// How long a message may wait on a device before its author must confirm it.
    pub stale_after: Duration,
    /// What people who are not there are reached by.
    pub outreach: Outreach,
}

/// Whether rates are limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// As in production.
    On,
    /// For load tests on loopback only.
    Off,
}

/// The setting `compat.get_marks_read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetMarksRead {
    /// A GET changes nothing.
    Never,
    /// The old way, for cookie sessions only.
    CookieSessions,
}

/// What the listener speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// HTTP, on loopback or behind a proxy.
    Plain,
    /// HTTPS.
    Tls,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            public_url: None,
            allow_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            limits: Limits::On,
            get_marks_read: GetMarksRead::Never,
            transport: Transport::Plain,
            stale_after: limits::STALE_AFTER,
            outreach: Outreach::default(),
        }
    }
}
