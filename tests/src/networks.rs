//! The system's manager of networks, as far as programs hear from it.

use anyhow::Result;

use crate::bus::Bus;

const NAME: &str = "org.freedesktop.NetworkManager";
const PATH: &str = "/org/freedesktop/NetworkManager";
/// Connected to the world.
const GLOBAL: u32 = 70;

/// A manager of networks.
#[derive(Clone, Debug)]
pub struct Networks {
    bus: zbus::Connection,
}

impl Networks {
    pub(crate) async fn start(bus: &Bus) -> Result<Self> {
        let builder = zbus::connection::Builder::address(bus.address());
        Ok(Networks { bus: builder.serve_at(PATH, Manager).name(NAME).build().await? })
    }

    /// Says that the computer is connected, which it says of every new network.
    pub async fn connected(&self) -> Result<()> {
        Ok(self.bus.emit_signal(None::<&str>, PATH, NAME, "StateChanged", &GLOBAL).await?)
    }
}

/// Answers whoever asks for more that there is no more: a silent one would hold WebKit up.
struct Manager;

#[zbus::interface(name = "org.freedesktop.NetworkManager")]
impl Manager {
    fn check_connectivity(&self) -> u32 {
        GLOBAL
    }
}
