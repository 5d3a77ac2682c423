//! A desktop's tray, as far as programs that want an icon there can tell.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use crate::bus::Bus;

const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

/// A tray.
#[derive(Clone, Debug)]
pub struct TrayHost {
    icons: Icons,
    _bus: zbus::Connection,
}

type Icons = Arc<Mutex<Vec<String>>>;

impl TrayHost {
    /// Puts a tray onto a bus.
    pub(crate) async fn start(bus: &Bus) -> Result<Self> {
        let icons = Icons::default();
        let watcher = Watcher { icons: Arc::clone(&icons) };
        let builder = zbus::connection::Builder::address(bus.address());
        let connection = builder.serve_at(PATH, watcher).name(NAME).build().await?;
        Ok(TrayHost { icons, _bus: connection })
    }

    /// The icons in it, by their names on the bus.
    #[must_use]
    pub fn icons(&self) -> Vec<String> {
        self.icons.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Watcher {
    icons: Icons,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        self.icons.lock().unwrap_or_else(PoisonError::into_inner).push(service);
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.icons.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}
