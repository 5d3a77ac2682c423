//! The keys of the window itself; there is no menu bar to hold them.

use gtk::gdk::ModifierType;
use gtk::prelude::WidgetExt;
use tauri::{Manager, WebviewWindow};

/// What a key does to the window while Control is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Quit,
    Close,
}

/// Where `Q` and `W` are on a keyboard that writes another script: evdev's numbers as X11 and Wayland count them.
const POSITIONS: [(u16, char); 2] = [(24, 'q'), (25, 'w')];

/// Ctrl+Q quits and Ctrl+W closes the window, as everywhere on this desktop.
pub(crate) fn add_window_keys(window: &WebviewWindow) -> tauri::Result<()> {
    let held = window.clone();
    window.gtk_window()?.connect_key_press_event(move |_, event| {
        if event.state() & gtk::accelerator_get_default_mod_mask() != ModifierType::CONTROL_MASK {
            return gtk::glib::Propagation::Proceed;
        }
        match deed(event.keyval().to_unicode(), event.hardware_keycode()) {
            Some(Deed::Quit) => held.app_handle().exit(0),
            Some(Deed::Close) => drop(held.close()), // Only a window that is gone already cannot be closed.
            None => return gtk::glib::Propagation::Proceed,
        }
        gtk::glib::Propagation::Stop
    });
    Ok(())
}

/// By the letter, whatever its case; by the place of the key where the layout has no Latin letters.
fn deed(letter: Option<char>, keycode: u16) -> Option<Deed> {
    let letter = match letter {
        Some(latin) if latin.is_ascii() => latin.to_ascii_lowercase(),
        _ => POSITIONS.into_iter().find(|(code, _)| *code == keycode)?.1,
    };
    match letter {
        'q' => Some(Deed::Quit),
        'w' => Some(Deed::Close),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_counts_in_either_case_wherever_the_layout_has_it() {
        assert_eq!(deed(Some('q'), 24), Some(Deed::Quit));
        assert_eq!(deed(Some('Q'), 24), Some(Deed::Quit), "Caps Lock");
        assert_eq!(deed(Some('q'), 38), Some(Deed::Quit), "French");
        assert_eq!(deed(Some('a'), 24), None, "French, where it selects everything");
        assert_eq!(deed(Some('w'), 25), Some(Deed::Close));
    }

    #[test]
    fn on_a_layout_without_latin_letters_the_place_counts() {
        assert_eq!(deed(Some('ض'), 24), Some(Deed::Quit));
        assert_eq!(deed(Some('ц'), 25), Some(Deed::Close));
        assert_eq!(deed(Some('ش'), 38), None);
        assert_eq!(deed(None, 66), None);
    }
}
