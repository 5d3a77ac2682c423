//! Ports for servers that come back at the same one.
//!
//! They lie below the range from which the system takes the near ends of connections: a port from that range may
//! belong to a connection by the time a killed server wants it back.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Context, Result};

const FIRST: u16 = 15_000;
/// Where that range begins if the system does not say.
const USUAL_END: u16 = 32_768;
/// Keeps test processes that run at the same time, with numbers next to each other, apart.
const APART: u32 = 97;

static GIVEN: AtomicU16 = AtomicU16::new(0);

/// A port nobody listens on right now, and which this process has not given out before.
pub fn free() -> Result<u16> {
    let end = first_of_connections().filter(|end| *end > FIRST + 1_000).unwrap_or(USUAL_END);
    let count = u32::from(end - FIRST);
    let mut candidates = (0..count).map(|_| {
        let turn = u32::from(GIVEN.fetch_add(1, Ordering::Relaxed));
        FIRST
            + u16::try_from((std::process::id().wrapping_mul(APART).wrapping_add(turn)) % count).unwrap_or(0)
    });
    candidates
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .context("no port of loopback is free")
}

fn first_of_connections() -> Option<u16> {
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok()?;
    range.split_whitespace().next()?.parse().ok()
}

/// Starts a server on a free port, and on another one if somebody else has taken that meanwhile.
pub(crate) async fn on_free_port<T>(start: impl AsyncFn(u16) -> Result<T>) -> Result<T> {
    match start(free()?).await {
        Err(error) if format!("{error:#}").contains("Address already in use") => start(free()?).await,
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::{first_of_connections, free, on_free_port};

    #[test]
    fn no_port_is_given_twice_or_to_a_connection() {
        let (one, two) = (free().unwrap(), free().unwrap());
        assert_ne!(one, two);
        assert!(first_of_connections().is_none_or(|first| one < first && two < first));
    }

    #[tokio::test]
    async fn a_port_taken_meanwhile_is_replaced() {
        let tried = std::cell::RefCell::new(Vec::new());
        let start = async |port| {
            tried.borrow_mut().push(port);
            anyhow::ensure!(tried.borrow().len() > 1, "bind: Address already in use");
            Ok(port)
        };
        let used = on_free_port(start).await.unwrap();
        assert_eq!(tried.borrow().len(), 2);
        assert_ne!(tried.borrow().first(), Some(&used));
    }
}
