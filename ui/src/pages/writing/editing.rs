//! Editing a message in the composer: begun with a key, saved, given up.

use bedside_protocol::RoomId;
use yew::Callback;

use super::saving;
use crate::dom;
use crate::hooks::Store;
use crate::pages::message_deeds::edit;
use crate::state::Action;
use crate::state::composer::ComposerAction;
use crate::state::editing::{EditAction, Editing, Outcome};
use crate::state::nav::{Dialog, NavAction};

/// Into the box, behind its text.
pub(super) fn focus() {
    dom::focus(".composer__input");
}

/// Edits one's own last message, if it may be changed and is held.
pub(super) fn edit_last(store: &Store, room: RoomId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        let last = store.timeline.as_ref().and_then(|open| open.last_own());
        if let Some((id, text)) = last.and_then(|message| Some((message.message_id?, message.text.clone()))) {
            edit(room, id, text, &store.dispatcher());
        }
    })
}

/// Leaves the message as it is; the draft is in the box again.
pub(super) fn cancel(store: &Store, room: RoomId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        if let Some(editing) = editing(&store, room) {
            end(&store, room, &editing);
        }
    })
}

/// Saves what is new; of an emptied message it asks whether to take it back.
pub(super) fn save(store: &Store, room_id: RoomId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        let Some(editing) = editing(&store, room_id) else { return };
        match editing.outcome() {
            Outcome::Wait => {}
            Outcome::Nothing => end(&store, room_id, &editing),
            Outcome::TakeBack => {
                let dialog = Dialog::TakeBack(room_id, editing.message_id);
                store.dispatch(Action::Nav(NavAction::Dialog(dialog)));
            }
            Outcome::Change(text) => change(&store, room_id, &editing, text),
        }
    })
}

fn change(store: &Store, room_id: RoomId, editing: &Editing, text: String) {
    saving::look_through(store, room_id, editing.message_id, text);
}

fn editing(store: &Store, room: RoomId) -> Option<Editing> {
    // A handle keeps every state it was read at; a copy is read.
    store.clone().composers.of(room)?.editing.clone()
}

fn end(store: &Store, room: RoomId, editing: &Editing) {
    let end = ComposerAction::Edit(EditAction::End(editing.message_id));
    store.dispatch(Action::Composer(room, end));
}
