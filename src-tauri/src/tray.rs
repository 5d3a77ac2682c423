//! The icon in the system tray: Open, how many messages are unread, Do not disturb, Lock, Quit.

use std::sync::{Mutex, PoisonError};

use bedside_protocol::ipc::PauseSpan;
use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::platform::Panel;
use crate::shell::Shell;
use crate::window;
use crate::words::Words;

const OPEN: &str = "open";
const UNREAD: &str = "unread";
const PAUSE_HOUR: &str = "pause-hour";
const PAUSE_TOMORROW: &str = "pause-tomorrow";
const PAUSE_OFF: &str = "pause-off";
const LOCK: &str = "lock";
const QUIT: &str = "quit";

const LIGHT: Image<'static> = tauri::include_image!("icons/tray/tray-light.png");
const LIGHT_UNREAD: Image<'static> = tauri::include_image!("icons/tray/tray-light-unread.png");
const DARK: Image<'static> = tauri::include_image!("icons/tray/tray-dark.png");
const DARK_UNREAD: Image<'static> = tauri::include_image!("icons/tray/tray-dark-unread.png");

/// The tray icon and the parts of its menu that change.
pub(crate) struct Tray {
    icon: TrayIcon<Wry>,
    panel: Mutex<Panel>,
    open: MenuItem<Wry>,
    unread: MenuItem<Wry>,
    pause: Pause,
    lock: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// The part of the menu by which nothing is told of for a while.
struct Pause {
    menu: Submenu<Wry>,
    hour: MenuItem<Wry>,
    tomorrow: MenuItem<Wry>,
    off: MenuItem<Wry>,
}

impl Pause {
    fn create(app: &AppHandle, words: &Words) -> tauri::Result<Self> {
        let item = |id, text: &str, on| MenuItem::with_id(app, id, words.text(text), on, None::<&str>);
        let hour = item(PAUSE_HOUR, "tray-pause-hour", true)?;
        let tomorrow = item(PAUSE_TOMORROW, "tray-pause-tomorrow", true)?;
        let off = item(PAUSE_OFF, "tray-pause-off", false)?;
        let menu = Submenu::with_items(app, words.text("tray-pause"), true, &[&hour, &tomorrow, &off])?;
        Ok(Pause { menu, hour, tomorrow, off })
    }

    fn reword(&self, words: &Words) -> tauri::Result<()> {
        self.menu.set_text(words.text("tray-pause"))?;
        self.hour.set_text(words.text("tray-pause-hour"))?;
        self.tomorrow.set_text(words.text("tray-pause-tomorrow"))?;
        self.off.set_text(words.text("tray-pause-off"))
    }
}

impl Tray {
    /// Puts the icon into the tray.
    pub(crate) fn create(app: &AppHandle, words: &Words) -> tauri::Result<Self> {
        let open = MenuItem::with_id(app, OPEN, words.text("tray-open"), true, None::<&str>)?;
        let unread = MenuItem::with_id(app, UNREAD, words.count("tray-unread", 0), false, None::<&str>)?;
        let quit = MenuItem::with_id(app, QUIT, words.text("tray-quit"), true, None::<&str>)?;
        let lock = MenuItem::with_id(app, LOCK, words.text("tray-lock"), false, None::<&str>)?;
        let pause = Pause::create(app, words)?;
        let lines = [PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?];
        let [above, below] = &lines;
        let icon = TrayIconBuilder::with_id("bedside")
            .icon(drawing(Panel::Dark, 0))
            .icon_as_template(true)
            .tooltip(words.text("tray-tooltip"))
            .menu(&Menu::with_items(app, &[&open, &unread, above, &pause.menu, &lock, below, &quit])?)
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| chosen(app, &event))
            .on_tray_icon_event(|icon, event| clicked(icon.app_handle(), &event))
            .build(app)?;
        Ok(Tray { icon, panel: Mutex::new(Panel::Dark), open, unread, pause, lock, quit })
    }

    /// Says how many messages are unread.
    pub(crate) fn show_unread(&self, words: &Words, count: i64) -> tauri::Result<()> {
        let tooltip =
            if count > 0 { words.count("tray-tooltip-unread", count) } else { words.text("tray-tooltip") };
        let panel = *self.panel.lock().unwrap_or_else(PoisonError::into_inner);
        self.icon.set_icon(Some(drawing(panel, count)))?;
        self.icon.set_tooltip(Some(tooltip))?;
        self.unread.set_text(words.count("tray-unread", count))
    }

    /// Is seen on this panel.
    pub(crate) fn stand_on(&self, panel: Panel, count: i64) -> tauri::Result<()> {
        *self.panel.lock().unwrap_or_else(PoisonError::into_inner) = panel;
        self.icon.set_icon(Some(drawing(panel, count)))
    }

    /// Says whether anything is told of at the moment.
    pub(crate) fn show_pause(&self, paused: bool) -> tauri::Result<()> {
        self.pause.off.set_enabled(paused)
    }

    /// Offers to lock the app, where something opens it again.
    pub(crate) fn offer_lock(&self, offered: bool) -> tauri::Result<()> {
        self.lock.set_enabled(offered)
    }

    /// Says everything anew in another language.
    pub(crate) fn reword(&self, words: &Words, count: i64) -> tauri::Result<()> {
        self.open.set_text(words.text("tray-open"))?;
        self.quit.set_text(words.text("tray-quit"))?;
        self.lock.set_text(words.text("tray-lock"))?;
        self.pause.reword(words)?;
        self.show_unread(words, count)
    }
}

fn drawing(panel: Panel, unread: i64) -> Image<'static> {
    match (panel, unread > 0) {
        (Panel::Dark, false) => LIGHT,
        (Panel::Dark, true) => LIGHT_UNREAD,
        (Panel::Light, false) => DARK,
        (Panel::Light, true) => DARK_UNREAD,
    }
}

fn chosen(app: &AppHandle, event: &MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::show(app),
        LOCK => lock(app),
        PAUSE_HOUR => pause(app, PauseSpan::Hour),
        PAUSE_TOMORROW => pause(app, PauseSpan::Tomorrow),
        PAUSE_OFF => pause(app, PauseSpan::Off),
        QUIT => app.exit(0),
        _ => {}
    }
}

fn pause(app: &AppHandle, span: PauseSpan) {
    if let Some(shell) = app.try_state::<Shell>() {
        shell.pause(span);
    }
}

fn lock(app: &AppHandle) {
    if let Some(shell) = app.try_state::<Shell>() {
        shell.lock();
    }
}

fn clicked(app: &AppHandle, event: &TrayIconEvent) {
    let released = MouseButtonState::Up;
    if matches!(event, TrayIconEvent::Click { button: MouseButton::Left, button_state, .. } if *button_state == released)
        && !cfg!(target_os = "macos")
    {
        window::show(app);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright what is drawn is on the whole, transparent places left out.
    fn brightness(image: &Image<'_>) -> u32 {
        let drawn: Vec<&[u8]> = image.rgba().chunks(4).filter(|pixel| pixel[3] > 127).collect();
        let sum: u32 =
            drawn.iter().map(|pixel| pixel[..3].iter().map(|part| u32::from(*part)).sum::<u32>()).sum();
        sum / u32::try_from(drawn.len() * 3).unwrap()
    }

    #[test]
    fn the_drawing_stands_out_from_the_panel() {
        for unread in [0, 3] {
            assert!(brightness(&drawing(Panel::Dark, unread)) > 150);
            assert!(brightness(&drawing(Panel::Light, unread)) < 105);
        }
    }
}
