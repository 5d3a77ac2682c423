//! The number on the app's icon in docks and task bars that follow Unity's protocol, as those of KDE, Ubuntu and Plank do.

use std::collections::HashMap;

use bedside_runtime::Runtime;
use tauri::AppHandle;
use tokio::sync::watch;
use zbus::{Connection, Variant};

/// The path says nothing there; each program has one.
const PATH: &str = "/org/bedside/desktop";
const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";

/// What an icon shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shown {
    count: i64,
    urgent: bool,
}

/// The number on the icon. A dock takes the number of a vanished sender away.
#[derive(Debug)]
pub(crate) struct Badge {
    wanted: watch::Sender<Shown>,
}

impl Badge {
    pub(crate) fn start(_app: &AppHandle, runtime: &Runtime, app_id: &str) -> Self {
        let (wanted, told) = watch::channel(Shown::default());
        let (stopping, app) = (runtime.stopping(), format!("application://{app_id}.desktop"));
        runtime.spawn("shell.badge", async move {
            if let Some(Err(error)) = stopping.run_until_cancelled(follow(told, app)).await {
                tracing::info!(%error, "no number on the icon");
            }
        });
        Badge { wanted }
    }

    /// Shows how many messages are unread, and whether one of them is urgent.
    pub(crate) fn show(&self, count: i64, urgent: bool) {
        self.wanted.send_replace(Shown { count, urgent });
    }
}

async fn follow(mut told: watch::Receiver<Shown>, app: String) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    while told.changed().await.is_ok() {
        let shown = *told.borrow_and_update();
        let facts: HashMap<&str, Variant<'_>> = HashMap::from([
            ("count", Variant::from(shown.count)),
            ("count-visible", Variant::from(shown.count > 0)),
            ("urgent", Variant::from(shown.urgent)),
        ]);
        bus.emit_signal(None::<&str>, PATH, INTERFACE, "Update", &(app.as_str(), facts)).await?;
    }
    Ok(())
}
