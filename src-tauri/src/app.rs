//! Puts the app together: profile, logs, plugins, window, engine; and takes it apart again.

use std::time::Duration;

use anyhow::Context;
use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager, RunEvent, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::options::Options;
use crate::profile::Profile;
use crate::shell::Shell;
use crate::{closing, commands, engine, link, logs, platform, side, sign_in, window};

/// Below the profile's folder: where the window was.
const WINDOW_FILE: &str = "window.json";
/// How long what is being stored or sent may take when the app ends; the outbox keeps the rest.
const FLUSH: Duration = Duration::from_secs(5);

/// Runs the app until it is quit.
///
/// # Errors
/// When there is no place for the profile's data, or no window can be made.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let profile = options.profile().context("this system names no folder for data; give one with --data")?;
    profile.create_folder().with_context(|| format!("cannot write to {}", profile.folder().display()))?;
    logs::start(profile.folder());
    let threads = tokio::runtime::Builder::new_multi_thread().thread_name("bedside").enable_all().build()?;
    let _entered = threads.enter();
    tauri::async_runtime::set(threads.handle().clone());
    build(options.clone(), profile)?.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            flush(app);
        }
    });
    Ok(())
}

fn build(options: Options, profile: Profile) -> tauri::Result<App> {
    let mut context = tauri::generate_context!();
    // The lock of the single instance goes by it.
    context.config_mut().identifier = profile.instance();
    tauri::Builder::default()
        .plugin(single_instance(&profile))
        .plugin(window_state(&profile))
        .invoke_handler(tauri::generate_handler![
            commands::request,
            commands::subscribe,
            commands::unsubscribe,
            commands::open_external
        ])
        .setup(move |app| Ok(set_up(app.handle(), &options, &profile)?))
        .on_window_event(closing::on_window_event)
        .build(context)
}

fn set_up(app: &AppHandle, options: &Options, profile: &Profile) -> anyhow::Result<()> {
    let shell = tauri::async_runtime::block_on(Shell::new(app, profile, options));
    let title = shell.words().text("window-title");
    let hidden = options.hidden && shell.has_tray();
    app.manage(shell);
    let remembered = profile.folder().join(WINDOW_FILE).exists();
    let window = window::create(app, profile, &title, hidden)?;
    if let Some(side) = options.side.filter(|_| !remembered) {
        side::place(&window, side)?;
    }
    engine::open(app, options, profile)?;
    if options.sign_in_from_stdin {
        sign_in::from_stdin(app, options);
    }
    begin_at_link(app, options);
    quit_when_asked(app.clone());
    Ok(())
}

/// A link that the app was started with waits for the engine; links lead to it from now on.
fn begin_at_link(app: &AppHandle, options: &Options) {
    let (app, place) = (app.clone(), options.link.as_deref().and_then(link::place));
    let runtime = app.state::<Shell>().runtime().clone();
    runtime.spawn("shell.link", async move {
        let shell = app.state::<Shell>();
        shell.take_links().await;
        if let Some(place) = place {
            shell.engine().await.show(place);
        }
    });
}

/// A second launch of the same profile shows the first one's window.
fn single_instance(profile: &Profile) -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(profile.instance())
        .callback(|app, words, _folder| {
            window::show(app);
            if let (Some(place), Some(shell)) = (link::among(&words), app.try_state::<Shell>()) {
                shell.show_place(place);
            }
        })
        .build()
}

fn window_state(profile: &Profile) -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new()
        // An absolute path replaces the plugin's own folder, which all profiles would share.
        .with_filename(profile.folder().join(WINDOW_FILE).display().to_string())
        // Not whether it was visible: an app quit from the tray is not to start invisible.
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

/// The end of a session, or Ctrl+C in a terminal, quits as the menu does.
fn quit_when_asked(app: AppHandle) {
    let runtime = app.state::<Shell>().runtime().clone();
    let stopping = runtime.stopping();
    runtime.spawn("shell.signals", async move {
        if stopping.run_until_cancelled(platform::asked_to_end()).await.is_some() {
            app.exit(0);
        }
    });
}

fn flush(app: &AppHandle) {
    let Some(shell) = app.try_state::<Shell>() else { return };
    tauri::async_runtime::block_on(async {
        let runtime = shell.runtime();
        if runtime.timeout(FLUSH, shell.close()).await.is_none() {
            tracing::warn!("the engine did not finish in time; the outbox keeps what it holds");
        }
        runtime.shutdown(FLUSH).await;
    });
}
