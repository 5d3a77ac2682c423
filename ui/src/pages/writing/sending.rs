//! Sending what stands in the box: a text that still holds a placeholder only after it was asked about, one in which
//! something was noticed only after it was thought over, an urgent message only after it was said what that does.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Reply, Request};
use yew::Callback;

use super::saving;
use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::composer::{Composer, ComposerAction};
use crate::state::draft::Draft;
use crate::state::nav::{Dialog, NavAction};
use crate::state::quick_reply::unfilled;
use crate::state::thought::Thought;
use crate::state::timeline::TimelineAction;

/// Send was pressed: what stands in the box goes as it is now, whatever is typed before it has gone.
pub(super) fn press(store: &Store, room_id: RoomId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        // A handle keeps every state it was read at; a copy is read.
        let store = store.clone();
        match sendable(&store, room_id) {
            Some(draft) => begin(&store, room_id, draft),
            None => say(&store, room_id, ComposerAction::SendNext),
        }
    })
}

fn begin(store: &Store, room_id: RoomId, draft: Draft) {
    if store.has_quick_replies() && unfilled(&draft.text).is_some() {
        return store.dispatch(Action::Nav(NavAction::Dialog(Dialog::Unfilled(room_id))));
    }
    look_through(store, room_id, draft);
}

/// Its author wants it to go with the placeholder.
pub(in crate::pages) fn send_unfilled(store: &Store, room_id: RoomId) {
    if let Some(draft) = sendable(store, room_id) {
        look_through(store, room_id, draft);
    }
}

/// Looks through the text, unless its author has thought it over already. Meanwhile it counts as being sent, so that
/// pressing twice sends once.
fn look_through(store: &Store, room_id: RoomId, draft: Draft) {
    let store = store.clone();
    let confirmed = store.composers.of(room_id).and_then(|composer| composer.confirmed.clone());
    if confirmed.as_deref() == Some(draft.text.as_str()) {
        return go_on(&store, room_id, draft);
    }
    let text = draft.text.clone();
    say(&store, room_id, ComposerAction::Sending(draft.clone()));
    ask(Request::CheckMessage { room_id, text: text.clone() }, move |answer| {
        say(&store, room_id, ComposerAction::Held);
        // What cannot be looked through goes: this never stops a message.
        match answer {
            Ok(Reply::Warnings { warnings }) if !warnings.is_empty() => {
                let thought = Thought { warnings, ..Thought::of_message(room_id, text) };
                store.dispatch(Action::Nav(NavAction::Dialog(Dialog::ThinkOver(thought))));
            }
            _ => go_on(&store, room_id, draft),
        }
    });
}

/// Its author has thought it over.
pub(in crate::pages) fn send_anyway(store: &Store, thought: &Thought) {
    let store = store.clone();
    store.dispatch(Action::Nav(NavAction::CloseDialog));
    say(&store, thought.room_id, ComposerAction::Confirmed(thought.text.clone()));
    if let Some(message_id) = thought.message_id {
        return saving::save(&store, thought.room_id, message_id, thought.text.clone());
    }
    if let Some(draft) = sendable(&store, thought.room_id) {
        go_on(&store, thought.room_id, Draft { text: thought.text.clone(), ..draft });
    }
}

/// The text is meant as it stands.
fn go_on(store: &Store, room_id: RoomId, draft: Draft) {
    let store = store.clone();
    if store.composers.of(room_id).is_some_and(|composer| composer.urgent) {
        store.dispatch(Action::Nav(NavAction::Dialog(Dialog::Urgent(room_id, draft))));
    } else {
        send(&store, room_id, draft);
    }
}

/// Sends it. The box is cleared of it once the engine has it on disk.
pub(in crate::pages) fn send(store: &Store, room_id: RoomId, draft: Draft) {
    let store = store.clone();
    let urgent = store.composers.of(room_id).is_some_and(|composer| composer.urgent);
    say(&store, room_id, ComposerAction::Sending(draft.clone()));
    let seen = store.composers.of(room_id).map_or(0, |composer| composer.seen);
    let Draft { text, reply_to } = draft;
    ask(Request::Send { room_id, text, urgent, reply_to, seen }, move |answer| match answer {
        Err(error) => say(&store, room_id, ComposerAction::Failed(error)),
        Ok(_) => stored(&store, room_id),
    });
}

/// What was sent meanwhile goes next.
fn stored(store: &Store, room_id: RoomId) {
    say(store, room_id, ComposerAction::Queued);
    store.dispatch(Action::Timeline(room_id, TimelineAction::JumpToLatest));
    if let Some(draft) = store.clone().composers.of(room_id).and_then(Composer::due) {
        begin(store, room_id, draft);
    }
}

fn sendable(store: &Store, room_id: RoomId) -> Option<Draft> {
    store.clone().composers.of(room_id).and_then(Composer::sendable)
}

fn say(store: &Store, room_id: RoomId, action: ComposerAction) {
    store.dispatch(Action::Composer(room_id, action));
}
