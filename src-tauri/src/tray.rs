//! The icon in the system tray: Open, how many messages are unread, Quit.

use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use crate::window;
use crate::words::Words;

const OPEN: &str = "open";
const UNREAD: &str = "unread";
const QUIT: &str = "quit";

const PLAIN: Image<'static> = tauri::include_image!("icons/tray/tray-light.png");
const DOTTED: Image<'static> = tauri::include_image!("icons/tray/tray-light-unread.png");

/// The tray icon and the parts of its menu that change.
pub(crate) struct Tray {
    icon: TrayIcon<Wry>,
    open: MenuItem<Wry>,
    unread: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

impl Tray {
    /// Puts the icon into the tray.
    pub(crate) fn create(app: &AppHandle, words: &Words) -> tauri::Result<Self> {
        let open = MenuItem::with_id(app, OPEN, words.text("tray-open"), true, None::<&str>)?;
        let unread = MenuItem::with_id(app, UNREAD, words.count("tray-unread", 0), false, None::<&str>)?;
        let quit = MenuItem::with_id(app, QUIT, words.text("tray-quit"), true, None::<&str>)?;
        let line = PredefinedMenuItem::separator(app)?;
        let icon = TrayIconBuilder::with_id("bedside")
            .icon(PLAIN)
            .icon_as_template(true)
            .tooltip(words.text("tray-tooltip"))
            .menu(&Menu::with_items(app, &[&open, &unread, &line, &quit])?)
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| chosen(app, &event))
            .on_tray_icon_event(|icon, event| clicked(icon.app_handle(), &event))
            .build(app)?;
        Ok(Tray { icon, open, unread, quit })
    }

    /// Says how many messages are unread.
    pub(crate) fn show_unread(&self, words: &Words, count: i64) -> tauri::Result<()> {
        let tooltip =
            if count > 0 { words.count("tray-tooltip-unread", count) } else { words.text("tray-tooltip") };
        self.icon.set_icon(Some(if count > 0 { DOTTED } else { PLAIN }))?;
        self.icon.set_tooltip(Some(tooltip))?;
        self.unread.set_text(words.count("tray-unread", count))
    }

    /// Says everything anew in another language.
    pub(crate) fn reword(&self, words: &Words, count: i64) -> tauri::Result<()> {
        self.open.set_text(words.text("tray-open"))?;
        self.quit.set_text(words.text("tray-quit"))?;
        self.show_unread(words, count)
    }
}

fn chosen(app: &AppHandle, event: &MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::show(app),
        QUIT => app.exit(0),
        _ => {}
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
