//! What the shell itself keeps seeing of the engine, by the same live queries as the UI: the settings, how many
//! messages are unread, and who is signed in.

use std::sync::Arc;

use bedside_engine::Client;
use bedside_protocol::ipc::{Patch, Query, RoomFilter, Settings, Update, UpdateBody, View};
use tauri::{AppHandle, Manager};

use crate::shell::Shell;

/// Begins its subscriptions; they end with the engine.
pub(crate) fn begin(app: &AppHandle, client: &Client) {
    let (settings, rooms, session) = (app.clone(), app.clone(), app.clone());
    client.subscribe(
        Query::Session,
        Arc::new(move |update| {
            if let UpdateBody::Snapshot { view: View::Session(view) } = update.body {
                on_main_thread(&session, move |shell| shell.follow_session(&view));
            }
        }),
    );
    client.subscribe(
        Query::Settings,
        Arc::new(move |update| {
            if let Some(new) = settings_of(update) {
                on_main_thread(&settings, move |shell| shell.follow_settings(new));
            }
        }),
    );
    // The fewest rows there are: the count over all conversations travels with any list.
    let unread = Query::Rooms { search: String::new(), filter: RoomFilter::Urgent, keep: None };
    client.subscribe(
        unread,
        Arc::new(move |update| {
            if let Some((count, urgent)) = unread_of(&update) {
                let app = rooms.clone();
                on_main_thread(&rooms, move |shell| shell.follow_unread(&app, count, urgent));
            }
        }),
    );
}

/// A tray icon can only be changed there, and a sink must not wait for it.
fn on_main_thread(app: &AppHandle, work: impl FnOnce(&Shell) + Send + 'static) {
    let held = app.clone();
    let queued = app.run_on_main_thread(move || {
        if let Some(shell) = held.try_state::<Shell>() {
            work(&shell);
        }
    });
    if queued.is_err() {
        tracing::info!("the event loop has ended");
    }
}

fn settings_of(update: Update) -> Option<Settings> {
    match update.body {
        UpdateBody::Snapshot { view: View::Settings(view) } => Some(view.settings),
        _ => None,
    }
}

/// How many messages are unread, and whether one of them is urgent.
fn unread_of(update: &Update) -> Option<(i64, bool)> {
    match &update.body {
        UpdateBody::Snapshot { view: View::Rooms(view) } => Some((view.unread, view.urgent_rooms > 0)),
        UpdateBody::Patch { patch: Patch::Rooms { unread, urgent_rooms, .. }, .. } => {
            Some((*unread, *urgent_rooms > 0))
        }
        _ => None,
    }
}
