//! Where a server may listen. Passwords and messages never cross a network in plain text by mistake.

use std::net::{IpAddr, SocketAddr};

use crate::config::{Config, Limits, Transport};
use crate::store::StoreFacts;

/// Why a server does not listen there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Plain HTTP beyond loopback.
    #[error(
        "plain HTTP is served on loopback only: give --tls-cert and --tls-key, or name the --trusted-proxy that does TLS"
    )]
    Plain,
    /// No limits beyond loopback.
    #[error("--limits off is for load tests on loopback only")]
    Unlimited,
    /// A demo clinic beyond loopback.
    #[error("this database holds a demo clinic, whose password is shared: it is served on loopback only")]
    Demo,
}

/// Whether a server so configured may listen at an address.
///
/// # Errors
/// When it may not, and why.
pub fn check(listen: SocketAddr, config: &Config, facts: &StoreFacts) -> Result<(), Refusal> {
    if is_loopback(listen.ip()) {
        return Ok(());
    }
    if facts.demo {
        return Err(Refusal::Demo);
    }
    if config.limits == Limits::Off {
        return Err(Refusal::Unlimited);
    }
    if config.transport == Transport::Plain && config.trusted_proxies.is_empty() {
        return Err(Refusal::Plain);
    }
    Ok(())
}

/// Whether only this machine reaches it.
pub(super) fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use bedside_protocol::Epoch;

    use super::*;

    fn judged(listen: &str, config: &Config, demo: bool) -> Result<(), Refusal> {
        check(listen.parse().unwrap(), config, &StoreFacts { epoch: Epoch("e".into()), demo })
    }

    #[test]
    fn loopback_is_always_allowed() {
        let config = Config { limits: Limits::Off, ..Config::default() };
        assert_eq!(judged("127.0.0.1:0", &config, true), Ok(()));
        assert_eq!(judged("[::1]:0", &config, true), Ok(()));
        assert_eq!(judged("[::ffff:127.0.0.1]:0", &config, true), Ok(()));
    }

    #[test]
    fn plain_http_beyond_loopback_needs_a_named_proxy() {
        let behind = Config { trusted_proxies: vec!["10.0.0.1".parse().unwrap()], ..Config::default() };
        let tls = Config { transport: Transport::Tls, ..Config::default() };
        assert_eq!(judged("0.0.0.0:80", &Config::default(), false), Err(Refusal::Plain));
        assert_eq!(judged("0.0.0.0:80", &behind, false), Ok(()));
        assert_eq!(judged("0.0.0.0:443", &tls, false), Ok(()));
    }

    #[test]
    fn a_demo_clinic_and_a_server_without_limits_stay_at_home() {
        let tls = Config { transport: Transport::Tls, ..Config::default() };
        let unlimited = Config { limits: Limits::Off, ..tls.clone() };
        assert_eq!(judged("0.0.0.0:443", &tls, true), Err(Refusal::Demo));
        assert_eq!(judged("0.0.0.0:443", &unlimited, false), Err(Refusal::Unlimited));
    }
}
