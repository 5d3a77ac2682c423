//! Who is at the other end of a connection, through trusted proxies, and which origin we are for them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};
use url::Url;

use crate::app::AppState;
use crate::config::{Config, Transport};
use crate::failure::Failure;

/// The other end of the connection, put into every request's extensions by whoever accepted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddr(pub SocketAddr);

/// The client as seen past the trusted proxies.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// Its address.
    pub(crate) address: IpAddr,
    /// How it reached us.
    pub(crate) scheme: Scheme,
    /// The origin of our own pages for it, `https://host[:port]`.
    pub(crate) own_origin: Option<String>,
}

/// How the client reached the outermost server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Client {
    pub(crate) fn of(config: &Config, peer: Option<PeerAddr>, headers: &HeaderMap) -> Self {
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip().to_canonical());
        let proxied = config.trusted_proxies.contains(&peer);
        let scheme = scheme(config, if proxied { text(headers, "x-forwarded-proto") } else { None });
        let address =
            if proxied { forwarded_for(&config.trusted_proxies, headers).unwrap_or(peer) } else { peer };
        let own_origin = match &config.public_url {
            Some(url) => Some(url.origin().ascii_serialization()),
            None => host_origin(scheme, headers),
        };
        Client { address, scheme, own_origin }
    }
}

impl FromRequestParts<Arc<AppState>> for Client {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<PeerAddr>().copied();
        Ok(Client::of(&state.config, peer, &parts.headers))
    }
}

fn scheme(config: &Config, forwarded: Option<&str>) -> Scheme {
    let public = config.public_url.as_ref().map(Url::scheme);
    match (config.transport, public.or(forwarded)) {
        (Transport::Tls, _) | (_, Some("https")) => Scheme::Https,
        _ => Scheme::Http,
    }
}

/// The right-most address that is not one of our proxies: what stands left of it may be invented.
fn forwarded_for(trusted: &[IpAddr], headers: &HeaderMap) -> Option<IpAddr> {
    let chain: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    chain
        .iter()
        .rev()
        .map_while(|hop| hop.trim().parse::<IpAddr>().ok())
        .map(|hop| hop.to_canonical())
        .find(|hop| !trusted.contains(hop))
}

fn host_origin(scheme: Scheme, headers: &HeaderMap) -> Option<String> {
    let host = text(headers, header::HOST.as_str())?;
    let url = Url::parse(&format!("{}://{host}/", scheme.as_str())).ok()?;
    Some(url.origin().ascii_serialization())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn client(peer: IpAddr, headers: &[(&'static str, &str)]) -> Client {
        let config = Config { trusted_proxies: vec![PROXY], ..Config::default() };
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        Client::of(&config, Some(PeerAddr(SocketAddr::new(peer, 1))), &headers)
    }

    #[test]
    fn a_trusted_proxy_is_believed_up_to_the_first_stranger() {
        let seen = client(
            PROXY,
            &[("x-forwarded-for", "6.6.6.6, 192.0.2.7, 10.0.0.1"), ("x-forwarded-proto", "https")],
        );
        assert_eq!(seen.address, "192.0.2.7".parse::<IpAddr>().unwrap());
        assert_eq!(seen.scheme, Scheme::Https);
    }

    #[test]
    fn a_stranger_cannot_choose_its_own_address() {
        let stranger: IpAddr = "192.0.2.9".parse().unwrap();
        let seen = client(stranger, &[("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")]);
        assert_eq!(seen.address, stranger);
        assert_eq!(seen.scheme, Scheme::Http);
    }

    #[test]
    fn our_origin_follows_the_host_unless_a_public_url_is_set() {
        let seen = client(PROXY, &[("host", "127.0.0.1:8080")]);
        assert_eq!(seen.own_origin.as_deref(), Some("http://127.0.0.1:8080"));
    }
}
