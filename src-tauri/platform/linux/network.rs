//! Word of another network, or of a night's sleep, from the services that know. Where they are absent nobody tells, and
//! the engine finds out by itself, later.

use std::collections::HashMap;

use futures_util::stream::{BoxStream, StreamExt, pending, select_all};
use zbus::proxy::SignalStream;
use zbus::{Connection, Message, OwnedVariant, Proxy};

const MANAGER: &str = "org.freedesktop.NetworkManager";
const MANAGER_PATH: &str = "/org/freedesktop/NetworkManager";
const LOGIN: &str = "org.freedesktop.login1";

/// One item for each time that connections may no longer lead anywhere.
pub(crate) async fn network_changes() -> BoxStream<'static, ()> {
    match signals().await {
        Ok(signals) => signals,
        Err(error) => {
            tracing::info!(%error, "nobody tells when the network changes");
            pending().boxed()
        }
    }
}

async fn signals() -> zbus::Result<BoxStream<'static, ()>> {
    let bus = Connection::system().await?;
    let properties = "org.freedesktop.DBus.Properties";
    let state = signal(&bus, MANAGER, MANAGER_PATH, MANAGER, "StateChanged").await?;
    let primary = signal(&bus, MANAGER, MANAGER_PATH, properties, "PropertiesChanged").await?;
    let sleep =
        signal(&bus, LOGIN, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
            .await?;
    let of_interest = [
        state.map(|_| true).boxed(),
        primary.map(|message| is_another_connection(&message)).boxed(),
        sleep.map(|message| is_awake_again(&message)).boxed(),
    ];
    Ok(select_all(of_interest).filter_map(async |counts| counts.then_some(())).boxed())
}

async fn signal(
    bus: &Connection,
    service: &'static str,
    path: &'static str,
    interface: &'static str,
    name: &'static str,
) -> zbus::Result<SignalStream<'static>> {
    Proxy::new(bus, service, path, interface).await?.receive_signal(name).await
}

/// Another cable, another wireless network, a tunnel: what the default route goes through.
fn is_another_connection(message: &Message) -> bool {
    let changed = message.body().deserialize::<(String, HashMap<String, OwnedVariant>, Vec<String>)>();
    changed.is_ok_and(|(_, properties, _)| properties.contains_key("PrimaryConnection"))
}

/// The signal comes before the sleep with `true` and after it with `false`.
fn is_awake_again(message: &Message) -> bool {
    message.body().deserialize::<bool>().is_ok_and(|going_to_sleep| !going_to_sleep)
}
