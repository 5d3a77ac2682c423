//! What a clinic is reached by, written beside it: its windows remember its address, so the next demo must serve it there.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::files;

const FILE: &str = "reached-by.json";

/// Where a clinic's port is looked for: below the ports that systems give to programs that ask for any, so that none of
/// those has it when the clinic is served again.
const PORTS: Range<u16> = 20_000..32_000;

/// How a clinic is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReachedBy {
    /// The port of this machine that it is served on.
    port: u16,
    /// The one password of everybody in it.
    pub(crate) password: String,
}

impl ReachedBy {
    /// A port that is free now and a password of its own.
    ///
    /// # Errors
    /// When no port is free.
    pub(crate) fn new() -> Result<Self> {
        let first = u16::try_from(random() % u64::from(PORTS.end - PORTS.start))?;
        let mut ports = (PORTS.start + first..PORTS.end).chain(PORTS.start..PORTS.start + first);
        let free = ports.find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
        let port = free.context("every port from 20000 to 31999 of this machine is taken")?;
        Ok(Self { port, password: password() })
    }

    /// What was written into a clinic's folder, if that is a clinic.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(folder.join(FILE)).ok()?).ok()
    }

    /// Writes it into a clinic's folder.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        files::write_if_changed(&folder.join(FILE), serde_json::to_string(self)?.as_bytes())
    }

    /// Where to serve it.
    ///
    /// # Errors
    /// When another program has the port.
    pub(crate) fn address(&self) -> Result<SocketAddr> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let free = TcpListener::bind(address);
        free.with_context(|| format!("{address}, where the demo's windows look for it, is taken"))?;
        Ok(address)
    }
}

/// Good enough for made-up people behind a loopback address: 128 bits of the seeds that the system gives hash maps.
fn password() -> String {
    format!("{:016x}{:016x}", random(), random())
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test: beside another that takes ports of the same range, this one's could be taken.
    #[test]
    fn a_kept_clinic_is_served_where_it_was_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(ReachedBy::read(folder.path()), None);
        let made = ReachedBy::new().unwrap();
        made.write(folder.path()).unwrap();
        let kept = ReachedBy::read(folder.path()).unwrap();
        assert_eq!(kept, made);
        assert!(PORTS.contains(&kept.port));
        assert_eq!(kept.address().unwrap(), made.address().unwrap());
        let _taken = TcpListener::bind(made.address().unwrap()).unwrap();
        assert!(kept.address().is_err());
    }
}
