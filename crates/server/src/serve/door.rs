//! Who may connect at all, and how often at once: decided at accept, before a byte is read.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::{Config, Limits, Transport};
use crate::rate::network;

/// Connections at once; an idle one costs some 10 KB, a file descriptor is the scarcer thing.
const CONNECTIONS_MAX: usize = 10_000;
/// Of them, those of one network address: a hospital behind one address, each of its people with a few. Proxies named
/// as trusted and this machine itself are not counted.
const PER_ADDRESS_MAX: usize = 1_000;

/// The door of a listener.
pub(super) struct Door {
    plain: bool,
    limited: bool,
    trusted: Vec<IpAddr>,
    places: Arc<Semaphore>,
    held: Arc<Held>,
}

type Held = Mutex<HashMap<IpAddr, usize>>;

/// A connection's place; given back when dropped.
pub(super) struct Place {
    counted: Option<(IpAddr, Arc<Held>)>,
    _place: OwnedSemaphorePermit,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Plain HTTP is for this machine and the proxies that do TLS.
    Plain,
    /// It has its share of connections.
    Crowded,
}

impl Door {
    pub(super) fn new(config: &Config) -> Self {
        Door {
            plain: config.transport == Transport::Plain,
            limited: config.limits == Limits::On,
            trusted: config.trusted_proxies.clone(),
            places: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
            held: Arc::default(),
        }
    }

    /// Waits until there is a place for anybody.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).acquire_owned().await.ok()
    }

    /// Lets somebody in to a place, or not.
    pub(super) fn admit(&self, peer: IpAddr, place: OwnedSemaphorePermit) -> Result<Place, Refused> {
        let peer = peer.to_canonical();
        let known = peer.is_loopback() || self.trusted.contains(&peer);
        if self.plain && !known {
            return Err(Refused::Plain);
        }
        if known || !self.limited {
            return Ok(Place { counted: None, _place: place });
        }
        let address = network(peer);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(address).or_insert(0);
        if *count >= PER_ADDRESS_MAX {
            return Err(Refused::Crowded);
        }
        *count += 1;
        Ok(Place { counted: Some((address, Arc::clone(&self.held))), _place: place })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((address, held)) = self.counted.take() else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                held.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn enter(door: &Door, peer: &str) -> Result<Place, Refused> {
        door.admit(peer.parse().unwrap(), door.place().await.unwrap())
    }

    fn tls() -> Config {
        Config {
            transport: Transport::Tls,
            trusted_proxies: vec!["10.0.0.2".parse().unwrap()],
            ..Config::default()
        }
    }

    #[tokio::test]
    async fn plain_http_is_for_trusted_proxies_and_this_machine() {
        let door = Door::new(&Config { transport: Transport::Plain, ..tls() });
        for known in ["10.0.0.2", "::ffff:10.0.0.2", "127.0.0.1", "::1"] {
            assert!(enter(&door, known).await.is_ok(), "{known}");
        }
        assert_eq!(enter(&door, "10.0.0.3").await.err(), Some(Refused::Plain));
        assert!(enter(&Door::new(&tls()), "10.0.0.3").await.is_ok(), "TLS is for everybody");
    }

    #[tokio::test]
    async fn one_address_never_holds_all_places() {
        let door = Door::new(&tls());
        let mut held = Vec::new();
        for host in 0..PER_ADDRESS_MAX {
            held.push(enter(&door, &format!("2001:db8::{host:x}")).await.ok().unwrap());
        }
        assert_eq!(enter(&door, "2001:db8::ffff:1").await.err(), Some(Refused::Crowded), "a /64 is one");
        assert!(enter(&door, "2001:db8:0:1::1").await.is_ok());
        held.pop();
        assert!(enter(&door, "2001:db8::1").await.is_ok());
        held.clear();
        assert!(door.held.lock().unwrap().is_empty(), "nothing is kept of those who left");
    }

    #[tokio::test]
    async fn a_trusted_proxy_holds_as_many_as_there_are() {
        let door = Door::new(&tls());
        let mut held = Vec::new();
        for _ in 0..=PER_ADDRESS_MAX {
            held.push(enter(&door, "10.0.0.2").await.ok().unwrap());
        }
    }
}
