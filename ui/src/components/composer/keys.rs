//! What keys mean in the box.

use web_sys::KeyboardEvent;
use yew::Callback;

use super::{EnterKey, Props, Purpose};

/// A pressed key, as far as it matters.
struct Press<'a> {
    key: &'a str,
    shift: bool,
    command: bool,
    alt: bool,
}

/// What a key does other than typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Send,
    Cancel,
    EditLast,
}

/// While an input method composes, Enter chooses a word and nothing else (some engines tell only by code 229).
pub(super) fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (enter, purpose, empty) = (props.enter, props.purpose, props.text.is_empty());
    let (send, cancel) = (props.on_send.clone(), props.on_cancel.clone());
    let edit_last = props.on_edit_last.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let key = event.key();
        let command = event.ctrl_key() || event.meta_key();
        let press = Press { key: &key, shift: event.shift_key(), command, alt: event.alt_key() };
        let Some(meaning) = meaning(&press, enter, purpose, empty) else { return };
        event.prevent_default();
        match meaning {
            Meaning::Send => send.emit(()),
            Meaning::Cancel => cancel.emit(()),
            Meaning::EditLast => edit_last.emit(()),
        }
    })
}

fn meaning(press: &Press<'_>, enter: EnterKey, purpose: Purpose, empty: bool) -> Option<Meaning> {
    let plain = !(press.shift || press.command || press.alt);
    match (press.key, purpose) {
        ("Enter", _) if press.command || press.shift == (enter == EnterKey::Breaks) => Some(Meaning::Send),
        ("Escape", Purpose::Edit | Purpose::Reply) if plain => Some(Meaning::Cancel),
        ("ArrowUp", Purpose::Send) if plain && empty => Some(Meaning::EditLast),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, shift: false, command: false, alt: false }
    }

    fn sending(press: &Press<'_>, empty: bool) -> Option<Meaning> {
        meaning(press, EnterKey::Sends, Purpose::Send, empty)
    }

    #[test]
    fn enter_sends_or_breaks_as_the_setting_says() {
        assert_eq!(sending(&press("Enter"), false), Some(Meaning::Send));
        assert_eq!(sending(&Press { shift: true, ..press("Enter") }, false), None);
        let breaks = |press: &Press<'_>| meaning(press, EnterKey::Breaks, Purpose::Send, false);
        assert_eq!(breaks(&press("Enter")), None);
        assert_eq!(breaks(&Press { shift: true, ..press("Enter") }), Some(Meaning::Send));
        assert_eq!(breaks(&Press { command: true, ..press("Enter") }), Some(Meaning::Send));
    }

    #[test]
    fn up_edits_the_last_message_only_from_an_empty_box() {
        assert_eq!(sending(&press("ArrowUp"), true), Some(Meaning::EditLast));
        assert_eq!(sending(&press("ArrowUp"), false), None);
        assert_eq!(sending(&Press { alt: true, ..press("ArrowUp") }, true), None);
        for purpose in [Purpose::Edit, Purpose::Reply] {
            assert_eq!(meaning(&press("ArrowUp"), EnterKey::Sends, purpose, true), None);
        }
    }

    #[test]
    fn escape_cancels_an_edit_or_a_reply_and_means_nothing_else_here() {
        for purpose in [Purpose::Edit, Purpose::Reply] {
            assert_eq!(meaning(&press("Escape"), EnterKey::Sends, purpose, false), Some(Meaning::Cancel));
        }
        assert_eq!(sending(&press("Escape"), false), None);
    }
}
