//! Sending what stands in the box: an urgent message only after it was said what that does, and a text that still holds a
//! placeholder only after it was asked about.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Request;
use yew::Callback;

use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::composer::{Composer, ComposerAction};
use crate::state::draft::Draft;
use crate::state::nav::{Dialog, NavAction};
use crate::state::quick_reply::unfilled;
use crate::state::timeline::TimelineAction;

/// Send was pressed.
pub(super) fn press(store: &Store, room_id: RoomId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        // A handle keeps every state it was read at; a copy is read.
        let store = store.clone();
        let composer = store.composers.of(room_id);
        let Some(draft) = composer.and_then(Composer::sendable) else { return };
        if store.has_quick_replies() && unfilled(&draft.text).is_some() {
            return store.dispatch(Action::Nav(NavAction::Dialog(Dialog::Unfilled(room_id))));
        }
        go_on(&store, room_id);
    })
}

/// The text is meant as it stands.
pub(in crate::pages) fn go_on(store: &Store, room_id: RoomId) {
    if store.composers.of(room_id).is_some_and(|composer| composer.urgent) {
        store.dispatch(Action::Nav(NavAction::Dialog(Dialog::Urgent(room_id))));
    } else {
        send(store, room_id);
    }
}

/// Sends it as it stands. The box is cleared once the engine has it on disk.
pub(in crate::pages) fn send(store: &Store, room_id: RoomId) {
    let store = store.clone();
    let Some(composer) = store.composers.of(room_id) else { return };
    let (Some(draft), urgent) = (composer.sendable(), composer.urgent) else { return };
    let dispatch = store.dispatcher();
    let say = move |action| dispatch.dispatch(Action::Composer(room_id, action));
    say(ComposerAction::Sending(draft.clone()));
    let dispatch = store.dispatcher();
    let Draft { text, reply_to } = draft;
    ask(Request::Send { room_id, text, urgent, reply_to }, move |answer| match answer {
        Err(error) => say(ComposerAction::Failed(error)),
        Ok(_) => {
            say(ComposerAction::Queued);
            dispatch.dispatch(Action::Timeline(room_id, TimelineAction::JumpToLatest));
        }
    });
}
